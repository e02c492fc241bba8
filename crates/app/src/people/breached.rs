//! A list of passwords that are known from breaches, where the body has one: a text file with a line for each, its SHA-1 in
//! hexadecimal figures and, maybe, a colon and how often it was met, in order of the first. *Have I Been Pwned* gives its
//! list away in that form. It has tens of gigabytes, so that it is searched where it lies and never read whole.

use crate::error::{Error, Result};
use sha1::{Digest, Sha1};
use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How many characters a SHA-1 has.
const FIGURES: usize = 40;
/// Between so many bytes lines are read one by one.
const FEW: u64 = 4_096;

/// The list.
#[derive(Debug, Clone)]
pub struct Breached(Arc<PathBuf>);

impl Breached {
    /// The list in a file.
    ///
    /// # Errors
    /// A sentence where it cannot be read, or its first line is no SHA-1.
    pub fn open(file: &Path) -> std::result::Result<Self, String> {
        let said = |fault: &dyn std::fmt::Display| format!("{}: {fault}", file.display());
        let mut lines = BufReader::new(File::open(file).map_err(|error| said(&error))?);
        let line = next_line(&mut lines).map_err(|error| said(&error))?;
        let is_hash = |line: &str| line.bytes().all(|byte| byte.is_ascii_hexdigit());
        match line.and_then(|(line, _)| line.get(..FIGURES).map(is_hash)) {
            Some(true) => Ok(Self(Arc::new(file.to_owned()))),
            _ => Err(said(&"the first line does not begin with the 40 figures of a SHA-1")),
        }
    }

    /// Is a password on it?
    ///
    /// # Errors
    /// [`Error::Internal`] where the file cannot be read.
    pub(super) async fn has(&self, password: &str) -> Result<bool> {
        let (file, wanted) = (Arc::clone(&self.0), hash(password));
        let look = move || is_in(&file, &wanted);
        tokio::task::spawn_blocking(look).await.map_err(Error::internal)?.map_err(Error::internal)
    }
}

/// Its SHA-1 as the lists write it.
fn hash(password: &str) -> String {
    let mut figures = String::with_capacity(FIGURES);
    for byte in Sha1::digest(password.as_bytes()) {
        // Writing to a text cannot fail.
        let _ = write!(figures, "{byte:02X}");
    }
    figures
}

/// Halves the file until what is left is read line by line.
fn is_in(file: &Path, wanted: &str) -> io::Result<bool> {
    let mut lines = BufReader::new(File::open(file)?);
    // The line that is sought begins at or after `low`, and before `high`.
    let (mut low, mut high) = (0, lines.get_ref().metadata()?.len());
    while high - low > FEW {
        let middle = low.midpoint(high);
        lines.seek(SeekFrom::Start(middle))?;
        // The rest of a line that began before.
        let skipped = next_line(&mut lines)?.map_or(0, |(_, bytes)| bytes);
        match next_line(&mut lines)? {
            Some((line, _)) if first(&line) <= wanted => low = middle + skipped,
            _ => high = middle,
        }
    }
    lines.seek(SeekFrom::Start(low))?;
    while let Some((line, _)) = next_line(&mut lines)? {
        match first(&line).cmp(wanted) {
            std::cmp::Ordering::Less => {}
            found => return Ok(found.is_eq()),
        }
    }
    Ok(false)
}

/// The next line in capitals and how many bytes it took; nothing at the end.
fn next_line(lines: &mut impl BufRead) -> io::Result<Option<(String, u64)>> {
    let mut line = Vec::new();
    let bytes = lines.read_until(b'\n', &mut line)?;
    let line = String::from_utf8_lossy(&line).trim_end().to_ascii_uppercase();
    Ok((bytes > 0).then_some((line, u64::try_from(bytes).unwrap_or(u64::MAX))))
}

/// What a line begins with, where the hash is.
fn first(line: &str) -> &str {
    line.get(..FIGURES).unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file with the hashes of these passwords in order.
    fn list(name: &str, passwords: impl Iterator<Item = String>) -> PathBuf {
        let mut lines: Vec<String> = passwords.map(|password| format!("{}:3\r\n", hash(&password))).collect();
        lines.sort();
        let file = std::env::temp_dir().join(format!("waymark-{name}-{}", std::process::id()));
        std::fs::write(&file, lines.concat()).expect("a list");
        file
    }

    #[test]
    fn each_line_of_a_long_list_is_found_and_nothing_else() {
        let file = list("breached", (0..2_000).map(|number| format!("secret {number}")));
        let is_in = |password: String| is_in(&file, &hash(&password)).expect("it is read");
        assert!((0..2_000).all(|number| is_in(format!("secret {number}"))));
        assert!(!(2_000..3_000).any(|number| is_in(format!("secret {number}"))));
        std::fs::remove_file(file).expect("it was there");
    }

    #[test]
    fn what_is_no_list_is_told_at_the_start() {
        let file = std::env::temp_dir().join(format!("waymark-no-list-{}", std::process::id()));
        std::fs::write(&file, "password\n123456\n").expect("a file");
        let said = Breached::open(&file).expect_err("it has no hashes");
        std::fs::remove_file(&file).expect("it was there");
        assert!(said.ends_with("the first line does not begin with the 40 figures of a SHA-1"), "{said}");
        assert!(Breached::open(&file).is_err(), "it is gone");
    }
}
