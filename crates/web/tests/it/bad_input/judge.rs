//! What an answer to bad input must be: the right status, a page, nothing lost, nothing of ours told. Each function gives
//! what is wrong, so that all of it can be told at once.

use super::shown::{self, Field, Use};
use waymark_testkit::Page;

/// Words that only our own insides have.
const LEAKS: [&str; 17] = [
    "sqlx",
    "SQLITE",
    "constraint",
    "panicked",
    "stack backtrace",
    "insert into",
    "RowNotFound",
    "src/",
    "postgres",
    "Err(",
    "Some(",
    "Invalid URL",
    "UTF-8 in",
    "Failed to",
    "deserialize",
    "waymark_",
    "syntax error",
];

/// A fault where something does not hold.
pub fn holds(holds: bool, fault: impl FnOnce() -> String) -> Option<String> {
    (!holds).then(fault)
}

/// Whatever was sent: one of the statuses that say something, on a page, with none of our insides and no script.
pub fn fair(page: &Page, what: &str) -> Vec<String> {
    let status = page.status.as_u16();
    let is_fair = [200, 303, 400, 401, 403, 404, 405, 409, 413, 415, 422, 429].contains(&status);
    let leak = LEAKS.iter().find(|leak| page.body.contains(**leak));
    let is_page = status == 303 || page.body.contains("<h1");
    let faults = [
        holds(is_fair, || format!("{what}: {status} {}", cut(&page.text()))),
        leak.map(|leak| format!("{what} leaks {leak:?}: {}", cut(&page.text()))),
        holds(!page.body.contains("<script>alert"), || {
            format!("{what} is shown as it was typed, not as text")
        }),
        holds(is_page, || format!("{what}: {status} is no page: {:?}", cut(&page.body))),
    ];
    faults.into_iter().flatten().collect()
}

/// A page that shows a form again: everything that was sent is still in it, whatever was wrong with one field.
pub fn kept(
    page: &Page,
    (fields, sent): (&[Field], &[(String, String)]),
    (bad, what): (&str, &str),
) -> Vec<String> {
    let again = shown::fields(page, None);
    let is_in = |name: &str, value: &str| {
        let mut same = again.iter().filter(|shown| shown.name == name);
        same.any(|shown| visible(shown.value.as_deref().unwrap_or_default()) == visible(value))
    };
    // A place that was found is said in words.
    let is_placed = again.iter().any(|field| field.name == "at" && field.value.as_deref() != Some(""));
    // What is not one of those to choose from cannot be shown as chosen.
    let is_asked = |field: &&Field| match field.is_for {
        Use::Typed => field.name != "where" || !is_placed,
        Use::Chosen => field.name != bad,
        Use::Hidden | Use::Secret => false,
    };
    let mut faults = Vec::new();
    for field in fields.iter().filter(is_asked) {
        let own = sent.iter().filter(|(name, value)| *name == field.name && !is_in(name, value));
        faults.extend(
            own.map(|(name, value)| format!("{what} lost {name} {:?}: {:?}", cut(value), names(&again))),
        );
    }
    let secret = again.iter().filter(|field| field.is_for == Use::Secret);
    let is_secret = secret.into_iter().all(|field| field.value.as_deref().unwrap_or_default().is_empty());
    faults.extend(holds(is_secret, || format!("{what} shows a password")));
    faults
}

/// A page that says that there is an error, in its title and at its top.
pub fn said(page: &Page, what: &str) -> Vec<String> {
    let title = page.body.contains("<title>Error: ");
    let is_summed_up =
        page.body.contains("govuk-error-summary") || page.body.contains("govuk-notification-banner");
    let text = || cut(&page.text());
    let faults = [
        holds(title || page.status == 409, || format!("{what}: the title says no error: {}", text())),
        holds(is_summed_up, || format!("{what}: nothing says what is wrong: {}", text())),
    ];
    faults.into_iter().flatten().collect()
}

/// What people see of a value: a page can hold no NUL.
pub fn visible(value: &str) -> String {
    value.replace(['\0', '\u{fffd}'], "").replace("\r\n", "\n").trim().to_owned()
}

/// As much of a text as a message takes.
pub fn cut(value: &str) -> String {
    value.chars().take(300).collect()
}

fn names(fields: &[Field]) -> Vec<(&str, String)> {
    let short = |value: &str| value.chars().take(20).collect();
    fields.iter().map(|field| (field.name.as_str(), short(field.value.as_deref().unwrap_or("-")))).collect()
}
