//! Masking by programs: what could be masked in a record, a problem or a shared answer, how its texts would stand, and doing
//! it.

use super::input::{Input, Kind, needed, optional};
use super::operation::{Besides, Does, Operation};
use super::problem::Fault;
use super::read::{Reading, json, url};
use super::run::Call;
use super::schema::shapes;
use super::shared;
use super::table::VERSION;
use crate::pages::find::mask as page;
use crate::visitor::Visitor;
use uuid::Uuid;
use waymark_app::find::mask::{self, Found, Preview};
use waymark_app::find::view::view;
use waymark_app::routes::Route;
use waymark_app::{Ctx, Error, Read, Result, Write};
use waymark_domain::ids::ProblemId;
use waymark_domain::text::Field;

shapes! {
    /// Words that a finder may want to mask.
    Maskable {
        /// What in the texts looks like a name or a number of somebody, at most ten.
        items: Vec<String>,
    }

    /// A text as it would stand.
    MaskedText {
        /// Which text it is.
        field: &'static str,
        /// The text with a mark where the words stood.
        text: String,
    }

    /// How the texts would stand.
    MaskPreview {
        /// The texts that would change.
        items: Vec<MaskedText>,
        /// Would answers change that records got of a shared answer? How many is told to nobody.
        is_in_answers: bool,
        /// How many reports would change; null for a shared answer, of which that is told to nobody.
        reports: Option<u32>,
    }

    /// Where a problem stands now.
    ProblemStanding {
        /// Its id.
        id: Uuid,
        /// How often it was changed.
        version: u32,
        /// The address of its page.
        url: String,
    }
}

/// Why words are masked.
pub const BECAUSE: &[&str] = &["person", "private", "harm"];

const WISH: [Input; 2] = [
    needed("words", Kind::Lines(mask::MOST), "The words or names, as whole words in whatever case."),
    needed("because", Kind::OneOf(BECAUSE), "Why. The history says so, and never what the words were."),
];

/// The version of what is no record.
const SEEN: Input = optional(
    "version",
    Kind::Whole(1, u32::MAX),
    "The version that you saw. Where it has changed since, nothing is done.",
);

/// The operations of masking.
pub fn operations() -> Vec<Operation> {
    let mut all = of_records();
    all.extend(besides(
        (Besides::Problem, "problem", "/problems/{problem}/mask"),
        [
            "What in a problem could be masked, for its finder",
            "How the texts of a problem would stand with words masked; nothing is done",
            "Mask words in a problem: they are erased for good. Look at the preview first",
        ],
    ));
    all.extend(besides(
        (Besides::Shared, "shared", "/shared/{shared}/mask"),
        [
            "What in a shared answer could be masked, for the finder of its organisation",
            "How a shared answer would stand with words masked; nothing is done",
            "Mask words in a shared answer, and in every answer that was given with it: they are erased for good. Look at \
             the preview first",
        ],
    ));
    all
}

/// The operations on what is no record: its name, its path, and what each is for.
fn besides((what, name, path): (Besides, &str, &str), about: [&'static str; 3]) -> [Operation; 3] {
    use Operation as O;
    let [maskable, preview, mask] = about;
    let id = format!("mask-{name}");
    [
        O::get(&format!("maskable-{name}"), path, Does::MaskableIn(what), maskable),
        O::post(
            (&format!("{id}-preview"), &format!("{path}/preview")),
            Does::MaskPreviewIn(what),
            preview,
            WISH,
        )
        .only_reads(),
        O::post((&id, path), Does::MaskIn(what), mask, WISH.into_iter().chain([SEEN])),
    ]
}

fn of_records() -> Vec<Operation> {
    use Operation as O;
    vec![
        O::get(
            "maskable",
            "/records/{reference}/mask",
            Does::Maskable,
            "What in a record could be masked, for its finder",
        ),
        O::post(
            ("mask-preview", "/records/{reference}/mask/preview"),
            Does::MaskPreview,
            "How the texts of a record would stand with words masked; nothing is done",
            WISH,
        )
        .only_reads(),
        O::post(
            ("mask", "/records/{reference}/mask"),
            Does::Mask,
            "Mask words in a record: they are erased for good. Look at the preview first",
            WISH.into_iter().chain([VERSION]),
        ),
    ]
}

impl Reading<'_> {
    /// What could be masked.
    pub(super) async fn maskable(self, ctx: &mut Ctx<'_, Read>) -> Result<Maskable> {
        let view = view(ctx, &self.reference()?).await?;
        Ok(mask::pointed_out(ctx, &view).await?.into())
    }

    /// What could be masked in something else.
    pub(super) async fn maskable_in(self, ctx: &mut Ctx<'_, Read>, what: Besides) -> Result<Maskable> {
        let found = match what {
            Besides::Problem => mask::problem::pointed_out(ctx, problem(self.call)?).await?,
            Besides::Shared => mask::shared::pointed_out(ctx, shared::id(self.call)?).await?,
        };
        Ok(found.into())
    }

    /// How it would stand.
    pub(super) async fn mask_preview(self, ctx: &mut Ctx<'_, Read>) -> Result<MaskPreview> {
        let view = view(ctx, &self.reference()?).await?;
        mask::check(ctx, (&view.record, &view.viewer)).await?;
        Ok(mask::preview(ctx, view.record.id, &page::wish(&self.call.form)?).await?.into())
    }

    /// How something else would stand.
    pub(super) async fn mask_preview_in(self, ctx: &mut Ctx<'_, Read>, what: Besides) -> Result<MaskPreview> {
        let form = &self.call.form;
        let preview = match what {
            Besides::Problem => {
                let id = problem(self.call)?;
                mask::problem::check(ctx, id).await?;
                mask::problem::preview(ctx, id, &page::wish(form)?).await?
            }
            Besides::Shared => {
                let id = shared::id(self.call)?;
                mask::shared::check(ctx, id).await?;
                mask::shared::preview(ctx, id, &page::wish(form)?).await?
            }
        };
        Ok(preview.into())
    }
}

impl From<Vec<Found>> for Maskable {
    fn from(found: Vec<Found>) -> Self {
        Self { items: found.into_iter().map(|found| found.words).collect() }
    }
}

impl From<Preview> for MaskPreview {
    fn from(preview: Preview) -> Self {
        let one = |(field, text): (Field, String)| MaskedText { field: field.name(), text };
        let items = preview.texts.into_iter().map(one).collect();
        Self { items, is_in_answers: preview.is_in_answers, reports: preview.reports }
    }
}

/// The problem that is meant.
fn problem(call: &Call<'_>) -> Result<ProblemId> {
    ProblemId::parse(call.part("problem")).ok_or(Error::NotFound)
}

/// Masks words in what is no record; answers where that stands.
///
/// # Errors
/// What the pages say of it.
pub async fn perform(
    ctx: &mut Ctx<'_, Write>,
    (visitor, call): (&Visitor, &Call<'_>),
    what: Besides,
) -> Result<String, Fault> {
    let (origin, form) = (&visitor.env.config.origin, &call.form);
    match what {
        Besides::Problem => {
            let problem = page::perform_in_problem(ctx, problem(call)?, form).await?;
            let address = Route::Problem { problem: problem.id }.to_string();
            let (id, version) = (problem.id.0, problem.version);
            json(&ProblemStanding { id, version, url: url(origin, &address) })
        }
        Besides::Shared => {
            let answer = page::perform_in_shared(ctx, shared::id(call)?, form).await?;
            json(&shared::standing(origin, &answer))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use waymark_domain::find::masking::MaskedFor;

    #[test]
    fn names_are_those_that_the_code_knows() {
        assert_eq!(BECAUSE, MaskedFor::ALL.map(MaskedFor::name));
    }
}
