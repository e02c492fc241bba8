//! Pasted pages become plain text with paragraphs, lists and addresses of links; nothing of the markup stays.
//!
//! Tokens of the standard's own tokenizer, never a tree: a tree of badly nested elements grows with the square of the
//! page. Nor a renderer made for terminals: those wrap at a width and draw rules and tables as wide as the page.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use thiserror::Error;

use super::limits;

/// A text longer than allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the text has {length} characters; at most {limit} are allowed")]
pub struct TooLong {
    /// Characters found.
    pub length: usize,
    /// Characters allowed.
    pub limit: usize,
}

/// Plain text of a cell that may hold HTML, or be plain already; at most `limit` characters.
///
/// # Errors
/// [`TooLong`] with both numbers.
pub fn plain_text(cell: &str, limit: usize) -> Result<String, TooLong> {
    let text = to_plain(cell);
    let length = text.chars().count();
    if length > limit { Err(TooLong { length, limit }) } else { Ok(text) }
}

/// Plain text of any length.
pub fn to_plain(cell: &str) -> String {
    let cell = without_leftovers(cell);
    let text = if is_html(&cell) { from_html(&cell) } else { cell };
    tidy(&text)
}

/// Takes out template marks such as `{{ site.baseurl }}`, which a site's generator should have filled in.
fn without_leftovers(cell: &str) -> String {
    let (mut kept, mut rest) = (String::with_capacity(cell.len()), cell);
    while let Some((before, after)) = rest.split_once("{{") {
        kept.push_str(before);
        match start(after, MARK_BYTES).split_once("}}") {
            Some((name, _)) if is_setting(name.trim()) => rest = &after[name.len() + "}}".len()..],
            _ => {
                kept.push_str("{{");
                rest = after;
            }
        }
    }
    kept + rest
}

/// How far a template mark or an escaped tag may reach: what has no end is not looked for to the end of the cell, again
/// at each of its beginnings.
const MARK_BYTES: usize = 2 * limits::ADDRESS_CHARS;

/// The first `bytes` of a text, or fewer where a sign would be cut in two.
fn start(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}

/// `site.baseurl`, and nothing that only begins so.
fn is_setting(name: &str) -> bool {
    name.strip_prefix("site.").is_some_and(|rest| rest.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'))
}

/// Whether it has a tag or an entity; `a < b & c` has neither.
fn is_html(cell: &str) -> bool {
    let starts_tag = |after: &str| {
        let name = after.strip_prefix('/').unwrap_or(after);
        name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!')
    };
    let is_entity = |after: &str| {
        let name: &str = after.split(';').next().unwrap_or("");
        let word = name.strip_prefix('#').unwrap_or(name);
        name.len() < after.len()
            && (1..=8).contains(&word.len())
            && word.bytes().all(|b| b.is_ascii_alphanumeric())
    };
    let has_close = cell.rfind('>').is_some_and(|end| cell[..end].split('<').skip(1).any(starts_tag));
    has_close || cell.split('&').skip(1).any(is_entity)
}

/// Tags that editors of pages escape by mistake.
const ESCAPED: [&str; 16] =
    ["a", "b", "br", "div", "em", "h3", "h4", "i", "li", "ol", "p", "span", "strong", "td", "u", "ul"];

/// Where a cell has real tags, an escaped `&lt;br&gt;` among them was meant as one: the real feeds have dozens. Where
/// it has none, the same signs are what a person wrote.
fn with_escaped_tags(cell: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(cell.len()), cell);
    if !cell.split('<').skip(1).any(|after| after.starts_with(|c: char| c.is_ascii_alphabetic())) {
        return rest.to_owned();
    }
    while let Some((before, after)) = rest.split_once("&lt;") {
        let name = start(after, MARK_BYTES).find("&gt;").map_or("", |end| &after[..end]);
        let inner = name.trim_matches(['/', ' ']);
        let (word, attributes) = inner.split_once(' ').unwrap_or((inner, "="));
        let is_tag = attributes.contains('=') && ESCAPED.contains(&word.to_ascii_lowercase().as_str());
        out.push_str(before);
        if is_tag {
            out.extend(["<", name, ">"]);
            rest = &after[name.len() + "&gt;".len()..];
        } else {
            out.push_str("&lt;");
            rest = after;
        }
    }
    out + rest
}

fn from_html(cell: &str) -> String {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(with_escaped_tags(cell)));
    let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts::default());
    // Only a `Script` result interrupts the tokenizer, and this sink never gives one.
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.writer.into_inner().text
}

#[derive(Default)]
struct Sink {
    writer: RefCell<Writer>,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut writer = self.writer.borrow_mut();
        match token {
            Token::CharacterTokens(text) => writer.text(&text),
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                writer.open(&tag);
                return raw_content(&tag.name);
            }
            Token::TagToken(tag) => writer.close(&tag.name),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// What stands in these is not markup, whatever it looks like.
fn raw_content(name: &str) -> TokenSinkResult<()> {
    match name {
        "script" => TokenSinkResult::RawData(RawKind::ScriptData),
        "style" | "iframe" | "noembed" | "noframes" | "xmp" => TokenSinkResult::RawData(RawKind::Rawtext),
        "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
        _ => TokenSinkResult::Continue,
    }
}

/// Elements of which nothing is kept, not even their text.
const DROPPED: [&str; 9] =
    ["script", "style", "template", "iframe", "object", "svg", "noembed", "noframes", "title"];
/// Elements that stand apart from what is around them.
const PARAGRAPHS: [&str; 19] = [
    "p",
    "div",
    "section",
    "article",
    "header",
    "footer",
    "blockquote",
    "pre",
    "table",
    "ul",
    "ol",
    "dl",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
];

/// Text as it grows. Line ends are decided by [`tidy`]: a paragraph asks for two, a line for one.
#[derive(Default)]
struct Writer {
    text: String,
    /// One for each open list: the last number given, none for bullets.
    lists: Vec<Option<usize>>,
    /// Address and place of the open link.
    link: Option<(String, usize)>,
    /// The element whose content is being dropped, and how many of its name are open.
    dropped: Option<(String, usize)>,
    preformatted: usize,
    /// A list item has begun and has no text yet, so that a paragraph inside stays beside its bullet.
    fresh_item: bool,
}

impl Writer {
    fn text(&mut self, text: &str) {
        if self.dropped.is_some() {
            return;
        }
        if self.preformatted > 0 {
            self.text.push_str(text);
        } else {
            // A line end in the source of a page is only white space.
            self.text.extend(text.chars().map(|c| if matches!(c, '\n' | '\r' | '\t') { ' ' } else { c }));
        }
        self.fresh_item &= text.trim().is_empty();
    }

    fn open(&mut self, tag: &Tag) {
        let name: &str = &tag.name;
        if let Some((dropping, depth)) = &mut self.dropped {
            *depth += usize::from(dropping == name && !tag.self_closing);
            return;
        }
        match name {
            _ if DROPPED.contains(&name) => {
                self.dropped = (!tag.self_closing).then(|| (name.to_owned(), 1));
            }
            "br" => self.text.push('\n'),
            "tr" | "dt" | "dd" | "caption" | "option" => self.line(),
            "td" | "th" if !self.text.trim_end_matches(' ').ends_with('\n') => self.text.push_str(" | "),
            "li" => self.item(),
            "a" => self.link = href(tag).map(|address| (address, self.text.len())),
            _ if PARAGRAPHS.contains(&name) => self.block(name),
            _ => {}
        }
    }

    fn block(&mut self, name: &str) {
        if !self.fresh_item {
            self.paragraph();
        }
        match name {
            "ul" => self.lists.push(None),
            "ol" => self.lists.push(Some(0)),
            "pre" => self.preformatted += 1,
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if let Some((dropping, depth)) = &mut self.dropped {
            *depth -= usize::from(dropping == name);
            if *depth == 0 {
                self.dropped = None;
            }
            return;
        }
        match name {
            "ul" | "ol" => {
                self.lists.pop();
            }
            "pre" => self.preformatted = self.preformatted.saturating_sub(1),
            "a" => self.end_link(),
            _ => {}
        }
        if name == "li" {
            self.fresh_item = false;
            self.line();
        } else if PARAGRAPHS.contains(&name) && !self.fresh_item {
            self.paragraph();
        }
    }

    fn line(&mut self) {
        self.end_lines(1);
    }

    /// Paragraphs of a list stay close to it; elsewhere an empty line stands between.
    fn paragraph(&mut self) {
        self.end_lines(if self.lists.is_empty() { 2 } else { 1 });
    }

    /// Sees that the text ends with at least so many line ends.
    fn end_lines(&mut self, wanted: usize) {
        let kept = self.text.trim_end_matches(' ').len();
        self.text.truncate(kept);
        let there = self.text.len() - self.text.trim_end_matches('\n').len();
        self.text.push_str(&"\n".repeat(wanted.saturating_sub(there)));
    }

    fn item(&mut self) {
        let depth = self.lists.len().clamp(1, limits::LIST_DEPTH);
        self.line();
        self.text.push_str(&INDENT.repeat(depth - 1));
        match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                self.text.push_str(&number.to_string());
                self.text.push_str(". ");
            }
            _ => self.text.push_str("- "),
        }
        self.fresh_item = true;
    }

    /// The address follows the words, unless it is the words.
    fn end_link(&mut self) {
        let Some((address, start)) = self.link.take() else { return };
        let words = self.text.get(start..).unwrap_or("").trim();
        let bare = |text: &str| {
            let text = text
                .trim_start_matches("https://")
                .trim_start_matches("http://")
                .trim_start_matches("mailto:");
            text.trim_end_matches('/').to_lowercase()
        };
        if words.is_empty() || bare(words) == bare(&address) {
            return;
        }
        let end = self.text.trim_end().len();
        self.text.truncate(end);
        self.text.extend([" (", &address, ")"]);
    }
}

/// Marks the indent of an item inside [`Writer`]; [`tidy`] keeps it while it collapses other white space.
const INDENT: &str = "\u{2003}";

/// Addresses that a reader can use elsewhere; `javascript:`, anchors and paths of the old site are none.
fn href(tag: &Tag) -> Option<String> {
    let value = tag.attrs.iter().find(|attribute| &*attribute.name.local == "href")?.value.trim().to_owned();
    let lower = value.to_ascii_lowercase();
    let usable = ["https://", "http://", "mailto:"].iter().any(|start| lower.starts_with(start));
    (usable && !value.contains(char::is_whitespace) && value.len() <= limits::ADDRESS_CHARS).then_some(value)
}

/// Single spaces, at most one empty line, no signs that cannot be seen, and no less-than sign that could open a tag.
fn tidy(text: &str) -> String {
    let (mut out, mut empty) = (String::with_capacity(text.len()), 0);
    for line in text.replace("\r\n", "\n").split(['\n', '\r', '\u{2028}', '\u{2029}']) {
        let indent = line.chars().take_while(|c| INDENT.starts_with(*c)).count();
        let line = clean_line(line);
        if line.is_empty() || line == "-" {
            empty += 1;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if empty > 0 { "\n\n" } else { "\n" });
        }
        empty = 0;
        out.push_str(&"  ".repeat(indent));
        out.push_str(&line);
    }
    without_tags(&out)
}

fn clean_line(line: &str) -> String {
    let seen: String = line.chars().filter(|c| !is_unseen(*c)).collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Controls, marks of width zero, and overrides of direction, which can make a text read other than it is stored.
fn is_unseen(sign: char) -> bool {
    (sign.is_control() && sign != '\t')
        || matches!(sign, '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{00AD}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// An escaped `&lt;b&gt;` is text that looks like a tag: its first sign is changed to one that opens nothing.
fn without_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        let opens =
            sign == '<' && signs.peek().is_some_and(|next| next.is_alphabetic() || "/!?".contains(*next));
        out.push(if opens { '‹' } else { sign });
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn pages_become_text() {
        let cases = [
            ("<p>One</p>\n<p>Two<br>lines</p>", "One\n\nTwo\nlines"),
            ("<h4>Dates</h4><ul> <li>A</li> <li><p>B</p></li> </ul><p>End</p>", "Dates\n\n- A\n- B\n\nEnd"),
            ("<ol><li>A<ul><li>a</li></ul></li><li>B</li></ol>", "1. A\n  - a\n2. B"),
            ("See <a href=\"https://example.org/x\">the page</a>.", "See the page (https://example.org/x)."),
            ("<a href='https://example.org/'>example.org</a>", "example.org"),
            ("<a href='javascript:alert(1)'>click</a>", "click"),
            ("<a href=\"{{ site.baseurl }}/assets/x.pdf\">Rules</a>", "Rules"),
            ("<p><img src=\"x.png\" alt=\"x\"></p>Text", "Text"),
            ("a<script>if (a<b) {\"</p>\"}</script>b<style>p{}</style>c", "abc"),
            ("<table><tr><td>A</td><td>B</td></tr><tr><td>C</td><td>D</td></tr></table>", "A | B\nC | D"),
            ("Fish &amp; chips &pound;3&nbsp;each &#8211; caf&eacute;", "Fish & chips £3 each – café"),
            ("<pre>one\n  two</pre>", "one\ntwo"),
            ("see {{ site.baseurl }}/x and {{other}}", "see /x and {{other}}"),
            ("a < b & c > d", "a < b & c > d"),
            ("plain\r\n\r\n\r\nlines", "plain\n\nlines"),
            ("zero\u{200b}width", "zerowidth"),
            ("&lt;script&gt;alert(1)&lt;/script&gt;", "‹script>alert(1)‹/script>"),
            ("<p>a<!-- <b> -->b</p>", "ab"),
            ("<b>Page</b> one&lt;br&gt;two&lt;/p&gt; end", "Page one\ntwo\n\nend"),
            ("Write &lt;br&gt; here", "Write ‹br> here"),
            ("<ul><li>A</ul>B", "- A\n\nB"),
        ];
        for (html, text) in cases {
            assert_eq!(to_plain(html), text, "{html}");
        }
    }

    #[test]
    fn a_text_too_long_says_both_numbers() {
        assert_eq!(plain_text("<b>12345</b>", 5), Ok("12345".to_owned()));
        assert_eq!(plain_text("<b>123456</b>", 5), Err(TooLong { length: 6, limit: 5 }));
    }

    #[test]
    fn a_page_of_nothing_but_nesting_gives_no_more_than_it_is() {
        let pieces = [
            "<b>",
            "<ul>",
            "<ul><li>",
            "<ul><li>a",
            "<a href=x>",
            "<table><td>",
            "<script>",
            "<svg>",
            "<hr>",
            "&",
            "{{",
        ];
        for piece in pieces {
            let cell = piece.repeat(limits::CELL_CHARS / piece.len());
            let length = to_plain(&cell).len();
            assert!(length <= limits::LIST_DEPTH * cell.len(), "{piece}: {length} bytes");
        }
    }

    #[test]
    fn a_mark_without_an_end_nearby_is_what_somebody_wrote() {
        let far = "x".repeat(MARK_BYTES);
        assert_eq!(to_plain(&format!("{{{{ site.{far}}}}}")), format!("{{{{ site.{far}}}}}"));
        assert_eq!(to_plain("{{ site.baseurl }}/a"), "/a");
    }

    proptest! {
            #[test]
            fn nothing_of_the_markup_stays(
                pieces in prop::collection::vec(
                    prop::sample::select(vec![
                        "<", ">", "script", "<script>", "</script>", "&lt;", "&gt;", "<p>", "</p>", "<li>", "<ol>", "</ol>",
                        "<!--", "-->", "{{", "}}", "site.", "a", " ", "\n", "\u{200b}", "<svg>", "<a href='https://x'>", "</a>", "é",
                    ]),
                    0..40,
                )
            ) {
                let text = to_plain(&pieces.concat());
                prop_assert!(!text.to_lowercase().contains("<script"), "{}", text);
    let opens_tag = |after: &str| after.starts_with(|c: char| c.is_alphabetic() || "/!?".contains(c));
                prop_assert!(!text.split('<').skip(1).any(opens_tag), "{}", text);
            }

            #[test]
            fn no_text_makes_it_panic(cell in any::<String>()) {
                let text = to_plain(&cell);
                let is_tag = |after: &str| after.starts_with(|c: char| c.is_ascii_alphabetic());
                prop_assert!(!text.split('<').skip(1).any(is_tag), "{}", text);
            }
        }
}
