//! What lies beside the tests and is compared with what the program says now.

use std::path::Path;

/// Compares a text with the file that keeps it; with `WAYMARK_WRITE_TABLES` set it is written first.
///
/// # Panics
/// Where they differ, with the lines that are new.
pub fn assert_kept(file: &Path, now: &str) {
    if std::env::var_os("WAYMARK_WRITE_TABLES").is_some() {
        std::fs::write(file, now).expect("the file is written");
    }
    let kept = std::fs::read_to_string(file).unwrap_or_default();
    let changed: Vec<_> = now.lines().filter(|line| !kept.lines().any(|kept| kept == *line)).collect();
    assert!(
        kept == now,
        "{} has changed; read the difference, then write it with WAYMARK_WRITE_TABLES=1: {changed:#?}",
        file.display()
    );
}
