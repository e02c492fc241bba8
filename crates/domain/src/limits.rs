//! Limits on what can be typed and sent, in one place, each tested at the limit and one beyond.

/// A title, in characters: what a list can show on one or two lines.
pub const TITLE_CHARS: usize = 150;
/// A paragraph or a few, in characters: about two printed pages.
pub const PROSE_CHARS: usize = 5_000;
/// A comment, in characters: a screen of a phone or two.
pub const COMMENT_CHARS: usize = 1_000;
/// One line, in characters.
pub const LINE_CHARS: usize = 250;
/// An imported section of a problem, in characters.
pub const DETAILS_CHARS: usize = 50_000;
/// What is searched for, in characters.
pub const SEARCH_CHARS: usize = 200;
/// Different words that are searched for at once.
pub const SEARCH_WORDS: usize = 12;
/// People who share one idea.
pub const CONTRIBUTORS: usize = 20;
/// The longest mail address (RFC 5321, section 4.5.3.1.3: a path of 256 with its brackets).
pub const MAIL_CHARS: usize = 254;
/// Hours that one answer may grant.
pub const HOURS: u32 = 400;
/// The longest name of a mail host (RFC 1035, section 2.3.4, without the last dot).
pub const HOST_CHARS: usize = 253;
/// Mail hosts of the staff of one node.
pub const HOSTS: usize = 20;
/// Working days in which somebody who waits to be let in, or a role that waits for a second yes, is to be looked at.
pub const WAITING_WORKING_DAYS: u16 = 5;
/// Days after which a newcomer whom nobody let in is told so.
pub const NEWCOMER_DAYS: u16 = 30;
