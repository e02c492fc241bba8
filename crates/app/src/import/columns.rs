//! Which column holds what: proposed from the headings, corrected by the person.

use std::collections::BTreeMap;

use serde::Serialize;
use thiserror::Error;

use super::synonyms::{fold, synonyms};

/// What the rows of a file are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Ideas that were told elsewhere.
    Ideas,
    /// Problems, and challenges, which are problems put to people with dates.
    Problems,
    /// Teams, organisations, departments.
    Organisations,
    /// People, with what they may do where.
    People,
}

macro_rules! fields {
    ($($(#[doc = $doc:literal])* $variant:ident = $name:literal,)*) => {
        /// Something that a row can tell.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Field { $($(#[doc = $doc])* $variant,)* }

        impl Field {
            /// The name used in `--map`, in reports and in keys of translations.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

fields! {
    /// Identifier in the system it comes from; makes a second import harmless.
    ExternalId = "external-id",
    /// Title of a record.
    Title = "title",
    /// Name of an organisation or person.
    Name = "name",
    /// One or two sentences before the text.
    Summary = "summary",
    /// The problem, at length.
    Text = "text",
    /// What the contributor would do.
    Solution = "solution",
    /// Who told it.
    ToldBy = "told-by",
    /// Mail of who told it.
    ToldByMail = "told-by-mail",
    /// When it was told.
    ToldOn = "told-on",
    /// What became of it.
    State = "state",
    /// The answer given.
    Answer = "answer",
    /// When it was answered.
    AnsweredOn = "answered-on",
    /// Who answered.
    AnsweredBy = "answered-by",
    /// Whose it is: name or identifier of an organisation.
    Organisation = "organisation",
    /// When answers may be sent from.
    Opens = "opens",
    /// When answers may be sent until.
    Closes = "closes",
    /// Money, in words.
    Money = "money",
    /// Address of the page it comes from.
    SourceUrl = "source-url",
    /// Section: prizes.
    Prizes = "prizes",
    /// Section: rules.
    Rules = "rules",
    /// Section: how answers are judged.
    Judging = "judging",
    /// Section: how to take part.
    HowToEnter = "how-to-enter",
    /// Section: partners.
    Partners = "partners",
    /// Section: partners outside government.
    OtherPartners = "other-partners",
    /// Section: the law that allows it.
    LegalBasis = "legal-basis",
    /// Section: what kind of answer is sought.
    AnswerKind = "answer-kind",
    /// The organisation above.
    Parent = "parent",
    /// Team, organisation, department, area, government.
    Level = "level",
    /// Whether it is a legal body.
    IsBody = "is-body",
    /// Which bank holidays count.
    Calendar = "calendar",
    /// Time zone, such as Europe/London.
    TimeZone = "time-zone",
    /// Service areas, several divided by semicolons.
    ServiceAreas = "service-areas",
    /// Mail address of a person.
    Mail = "mail",
    /// Roles, several divided by semicolons.
    Roles = "roles",
}

impl Kind {
    /// Every kind, in the order in which they are best brought in.
    pub const ALL: [Self; 4] = [Self::Organisations, Self::People, Self::Problems, Self::Ideas];

    /// The name in addresses, on the command line and in keys of translations.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ideas => "ideas",
            Self::Problems => "problems",
            Self::Organisations => "organisations",
            Self::People => "people",
        }
    }

    /// The kind of a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The fields that rows of this kind can have.
    pub fn fields(self) -> &'static [Field] {
        use Field as F;
        match self {
            Self::Ideas => &[
                F::ExternalId,
                F::Title,
                F::Text,
                F::Solution,
                F::ToldBy,
                F::ToldByMail,
                F::Organisation,
                F::ToldOn,
                F::State,
                F::Answer,
                F::AnsweredOn,
                F::AnsweredBy,
            ],
            Self::Problems => &[
                F::ExternalId,
                F::Title,
                F::Summary,
                F::Text,
                F::Opens,
                F::Closes,
                F::Money,
                F::SourceUrl,
                F::Organisation,
                F::Prizes,
                F::Rules,
                F::Judging,
                F::HowToEnter,
                F::Partners,
                F::OtherPartners,
                F::LegalBasis,
                F::AnswerKind,
            ],
            Self::Organisations => &[
                F::ExternalId,
                F::Name,
                F::Parent,
                F::Level,
                F::IsBody,
                F::Calendar,
                F::TimeZone,
                F::ServiceAreas,
            ],
            Self::People => &[F::ExternalId, F::Name, F::Mail, F::Organisation, F::Roles],
        }
    }

    /// The fields without which no row is of use.
    pub fn required(self) -> &'static [Field] {
        match self {
            Self::Ideas | Self::Problems => &[Field::Title, Field::Text],
            Self::Organisations => &[Field::Name, Field::Level],
            Self::People => &[Field::Name, Field::Mail],
        }
    }

    /// The field of a name, where rows of this kind can have it.
    pub fn field(self, name: &str) -> Option<Field> {
        let name = fold(name);
        self.fields().iter().copied().find(|field| fold(field.name()) == name)
    }
}

/// Which column holds which field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// What the rows are.
    pub kind: Kind,
    places: BTreeMap<Field, usize>,
}

/// An explicit mapping that cannot be.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[expect(missing_docs, reason = "each variant is explained by the sentence that it prints")]
pub enum MapProblem {
    #[error("“{part}” is not field=column. Write for example title=Heading of the column.")]
    NotAPair { part: String },
    #[error("There is no field “{name}” here. The fields are: {}.", valid.join(", "))]
    NoField { name: String, valid: Vec<String> },
    #[error("There is no column “{name}”.{}", nearest.as_ref().map(|near| format!(" Did you mean “{near}”?")).unwrap_or_default())]
    NoColumn { name: String, nearest: Option<String> },
    #[error("The field “{name}” is given twice. Keep one of them.")]
    Twice { name: String },
}

impl MapProblem {
    /// The key of its translation.
    pub fn key(&self) -> &'static str {
        match self {
            Self::NotAPair { .. } => "import-map-not-a-pair",
            Self::NoField { .. } => "import-map-no-field",
            Self::NoColumn { .. } => "import-map-no-column",
            Self::Twice { .. } => "import-map-twice",
        }
    }

    /// The data of its translation: names and values.
    pub fn arguments(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::NotAPair { part } => vec![("part", part.clone())],
            Self::NoField { name, valid } => vec![("name", name.clone()), ("valid", valid.join(", "))],
            Self::NoColumn { name, .. } | Self::Twice { name } => vec![("name", name.clone())],
        }
    }
}

/// Proposes a mapping from the headings, in English and Welsh; each column serves one field at most.
pub fn propose(kind: Kind, columns: &[String]) -> Mapping {
    let mut found: Vec<(usize, Field, usize)> = Vec::new();
    for (place, column) in columns.iter().enumerate() {
        let heading = fold(column);
        for field in kind.fields() {
            found.extend(rank(kind, *field, &heading).map(|rank| (rank, *field, place)));
        }
    }
    found.sort_unstable();
    let mut mapping = Mapping { kind, places: BTreeMap::new() };
    for (_, field, place) in found {
        if !mapping.places.contains_key(&field) && !mapping.uses(place) {
            mapping.places.insert(field, place);
        }
    }
    mapping
}

/// How well a heading names a field: 0 for its own name, then by the order of its synonyms.
fn rank(kind: Kind, field: Field, heading: &str) -> Option<usize> {
    if heading == fold(field.name()) {
        return Some(0);
    }
    synonyms(kind, field).iter().position(|synonym| *synonym == heading).map(|place| place + 1)
}

impl Mapping {
    /// A mapping of fields to columns as it was chosen; of two fields with one column the first has it.
    pub fn of(kind: Kind, pairs: impl IntoIterator<Item = (Field, usize)>) -> Self {
        let mut mapping = Self { kind, places: BTreeMap::new() };
        for (field, place) in pairs {
            if kind.fields().contains(&field) && !mapping.uses(place) {
                mapping.places.insert(field, place);
            }
        }
        mapping
    }

    /// Corrects the mapping by `field=column,…`; `field=` leaves a field out. A comma inside a heading needs no care.
    ///
    /// # Errors
    /// Names an unknown field with those that exist, and an unknown column with the nearest.
    pub fn with(mut self, columns: &[String], pairs: &str) -> Result<Self, MapProblem> {
        let mut seen = Vec::new();
        for part in pairs_of(pairs) {
            let (name, column) =
                part.split_once('=').ok_or_else(|| MapProblem::NotAPair { part: part.trim().to_owned() })?;
            let field = self.kind.field(name).ok_or_else(|| self.no_field(name))?;
            if seen.contains(&field) {
                return Err(MapProblem::Twice { name: field.name().to_owned() });
            }
            seen.push(field);
            self.places.remove(&field);
            if !column.trim().is_empty() {
                let place = find_column(columns, column)?;
                self.places.retain(|other, at| *at != place || seen.contains(other));
                self.places.insert(field, place);
            }
        }
        Ok(self)
    }

    fn no_field(&self, name: &str) -> MapProblem {
        let valid = self.kind.fields().iter().map(|field| field.name().to_owned()).collect();
        MapProblem::NoField { name: name.trim().to_owned(), valid }
    }

    /// The column of a field, if it has one.
    pub fn place(&self, field: Field) -> Option<usize> {
        self.places.get(&field).copied()
    }

    /// Fields and their columns, in the order of the fields.
    pub fn pairs(&self) -> impl Iterator<Item = (Field, usize)> {
        self.places.iter().map(|(field, place)| (*field, *place))
    }

    /// Whether a column serves any field.
    pub fn uses(&self, place: usize) -> bool {
        self.places.values().any(|used| *used == place)
    }

    /// Required fields without a column.
    pub fn missing(&self) -> Vec<Field> {
        let stands_in = |field: Field| field == Field::Text && self.places.contains_key(&Field::Summary);
        let required = self.kind.required().iter().copied();
        required.filter(|field| !self.places.contains_key(field) && !stands_in(*field)).collect()
    }
}

/// Cuts at commas; a piece without `=` belongs to the heading before it.
fn pairs_of(pairs: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    for piece in pairs.split(',').filter(|_| !pairs.trim().is_empty()) {
        match parts.last_mut() {
            Some(last) if !piece.contains('=') => {
                last.push(',');
                last.push_str(piece);
            }
            _ => parts.push(piece.to_owned()),
        }
    }
    parts
}

fn find_column(columns: &[String], name: &str) -> Result<usize, MapProblem> {
    let exact = columns.iter().position(|column| column == name.trim());
    let folded = || columns.iter().position(|column| fold(column) == fold(name));
    exact.or_else(folded).ok_or_else(|| MapProblem::NoColumn {
        name: name.trim().to_owned(),
        nearest: nearest(columns.iter().map(String::as_str), name),
    })
}

/// Words less alike than this are not offered as what was meant.
const LEAST_LIKENESS: f64 = 0.5;

/// Words longer than this were not meant to be one of a list, and comparing them takes long.
const LONGEST_COMPARED: usize = 100;

/// The nearest of some words to the one written, if any is near.
pub(super) fn nearest<'a>(words: impl Iterator<Item = &'a str>, written: &str) -> Option<String> {
    if written.len() > LONGEST_COMPARED {
        return None;
    }
    let written = fold(written);
    let likeness = |word: &str| strsim::normalized_damerau_levenshtein(&fold(word), &written);
    let best = words.map(|word| (likeness(word), word)).max_by(|one, other| one.0.total_cmp(&other.0))?;
    (best.0 >= LEAST_LIKENESS).then(|| best.1.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    fn placed(mapping: &Mapping) -> Vec<(&'static str, usize)> {
        mapping.pairs().map(|(field, place)| (field.name(), place)).collect()
    }

    #[test]
    fn headings_in_english_and_welsh_are_recognised() {
        let english =
            propose(Kind::Ideas, &columns(&["ID", "Idea title", "What is the problem?", "Name", "E-mail"]));
        let expected = [("external-id", 0), ("title", 1), ("text", 2), ("told-by", 3), ("told-by-mail", 4)];
        assert_eq!(placed(&english), expected);
        let welsh =
            propose(Kind::Ideas, &columns(&["Cyfeirnod", "Teitl", "Beth yw’r broblem?", "Enw", "E-bost"]));
        assert_eq!(placed(&welsh), expected);
        let people = propose(Kind::People, &columns(&["Enw", "Ebost", "Sefydliad", "Rolau"]));
        assert_eq!(placed(&people), [("name", 0), ("organisation", 2), ("mail", 1), ("roles", 3)]);
    }

    #[test]
    fn a_better_heading_wins_over_a_weaker_one() {
        let mapping = propose(Kind::Problems, &columns(&["name", "challenge-title"]));
        assert_eq!(mapping.place(Field::Title), Some(1));
    }

    #[test]
    fn the_explicit_mapping_wins_and_takes_the_column_from_its_old_field() {
        let columns = columns(&["title", "text", "More, at length"]);
        let mapping =
            propose(Kind::Ideas, &columns).with(&columns, "solution=More, at length, title=text,text=");
        assert_eq!(mapping.map(|m| placed(&m)), Ok(vec![("title", 1), ("solution", 2)]));
    }

    #[test]
    fn a_wrong_mapping_says_what_there_is() {
        let columns = columns(&["Challenge title", "Body"]);
        let problem =
            |pairs| propose(Kind::People, &columns).with(&columns, pairs).expect_err("wrong").to_string();
        assert_eq!(
            problem("titel=Body"),
            "There is no field “titel” here. The fields are: external-id, name, mail, organisation, roles."
        );
        assert_eq!(
            problem("name=Chalenge title"),
            "There is no column “Chalenge title”. Did you mean “Challenge title”?"
        );
        assert_eq!(problem("name=zzzz"), "There is no column “zzzz”.");
        assert_eq!(
            problem("name"),
            "“name” is not field=column. Write for example title=Heading of the column."
        );
        assert_eq!(problem("name=Body,name=Body"), "The field “name” is given twice. Keep one of them.");
    }

    #[test]
    fn required_fields_without_a_column_are_listed() {
        assert_eq!(propose(Kind::Ideas, &columns(&["title"])).missing(), [Field::Text]);
        assert!(propose(Kind::Problems, &columns(&["title", "tagline"])).missing().is_empty());
    }

    #[test]
    fn no_two_fields_of_a_kind_share_a_first_synonym() {
        for kind in [Kind::Ideas, Kind::Problems, Kind::Organisations, Kind::People] {
            let mut firsts: Vec<&str> =
                kind.fields().iter().filter_map(|f| synonyms(kind, *f).first().copied()).collect();
            firsts.sort_unstable();
            let count = firsts.len();
            firsts.dedup();
            assert_eq!(firsts.len(), count, "{kind:?}");
        }
    }

    #[test]
    fn every_synonym_is_written_as_headings_are_folded() {
        for kind in [Kind::Ideas, Kind::Problems, Kind::Organisations, Kind::People] {
            for field in kind.fields() {
                for synonym in synonyms(kind, *field) {
                    assert_eq!(*synonym, fold(synonym), "{}", field.name());
                }
            }
        }
    }
}
