//! The words of pages and mails in every language, and the one place that writes dates, times, money and
//! numbers the way a reader of that language expects.
//!
//! Texts live in `locales/<lang>/<room>.ftl`. A key begins with its room (`shell-skip`), since all files of a
//! language share one bundle.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{LazyLock, PoisonError, RwLock};

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};
pub use fluent_templates::fluent_bundle::FluentValue as Value;
use fluent_templates::{LanguageIdentifier, Loader};

mod welsh;

fluent_templates::static_loader! {
    static LOCALES = {
        locales: "./locales",
        fallback_language: "en",
        // Screen readers and tests read the marks that Fluent puts around a value as characters.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

static ENGLISH: LazyLock<LanguageIdentifier> = LazyLock::new(|| parsed("en"));
static WELSH: LazyLock<LanguageIdentifier> = LazyLock::new(|| parsed("cy"));

/// A language that pages and mails are written in: the same that people write in.
pub use waymark_domain::text::Language as Lang;

fn id(lang: Lang) -> &'static LanguageIdentifier {
    match lang {
        Lang::En => &ENGLISH,
        Lang::Cy => &WELSH,
    }
}

/// Is there a text of this key? For words that only some have, such as a hint.
pub fn is_known(key: &str) -> bool {
    LOCALES.try_lookup(&ENGLISH, key).is_some()
}

/// Texts that were asked for, by language and key: finding one in its bundle and resolving it takes ten times as long. Only
/// texts that there are come here, so it grows no further than they do.
static ASKED: LazyLock<RwLock<HashMap<Lang, HashMap<String, String>>>> = LazyLock::new(RwLock::default);

/// The text of a key. A key that no file has is a fault of ours: it stops a debug build and shows itself
/// in a released one.
pub fn text(lang: Lang, key: &str) -> String {
    let asked = ASKED.read().unwrap_or_else(PoisonError::into_inner);
    if let Some(text) = asked.get(&lang).and_then(|own| own.get(key)) {
        return text.clone();
    }
    drop(asked);
    let text = LOCALES.try_lookup(id(lang), key);
    if let Some(text) = &text {
        let mut asked = ASKED.write().unwrap_or_else(PoisonError::into_inner);
        asked.entry(lang).or_default().insert(key.to_owned(), text.clone());
    }
    found(text, key)
}

/// The text of a key with its variables filled in, such as `&[("name", name.into())]`.
pub fn text_with(lang: Lang, key: &str, values: &[(&'static str, Value<'_>)]) -> String {
    let values: HashMap<Cow<'static, str>, Value<'_>> =
        values.iter().map(|(name, value)| (Cow::Borrowed(*name), fitting(lang, value))).collect();
    welsh::filled(found(LOCALES.try_lookup_with_args(id(lang), key, &values), key))
}

/// A value as a sentence of the language takes it.
fn fitting<'v>(lang: Lang, value: &Value<'v>) -> Value<'v> {
    match lang {
        Lang::En => value.clone(),
        Lang::Cy => welsh::marked(value),
    }
}

/// `Tuesday 14 July 2026`, `Dydd Mawrth 14 Gorffennaf 2026`.
pub fn date(lang: Lang, day: NaiveDate) -> String {
    let weekday = text(lang, &format!("calendar-day-{}", day.weekday().number_from_monday()));
    format!("{weekday} {}", short_date(lang, day))
}

/// `14 July 2026`, for tables and lists where the day of the week does not help.
pub fn short_date(lang: Lang, day: NaiveDate) -> String {
    format!("{} {}", day.day(), month(lang, day))
}

/// `July 2026`.
pub fn month(lang: Lang, day: NaiveDate) -> String {
    format!("{} {}", text(lang, &format!("calendar-month-{}", day.month())), day.year())
}

/// `9:41am`, `10am`, `midday`, `midnight`, after the GOV.UK style guide. Seconds are left out.
pub fn time(lang: Lang, at: NaiveTime) -> String {
    let (afternoon, hour) = at.hour12();
    match (at.hour(), at.minute()) {
        (0, 0) => text(lang, "clock-midnight"),
        (12, 0) => text(lang, "clock-midday"),
        (_, 0) => format!("{hour}{}", half_of_day(lang, afternoon)),
        (_, minute) => format!("{hour}:{minute:02}{}", half_of_day(lang, afternoon)),
    }
}

/// `£1,234.50` from pence; whole pounds without pence (`£1,234`).
pub fn money_pence(lang: Lang, pence: i64) -> String {
    let sign = if pence < 0 { "-" } else { "" };
    let (pounds, rest) = (pence.unsigned_abs() / 100, pence.unsigned_abs() % 100);
    match rest {
        0 => format!("{sign}£{}", grouped(lang, pounds)),
        _ => format!("{sign}£{}.{rest:02}", grouped(lang, pounds)),
    }
}

/// `1,234,567`.
pub fn number(lang: Lang, value: i64) -> String {
    let sign = if value < 0 { "-" } else { "" };
    format!("{sign}{}", grouped(lang, value.unsigned_abs()))
}

fn half_of_day(lang: Lang, afternoon: bool) -> String {
    text(lang, if afternoon { "clock-pm" } else { "clock-am" })
}

/// Thousands apart by a comma, in English and in Welsh alike; a third language may differ here.
fn grouped(lang: Lang, value: u64) -> String {
    let separator = match lang {
        Lang::En | Lang::Cy => ',',
    };
    let digits = value.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

fn found(text: Option<String>, key: &str) -> String {
    debug_assert!(text.is_some(), "no text for the key {key:?}");
    text.unwrap_or_else(|| key.to_owned())
}

fn parsed(code: &str) -> LanguageIdentifier {
    code.parse().expect("`en` and `cy` are language identifiers")
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};
    use std::path::Path;

    use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

    use super::*;

    /// File, key → names of its variables.
    type Keys = BTreeMap<(String, String), BTreeSet<String>>;

    fn variables_of_pattern(pattern: &Pattern<String>, into: &mut BTreeSet<String>) {
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                variables_of_expression(expression, into);
            }
        }
    }

    fn variables_of_expression(expression: &Expression<String>, into: &mut BTreeSet<String>) {
        match expression {
            Expression::Select { selector, variants } => {
                variables_of_inline(selector, into);
                for variant in variants {
                    variables_of_pattern(&variant.value, into);
                }
            }
            Expression::Inline(inline) => variables_of_inline(inline, into),
        }
    }

    fn variables_of_inline(inline: &InlineExpression<String>, into: &mut BTreeSet<String>) {
        match inline {
            InlineExpression::VariableReference { id } => {
                into.insert(id.name.clone());
            }
            InlineExpression::Placeable { expression } => variables_of_expression(expression, into),
            _ => {}
        }
    }

    fn keys(lang: Lang) -> Keys {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales").join(lang.code());
        let mut keys = Keys::new();
        for file in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            let name = file.file_name().unwrap().to_string_lossy().into_owned();
            let source = std::fs::read_to_string(&file).unwrap();
            let resource = fluent_syntax::parser::parse(source).map_err(|(_, faults)| faults).unwrap();
            for entry in resource.body {
                let Entry::Message(message) = entry else { continue };
                let mut variables = BTreeSet::new();
                if let Some(pattern) = &message.value {
                    variables_of_pattern(pattern, &mut variables);
                }
                let doubled = keys.insert((name.clone(), message.id.name.clone()), variables);
                assert_eq!(doubled, None, "{} is twice in {name}", message.id.name);
            }
        }
        keys
    }

    #[test]
    fn every_language_has_the_same_keys_with_the_same_variables() {
        let english = keys(Lang::En);
        assert!(english.len() > 50, "the English texts were not found");
        for lang in Lang::ALL {
            let own = keys(lang);
            let differing: Vec<_> = english
                .iter()
                .filter(|(key, variables)| own.get(*key) != Some(*variables))
                .map(|(key, _)| key)
                .chain(own.keys().filter(|key| !english.contains_key(*key)))
                .collect();
            assert!(differing.is_empty(), "{lang:?} differs from English in {differing:?}");
        }
    }

    #[test]
    fn no_key_is_in_two_files() {
        let english = keys(Lang::En);
        let names: BTreeSet<_> = english.keys().map(|(_, key)| key).collect();
        assert_eq!(names.len(), english.len());
    }

    #[test]
    fn dates_are_written_in_words_in_both_languages() {
        let day = NaiveDate::from_ymd_opt(2026, 7, 14).unwrap();
        assert_eq!(date(Lang::En, day), "Tuesday 14 July 2026");
        assert_eq!(date(Lang::Cy, day), "Dydd Mawrth 14 Gorffennaf 2026");
        assert_eq!(short_date(Lang::En, day), "14 July 2026");
        assert_eq!(month(Lang::Cy, day), "Gorffennaf 2026");
    }

    #[test]
    fn times_follow_the_style_guide() {
        let at = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 59).unwrap();
        assert_eq!(time(Lang::En, at(9, 41)), "9:41am");
        assert_eq!(time(Lang::Cy, at(17, 5)), "5:05yh");
        assert_eq!(time(Lang::En, at(10, 0)), "10am");
        assert_eq!(time(Lang::En, at(0, 0)), "midnight");
        assert_eq!(time(Lang::En, at(0, 1)), "12:01am");
        assert_eq!(time(Lang::En, at(12, 0)), "midday");
    }

    #[test]
    fn money_shows_pence_only_where_there_are_any() {
        assert_eq!(money_pence(Lang::En, 123_450), "£1,234.50");
        assert_eq!(money_pence(Lang::En, 100_000_000), "£1,000,000");
        assert_eq!(money_pence(Lang::Cy, -5), "-£0.05");
        assert_eq!(money_pence(Lang::En, i64::MIN), "-£92,233,720,368,547,758.08");
    }

    #[test]
    fn numbers_are_grouped_by_thousands() {
        assert_eq!(number(Lang::En, 0), "0");
        assert_eq!(number(Lang::En, 999), "999");
        assert_eq!(number(Lang::En, -1_000), "-1,000");
        assert_eq!(number(Lang::Cy, 1_234_567), "1,234,567");
    }

    #[test]
    fn a_variable_is_filled_in_without_invisible_marks() {
        assert_eq!(text_with(Lang::En, "shell-page", &[("number", 7.into())]), "Page 7");
        assert_eq!(text_with(Lang::Cy, "shell-timeline-by", &[("name", "Ada".into())]), "gan Ada");
    }
}
