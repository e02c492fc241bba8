//! What whoever hides their name reads on *check answers*.

use crate::components::Checkboxes;
use waymark_app::find::capture::{self, NAMED, Who};
use waymark_app::find::draft::Draft;
use waymark_app::find::group::Whose;
use waymark_app::find::{doors, hidden, send};
use waymark_app::people::opener;
use waymark_app::words::{Lang, text, text_with};
use waymark_app::{Ctx, Result};
use waymark_domain::ids::{AccountId, NodeId};

/// What whoever hides their name reads before they send it.
#[derive(Debug)]
pub(super) struct Hiding {
    /// The code to be written down, or nothing where the place has no two openers.
    pub(super) code: Option<String>,
    /// Who can open it, and where it is shown; or that it cannot be hidden there.
    pub(super) lead: String,
    /// Who has it first, where it is not who was chosen.
    pub(super) has_it: Option<String>,
    /// Whether the own team lead may have it, where that can be.
    pub(super) to_lead: Option<Checkboxes>,
}

impl Hiding {
    /// What is said of a hidden name, with a code of its own on each page: the one that is sent counts.
    pub(super) async fn of<K>(ctx: &mut Ctx<'_, K>, lang: Lang, draft: &Draft) -> Result<Option<Self>> {
        let Some(node) = capture::place_of(&draft.fields) else { return Ok(None) };
        if Whose::of(&draft.fields) != Whose::Hidden {
            return Ok(None);
        }
        // Where it is shown is where it is sealed: openers of a small unit alone have no key to it.
        let shown = hidden::shown_at(ctx, node).await?;
        let Some([first, second]) = opener::two(ctx, shown).await? else {
            let lead = text(lang, "tell-hidden-no-openers");
            return Ok(Some(Self { code: None, lead, has_it: None, to_lead: None }));
        };
        let has_it = if shown == node { None } else { has_it(ctx, draft, shown).await? };
        let place = doors::spot_of(ctx, shown).await?.full_name();
        let values = [("first", first.name.into()), ("second", second.name.into()), ("place", place.into())];
        let is_lead = Who::parse(draft.value("who")) == Some(Who::Lead) && shown == node;
        let to_lead = || Checkboxes::single(send::TO_LEAD, "yes", text(lang, "tell-hidden-to-lead"));
        Ok(Some(Self {
            code: Some(hidden::new_code(ctx).to_string()),
            lead: text_with(lang, "tell-hidden-lead", &values),
            has_it: has_it.map(|key| text(lang, key)),
            to_lead: is_lead.then(to_lead),
        }))
    }
}

/// What is said of who has it first where a name is shown further up, and it is not who was chosen.
async fn has_it<K>(ctx: &mut Ctx<'_, K>, draft: &Draft, shown: NodeId) -> Result<Option<&'static str>> {
    Ok(match Who::parse(draft.value("who")) {
        Some(Who::Lead) => Some("tell-hidden-not-lead"),
        Some(Who::Somebody) => {
            let chosen = match AccountId::parse(draft.value("somebody")) {
                None => doors::decider_named(ctx, shown, draft.value(NAMED)).await?,
                chosen => chosen,
            };
            let deciders = doors::deciders(ctx, shown).await?;
            let is_one = chosen.is_some_and(|chosen| deciders.iter().any(|one| one.account == chosen));
            (!is_one).then_some("tell-hidden-not-them")
        }
        _ => None,
    })
}
