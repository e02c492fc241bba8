//! What the route says no with, in words beside the field that it is about.

use waymark_app::words::{Lang, date, money_pence, number, text, text_with};
use waymark_domain::route::facts::Refusal;

/// The words, and the field that it is about, where it is about one.
pub fn refusal_words(lang: Lang, refusal: Refusal) -> (Option<&'static str>, String) {
    let (field, name) = match refusal {
        Refusal::TooMuchMoney(most) => {
            let values = [("most", money_pence(lang, most.into()).into())];
            return (Some("pounds"), text_with(lang, "act-refused-too-much-money", &values));
        }
        Refusal::TooManyHours(most) => {
            let values = [("most", number(lang, most.into()).into())];
            return (Some("hours"), text_with(lang, "act-refused-too-many-hours", &values));
        }
        Refusal::DateTooFar(last) => {
            let values = [("last", date(lang, last).into())];
            return (Some("until"), text_with(lang, "act-refused-date-too-far", &values));
        }
        Refusal::DateInThePast => (Some("until"), "date-past"),
        Refusal::DateInTheFuture => (Some("on"), "date-future"),
        Refusal::OwnMoney => (Some("pounds"), "own-money"),
        Refusal::NameMayBeKnown => (Some("unknown"), "name-may-be-known"),
        Refusal::SameHands => (Some("to"), "same-hands"),
        Refusal::Interested => (None, "interested"),
        Refusal::PausedAlready => (None, "paused-already"),
        Refusal::PauseTooLate => (None, "pause-too-late"),
        Refusal::TakeOverTooLate => (None, "take-over-too-late"),
        Refusal::ObjectTooLate => (None, "object-too-late"),
        Refusal::ReviewTooLate => (None, "review-too-late"),
        Refusal::MovedAlready => (None, "moved-already"),
        Refusal::YoursToAnswer => (None, "yours-to-answer"),
        Refusal::OthersWait => (None, "others-wait"),
        Refusal::OpeningOver => (None, "opening-over"),
        Refusal::AskedAlready | Refusal::SaidAlready => (None, "said-already"),
        _ => (None, "not-now"),
    };
    (field, text(lang, &format!("act-refused-{name}")))
}
