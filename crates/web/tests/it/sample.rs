//! One page with most components on it, in each language: it keeps the rules for pages, and the file that it
//! leaves in the target folder is there to be looked at.

use std::fs;
use std::path::Path;

use askama::Template;
use chrono::NaiveDate;
use waymark_app::words::{self, Lang};
use waymark_testkit::page_rules;
use waymark_web::components::{
    Button, Cell, CharacterCount, Checkbox, Checkboxes, DateInput, Details, Entry, Head, Html, Input,
    InsetText, Link, NavigationItem, NotificationBanner, Pagination, Panel, PanelAction, PasswordInput,
    Progress, Radio, Radios, Row, Select, Step, StepState, SubNavigation, SummaryList, Table, Tag, Task,
    TaskList, Textarea, Timeline, WarningText,
};
use waymark_web::filters;
use waymark_web::layout::Layout;
use waymark_web::page::render;

#[derive(Template)]
#[template(
    ext = "html",
    source = r#"{% extends "layout.html" %}
{% block content %}
<span class="govuk-caption-l">WM-2026-7K3Q-9FT</span>
<h1 class="govuk-heading-l">{{ layout.title }}</h1>
{{ progress }}
{{ inset }}
{{ parts }}
{{ summary }}
{{ banner }}
<h2 class="govuk-heading-m">History</h2>
{{ timeline }}
{{ table }}
{{ pages }}
{{ tasks }}
<h2 class="govuk-heading-m">Form</h2>
<form method="post" novalidate>
{% for field in fields %}{{ field }}{% endfor %}
{{ details }}
{{ warning }}
<div class="govuk-button-group">{{ save }}{{ later }}</div>
</form>
{% endblock %}"#
)]
struct Sample {
    layout: Layout,
    progress: Progress,
    inset: InsetText,
    parts: SubNavigation,
    summary: SummaryList,
    banner: NotificationBanner,
    timeline: Timeline,
    table: Table,
    pages: Pagination,
    tasks: TaskList,
    fields: Vec<Html>,
    details: Details,
    warning: WarningText,
    save: Button,
    later: Button,
}

fn layout(lang: Lang) -> Layout {
    let problems = vec![
        ("email".to_owned(), "Enter an email address, like name@example.org".to_owned()),
        ("since-day".to_owned(), "Enter the day since when this has been so".to_owned()),
    ];
    Layout {
        navigation: vec![
            NavigationItem::new("My work", "/work", false),
            NavigationItem::new("Ideas", "/innovations", true),
            NavigationItem::new("Library", "/library", false),
        ],
        is_demonstration: true,
        signed_in_as: "Ada Obi".into(),
        ..Layout::new(lang, "A shorter form for discharge letters")
            .at("/sample?page=2")
            .back("/work")
            .problems(problems)
    }
}

fn fields(layout: &Layout) -> Vec<Html> {
    vec![
        Input::email("email", "Email address")
            .hint("We send the answer there")
            .error(layout.problem("email"))
            .into(),
        Input::pounds("cost", "What would it cost?").value("1200").into(),
        PasswordInput::new("password", "Password").into(),
        CharacterCount::new("problem", "What is the problem?", 600)
            .hint("Say who it hurts and how often")
            .into(),
        Textarea::new("more", "Anything else?").value("<b>\"quoted\" & more</b>").rows(3).into(),
        DateInput::new("since", "Since when?")
            .hint("For example, 31 3 2026")
            .error(layout.problem("since-day"))
            .into(),
        Radios::new(
            "near",
            "Is it one of these?",
            [
                Radio::new("a", "Shorter letters at Ward 4").hint("In use since May"),
                Radio::new("b", "Letters read aloud"),
                Radio::divider("or"),
                Radio::new("none", "None of these"),
            ],
        )
        .value("b")
        .into(),
        Checkboxes::new(
            "helps",
            "Whom does it help?",
            [Checkbox::new("staff", "Staff"), Checkbox::new("patients", "Patients")],
        )
        .values(["staff"])
        .into(),
        Select::new("area", "Service area", [("health", "Health"), ("justice", "Criminal justice")])
            .value("justice")
            .into(),
    ]
}

fn sample(lang: Lang) -> Sample {
    let layout = layout(lang);
    let day = NaiveDate::from_ymd_opt(2026, 7, 14).unwrap();
    Sample {
        progress: Progress::new([
            Step::new("First look", StepState::Done).note(words::short_date(lang, day)),
            Step::new("Work it out", StepState::Done),
            Step::new("Pilot", StepState::Now).note("Decision due 4 August"),
            Step::new("Business case", StepState::Skipped),
            Step::new("Spread", StepState::Later),
        ]),
        inset: InsetText::new("Amina Yusuf decides by Tuesday 4 August 2026 whether the pilot goes on."),
        parts: SubNavigation::new([
            NavigationItem::new("Record", "/x", true),
            NavigationItem::new("History", "/x/history", false),
            NavigationItem::new("Evidence", "/x/evidence", false),
            NavigationItem::new("Money", "/x/money", false),
        ]),
        summary: SummaryList::new([
            Row::new("State", Tag::coloured("In pilot", "teal")),
            Row::new("Owner", "Amina Yusuf").action("Change", "/x/owner", "owner"),
            Row::new("Promised", words::money_pence(lang, 123_450)),
        ]),
        banner: NotificationBanner::important("Ada Obi has also answered."),
        timeline: Timeline::new([
            Entry::new("Pilot agreed", words::date(lang, day), "2026-07-14")
                .by("Tom Price")
                .words("Two wards, eight weeks."),
            Entry::new("First look", "2 June 2026", "2026-06-02").by("Ada Obi"),
        ]),
        table: Table::new(
            "Promised by year",
            [Head::new("Year"), Head::numeric("Pounds"), Head::new("More")],
            [
                vec![
                    Cell::new("2025"),
                    Cell::numeric("£12,000"),
                    Cell::new(Link::new("See", "/2025").about("2025")),
                ],
                vec![
                    Cell::new("2026"),
                    Cell::numeric("£9,500"),
                    Cell::new(Link::new("See", "/2026").about("2026")),
                ],
            ],
        ),
        pages: Pagination::of(6, 42, |page| format!("?page={page}")),
        tasks: TaskList::new([
            Task::done("Conflict of interest", "/q/1", "Completed"),
            Task::open("Need", "/q/2", Tag::coloured("Not started", "grey")).hint("About two minutes"),
        ]),
        fields: fields(&layout),
        details: Details::new("Why we ask", "So that the answer reaches you."),
        warning: WarningText::new("Once sent it cannot be taken back."),
        save: Button::new("Send"),
        later: Button::secondary("Save for later").sends("then", "later"),
        layout,
    }
}

#[test]
fn a_page_of_all_components_keeps_the_rules_in_every_language() {
    for lang in Lang::ALL {
        let html = render(&sample(lang), lang).unwrap();
        let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("sample-{}.html", lang.code()));
        fs::write(file, &html).unwrap();
        assert_eq!(page_rules(&html), Vec::<String>::new(), "{lang:?}");
        assert!(html.contains("&#60;b&#62;&#34;quoted&#34; &#38; more"), "a value was not escaped");
    }
}

#[test]
fn words_inside_components_come_in_the_reader_s_language() {
    let english = render(&sample(Lang::En), Lang::En).unwrap();
    let welsh = render(&sample(Lang::Cy), Lang::Cy).unwrap();
    assert!(welsh.contains("<html lang=\"cy\"") && welsh.contains("<title>Gwall: "));
    for words in [
        "There is a problem",
        "Skip to main",
        "Show password",
        "Error:",
        "Next<span",
        "You can enter up to",
        "(Completed)",
        "Back</a>",
    ] {
        assert!(english.contains(words), "{words:?} is not in English");
        assert!(!welsh.contains(words), "{words:?} is in Welsh");
    }
    assert!(welsh.contains("data-i18n.characters-under-limit.two=") && !english.contains("data-i18n"));
}

#[test]
fn a_panel_with_choices_keeps_words_of_people_as_words() {
    let actions = [PanelAction::submit("Pay"), PanelAction::link("Go back", "/x")];
    let panel = Panel::interruption("Pay £<500>?", "To <Ada>", actions).to_string();
    assert!(panel.contains("£&#60;500&#62;?") && panel.contains("To &#60;Ada&#62;"), "{panel}");
    assert!(panel.contains("type=\"submit\"") && panel.contains("govuk-link--inverse"), "{panel}");
}
