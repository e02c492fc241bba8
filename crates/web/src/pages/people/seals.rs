//! The auditor's address, and what its mails are compared with: the day's root and the last seal.

use crate::components::{Row, SummaryList};
use crate::failure::Outcome;
use crate::form::Form;
use crate::pages::people::me::moment;
use crate::pages::people::question::QuestionPage;
use crate::visitor::Visitor;
use axum::response::{IntoResponse, Redirect};
use waymark_app::people::auditor::{self, Kept, Sealed};
use waymark_app::people::session::Me;
use waymark_app::routes::Route;
use waymark_app::words::{date, text_with};
use waymark_app::{Error, once};

/// `GET /admin/seals`
pub async fn get(visitor: Visitor) -> Outcome {
    let (mut ctx, me) = visitor.read_as_member().await.map_err(visitor.fails())?;
    let kept = auditor::read(&mut ctx).await.map_err(visitor.fails())?;
    let form = Form::filled([("auditor-mail", kept.address.clone().unwrap_or_default())]);
    shown(&visitor, (&me, &kept), form, None)
}

fn shown(visitor: &Visitor, (me, kept): (&Me, &Kept), form: Form, error: Option<&Error>) -> Outcome {
    let back = if me.administers { Route::Admin } else { Route::Work };
    let page = QuestionPage::new(visitor, Some(me), ("seals-title", form))
        .wrong(error)
        .back(back)
        .say("seals-text")
        .with(SummaryList::new(rows(visitor, kept)))
        .say("seals-compare");
    if kept.is_mine_to_change {
        page.heading("seals-address")
            .plain_email("auditor-mail", "seals-mail")
            .button("people-save")
            .answer(error)
    } else {
        let goes = match &kept.address {
            Some(mail) => text_with(visitor.lang, "seals-goes-to", &[("mail", mail.as_str().into())]),
            None => visitor.text("seals-goes-nowhere"),
        };
        page.words(goes).no_button().answer(error)
    }
}

fn rows(visitor: &Visitor, kept: &Kept) -> Vec<Row> {
    let seal = |sealed: &Sealed| {
        let values = [
            ("number", sealed.number.into()),
            ("at", moment(visitor.lang, sealed.at).into()),
            ("root", sealed.root.as_str().into()),
        ];
        text_with(visitor.lang, "seals-one", &values)
    };
    let none = || visitor.text("seals-none");
    let (day, of_day) = match &kept.of_day {
        Some((day, sealed)) => {
            let day = date(visitor.lang, *day);
            (text_with(visitor.lang, "seals-of-day", &[("day", day.into())]), seal(sealed))
        }
        None => (visitor.text("seals-of-yesterday"), none()),
    };
    let last = kept.last.as_ref().map_or_else(none, seal);
    vec![Row::new(day, of_day), Row::new(visitor.text("seals-last"), last)]
}

/// `POST /admin/seals`
pub async fn post(visitor: Visitor, form: Form) -> Outcome {
    let (mut ctx, me) = visitor.write_as_member().await.map_err(visitor.fails())?;
    let to = Route::Seals.to_string();
    if once::answered(&mut ctx, form.token()).await.map_err(visitor.fails())?.is_some() {
        return Ok(Redirect::to(&to).into_response());
    }
    match auditor::set(&mut ctx, form.value("auditor-mail")).await {
        Ok(()) => {
            once::remember(&mut ctx, form.token(), &to).await.map_err(visitor.fails())?;
            ctx.commit().await.map_err(visitor.fails())?;
            Ok(Redirect::to(&to).into_response())
        }
        Err(error @ Error::Invalid(_)) => {
            let kept = auditor::read(&mut ctx).await.map_err(visitor.fails())?;
            shown(&visitor, (&me, &kept), form, Some(&error))
        }
        Err(error) => Err(visitor.fails()(error)),
    }
}
