//! What must not be written in any template, found by reading them.

use std::fs;
use std::path::{Path, PathBuf};

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    let below = folders.iter().flat_map(|folder| self::files(folder, extension));
    files
        .into_iter()
        .filter(|file| file.extension().is_some_and(|own| own == extension))
        .chain(below)
        .collect()
}

fn breaches(folder: &str, extension: &str, forbidden: &[&str]) -> Vec<String> {
    let files = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), extension);
    assert!(!files.is_empty(), "{folder} has no {extension}");
    let said = |file: &PathBuf| {
        let text = fs::read_to_string(file).unwrap();
        let found = forbidden.iter().filter(|word| text.contains(**word));
        found.map(|word| format!("{}: {word}", file.display())).collect::<Vec<_>>()
    };
    files.iter().flat_map(said).collect()
}

#[test]
fn no_template_turns_escaping_off() {
    let filters = ["|safe", "| safe", "|escape(", "autoescape"];
    assert_eq!(breaches("templates", "html", &filters), Vec::<String>::new());
    assert_eq!(breaches("src", "rs", &["|safe", "escape = \"none\"", "ext = \"txt\""]), Vec::<String>::new());
}

#[test]
fn no_template_has_a_style_or_a_handler_inline() {
    let inline = [" style=", " onclick=", " onsubmit=", " onchange=", "javascript:"];
    assert_eq!(breaches("templates", "html", &inline), Vec::<String>::new());
}
