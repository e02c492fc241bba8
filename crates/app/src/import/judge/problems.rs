//! Problems and challenges. Official texts are long: nothing of them is refused for its length, and nothing is lost.

use super::desk::{Desk, divided, shortened};
use super::{Judged, Ways, judge_rows};
use crate::import::columns::{Field, Mapping};
use crate::import::faults::Remark;
use crate::import::limits;
use crate::import::money::read_amount;
use crate::import::read::Sheet;
use crate::import::rows::{Moment, ProblemRow, Section};

const SECTIONS: [Field; 8] = [
    Field::Prizes,
    Field::Rules,
    Field::Judging,
    Field::HowToEnter,
    Field::Partners,
    Field::OtherPartners,
    Field::LegalBasis,
    Field::AnswerKind,
];

/// Judges rows that are problems, or challenges where they have dates.
pub fn judge_problems(sheet: &Sheet, mapping: &Mapping, ways: &Ways) -> Judged<ProblemRow> {
    judge_rows(sheet, mapping, ways, problem)
}

fn problem(desk: &mut Desk<'_>) -> Option<ProblemRow> {
    let whole_title = desk.needed_words(Field::Title, limits::LONG_TITLE_CHARS);
    let title = whole_title.as_ref().map(|whole| title(desk, whole));
    let whole_text = text(desk, whole_title.filter(|whole| Some(whole) != title.as_ref()));
    let (opens, closes) = (desk.moment(Field::Opens), desk.moment(Field::Closes));
    notice_order(desk, opens.as_ref(), closes.as_ref());
    let money_words = desk.words(Field::Money, limits::WORDS_CHARS);
    let source_url = address(desk);
    let organisation = desk.words(Field::Organisation, limits::WORDS_CHARS);
    let external_id = desk.identify(&[title.as_deref().unwrap_or(""), whole_text.as_deref().unwrap_or("")]);
    let mut parts = sections(desk, Field::Text, whole_text?).into_iter();
    let text = parts.next()?.text;
    let mut sections_found: Vec<Section> = parts.collect();
    for field in SECTIONS {
        let found = desk.long_text(field);
        sections_found.extend(found.into_iter().flat_map(|text| sections(desk, field, text)));
    }
    let money = money_words.as_deref().and_then(read_amount);
    Some(ProblemRow {
        row: desk.number(),
        external_id,
        title: title?,
        text,
        opens,
        closes,
        money_words,
        money,
        source_url,
        organisation,
        sections: sections_found,
    })
}

fn title(desk: &mut Desk<'_>, whole: &str) -> String {
    let length = whole.chars().count();
    if length > limits::TITLE_CHARS {
        desk.notice(Field::Title, Remark::TitleShortened { length, limit: limits::TITLE_CHARS });
    }
    shortened(whole, limits::TITLE_CHARS)
}

/// A title that was cut, the summary and the text, those there are; one of the latter two must be.
fn text(desk: &mut Desk<'_>, cut_title: Option<String>) -> Option<String> {
    let parts: Vec<String> =
        [Field::Summary, Field::Text].into_iter().filter_map(|field| desk.long_text(field)).collect();
    let body = desk.need(Field::Text, (!parts.is_empty()).then(|| parts.join("\n\n")))?;
    Some(cut_title.map_or(body.clone(), |title| format!("{title}\n\n{body}")))
}

fn notice_order(desk: &mut Desk<'_>, opens: Option<&Moment>, closes: Option<&Moment>) {
    if let (Some(opens), Some(closes)) = (opens, closes)
        && (closes.date, closes.time) < (opens.date, opens.time)
    {
        desk.notice(Field::Closes, Remark::ClosesBeforeOpens);
    }
}

/// Only addresses that a link may safely carry.
fn address(desk: &mut Desk<'_>) -> Option<String> {
    let raw = desk.raw(Field::SourceUrl);
    let lower = raw.to_ascii_lowercase();
    let is_address = (lower.starts_with("https://") || lower.starts_with("http://"))
        && raw.len() <= limits::ADDRESS_CHARS
        && !raw.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"'".contains(c));
    if !raw.is_empty() && !is_address {
        desk.notice(Field::SourceUrl, Remark::LinkLeftOut { value: shortened(raw, limits::TITLE_CHARS) });
    }
    is_address.then(|| raw.to_owned())
}

/// One section, or several where the text is too long for one.
fn sections(desk: &mut Desk<'_>, field: Field, text: String) -> Vec<Section> {
    let length = text.chars().count();
    if length <= limits::SECTION_CHARS {
        return vec![Section { label: field.name(), part: 1, text }];
    }
    let parts = divided(&text, limits::SECTION_CHARS);
    desk.notice(field, Remark::TextDivided { length, parts: parts.len() });
    parts.into_iter().zip(1..).map(|(text, part)| Section { label: field.name(), part, text }).collect()
}
