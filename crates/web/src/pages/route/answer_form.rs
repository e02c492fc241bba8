//! The four short forms of an answer, as filled in.

use super::answer_parse::PERSON;
use super::typed;
use crate::components::{Checkboxes, Fieldset, Html, Input, InsetText, Label, Radio, Radios, Textarea};
use crate::form::Form;
use crate::layout::Layout;
use crate::visitor::Visitor;
use waymark_app::Result;
use waymark_app::find::view::RecordView;
use waymark_app::find::{labels, next};
use waymark_app::people::found::{self, Person};
use waymark_app::people::session::Me;
use waymark_app::route::offer::{self, Found, Offer};
use waymark_app::words::{date, money_pence, text, text_with};
use waymark_domain::find::stage::AnswerKind;

/// What the forms show besides what was typed.
pub struct Extras {
    offer: Offer,
    contributors: Vec<String>,
    is_own: bool,
    decider: String,
    places: Vec<Found>,
    people: Vec<Person>,
    is_hidden: bool,
}

/// Reads what a form shows, and fills in what an empty one begins with.
///
/// # Errors
/// [`waymark_app::Error::Unavailable`].
pub async fn extras(
    visitor: &Visitor,
    (view, me): (&RecordView, &Me),
    (kind, form): (AnswerKind, &mut Form),
) -> Result<Extras> {
    let (mut ctx, _) = visitor.read().await?;
    let record = &view.record;
    let offer = offer::offer(&mut ctx, record).await?;
    let is_first = form.fields().keys().all(|name| matches!(name.as_str(), "token" | "version" | "sure"));
    if is_first && kind == AnswerKind::Go {
        typed::fill_date(form, "until", offer.until);
        form.set("who", if record.sealed.or(record.public).is_some() { "me" } else { "contributor-0" });
    }
    let places = match form.value("place") {
        "" => Vec::new(),
        typed => offer::places(&mut ctx, record.at_body, typed).await?,
    };
    let people = match form.value("other") {
        "" => Vec::new(),
        typed => found::people(&mut ctx, &[record.at_body], typed).await?.choices(),
    };
    let contributors = record.told.contributors.iter();
    let decider = record.decider.map(|duty| duty.party);
    Ok(Extras {
        offer,
        is_own: contributors.clone().any(|one| view.account(one.party) == Some(me.account)),
        contributors: contributors
            .filter(|one| !record.is_nameless(one.party))
            .map(|one| next::name(view, visitor.lang, Some(one.party)))
            .collect(),
        decider: next::name(view, visitor.lang, decider),
        places,
        people,
        is_hidden: record.sealed.is_some(),
    })
}

/// The fields of one of the four answers.
pub fn answer_fields(
    (kind, in_meeting): (AnswerKind, bool),
    (form, layout): (&Form, &Layout),
    extras: &Extras,
) -> Vec<Html> {
    let asking = Asking { form, layout, extras };
    let mut fields = if in_meeting { asking.meeting() } else { Vec::new() };
    fields.extend(match kind {
        AnswerKind::Go => asking.go(),
        AnswerKind::NotNow => asking.not_now(),
        AnswerKind::Stop => asking.stop(),
        AnswerKind::SendOn => asking.send_on(),
    });
    if extras.is_hidden && kind != AnswerKind::SendOn {
        fields.push(asking.unknown().into());
    }
    fields
}

struct Asking<'a> {
    form: &'a Form,
    layout: &'a Layout,
    extras: &'a Extras,
}

impl Asking<'_> {
    fn text(&self, key: &str) -> String {
        text(self.layout.lang, key)
    }

    /// Nobody decides what they wrote, or whose writer they think they know.
    fn unknown(&self) -> Checkboxes {
        Checkboxes::single("unknown", "yes", self.text("answer-unknown"))
            .values(self.form.all("unknown"))
            .error(self.layout.problem("unknown"))
    }

    fn area(&self, field: &str, key: &str) -> Html {
        let area = Textarea::new(field, Label::new(self.text(key))).rows(3);
        area.value(self.form.value(field)).error(self.layout.problem(field)).into()
    }

    fn line(&self, input: Input, field: &str) -> Input {
        input.value(self.form.value(field)).error(self.layout.problem(field))
    }

    fn go(&self) -> Vec<Html> {
        let other = Input::new("other", Label::new(self.text("answer-go-other")))
            .hint(self.text("answer-go-other-hint"));
        let hours = Input::whole_number("hours", Label::new(self.text("answer-go-hours")))
            .hint(self.text("answer-go-hours-hint"));
        let hours_from = Input::new("hours-from", Label::new(self.text("answer-go-hours-from")));
        vec![
            self.who().into(),
            self.line(other, "other").into(),
            typed::date_input(self.form, self.layout, "until", self.text("answer-go-until"))
                .hint(self.text("answer-go-until-hint"))
                .into(),
            self.line(hours, "hours").into(),
            self.line(hours_from, "hours-from").into(),
            self.pounds(),
            self.area("words", "answer-go-words"),
        ]
    }

    /// Everybody who brought it, whoever answers, or somebody else of the body.
    fn who(&self) -> Radios {
        let contributors = self.extras.contributors.iter().enumerate();
        let mut choices: Vec<Radio> = contributors
            .map(|(place, name)| Radio::new(format!("contributor-{place}"), name.clone()))
            .collect();
        if !self.extras.is_own {
            choices.push(Radio::new("me", self.text("answer-go-who-me")));
        }
        let found = self.extras.people.iter();
        choices.extend(found.map(|person| {
            Radio::new(format!("{PERSON}{}", person.account), person.name.clone()).hint(person.unit.clone())
        }));
        choices.push(Radio::new("other", self.text("answer-go-who-other")));
        Radios::new("who", Fieldset::new(self.text("answer-go-who")), choices)
            .value(self.form.value("who"))
            .error(self.layout.problem("who"))
    }

    fn pounds(&self) -> Html {
        let most = money_pence(self.layout.lang, self.extras.offer.most_pence.into());
        let hint = text_with(self.layout.lang, "answer-go-pounds-hint", &[("most", most.into())]);
        let pounds = Input::pounds("pounds", Label::new(self.text("answer-go-pounds"))).hint(hint);
        self.line(pounds, "pounds").into()
    }

    fn not_now(&self) -> Vec<Html> {
        let last = date(self.layout.lang, self.extras.offer.last);
        let hint = text_with(self.layout.lang, "answer-not-now-until-hint", &[("last", last.into())]);
        vec![
            self.reasons(AnswerKind::NotNow).into(),
            self.area("words", "answer-not-now-words"),
            self.area("awaited", "answer-not-now-awaited"),
            typed::date_input(self.form, self.layout, "until", self.text("answer-not-now-until"))
                .hint(hint)
                .into(),
        ]
    }

    fn stop(&self) -> Vec<Html> {
        vec![
            self.reasons(AnswerKind::Stop).into(),
            self.area("words", "answer-stop-words"),
            self.area("would-change", "answer-stop-would-change"),
        ]
    }

    fn reasons(&self, kind: AnswerKind) -> Radios {
        let lang = self.layout.lang;
        let reasons = offer::reasons(kind).iter();
        let choices = reasons.map(|reason| Radio::new(reason.name(), labels::reason(lang, *reason)));
        Radios::new("reason", Fieldset::new(self.text("answer-reason")), choices)
            .value(self.form.value("reason"))
            .error(self.layout.problem("reason"))
    }

    fn send_on(&self) -> Vec<Html> {
        let place = Input::new("place", Label::new(self.text("answer-send-on-place")))
            .hint(self.text("answer-send-on-place-hint"));
        vec![self.to().into(), self.line(place, "place").into(), self.area("words", "answer-send-on-words")]
    }

    /// The finder, a place by its name, and the places that were found for what was typed.
    fn to(&self) -> Radios {
        let mut choices = vec![Radio::new("finder", self.text("answer-send-on-finder"))];
        let found = self.extras.places.iter();
        choices.extend(found.map(|found| Radio::new(found.node.to_string(), found.name.clone())));
        choices.push(Radio::new("place", self.text("answer-send-on-to-place")));
        Radios::new("to", Fieldset::new(self.text("answer-send-on-to")), choices)
            .value(self.form.value("to"))
            .error(self.layout.problem("to"))
    }

    fn meeting(&self) -> Vec<Html> {
        let name = [("name", self.extras.decider.clone().into())];
        let minutes = Input::new("minutes", Label::new(self.text("answer-meeting-minutes")))
            .hint(self.text("answer-meeting-minutes-hint"));
        vec![
            InsetText::new(text_with(self.layout.lang, "answer-meeting-told", &name)).into(),
            typed::date_input(self.form, self.layout, "on", self.text("answer-meeting-on")).into(),
            self.line(minutes, "minutes").into(),
        ]
    }
}
