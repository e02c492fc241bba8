//! Stages, gates, clocks and answers.
