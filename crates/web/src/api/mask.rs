//! Masking by programs: what could be masked in a record, how its texts would stand, and doing it.

use super::input::{Input, Kind, needed};
use super::operation::{Does, Operation};
use super::read::Reading;
use super::schema::shapes;
use super::table::VERSION;
use crate::pages::find::mask as page;
use waymark_app::find::mask;
use waymark_app::find::view::view;
use waymark_app::{Ctx, Read, Result};

shapes! {
    /// Words that a finder may want to mask.
    Maskable {
        /// What in the texts of the record looks like a name or a number of somebody, at most ten.
        items: Vec<String>,
    }

    /// A text as it would stand.
    MaskedText {
        /// Which text it is.
        field: &'static str,
        /// The text with a mark where the words stood.
        text: String,
    }

    /// How the texts of a record would stand.
    MaskPreview {
        /// The texts that would change.
        items: Vec<MaskedText>,
    }
}

/// Why words are masked.
pub const BECAUSE: &[&str] = &["person", "private", "harm"];

const WISH: [Input; 2] = [
    needed("words", Kind::Lines(mask::MOST), "The words or names, as whole words in whatever case."),
    needed("because", Kind::OneOf(BECAUSE), "Why. The history says so, and never what the words were."),
];

/// The operations of masking.
pub fn operations() -> Vec<Operation> {
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
        let found = mask::pointed_out(ctx, &view).await?;
        Ok(Maskable { items: found.into_iter().map(|found| found.words).collect() })
    }

    /// How it would stand.
    pub(super) async fn mask_preview(self, ctx: &mut Ctx<'_, Read>) -> Result<MaskPreview> {
        let view = view(ctx, &self.reference()?).await?;
        mask::check(ctx, (&view.record, &view.viewer)).await?;
        let texts = mask::preview(ctx, view.record.id, &page::wish(&self.call.form)?).await?;
        let one =
            |(field, text): (waymark_domain::text::Field, String)| MaskedText { field: field.name(), text };
        Ok(MaskPreview { items: texts.into_iter().map(one).collect() })
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
