//! The session ends while somebody types: what they typed is there when they have signed in again.

use super::judge::{cut, fair, holds, kept, visible};
use super::kinds::{Count, Kind};
use super::shown::{self, Use};
use super::tries::Trial;
use waymark_testkit::Page;
use waymark_web::visitor::SESSION_COOKIE;

/// Sends the form without a session, signs in again, and finds everything.
pub async fn expired(trial: &mut Trial<'_>, count: &mut Count) {
    trial.ready().await;
    trial.used();
    let sent = trial.sent();
    let gone = "0".repeat(64);
    trial.scene.client = trial.scene.client.clone().with_cookie(SESSION_COOKIE, &gone);
    let before = trial.fingerprint().await;
    let answer = trial.scene.send(&sent).await;
    count.sent(Kind::ExpiredSession);
    count.note(fair(&answer, &trial.form.name()));
    match trial.form.known.name {
        "Tell" | "TellDone" | "Draft" => return in_a_draft(trial, answer, &sent).await,
        "DraftSend" | "Import" => return by_its_address(trial, answer, &sent).await,
        _ => {}
    }
    trial.did_nothing(&before, count).await;
    if answer.status == 401 {
        let faults = on_its_page(trial, &answer, &sent).await;
        return count.note(faults);
    }
    count.note([format!(
        "{} without a session: {} {}",
        trial.form.name(),
        answer.status,
        cut(&answer.text())
    )]);
}

/// Everything is in the page that says that the session has ended, and is taken once it is sent again.
async fn on_its_page(trial: &mut Trial<'_>, answer: &Page, sent: &[(String, String)]) -> Vec<String> {
    let mut faults = Vec::new();
    let name = trial.form.name();
    let hidden = shown::fields(answer, None);
    let known = trial.fields.clone();
    let secret = |field: &str| known.iter().any(|known| known.name == field && known.is_for == Use::Secret);
    for (field, value) in sent.iter().filter(|(field, _)| !secret(field)) {
        let is_kept = hidden.iter().any(|kept| {
            kept.name == *field && visible(kept.value.as_deref().unwrap_or_default()) == visible(value)
        });
        faults.extend(holds(is_kept, || format!("{name} without a session lost {field}: {hidden:?}")));
    }
    let secrets = sent.iter().filter(|(field, value)| secret(field) && !value.is_empty());
    for (_, value) in secrets.clone() {
        faults.extend(holds(!answer.body.contains(value.as_str()), || format!("{name} shows a password")));
    }
    let sign_in = answer.body.contains("/sign-in?back=/");
    faults.extend(holds(sign_in, || format!("{name} leads to no sign-in: {}", cut(&answer.text()))));
    trial.sign_in_again().await;
    let again: Vec<(String, String)> =
        hidden.into_iter().filter_map(|field| Some((field.name, field.value?))).collect();
    let done = trial.scene.send(&again).await;
    if secrets.count() > 0 {
        let plain: Vec<_> = sent.iter().filter(|(field, _)| !secret(field)).cloned().collect();
        faults.extend(holds(done.status == 422, || format!("{name}: {} {}", done.status, cut(&done.text()))));
        faults.extend(kept(&done, (&trial.fields, &plain), ("", &name)));
        return faults;
    }
    let is_done = matches!(done.status.as_u16(), 200 | 303);
    faults.extend(holds(is_done, || format!("{name} again: {} {}", done.status, cut(&done.text()))));
    faults
}

/// Telling goes on without a session: the words are in a draft, and still are after signing in.
async fn in_a_draft(trial: &mut Trial<'_>, answer: Page, sent: &[(String, String)]) {
    let next = answer.location().unwrap_or_else(|| panic!("{}: {}", trial.form.name(), answer.text()));
    let draft: String = next.split('/').take(3).collect::<Vec<_>>().join("/");
    for is_known in [false, true] {
        if is_known {
            trial.sign_in_again().await;
        }
        let page = trial.scene.client.get(&draft).await;
        let shown = shown::fields(&page, None);
        for field in trial.fields.iter().filter(|field| field.is_for == Use::Typed) {
            let typed = sent.iter().find(|(name, _)| *name == field.name);
            let Some((_, value)) = typed.filter(|(name, _)| name != "where") else { continue };
            let kept = shown.iter().find(|kept| kept.name == field.name).and_then(|kept| kept.value.clone());
            assert_eq!(kept.as_deref(), Some(value.as_str()), "{} lost {}", trial.form.name(), field.name);
        }
    }
}

/// One signs in and comes back to where one was: to the draft that is on the server, to what was chosen for a file.
async fn by_its_address(trial: &mut Trial<'_>, answer: Page, sent: &[(String, String)]) {
    let sign_in = trial.scene.client.follow(answer).await;
    let back = shown::fields(&sign_in, None).into_iter().find(|field| field.name == "back");
    let back = back.and_then(|field| field.value).unwrap_or_else(|| panic!("{}", sign_in.text()));
    trial.sign_in_again().await;
    let page = trial.scene.client.get(&back).await;
    assert_eq!(page.status, 200, "{back}: {}", page.text());
    let shown = shown::fields(&page, Some(&trial.scene.to));
    for (name, value) in sent.iter().filter(|(name, _)| name != "token") {
        let is_kept = shown.iter().any(|field| field.name == *name && field.value.as_deref() == Some(value));
        assert!(is_kept, "{} lost {name}: {shown:?}", trial.form.name());
    }
    assert!(!shown.is_empty(), "{}: {}", trial.form.name(), page.text());
}
