//! Problems against what is here: where they go, and whether they came in before. An organisation that is not known here
//! does not keep a published problem out; its name is kept with the text.

use super::{Planned, Said, Sorted, Table};
use crate::ctx::Ctx;
use crate::error::Result;
use crate::import::columns::Field;
use crate::import::faults::Remark;
use crate::import::judge::Judged;
use crate::import::places::Places;
use crate::import::rows::ProblemRow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use uuid::Uuid;
use waymark_domain::ids::NodeId;
use waymark_domain::limits::DETAILS_CHARS;
use waymark_domain::text::{Title, clean};
use waymark_store::import;

/// A problem that can be written.
#[derive(Debug)]
pub(crate) struct Challenge {
    pub row: ProblemRow,
    pub node: NodeId,
    pub title: Title,
    pub text: String,
    /// The organisation's name where it is not known here.
    pub organisation: Option<String>,
    /// The record of the same identifier.
    pub known: Option<Uuid>,
}

impl Planned for Challenge {
    fn is_known(&self) -> bool {
        self.known.is_some()
    }
}

pub(super) async fn check<K>(
    ctx: &mut Ctx<'_, K>,
    table: Table<'_>,
    judged: Judged<ProblemRow>,
) -> Result<Judged<Challenge>> {
    let places = Places::below(ctx, table.node).await?;
    let mut known: HashMap<NodeId, HashMap<String, Uuid>> = HashMap::new();
    let (rows, mut sorted) = Sorted::begin(table, judged);
    for row in rows {
        let (number, mut said) = (row.row, Said::default());
        let challenge = one((row, table.node), &places, &mut said);
        if let Some(mut challenge) = challenge {
            let body = places.body_of(challenge.node);
            let here = match known.entry(body) {
                Entry::Occupied(here) => here.into_mut(),
                Entry::Vacant(free) => {
                    free.insert(import::known_problems(&mut ctx.tx, body.0).await?.into_iter().collect())
                }
            };
            challenge.known = here.get(&challenge.row.external_id).copied();
            sorted.take(number, said, Some(challenge));
        } else {
            sorted.take(number, said, None);
        }
    }
    Ok(sorted.finish())
}

fn one((row, node): (ProblemRow, NodeId), places: &Places, said: &mut Said) -> Option<Challenge> {
    let found = row.organisation.as_deref().map(|words| (words, places.find(words)));
    let (node, organisation) = match found {
        None => (node, None),
        Some((_, Ok(found))) => (found, None),
        Some((words, Err(_))) => {
            said.remark(Field::Organisation, Remark::PlaceKept { value: words.to_owned() });
            (node, Some(words.to_owned()))
        }
    };
    let title = said.text(Field::Title, Title::parse(&row.title));
    let text = said.text(Field::Text, clean(&row.text, DETAILS_CHARS));
    for section in &row.sections {
        said.text(Field::Text, clean(&section.text, DETAILS_CHARS));
    }
    Some(Challenge { node, title: title?, text: text?, organisation, known: None, row })
}
