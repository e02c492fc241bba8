//! How long things are kept: all periods on a page, and each on one of its own.

use crate::components::{Affix, Input, Row, SummaryList};
use crate::failure::Outcome;
use crate::form::Form;
use crate::pages::people::question::QuestionPage;
use crate::visitor::Visitor;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use waymark_app::jobs::retention::{Period, Periods};
use waymark_app::people::keeping;
use waymark_app::people::session::Me;
use waymark_app::routes::Route;
use waymark_app::words::{Lang, number, text, text_with};
use waymark_app::{Error, once};

/// So many days in words, on every page that says how long something is kept.
pub(crate) fn days(lang: Lang, days: i64) -> String {
    match days {
        0 => text(lang, "privacy-kept-not"),
        days => text_with(lang, "privacy-kept-days", &[("days", days.into())]),
    }
}

/// What is kept, as the privacy page names it.
pub(crate) fn what(lang: Lang, period: &Period) -> String {
    text(lang, &format!("privacy-kept-{}", period.old))
}

/// `GET /admin/retention`
pub async fn all(visitor: Visitor) -> Outcome {
    let (mut ctx, me) = visitor.read_as_member().await.map_err(visitor.fails())?;
    let periods = keeping::read(&mut ctx).await.map_err(visitor.fails())?;
    QuestionPage::new(&visitor, Some(&me), ("keeping-title", Form::default()))
        .back(Route::Admin)
        .say("keeping-text")
        .with(rows(&visitor, &periods, true))
        .heading("keeping-fixed")
        .say("keeping-fixed-text")
        .with(rows(&visitor, &periods, false))
        .no_button()
        .link("privacy-title", Route::Privacy)
        .answer(None)
}

/// The periods that can be set, with the way to do so; or those that cannot.
fn rows(visitor: &Visitor, periods: &Periods, are_set_here: bool) -> SummaryList {
    let of_these = periods.all().filter(|(period, _)| period.is_set_here() == are_set_here);
    SummaryList::new(of_these.map(|(period, kept)| {
        let what = what(visitor.lang, &period);
        let row = Row::new(what.clone(), days(visitor.lang, kept));
        if !are_set_here {
            return row;
        }
        let change = Route::KeepFor { kept: period.old }.to_string();
        row.action(visitor.text("keeping-change"), change, what)
    }))
}

/// `GET /admin/retention/{kept}`
pub async fn get(visitor: Visitor, Path(name): Path<String>) -> Outcome {
    let (mut ctx, me) = visitor.read_as_member().await.map_err(visitor.fails())?;
    let (period, kept) = keeping::one(&mut ctx, &name).await.map_err(visitor.fails())?;
    let form = Form::filled([("days", kept.to_string())]);
    shown(&visitor, (&me, &period), form, None)
}

fn shown(visitor: &Visitor, (me, period): (&Me, &Period), form: Form, error: Option<&Error>) -> Outcome {
    let lang = visitor.lang;
    let within = |key: &str| {
        let bounds = [period.least, period.most, period.usual].map(|days| number(lang, days).into());
        let [least, most, usual] = bounds;
        text_with(lang, key, &[("least", least), ("most", most), ("usual", usual)])
    };
    let mut input = Input::whole_number("days", visitor.text("keeping-days"));
    input.suffix = Some(Affix::new(visitor.text("keeping-unit")));
    let page = QuestionPage::new(visitor, Some(me), ("keeping-title", form)).titled(what(lang, period));
    let page = page.caption(visitor.text("keeping-title")).back(Route::Keeping);
    let page = match error {
        Some(_) => page.problem("days", within("keeping-days-wrong")),
        None => page,
    };
    page.say(&format!("keeping-why-{}", period.old))
        .input("days", "keeping-days", input.hint(within("keeping-days-within")))
        .say("keeping-gone")
        .button("people-save")
        .answer(error)
}

/// `POST /admin/retention/{kept}`
pub async fn post(visitor: Visitor, Path(name): Path<String>, form: Form) -> Outcome {
    let (mut ctx, me) = visitor.write_as_member().await.map_err(visitor.fails())?;
    let to = Route::Keeping.to_string();
    if once::answered(&mut ctx, form.token()).await.map_err(visitor.fails())?.is_some() {
        return Ok(Redirect::to(&to).into_response());
    }
    match keeping::set(&mut ctx, &name, form.value("days")).await {
        Ok(()) => {
            once::remember(&mut ctx, form.token(), &to).await.map_err(visitor.fails())?;
            ctx.commit().await.map_err(visitor.fails())?;
            Ok(Redirect::to(&to).into_response())
        }
        Err(error @ Error::Invalid(_)) => {
            let (period, _) = keeping::one(&mut ctx, &name).await.map_err(visitor.fails())?;
            shown(&visitor, (&me, &period), form, Some(&error))
        }
        Err(error) => Err(visitor.fails()(error)),
    }
}
