//! Ids of what is not there and of what is somebody else's, in addresses and in fields: told alike.

use super::judge::{cut, fair, holds};
use super::kinds::{Count, Kind};
use super::tries::Trial;
use waymark_domain::reference::Reference;

/// What stands in an address where an id should.
const NONSENSE: [&str; 4] = ["no-such-id", "%00", "%FF", "%F0%9F%A6%8A"];

/// Sends the form for what it is not for.
pub async fn wrong(trial: &mut Trial<'_>, count: &mut Count) {
    in_addresses(trial, count).await;
    in_fields(trial, count).await;
}

fn is_id(part: &str) -> bool {
    uuid::Uuid::parse_str(part).is_ok() || Reference::parse(part).is_some() || part.len() == 64
}

/// The address with another value for its last id.
fn with_id(address: &str, value: &str) -> Option<String> {
    let parts: Vec<&str> = address.split('/').collect();
    let last = parts.iter().rposition(|part| is_id(part))?;
    let changed = parts.iter().enumerate().map(|(at, part)| if at == last { value } else { part });
    Some(changed.collect::<Vec<_>>().join("/"))
}

/// An id of the same shape that nothing has.
fn nothing(address: &str) -> &'static str {
    let last = address.split('/').rfind(|part| is_id(part)).unwrap_or_default();
    match last {
        last if Reference::parse(last).is_some() => "WM-2026-0000-00E",
        last if last.len() == 64 => "00000000000000000000000000000000000000000000000000000000000000ff",
        _ => "00000000-0000-4000-8000-000000000000",
    }
}

async fn in_addresses(trial: &mut Trial<'_>, count: &mut Count) {
    trial.ready().await;
    let own = trial.scene.to.clone();
    let Some(unknown) = with_id(&own, nothing(&own)) else { return };
    let of_nothing = answered(trial, &unknown, count).await;
    if let Some(foreign) = trial.scene.foreign.clone() {
        let of_others = answered(trial, &foreign, count).await;
        let words = || format!("{} tells what is there: {of_others:?}, {of_nothing:?}", trial.form.name());
        count.note(holds(of_others == of_nothing, words));
    }
    let long = "x".repeat(4_000);
    for value in NONSENSE.into_iter().chain([long.as_str()]) {
        let address = with_id(&own, value).expect("an id in the address");
        answered(trial, &address, count).await;
        let page = trial.scene.client.get(&address).await;
        count.sent(Kind::WrongId);
        count.note(fair(&page, &address));
        count.note(holds(!page.status.is_success(), || format!("{address}: {}", cut(&page.text()))));
    }
}

/// Sends the form to an address that is not its own: refused, or taken where that does no harm.
async fn answered(trial: &mut Trial<'_>, address: &str, count: &mut Count) -> (u16, String) {
    trial.ready().await;
    let own = std::mem::replace(&mut trial.scene.to, address.to_owned());
    let answer = trial.scene.send(&trial.sent()).await;
    trial.scene.to = own;
    count.sent(Kind::WrongId);
    count.note(fair(&answer, address));
    let status = answer.status.as_u16();
    // Words of a draft that is not there go into a new one; an absence that is none is over already.
    let is_harmless = matches!(trial.form.known.name, "Draft" | "EndCover") && status == 303;
    if is_harmless {
        trial.used();
        return (status, String::new());
    }
    let words = || format!("{address}: {status} {}", cut(&answer.text()));
    count.note(holds([400, 401, 403, 404].contains(&status), words));
    (status, answer.text())
}

/// In fields: nobody's id, an account's, a node's of another body, and nonsense.
async fn in_fields(trial: &mut Trial<'_>, count: &mut Count) {
    let values = [
        uuid::Uuid::nil().to_string(),
        trial.app.person("una").to_string(),
        trial.app.world.nodes["hillside"].to_string(),
        "no-such-id".to_owned(),
    ];
    let held = trial.sent().into_iter().filter(|(_, value)| uuid::Uuid::parse_str(value).is_ok());
    let of_ids = ["at", "answers", "somebody", "similar", "to", "who", "node", "session", "parent"];
    let mut names: Vec<String> = held.map(|(name, _)| name).collect();
    let known = trial.fields.iter().map(|field| field.name.clone());
    names.extend(known.filter(|name| of_ids.contains(&name.as_str())));
    names.sort_unstable();
    names.dedup();
    for name in names {
        for value in &values {
            trial.ready().await;
            let mut sent = trial.sent();
            sent.retain(|(other, _)| *other != name);
            sent.push((name.clone(), value.clone()));
            let answer = trial.scene.send(&sent).await;
            count.sent(Kind::WrongId);
            let what = format!("{value} in {name} of {}", trial.form.name());
            count.note(fair(&answer, &what));
            if matches!(answer.status.as_u16(), 200 | 303) {
                trial.used();
            }
        }
    }
}
