//! Turns `web-assets/dist` into a table that `src/assets.rs` includes.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

const MISSING: &str = "web-assets/dist is missing or incomplete; run: make assets";

/// Name of the constant, and how the file's name begins and ends around its hash.
const WANTED: [(&str, &str, &str, &str); 3] = [
    ("STYLE", "waymark-", ".css", "text/css; charset=utf-8"),
    ("SCRIPT", "waymark-", ".js", "text/javascript; charset=utf-8"),
    ("ICON", "icon-", ".svg", "image/svg+xml"),
];

fn main() {
    let crate_dir =
        PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it for build scripts"));
    let dist = crate_dir.join("../../web-assets/dist");
    rerun_if_changed(&dist);
    let table: String = WANTED.iter().map(|wanted| constant(&dist, wanted)).collect();
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it for build scripts"));
    fs::write(out.join("assets.rs"), table).expect("cargo made OUT_DIR for us to write to");
}

/// Where the folder does not exist yet, its parent is watched, so that `make assets` is noticed.
fn rerun_if_changed(dist: &Path) {
    let watched = if dist.exists() { dist } else { dist.parent().unwrap_or(dist) };
    cargo_line(&format!("rerun-if-changed={}", watched.display()));
}

fn cargo_line(line: &str) {
    println!("cargo::{line}");
}

fn constant(dist: &Path, (name, start, end, content_type): &(&str, &str, &str, &str)) -> String {
    let file = only_file(dist, start, end);
    let path = file.canonicalize().unwrap_or_else(|fault| panic!("{MISSING} ({fault})"));
    let file_name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut text = String::new();
    let _ = write!(
        text,
        "/// Embedded `{file_name}`.\npub const {name}: Asset = Asset {{ path: {url:?}, content_type: {content_type:?}, \
         plain: include_bytes!({plain:?}), brotli: include_bytes!({br:?}), gzip: include_bytes!({gz:?}) }};\n",
        url = format!("/assets/{file_name}"),
        plain = literal(&path, ""),
        br = literal(&path, ".br"),
        gz = literal(&path, ".gz"),
    );
    text
}

fn only_file(dist: &Path, start: &str, end: &str) -> PathBuf {
    let entries = fs::read_dir(dist).unwrap_or_else(|fault| panic!("{MISSING} ({fault})"));
    let mut found = entries.filter_map(Result::ok).map(|entry| entry.path()).filter(|path| {
        path.file_name()
            .and_then(|name| name.to_str())
            .is_some_and(|name| name.starts_with(start) && name.ends_with(end))
    });
    match (found.next(), found.next()) {
        (Some(file), None) => file,
        _ => panic!("{MISSING} (one file {start}*{end} was expected)"),
    }
}

/// Path as text, for a literal in the table.
fn literal(path: &Path, ending: &str) -> String {
    format!("{}{ending}", path.display())
}
