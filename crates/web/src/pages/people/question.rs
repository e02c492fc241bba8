//! A page that asks: what it says first, the fields as they are filled in, one button.

use crate::components::{
    Button, Checkbox, Checkboxes, Component, Content, DateInput, Fieldset, Html, Input, InsetText, Link,
    NotificationBanner, PasswordInput, Radio, Radios, Select, Textarea, WarningText,
};
use crate::failure::Outcome;
use crate::filters;
use crate::form::{Form, TOKEN, new_token};
use crate::layout::Layout;
use crate::page;
use crate::visitor::Visitor;
use askama::Template;
use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use waymark_app::Error;
use waymark_app::people::session::Me;
use waymark_app::words::text;

/// A page that asks.
#[derive(Debug, Template)]
#[template(path = "pages/people/question.html")]
pub struct QuestionPage {
    layout: Layout,
    form: Form,
    action: String,
    caption: String,
    fields: Vec<Html>,
    hidden: Vec<(&'static str, String)>,
    button: Option<Button>,
    after: Vec<Link>,
    done: Option<NotificationBanner>,
    before: Option<Html>,
    below: Option<Html>,
}

#[expect(clippy::needless_pass_by_value, reason = "an address is written where it is used up")]
impl QuestionPage {
    /// The values of a form on a page of the visitor: with the problems of an error, if what was sent had any.
    pub fn new(visitor: &Visitor, me: Option<&Me>, (title, form): (&str, Form)) -> Self {
        let layout = visitor.layout(me, visitor.text(title));
        let button = Button::new(visitor.text("people-continue"));
        let token = Some(form.token()).filter(|token| !token.is_empty());
        let token = token.map_or_else(|| new_token(&visitor.env), str::to_owned);
        Self {
            layout,
            form,
            action: String::new(),
            caption: String::new(),
            fields: Vec::new(),
            hidden: vec![(TOKEN, token)],
            button: Some(button),
            after: Vec::new(),
            done: None,
            before: None,
            below: None,
        }
    }

    /// With the problems of what was sent.
    pub fn wrong(mut self, error: Option<&Error>) -> Self {
        self.layout = self.layout.with_error(error);
        self
    }

    /// With what is wrong with a field in words of the page's own, where they need figures.
    pub fn problem(mut self, field: &str, words: String) -> Self {
        self.layout = self.layout.problems(vec![(field.to_owned(), words)]);
        self
    }

    /// With the title in words of the page's own.
    pub fn titled(mut self, title: String) -> Self {
        self.layout.title = title.into();
        self
    }

    /// With a back link.
    pub fn back(mut self, href: impl ToString) -> Self {
        self.layout = self.layout.back(href.to_string());
        self
    }

    /// With a line above the title.
    pub fn caption(mut self, caption: String) -> Self {
        self.caption = caption;
        self
    }

    /// With an address to send to; the page's own where none is given.
    pub fn to(mut self, action: impl ToString) -> Self {
        self.action = action.to_string();
        self
    }

    /// With other words on the button.
    pub fn button(mut self, key: &str) -> Self {
        self.button = Some(Button::new(text(self.layout.lang, key)));
        self
    }

    /// With a button that warns.
    pub fn warning_button(mut self, key: &str) -> Self {
        self.button = Some(Button::warning(text(self.layout.lang, key)));
        self
    }

    /// Without a button: only to be read.
    pub fn no_button(mut self) -> Self {
        self.button = None;
        self
    }

    /// With a value that is sent along.
    pub fn hidden(mut self, name: &'static str, value: impl ToString) -> Self {
        self.hidden.push((name, value.to_string()));
        self
    }

    /// With a link below the button.
    pub fn link(mut self, key: &str, href: impl ToString) -> Self {
        self.after.push(Link::new(text(self.layout.lang, key), href.to_string()));
        self
    }

    /// With a banner that says that something was done.
    pub fn success(mut self, key: &str) -> Self {
        self.done = Some(NotificationBanner::success(self.text(key)));
        self
    }

    /// With something between the title and the form: it may have forms of its own.
    pub fn before(mut self, component: impl Component) -> Self {
        self.before = Some(Html::from(component));
        self
    }

    /// With something below the form: it may have forms of its own.
    pub fn below(mut self, component: impl Component) -> Self {
        self.below = Some(Html::from(component));
        self
    }

    /// With any component.
    pub fn with(mut self, component: impl Component) -> Self {
        self.fields.push(Html::from(component));
        self
    }

    /// With a paragraph.
    pub fn say(self, key: &str) -> Self {
        let words = self.text(key);
        self.with(Paragraph { words, is_heading: false })
    }

    /// With a paragraph of words that are there already.
    pub fn words(self, words: String) -> Self {
        self.with(Paragraph { words, is_heading: false })
    }

    /// With a heading between the fields.
    pub fn heading(self, key: &str) -> Self {
        let words = self.text(key);
        self.with(Paragraph { words, is_heading: true })
    }

    /// With a text set apart.
    pub fn inset(self, key: &str) -> Self {
        let words = self.text(key);
        self.with(InsetText::new(words))
    }

    /// With a warning.
    pub fn warn(self, key: &str) -> Self {
        let words = self.text(key);
        self.with(WarningText::new(words))
    }

    /// With a field for a line.
    pub fn line(self, name: &'static str, key: &str) -> Self {
        let input = Input::new(name, self.text(key));
        self.input(name, key, input)
    }

    /// With a field for a mail address.
    pub fn email(self, name: &'static str, key: &str) -> Self {
        let input = Input::email(name, self.text(key));
        self.input(name, key, input)
    }

    /// With a field for somebody else's mail address, which no browser fills in with one's own.
    pub fn plain_email(self, name: &'static str, key: &str) -> Self {
        let mut input = Input::email(name, self.text(key));
        input.autocomplete = Some("off".into());
        self.input(name, key, input)
    }

    /// With the problem of something that has no field of its own, as a message that the summary leads to.
    pub fn shown_problem(self, id: &'static str) -> Self {
        let words = self.layout.problem(id).map(str::to_owned);
        match words {
            Some(words) => self.with(Said { id, words }),
            None => self,
        }
    }

    /// The words of a key, for a label.
    pub fn label(&self, key: &str) -> String {
        self.text(key)
    }

    /// With a field that is made already; it gets value, hint (`<key>-hint`, where there is one) and problem.
    pub fn input(self, name: &'static str, key: &str, input: Input) -> Self {
        let mut input = input.value(self.form.value(name)).error(self.layout.problem(name));
        if let Some(hint) = self.hint(key) {
            input = input.hint(hint);
        }
        self.with(input)
    }

    /// With a field for several lines.
    pub fn several_lines(self, name: &'static str, key: &str) -> Self {
        let field = Textarea::new(name, self.text(key)).value(self.form.value(name));
        let field = field.error(self.layout.problem(name));
        let field = match self.hint(key) {
            Some(hint) => field.hint(hint),
            None => field,
        };
        self.with(field)
    }

    /// With the address to which a new password belongs, unseen: whoever keeps passwords keeps them by it.
    pub fn known_address(self, address: &str) -> Self {
        let label = self.text("sign-in-mail");
        self.with(Known { address: address.to_owned(), label })
    }

    /// With a field for a new password.
    pub fn new_password(self, name: &'static str, key: &str) -> Self {
        let input = PasswordInput::for_new(name, self.text(key)).error(self.layout.problem(name));
        let input = match self.hint(key) {
            Some(hint) => input.hint(hint),
            None => input,
        };
        self.with(input)
    }

    /// With a field for the password one has.
    pub fn password(self, name: &'static str, key: &str) -> Self {
        let input = PasswordInput::new(name, self.text(key)).error(self.layout.problem(name));
        self.with(input)
    }

    /// With a choice of one; each answer has a value and its words, and a hint where `<key>-<value>-hint` says one.
    pub fn radios(self, name: &'static str, key: &str, values: &[&str]) -> Self {
        let answer = |value: &&str| {
            let own = format!("{key}-{value}");
            let radio = Radio::new(*value, self.text(&own));
            match self.hint(&own) {
                Some(hint) => radio.hint(hint),
                None => radio,
            }
        };
        let items: Vec<Radio> = values.iter().map(answer).collect();
        let radios = Radios::new(name, Fieldset::new(self.text(key)), items);
        let radios = radios.value(self.form.value(name)).error(self.layout.problem(name));
        let radios = match self.hint(key) {
            Some(hint) => radios.hint(hint),
            None => radios,
        };
        self.with(radios)
    }

    /// With a choice of one from a list.
    pub fn select(self, name: &'static str, key: &str, choices: Vec<(String, String)>) -> Self {
        let select = Select::new(name, self.text(key), choices);
        let select = select.value(self.form.value(name)).error(self.layout.problem(name));
        let select = match self.hint(key) {
            Some(hint) => select.hint(hint),
            None => select,
        };
        self.with(select)
    }

    /// With one box to tick.
    pub fn tick(self, name: &'static str, key: &str) -> Self {
        let mut item = Checkbox::new("yes", self.text(key));
        if let Some(hint) = self.hint(key) {
            item = item.hint(hint);
        }
        let boxes = Checkboxes { name: name.into(), items: vec![item], ..Checkboxes::default() };
        let boxes = boxes.values([self.form.value(name)]);
        self.with(boxes)
    }

    /// With three boxes for a date: `<name>-day`, `<name>-month`, `<name>-year`.
    pub fn date(self, name: &'static str, key: &str) -> Self {
        let part = |part: &str| self.form.value(&format!("{name}-{part}")).to_owned();
        let date = DateInput::new(name, Fieldset::new(self.text(key)));
        let date = date.values([part("day"), part("month"), part("year")]).error(self.layout.problem(name));
        let date = match self.hint(key) {
            Some(hint) => date.hint(hint),
            None => date,
        };
        self.with(date)
    }

    fn text(&self, key: &str) -> String {
        text(self.layout.lang, key)
    }

    fn hint(&self, key: &str) -> Option<Content> {
        let key = format!("{key}-hint");
        waymark_app::words::is_known(&key).then(|| Content::from(self.text(&key)))
    }

    /// The page with the status that its problems ask for.
    pub fn answer(self, error: Option<&Error>) -> Outcome {
        let lang = self.layout.lang;
        let (status, wait) = match error {
            None => (StatusCode::OK, None),
            Some(Error::TooMany { retry_after_seconds }) => {
                (StatusCode::TOO_MANY_REQUESTS, Some(*retry_after_seconds))
            }
            Some(_) => (StatusCode::UNPROCESSABLE_ENTITY, None),
        };
        let mut response = page::answer(status, &self, lang);
        if let Some(seconds) = wait {
            response.headers_mut().insert(RETRY_AFTER, seconds.into());
        }
        Ok(response)
    }
}

/// A paragraph or a heading between fields.
#[derive(Clone, Debug, Template)]
#[template(
    source = "{% if is_heading %}<h2 class=\"govuk-heading-m\">{{ words }}</h2>{% else %}<p class=\"govuk-body\">{{ words }}</p>{% endif %}",
    ext = "html"
)]
struct Paragraph {
    words: String,
    is_heading: bool,
}
is_html!(Paragraph);

/// The address of somebody who chooses a password.
#[derive(Clone, Debug, Template)]
#[template(
    source = "<input type=\"email\" name=\"mail\" value=\"{{ address }}\" autocomplete=\"username\" aria-label=\"{{ label }}\" readonly hidden>",
    ext = "html"
)]
struct Known {
    address: String,
    label: String,
}
is_html!(Known);

/// What is wrong with the whole, where the summary's link leads to.
#[derive(Clone, Debug, Template)]
#[template(
    source = "<fieldset id=\"{{ id }}\" class=\"govuk-fieldset\" tabindex=\"-1\"><p class=\"govuk-error-message\">{{ words }}</p></fieldset>",
    ext = "html"
)]
struct Said {
    id: &'static str,
    words: String,
}
is_html!(Said);
