//! Headings that people give their columns, in English and Welsh, the surest first.

use super::columns::Field as F;
use super::columns::{Field, Kind};

/// A heading without case, accents, signs and double spaces: `E-bost:` and `e bost` are the same.
pub(super) fn fold(heading: &str) -> String {
    let plain = heading.to_lowercase();
    let plain = plain.replace(['’', '\''], "").chars().map(without_accent).collect::<String>();
    plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Welsh headings are often typed without their accents.
fn without_accent(letter: char) -> char {
    match letter {
        'â' | 'á' | 'à' | 'ä' => 'a',
        'ê' | 'é' | 'è' | 'ë' => 'e',
        'î' | 'í' | 'ì' | 'ï' => 'i',
        'ô' | 'ó' | 'ò' | 'ö' => 'o',
        'û' | 'ú' | 'ù' | 'ü' => 'u',
        'ŵ' => 'w',
        'ŷ' => 'y',
        other => other,
    }
}

/// What a heading may say for this field, folded.
pub(super) fn synonyms(kind: Kind, field: Field) -> &'static [&'static str] {
    match field {
        Field::Title => title(kind),
        Field::Name => name(kind),
        Field::Organisation => organisation(kind),
        _ => SAME_IN_ALL.iter().find(|(other, _)| *other == field).map_or(&[], |(_, words)| *words),
    }
}

fn title(kind: Kind) -> &'static [&'static str] {
    if kind == Kind::Ideas {
        &[
            "idea title",
            "teitl",
            "title of idea",
            "teitl y syniad",
            "headline",
            "subject",
            "pwnc",
            "idea name",
            "short title",
            "what should we call it",
        ]
    } else {
        &[
            "challenge title",
            "teitl",
            "problem title",
            "headline",
            "subject",
            "pwnc",
            "challenge",
            "her",
            "question",
            "name",
            "enw",
        ]
    }
}

fn name(kind: Kind) -> &'static [&'static str] {
    if kind == Kind::People {
        &["full name", "enw", "enw llawn", "person", "display name", "staff name", "employee"]
    } else {
        &[
            "organisation name",
            "enw",
            "enwr sefydliad",
            "organisation",
            "organization",
            "sefydliad",
            "team",
            "tim",
            "unit",
            "department",
            "title",
        ]
    }
}

fn organisation(kind: Kind) -> &'static [&'static str] {
    if kind == Kind::Problems {
        &[
            "agency",
            "sponsor",
            "organization",
            "sefydliad",
            "department",
            "body",
            "adran",
            "noddwr",
            "owner",
            "team",
            "unit",
        ]
    } else {
        &[
            "organization",
            "sefydliad",
            "team",
            "tim",
            "unit",
            "department",
            "adran",
            "ward",
            "where do you work",
            "workplace",
            "ble rydych chin gweithio",
            "place",
            "site",
            "location",
            "lleoliad",
        ]
    }
}

/// Fields whose headings mean the same whatever the rows are.
const SAME_IN_ALL: &[(Field, &[&str])] = &[
    (
        F::ExternalId,
        &[
            "id",
            "reference",
            "ref",
            "cyfeirnod",
            "dynodwr",
            "challenge id",
            "idea id",
            "number",
            "no",
            "key",
            "code",
            "rhif",
            "staff number",
        ],
    ),
    (F::Summary, &["tagline", "short description", "abstract", "crynodeb", "in short", "purpose"]),
    (
        F::Text,
        &[
            "problem",
            "description",
            "what is the problem",
            "beth yw r broblem",
            "beth ywr broblem",
            "disgrifiad",
            "testun",
            "problem description",
            "the problem",
            "y broblem",
            "problem statement",
            "body",
            "details",
            "background",
            "manylion",
            "idea description",
            "idea",
            "syniad",
            "comments",
            "sylwadau",
        ],
    ),
    (
        F::Solution,
        &[
            "what would you do",
            "beth fyddech chin ei wneud",
            "datrysiad",
            "proposal",
            "proposed solution",
            "suggested solution",
            "suggestion",
            "awgrym",
            "cynnig",
            "what to do",
            "improvement",
        ],
    ),
    (
        F::ToldBy,
        &[
            "contributor",
            "submitted by",
            "cyflwynwyd gan",
            "cyfrannwr",
            "author",
            "awdur",
            "suggested by",
            "raised by",
            "staff name",
            "your name",
            "eich enw",
            "from",
            "name",
            "enw",
            "employee",
        ],
    ),
    (
        F::ToldByMail,
        &[
            "contributor email",
            "author email",
            "submitted by email",
            "your email",
            "email",
            "e mail",
            "mail",
            "ebost",
            "e bost",
            "email address",
            "cyfeiriad ebost",
            "cyfeiriad e bost",
            "username",
        ],
    ),
    (
        F::ToldOn,
        &[
            "date",
            "submitted",
            "dyddiad",
            "submitted on",
            "date submitted",
            "submission date",
            "created",
            "created on",
            "date raised",
            "raised on",
            "timestamp",
            "dyddiad cyflwyno",
            "received",
            "date received",
            "start time",
            "completion time",
        ],
    ),
    (F::State, &["status", "stage", "outcome", "statws", "cyflwr", "decision", "penderfyniad", "result"]),
    (
        F::Answer,
        &[
            "response",
            "reply",
            "feedback",
            "ateb",
            "ymateb",
            "reason",
            "rheswm",
            "adborth",
            "you said we did",
        ],
    ),
    (
        F::AnsweredOn,
        &[
            "date answered",
            "response date",
            "answer date",
            "dyddiad ateb",
            "decision date",
            "replied on",
            "dyddiad ymateb",
            "closed on",
            "date closed",
        ],
    ),
    (
        F::AnsweredBy,
        &[
            "responder",
            "replied by",
            "decided by",
            "decision maker",
            "atebwyd gan",
            "ymatebwyd gan",
            "responded by",
            "approver",
        ],
    ),
    (
        F::Opens,
        &[
            "submission start",
            "opening date",
            "open date",
            "start date",
            "start",
            "opens on",
            "opening",
            "from",
            "yn agor",
            "dyddiad agor",
            "dyddiad dechrau",
            "launch date",
            "date",
        ],
    ),
    (
        F::Closes,
        &[
            "submission end",
            "closing date",
            "close date",
            "end date",
            "end",
            "closes on",
            "deadline",
            "until",
            "yn cau",
            "dyddiad cau",
            "dyddiad gorffen",
            "due date",
        ],
    ),
    (
        F::Money,
        &[
            "total prize offered cash",
            "prize",
            "prize money",
            "award",
            "amount",
            "budget",
            "funding",
            "arian",
            "gwobr ariannol",
            "cyllid",
            "cyllideb",
            "swm",
        ],
    ),
    (
        F::SourceUrl,
        &[
            "permalink",
            "url",
            "link",
            "web address",
            "website",
            "source",
            "dolen",
            "ffynhonnell",
            "external url",
        ],
    ),
    (F::Prizes, &["prize details", "gwobrau", "awards", "prize description"]),
    (
        F::Rules,
        &["terms", "terms and conditions", "conditions", "eligibility", "rheolau", "amodau", "telerau"],
    ),
    (
        F::Judging,
        &["judging criteria", "criteria", "assessment", "beirniadu", "meini prawf", "evaluation", "asesu"],
    ),
    (
        F::HowToEnter,
        &["how to apply", "how to take part", "sut i gymryd rhan", "sut i ymgeisio", "apply", "entry"],
    ),
    (F::Partners, &["partner agencies federal", "partneriaid", "partner", "partner organisations"]),
    (F::OtherPartners, &["partners non federal", "other organisations", "partneriaid eraill"]),
    (F::LegalBasis, &["legal authority", "authority", "sail gyfreithiol", "statute", "law"]),
    (F::AnswerKind, &["type of challenge", "challenge type", "type", "math", "kind"]),
    (
        F::Parent,
        &[
            "parent organisation",
            "parent id",
            "rhiant",
            "part of",
            "reports to",
            "belongs to",
            "yn rhan o",
            "parent name",
            "parent unit",
        ],
    ),
    (F::Level, &["organisation level", "tier", "lefel", "type", "math", "kind", "haen"]),
    (F::IsBody, &["legal body", "body", "corff", "legal entity", "corff cyfreithiol", "employer"]),
    (F::Calendar, &["holidays", "bank holidays", "calendr", "gwyliau banc", "nation", "country"]),
    (F::TimeZone, &["timezone", "tz", "cylchfa amser", "parth amser"]),
    (
        F::ServiceAreas,
        &["service area", "areas", "area", "maes gwasanaeth", "meysydd gwasanaeth", "service", "sector"],
    ),
    (
        F::Mail,
        &[
            "email",
            "e mail",
            "email address",
            "mail address",
            "ebost",
            "e bost",
            "cyfeiriad ebost",
            "cyfeiriad e bost",
        ],
    ),
    (F::Roles, &["role", "rolau", "rol", "permissions", "can do", "responsibility"]),
];
