//! The words for what the code names: stages, answers, reasons, roles. One place, so that pages and mails say the same.

use crate::words::{Lang, text};
use waymark_domain::find::stage::{AnswerKind, Origin, Outcome, Reason, Stage, WayIn};
use waymark_domain::people::ladder::Explained;
use waymark_domain::people::role::Role;
use waymark_domain::people::setting::SeenBy;

/// Where a record stands, in a word or two for its tag.
pub fn stage(lang: Lang, stage: Stage) -> String {
    text(lang, &format!("label-stage-{}", stage.name()))
}

/// Words of somebody, or that they were erased.
pub fn or_erased(lang: Lang, words: Option<&str>) -> String {
    words.map_or_else(|| text(lang, "record-erased"), str::to_owned)
}

/// One of the four answers.
pub fn answer(lang: Lang, kind: AnswerKind) -> String {
    text(lang, &format!("label-answer-{}", kind.name()))
}

/// Why an answer is not *go*.
pub fn reason(lang: Lang, reason: Reason) -> String {
    text(lang, &format!("label-reason-{}", reason.name()))
}

/// What became of a try.
pub fn outcome(lang: Lang, outcome: Outcome) -> String {
    text(lang, &format!("label-outcome-{}", outcome.name()))
}

/// A role as it stands after a name: *team lead*.
pub fn role(lang: Lang, role: Role) -> String {
    text(lang, &format!("label-role-{}", role.name()))
}

/// Who sees a record.
pub fn seen_by(lang: Lang, seen_by: SeenBy) -> String {
    text(lang, &format!("label-seen-{}", seen_by.name()))
}

/// Where an idea came from.
pub fn origin(lang: Lang, origin: Origin) -> String {
    text(lang, &format!("label-origin-{}", origin.name()))
}

/// How a record came in.
pub fn way_in(lang: Lang, way_in: WayIn) -> String {
    text(lang, &format!("label-way-in-{}", way_in.name()))
}

/// Why the duty is not with whom one would expect.
pub fn explained(lang: Lang, explained: Explained) -> String {
    let name = match explained {
        Explained::HigherUp => "higher-up",
        Explained::Cover => "cover",
        Explained::LastResort => "last-resort",
    };
    text(lang, &format!("label-explained-{name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_the_code_names_has_words_in_both_languages() {
        for lang in Lang::ALL {
            for one in Stage::ALL {
                assert!(!stage(lang, *one).is_empty());
            }
            for one in AnswerKind::ALL {
                assert!(!answer(lang, *one).is_empty());
            }
            for one in Reason::ALL {
                assert!(!reason(lang, *one).is_empty());
            }
            for one in Outcome::ALL {
                assert!(!outcome(lang, *one).is_empty());
            }
            for one in Origin::ALL {
                assert!(!origin(lang, *one).is_empty());
            }
            for one in WayIn::ALL {
                assert!(!way_in(lang, *one).is_empty());
            }
            for one in Role::ALL {
                assert!(!role(lang, one).is_empty());
            }
            for one in SeenBy::ALL {
                assert!(!seen_by(lang, one).is_empty());
            }
            for one in [Explained::HigherUp, Explained::Cover, Explained::LastResort] {
                assert!(!explained(lang, one).is_empty());
            }
        }
    }
}
