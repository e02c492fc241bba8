//! A form as a page shows it: what can be typed, what is chosen, what is hidden.

use scraper::{ElementRef, Html, Selector};
use waymark_testkit::Page;

/// What is done with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// Words are typed into it.
    Typed,
    /// One value of several is chosen.
    Chosen,
    /// Nobody sees it.
    Hidden,
    /// A password: never shown again.
    Secret,
}

/// A field with what would be sent now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    pub name: String,
    pub value: Option<String>,
    pub is_for: Use,
}

/// The fields of the form that a page sends to an address: of several the one with the most of them; none where there is
/// no such form. Before it is sent the address must fit, afterwards the page may have another.
pub fn fields(page: &Page, to: Option<&str>) -> Vec<Field> {
    let html = Html::parse_document(&page.body);
    let own = page.address.split('?').next().unwrap_or_default();
    let is_to = |form: &ElementRef<'_>| {
        let action = form.attr("action").filter(|action| !action.is_empty()).unwrap_or(own);
        to.is_none_or(|to| action.split('?').next() == to.split('?').next())
    };
    let forms = selector("main form[method=post]");
    let fitting = html.select(&forms).filter(is_to).map(|form| of_form(&form));
    fitting.max_by_key(Vec::len).unwrap_or_default()
}

fn of_form(form: &ElementRef<'_>) -> Vec<Field> {
    let mut fields: Vec<Field> = Vec::new();
    for element in form.select(&selector("input[name], textarea[name], select[name]")) {
        let Some(field) = of_element(&element) else { continue };
        match fields.iter_mut().find(|known| known.name == field.name && field.is_for == Use::Chosen) {
            // One radio of several.
            Some(known) => known.value = known.value.take().or(field.value),
            None => fields.push(field),
        }
    }
    fields
}

fn of_element(element: &ElementRef<'_>) -> Option<Field> {
    let kind = element.attr("type").unwrap_or("text");
    let own = || Some(element.attr("value").unwrap_or_default().to_owned());
    let (value, is_for) = match (element.value().name(), kind) {
        ("textarea", _) => (Some(element.text().collect()), Use::Typed),
        ("select", _) => (chosen(element), Use::Chosen),
        (_, "submit" | "button" | "file") => return None,
        (_, "radio" | "checkbox") => (own().filter(|_| element.attr("checked").is_some()), Use::Chosen),
        (_, "hidden") => (own(), Use::Hidden),
        (_, "password") => (own(), Use::Secret),
        _ => (own(), Use::Typed),
    };
    Some(Field { name: element.attr("name")?.to_owned(), value, is_for })
}

fn chosen(select: &ElementRef<'_>) -> Option<String> {
    let chosen = select.select(&selector("option[selected]")).next();
    let chosen = chosen.or_else(|| select.select(&selector("option")).next())?;
    Some(chosen.attr("value").unwrap_or_default().to_owned())
}

fn selector(text: &str) -> Selector {
    Selector::parse(text).expect("a selector")
}
