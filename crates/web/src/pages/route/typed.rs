//! Dates, pounds and whole numbers as people type them.

use crate::components::{DateInput, Fieldset};
use crate::form::Form;
use crate::layout::Layout;
use chrono::NaiveDate;

/// The date of a field, typed as day, month and year; nothing where it is none.
pub fn date(form: &Form, field: &str) -> Option<NaiveDate> {
    let part = |part: &str| form.value(&format!("{field}-{part}")).trim().parse::<u32>().ok();
    let year = i32::try_from(part("year")?).ok()?;
    NaiveDate::from_ymd_opt(year, part("month")?, part("day")?)
}

/// A field for a date as it was typed.
pub fn date_input(form: &Form, layout: &Layout, field: &str, question: String) -> DateInput {
    let part = |part: &str| form.value(&format!("{field}-{part}")).to_owned();
    DateInput::new(field, Fieldset::new(question))
        .values([part("day"), part("month"), part("year")])
        .error(layout.problem(field))
}

/// Fills a date in, for a form as it is first shown.
pub fn fill_date(form: &mut Form, field: &str, date: NaiveDate) {
    use chrono::Datelike;
    form.set(&format!("{field}-day"), date.day().to_string());
    form.set(&format!("{field}-month"), date.month().to_string());
    form.set(&format!("{field}-year"), date.year().to_string());
}

/// Pence from pounds as typed (`£1,250.50`); 0 where nothing was, nothing where it is no amount.
pub fn pence(typed: &str) -> Option<u32> {
    let plain: String = typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, '£' | ',')).collect();
    let (pounds, rest) = plain.split_once('.').unwrap_or((&plain, ""));
    let rest = match rest.len() {
        0 => "00".to_owned(),
        1 => format!("{rest}0"),
        2 => rest.to_owned(),
        _ => return None,
    };
    let pounds = if pounds.is_empty() { "0" } else { pounds };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(pounds) || !digits(&rest) {
        return None;
    }
    format!("{pounds}{rest}").parse().ok()
}

/// A whole number as typed; 0 where nothing was.
pub fn whole(typed: &str) -> Option<u32> {
    let typed = typed.trim();
    if typed.is_empty() { Some(0) } else { typed.parse().ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pounds_are_read_as_people_type_them() {
        assert_eq!(pence("£1,250.50"), Some(125_050));
        assert_eq!(pence(" 3.5 "), Some(350));
        assert_eq!(pence(""), Some(0));
        for bad in ["ten", "1.234", "-5", "99999999999"] {
            assert_eq!(pence(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_date_that_is_none_is_nothing() {
        let form = Form::filled([
            ("until-day", "31".to_owned()),
            ("until-month", "2".to_owned()),
            ("until-year", "2026".to_owned()),
        ]);
        assert_eq!(date(&form, "until"), None);
        assert_eq!(date(&Form::default(), "until"), None);
    }
}
