//! Every component against the examples that govuk-frontend ships with it: the same options must give the same
//! elements and the same visible text.
//!
//! An example with an option that our struct does not have is left out and stands in `fixtures-left-out.txt`;
//! that list is compared too, so it cannot grow unseen.

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use askama::Template;
use scraper::{ElementRef, Html, Node};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use waymark_web::components::{
    BackLink, Breadcrumbs, Button, CharacterCount, Checkboxes, DateInput, Details, ErrorMessage,
    ErrorSummary, Fieldset, FileUpload, GenericHeader, Hint, Input, InsetText, Label, LanguageNavigation,
    NotificationBanner, Pagination, Panel, PasswordInput, PhaseBanner, Radios, Select, ServiceNavigation,
    SkipLink, SummaryList, Table, Tag, TaskList, Textarea, WarningText,
};

/// Fewer than this means that a struct has lost options.
const LEAST_EQUAL: usize = 300;

#[derive(Deserialize)]
struct File {
    fixtures: Vec<Example>,
}

#[derive(Deserialize)]
struct Example {
    name: String,
    options: serde_json::Value,
    html: String,
}

#[derive(Default)]
struct Outcome {
    equal: usize,
    different: Vec<String>,
    left_out: Vec<String>,
}

impl Outcome {
    fn check<T: DeserializeOwned + Template>(&mut self, component: &str) {
        for example in examples(component) {
            let title = format!("{component} | {}", example.name);
            match serde_json::from_value::<T>(example.options) {
                Err(fault) => self.left_out.push(format!("{title} | {}", reason(&fault.to_string()))),
                Ok(options) => self.compare(&title, &options.render().unwrap(), &example.html),
            }
        }
    }

    fn compare(&mut self, title: &str, ours: &str, theirs: &str) {
        let (ours, theirs) = (Html::parse_fragment(ours), Html::parse_fragment(theirs));
        let (our_tree, their_tree) = (tree(ours.root_element()), tree(theirs.root_element()));
        let (our_text, their_text) = (visible_text(&ours), visible_text(&theirs));
        if our_tree != their_tree {
            self.different.push(format!("{title}\n--- theirs\n{their_tree}\n--- ours\n{our_tree}"));
        } else if our_text != their_text {
            self.different.push(format!("{title}: text\n--- theirs\n{their_text}\n--- ours\n{our_text}"));
        } else {
            self.equal += 1;
        }
    }
}

fn examples(component: &str) -> Vec<Example> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!(
        "../../web-assets/node_modules/govuk-frontend/dist/govuk/components/{component}/fixtures.json"
    ));
    let text = fs::read_to_string(&path)
        .unwrap_or_else(|fault| panic!("{}: {fault}; run: make assets", path.display()));
    serde_json::from_str::<File>(&text).unwrap().fixtures
}

/// The option that our struct lacks, or what else cannot be read.
fn reason(fault: &str) -> String {
    let option = fault.strip_prefix("unknown field `").and_then(|rest| rest.split('`').next());
    option.map_or_else(|| fault.to_owned(), str::to_owned)
}

/// Elements one to a line, attributes sorted, white space folded.
fn tree(element: ElementRef<'_>) -> String {
    let mut out = String::new();
    write_tree(element, 0, &mut out);
    out
}

fn write_tree(element: ElementRef<'_>, depth: usize, out: &mut String) {
    let mut attributes: Vec<String> =
        element.value().attrs().map(|(name, value)| format!(" {name}={:?}", folded(value))).collect();
    attributes.sort();
    let name = element.value().name();
    writeln!(out, "{}<{name}{}>", "  ".repeat(depth), attributes.concat()).unwrap();
    for child in element.children() {
        match child.value() {
            Node::Text(text) if name == "textarea" => writeln!(out, "{:?}", &**text).unwrap(),
            Node::Text(text) if !folded(text).is_empty() => {
                writeln!(out, "{}{}", "  ".repeat(depth + 1), folded(text)).unwrap();
            }
            _ => {}
        }
        if let Some(child) = ElementRef::wrap(child) {
            write_tree(child, depth + 1, out);
        }
    }
}

fn visible_text(html: &Html) -> String {
    folded(&html.root_element().text().collect::<String>())
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn outcome() -> Outcome {
    let mut outcome = Outcome::default();
    outcome.check::<BackLink>("back-link");
    outcome.check::<Breadcrumbs>("breadcrumbs");
    outcome.check::<Button>("button");
    outcome.check::<CharacterCount>("character-count");
    outcome.check::<Checkboxes>("checkboxes");
    outcome.check::<DateInput>("date-input");
    outcome.check::<Details>("details");
    outcome.check::<ErrorMessage>("error-message");
    outcome.check::<ErrorSummary>("error-summary");
    outcome.check::<Fieldset>("fieldset");
    outcome.check::<FileUpload>("file-upload");
    outcome.check::<GenericHeader>("generic-header");
    outcome.check::<Hint>("hint");
    outcome.check::<Input>("input");
    outcome.check::<InsetText>("inset-text");
    outcome.check::<Label>("label");
    outcome.check::<LanguageNavigation>("language-navigation");
    outcome.check::<NotificationBanner>("notification-banner");
    outcome.check::<Pagination>("pagination");
    outcome.check::<Panel>("panel");
    outcome.check::<PasswordInput>("password-input");
    outcome.check::<PhaseBanner>("phase-banner");
    outcome.check::<Radios>("radios");
    outcome.check::<Select>("select");
    outcome.check::<ServiceNavigation>("service-navigation");
    outcome.check::<SkipLink>("skip-link");
    outcome.check::<SummaryList>("summary-list");
    outcome.check::<Table>("table");
    outcome.check::<Tag>("tag");
    outcome.check::<TaskList>("task-list");
    outcome.check::<Textarea>("textarea");
    outcome.check::<WarningText>("warning-text");
    outcome
}

#[test]
fn every_example_whose_options_we_have_gives_the_same_elements_and_text() {
    let outcome = outcome();
    let shown: Vec<_> = outcome.different.iter().take(5).map(String::as_str).collect();
    let (different, equal) = (outcome.different.len(), outcome.equal);
    assert!(different == 0, "{different} differ, {equal} are equal; first:\n{}", shown.join("\n\n"));
    assert!(equal >= LEAST_EQUAL, "only {equal} are equal");
}

#[test]
fn the_list_of_examples_left_out_is_the_one_checked_in() {
    let listed = include_str!("fixtures-left-out.txt");
    let listed: Vec<&str> = listed.lines().filter(|line| !line.starts_with('#')).collect();
    let found = outcome().left_out;
    assert_eq!(found, listed, "the list as it should be:\n{}", found.join("\n"));
}
