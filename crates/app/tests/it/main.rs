//! Tests of the crate from outside, in one binary: linking several takes longer than running them.

mod apply;
mod demo;
mod readers;
mod similar;
mod tampering;
mod walk;
