//! Every limit of the importer. A limit that is met is named to the person, never silently applied.

/// Largest file that is read, in bytes.
pub const FILE_BYTES: usize = 50 * 1024 * 1024;
/// Most that the parts of a packed workbook may hold once unpacked, in bytes: a small file may unpack to far more.
pub const UNPACKED_BYTES: u64 = 200 * 1024 * 1024;
/// Most parts of a packed workbook.
pub const PACKED_PARTS: usize = 5_000;
/// Most rows below the headings.
pub const ROWS: usize = 100_000;
/// Most columns.
pub const COLUMNS: usize = 200;
/// Longest cell, in characters.
pub const CELL_CHARS: usize = 100_000;
/// Longest title or name of a record, in characters.
pub const TITLE_CHARS: usize = 150;
/// Longest text of an idea, in characters: what a person may type too.
pub const TEXT_CHARS: usize = waymark_domain::limits::PROSE_CHARS;
/// Longest answer to an idea, in characters: room for who gave it and when is left.
pub const ANSWER_CHARS: usize = TEXT_CHARS - 500;
/// Longest section of an imported problem, in characters; official texts are longer than what people type.
pub const SECTION_CHARS: usize = 50_000;
/// Longest title of a problem that is still cut to the limit and kept whole in the text, in characters.
pub const LONG_TITLE_CHARS: usize = 1_000;
/// Longest identifier from another system, in characters.
pub const ID_CHARS: usize = 200;
/// Longest web address, in characters.
pub const ADDRESS_CHARS: usize = 2_000;
/// Longest amount of money in words, and other short answers, in characters.
pub const WORDS_CHARS: usize = 500;
/// Most faults, and most notices, that a report lists one by one; the rest are counted.
pub const REPORT_LINES: usize = 1_000;
/// How deep lists of a pasted page may lie in each other; deeper ones are shown at this depth.
pub const LIST_DEPTH: usize = 10;
