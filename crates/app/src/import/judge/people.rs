//! People and what they may do where.

use super::desk::{Desk, Known};
use super::{Judged, Ways, judge_rows};
use crate::import::columns::{Field, Mapping};
use crate::import::limits;
use crate::import::read::Sheet;
use crate::import::rows::{PersonRow, ROLES, ROLES_GIVEN};

/// Judges rows that are people.
pub fn judge_people(sheet: &Sheet, mapping: &Mapping, ways: &Ways) -> Judged<PersonRow> {
    judge_rows(sheet, mapping, ways, person)
}

fn person(desk: &mut Desk<'_>) -> Option<PersonRow> {
    let name = desk.needed_words(Field::Name, limits::TITLE_CHARS);
    let mail = desk.mail(Field::Mail);
    let mail = desk.need(Field::Mail, mail);
    let organisation = desk.words(Field::Organisation, limits::WORDS_CHARS);
    let roles = roles(desk);
    if let Some(mail) = &mail {
        desk.refuse_seen_mail(mail);
    }
    let external_id = desk.identify_by(mail.as_deref().unwrap_or(""));
    Some(PersonRow { row: desk.number(), external_id, name: name?, mail: mail?, organisation, roles })
}

/// Each role once; every unknown one is a fault of its own.
fn roles(desk: &mut Desk<'_>) -> Vec<&'static str> {
    let valid = ROLES.map(|role| (role, role));
    let mut roles = Vec::new();
    for word in desk.raw(Field::Roles).split([';', ',', '\n']).map(str::trim).filter(|word| !word.is_empty())
    {
        let role = desk.one_of(Field::Roles, word, &Known { words: &valid, shown: ROLES_GIVEN });
        roles.extend(role.filter(|role| !roles.contains(role)));
    }
    roles
}
