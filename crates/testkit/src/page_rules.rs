//! Rules that every page keeps, whichever test fetches it. They catch what a browser forgives and a reader with
//! a screen reader, a keyboard or a strict content security policy does not.

use std::collections::BTreeSet;

use scraper::{ElementRef, Html, Selector};

/// The breaches in a page, each as a sentence; none for a good page.
pub fn page_rules(html: &str) -> Vec<String> {
    let page = Page { html: Html::parse_document(html) };
    let rules = [
        Page::language,
        Page::title,
        Page::headings,
        Page::ids,
        Page::references,
        Page::labels,
        Page::groups,
        Page::inline,
        Page::links,
        Page::errors,
        Page::buttons,
        Page::landmarks,
        Page::pictures,
    ];
    rules.iter().flat_map(|rule| rule(&page)).collect()
}

struct Page {
    html: Html,
}

type Breaches = Vec<String>;

impl Page {
    fn all(&self, selector: &str) -> Vec<ElementRef<'_>> {
        let selector =
            Selector::parse(selector).expect("the selectors of this file are literals that its tests run");
        self.html.select(&selector).collect()
    }

    fn title_text(&self) -> String {
        self.all("head > title").iter().map(|title| words(*title)).collect()
    }

    fn has_id(&self, id: &str) -> bool {
        self.all("[id]").iter().any(|element| element.attr("id") == Some(id))
    }

    fn language(&self) -> Breaches {
        let lang = self.html.root_element().attr("lang").unwrap_or_default();
        breach(lang.is_empty(), || "the html element has no lang".into())
    }

    fn title(&self) -> Breaches {
        breach(self.title_text().is_empty(), || "the page has no title".into())
    }

    fn headings(&self) -> Breaches {
        let firsts = self.all("h1");
        let mut breaches = breach(firsts.len() != 1, || format!("{} h1 instead of one", firsts.len()));
        breaches.extend(firsts.iter().filter(|h1| words(**h1).is_empty()).map(|_| "the h1 is empty".into()));
        let levels: Vec<u32> = self
            .all("main h1, main h2, main h3, main h4, main h5, main h6")
            .iter()
            .filter_map(|heading| heading.value().name()[1..].parse().ok())
            .collect();
        let jumps = levels.windows(2).filter(|pair| pair[1] > pair[0] + 1);
        breaches.extend(jumps.map(|pair| format!("a heading jumps from h{} to h{}", pair[0], pair[1])));
        breaches
    }

    fn ids(&self) -> Breaches {
        let mut seen = BTreeSet::new();
        let ids = self.all("[id]");
        let doubled = ids.iter().filter_map(|element| element.attr("id")).filter(|id| !seen.insert(*id));
        doubled.map(|id| format!("the id {id:?} is there twice")).collect()
    }

    fn references(&self) -> Breaches {
        let mut breaches = Vec::new();
        for attribute in ["aria-describedby", "aria-labelledby", "aria-controls", "for"] {
            for element in self.all(&format!("[{attribute}]")) {
                let ids = element.attr(attribute).unwrap_or_default().split_whitespace();
                let lost = ids.filter(|id| !self.has_id(id));
                breaches.extend(lost.map(|id| format!("{attribute} names {id:?}, which is not there")));
            }
        }
        breaches
    }

    fn labels(&self) -> Breaches {
        let fields = self.all("input, select, textarea");
        let unlabelled = fields.iter().filter(|field| needs_label(field) && !self.is_labelled(field));
        unlabelled.map(|field| format!("no label for {}", shown(field))).collect()
    }

    fn is_labelled(&self, field: &ElementRef<'_>) -> bool {
        let id = field.attr("id").unwrap_or_default();
        let is_named = |attribute| field.attr(attribute).is_some_and(|value| !value.trim().is_empty());
        let labels = self.all("label[for]");
        let mut own = labels.iter().filter(|label| label.attr("for") == Some(id));
        is_named("aria-label") || is_named("aria-labelledby") || own.any(|label| !words(*label).is_empty())
    }

    /// Several radios or checkboxes of one name are a question, and a question is asked by a legend.
    fn groups(&self) -> Breaches {
        let boxes = self.all("input[type=radio], input[type=checkbox]");
        let several = |field: &&ElementRef<'_>| {
            boxes.iter().filter(|other| other.attr("name") == field.attr("name")).count() > 1
        };
        let alone = boxes.iter().filter(several).filter(|field| !is_under_legend(field));
        let names: BTreeSet<_> = alone.filter_map(|field| field.attr("name")).collect();
        names.into_iter().map(|name| format!("the choices of {name:?} have no legend")).collect()
    }

    fn inline(&self) -> Breaches {
        let mut breaches: Breaches = self.all("style").iter().map(|_| "a style element".into()).collect();
        for element in self.all("*") {
            let attributes = element.value().attrs().map(|(name, _)| name);
            let inline = attributes.filter(|name| *name == "style" || name.starts_with("on"));
            breaches.extend(inline.map(|name| format!("{} has the attribute {name}", shown(&element))));
        }
        let scripts = self.all("script:not([src])").len();
        breaches.extend(breach(scripts > 1, || format!("{scripts} inline scripts")));
        breaches
    }

    fn links(&self) -> Breaches {
        let mut breaches = Vec::new();
        for link in self.all("a") {
            let href = link.attr("href").unwrap_or_default();
            let leads_nowhere = href.is_empty() || href == "#" || href.starts_with("javascript:");
            breaches.extend(breach(leads_nowhere, || format!("the link {:?} leads nowhere", words(link))));
            let target = href.strip_prefix('#').filter(|id| !id.is_empty());
            let is_lost = target.is_some_and(|id| !self.has_id(id));
            breaches.extend(breach(is_lost, || {
                format!("the link {:?} leads to {href}, which is not there", words(link))
            }));
            let is_mute = words(link).is_empty() && link.attr("aria-label").is_none();
            breaches.extend(breach(is_mute, || format!("the link to {href} has no words")));
        }
        breaches
    }

    /// A page with problems says so in its title, lists them and shows each by its field.
    fn errors(&self) -> Breaches {
        let summaries = self.all(".govuk-error-summary").len();
        let messages = self.all(".govuk-error-message").len();
        let says_so = ["Error: ", "Gwall: "].iter().any(|start| self.title_text().starts_with(start));
        let mut breaches = breach(summaries > 1, || "several summaries of errors".into());
        breaches.extend(breach((summaries > 0) != says_so, || {
            "the title and the summary disagree on whether there is an error".into()
        }));
        breaches
            .extend(breach(messages > 0 && summaries == 0, || "a message by a field, but no summary".into()));
        for link in self.all(".govuk-error-summary__list a") {
            let id = link.attr("href").and_then(|href| href.strip_prefix('#')).unwrap_or_default();
            breaches.extend(breach(!self.is_field(id), || {
                format!("the error {:?} leads to no field", words(link))
            }));
        }
        breaches
    }

    fn is_field(&self, id: &str) -> bool {
        self.all("input, select, textarea, button, fieldset, .govuk-date-input")
            .iter()
            .any(|field| field.attr("id") == Some(id))
    }

    fn buttons(&self) -> Breaches {
        let others = ["--secondary", "--warning", "--inverse"];
        let is_main = |button: &&ElementRef<'_>| {
            let classes = button.attr("class").unwrap_or_default();
            !others.iter().any(|other| classes.contains(&format!("govuk-button{other}")))
        };
        let buttons = self.all("main .govuk-button");
        let main = buttons.iter().filter(is_main).count();
        breach(main > 1, || format!("{main} main buttons"))
    }

    fn landmarks(&self) -> Breaches {
        let mains = self.all("main").len();
        breach(mains != 1, || format!("{mains} main elements instead of one"))
    }

    fn pictures(&self) -> Breaches {
        let silent = self.all("img:not([alt]), svg[role=img]:not([aria-labelledby]):not([aria-label])");
        silent
            .iter()
            .map(|picture| format!("{} says nothing to those who cannot see it", shown(picture)))
            .collect()
    }
}

fn breach(is_broken: bool, sentence: impl FnOnce() -> String) -> Breaches {
    if is_broken { vec![sentence()] } else { Vec::new() }
}

fn words(element: ElementRef<'_>) -> String {
    let text: String = element.text().collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn shown(element: &ElementRef<'_>) -> String {
    let name = element.value().name();
    let called = element.attr("name").or_else(|| element.attr("id")).unwrap_or_default();
    format!("<{name} {called:?}>")
}

fn needs_label(field: &ElementRef<'_>) -> bool {
    !matches!(field.attr("type"), Some("hidden" | "submit" | "button" | "image"))
}

fn is_under_legend(field: &ElementRef<'_>) -> bool {
    let fieldsets =
        field.ancestors().filter_map(ElementRef::wrap).filter(|around| around.value().name() == "fieldset");
    let mut legends = fieldsets.flat_map(|fieldset| fieldset.children().filter_map(ElementRef::wrap));
    legends.any(|child| child.value().name() == "legend" && !words(child).is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn breaches_of(title: &str, main: &str) -> Vec<String> {
        page_rules(&format!(
            "<!DOCTYPE html><html lang=en><head><title>{title}</title></head><body><main>{main}</main></body></html>"
        ))
    }

    #[track_caller]
    fn assert_breach(main: &str, wanted: &str) {
        let found = breaches_of("A page", &format!("<h1>A page</h1>{main}"));
        assert!(found.iter().any(|breach| breach.contains(wanted)), "{wanted:?} is not in {found:?}");
    }

    #[test]
    fn a_good_page_breaks_no_rule() {
        let found = breaches_of(
            "Error: Sign in",
            "<div class=govuk-error-summary><ul class=govuk-error-summary__list><li><a href='#mail'>Enter an \
             address</a></ul></div><h1>Sign in</h1><form><label for=mail>Address</label><p \
             class=govuk-error-message>Enter an address</p><input id=mail name=mail><fieldset><legend>Stay?</legend>\
             <input type=radio name=stay id=yes><label for=yes>Yes</label><input type=radio name=stay id=no><label \
             for=no>No</label></fieldset><button class=govuk-button>Go</button><button class='govuk-button \
             govuk-button--secondary'>Later</button></form>",
        );
        assert_eq!(found, Vec::<String>::new());
    }

    #[test]
    fn an_empty_document_breaks_the_first_rules() {
        let found = page_rules("");
        for wanted in ["no lang", "no title", "0 h1", "0 main"] {
            assert!(found.iter().any(|breach| breach.contains(wanted)), "{wanted:?} is not in {found:?}");
        }
    }

    #[test]
    fn headings_are_in_order() {
        assert_breach("<h1>Another</h1>", "2 h1");
        assert_breach("<h3>Deep</h3>", "jumps from h1 to h3");
    }

    #[test]
    fn ids_are_unique_and_references_lead_to_them() {
        assert_breach("<p id=a></p><p id=a></p>", "\"a\" is there twice");
        assert_breach("<p aria-describedby='b'></p>", "names \"b\"");
    }

    #[test]
    fn fields_have_labels_and_choices_a_legend() {
        assert_breach("<input name=age>", "no label for <input \"age\">");
        assert_breach("<label for=age> </label><input id=age>", "no label");
        assert_breach(
            "<input type=radio name=r id=x><label for=x>X</label><input type=radio name=r id=y><label for=y>Y</label>",
            "the choices of \"r\" have no legend",
        );
    }

    #[test]
    fn nothing_is_inline() {
        assert_breach("<p style='color:red'>x</p>", "has the attribute style");
        assert_breach("<p onclick='x()'>x</p>", "has the attribute onclick");
        assert_breach("<style>p{}</style>", "a style element");
        assert_breach("<script>1</script><script>2</script>", "2 inline scripts");
    }

    #[test]
    fn links_lead_somewhere_and_say_where() {
        assert_breach("<a href='#'>x</a>", "leads nowhere");
        assert_breach("<a href='#gone'>x</a>", "which is not there");
        assert_breach("<a href='/x'></a>", "has no words");
    }

    #[test]
    fn errors_are_in_title_summary_and_field_alike() {
        assert_breach("<p class=govuk-error-message>x</p>", "no summary");
        assert_breach("<div class=govuk-error-summary></div>", "disagree");
        let list = "<ul class=govuk-error-summary__list><li><a href='#p'>x</a></ul><p id=p></p>";
        assert_breach(list, "leads to no field");
    }

    #[test]
    fn a_page_has_one_main_button_and_pictures_speak() {
        assert_breach(
            "<button class=govuk-button>a</button><a href=/b class=govuk-button>b</a>",
            "2 main buttons",
        );
        assert_breach("<img src=/x.png>", "says nothing");
        assert_breach("<svg role=img></svg>", "says nothing");
    }
}
