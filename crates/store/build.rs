//! Migrations are built into the program: a new file must build this crate again.

fn main() {
    println!("cargo::rerun-if-changed=migrations");
}
