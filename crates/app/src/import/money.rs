//! Money as people write it. The words are always kept; an amount is taken from them only when it is clearly one.

use serde::Serialize;

/// A currency that is recognised by its sign, code or name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Currency {
    /// Pound sterling.
    #[serde(rename = "GBP")]
    Gbp,
    /// United States dollar: the meaning of a bare `$`.
    #[serde(rename = "USD")]
    Usd,
    /// Euro.
    #[serde(rename = "EUR")]
    Eur,
}

/// One amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Amount {
    /// In hundredths of the currency's unit.
    pub pence: i64,
    /// Its currency.
    pub currency: Currency,
    /// Whether the words say `up to`.
    pub is_upper_limit: bool,
}

/// The largest amount that is believed, in pence: a hundred thousand million pounds.
const MOST_PENCE: i64 = 10_000_000_000_000;

/// The amount, if the words hold exactly one with its currency: `$300,000`, `£1.5m`, `Up to $50k`.
///
/// A bare number has no currency and gives none; neither does `£5,000 and £10,000`, nor `1.500,00 €`, which two
/// countries read differently.
pub fn read_amount(words: &str) -> Option<Amount> {
    let text = words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    let (text, is_upper_limit) = without_up_to(&text);
    let (text, currency) = without_currency(text)?;
    let (digits, scale) = without_scale(text);
    let pence = pence(digits, scale)?;
    Some(Amount { pence, currency, is_upper_limit })
}

fn without_up_to(text: &str) -> (&str, bool) {
    let starts = ["up to ", "max. ", "max ", "maximum ", "hyd at "];
    starts.iter().find_map(|start| text.strip_prefix(start)).map_or((text, false), |rest| (rest.trim(), true))
}

const SIGNS: [(&str, Currency); 11] = [
    ("us$", Currency::Usd),
    ("usd", Currency::Usd),
    ("us dollars", Currency::Usd),
    ("dollars", Currency::Usd),
    ("$", Currency::Usd),
    ("gbp", Currency::Gbp),
    ("pounds", Currency::Gbp),
    ("£", Currency::Gbp),
    ("eur", Currency::Eur),
    ("euros", Currency::Eur),
    ("€", Currency::Eur),
];

/// The currency stands once, before or behind the number; a sign and a code may both stand if they agree.
fn without_currency(text: &str) -> Option<(&str, Currency)> {
    let (rest, before) = SIGNS
        .iter()
        .find_map(|(sign, currency)| Some((text.strip_prefix(sign)?, Some(*currency))))
        .unwrap_or((text, None));
    let (rest, behind) = SIGNS
        .iter()
        .find_map(|(sign, currency)| Some((rest.strip_suffix(sign)?, Some(*currency))))
        .unwrap_or((rest, None));
    match (before, behind) {
        (Some(one), Some(other)) if one != other => None,
        (one, other) => Some((rest.trim(), one.or(other)?)),
    }
}

fn without_scale(text: &str) -> (&str, i64) {
    let scales = [
        ("thousand", 1_000),
        ("million", 1_000_000),
        ("billion", 1_000_000_000),
        ("mil", 1_000_000),
        ("bn", 1_000_000_000),
        ("k", 1_000),
        ("m", 1_000_000),
    ];
    scales
        .iter()
        .find_map(|(word, scale)| Some((text.strip_suffix(word)?.trim_end(), *scale)))
        .unwrap_or((text, 1))
}

/// Hundredths, exactly; none for wrongly placed commas, more decimals than the scale bears, or too much.
fn pence(digits: &str, scale: i64) -> Option<i64> {
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    if digits.ends_with('.') || !part.bytes().all(|b| b.is_ascii_digit()) || part.len() > 9 {
        return None;
    }
    let whole: i64 = ungroup(whole)?.parse().ok()?;
    let unit = scale.checked_mul(100)?;
    let divisor = 10_i64.checked_pow(u32::try_from(part.len()).ok()?)?;
    let part: i64 = if part.is_empty() { 0 } else { part.parse().ok()? };
    let part = part.checked_mul(unit)?;
    let total = whole.checked_mul(unit)?.checked_add(part / divisor)?;
    (part % divisor == 0 && total <= MOST_PENCE).then_some(total)
}

/// Digits without their thousands commas, which must stand every three digits if they stand at all.
fn ungroup(whole: &str) -> Option<String> {
    let groups: Vec<&str> = whole.split(',').collect();
    let digits = groups.iter().all(|group| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit()));
    let grouped =
        groups.len() == 1 || (groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3));
    (digits && grouped).then(|| groups.concat())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn clear_amounts_are_read() {
        let cases = [
            ("$300,000", 30_000_000, Currency::Usd, false),
            ("$1500", 150_000, Currency::Usd, false),
            ("$3,000,000.00", 300_000_000, Currency::Usd, false),
            ("Up to $240,000", 24_000_000, Currency::Usd, true),
            ("up to £50k", 5_000_000, Currency::Gbp, true),
            ("£1.5m", 150_000_000, Currency::Gbp, false),
            ("£1.25 million", 125_000_000, Currency::Gbp, false),
            ("£0.1", 10, Currency::Gbp, false),
            ("500 pounds", 50_000, Currency::Gbp, false),
            ("GBP 2,000", 200_000, Currency::Gbp, false),
            ("$2,000 USD", 200_000, Currency::Usd, false),
            ("20 €", 2_000, Currency::Eur, false),
        ];
        for (words, pence, currency, is_upper_limit) in cases {
            assert_eq!(read_amount(words), Some(Amount { pence, currency, is_upper_limit }), "{words}");
        }
    }

    #[test]
    fn what_is_not_clearly_one_amount_gives_only_words() {
        for words in [
            "",
            "30000",
            "$",
            "$5,000 and $10,000",
            "$5,000-$10,000",
            "1.500,00 €",
            "$1,50,0",
            "£1.005",
            "-£5",
            "£5 USD",
            "a prize",
            "£5 each",
            "$99999999999999999999",
            "£1.5.2",
            "£1,0000",
            "£1.",
            "£,100",
        ] {
            assert_eq!(read_amount(words), None, "{words}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(words in any::<String>()) {
            let _ = read_amount(&words);
        }

        #[test]
        fn whole_pence_come_back(pence in 0_i64..1_000_000_000) {
            let words = format!("£{}.{:02}", pence / 100, pence % 100);
            prop_assert_eq!(read_amount(&words).map(|amount| amount.pence), Some(pence));
        }
    }
}
