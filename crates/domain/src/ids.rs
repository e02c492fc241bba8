//! Ids are types: an innovation's id cannot be passed where a node's is asked for.

use chrono::NaiveDate;

/// Declares an id: a 128-bit value of one kind, shown and read as a hyphenated UUID.
macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub uuid::Uuid);

        impl $name {
            /// The id written as a UUID, or nothing where the text is none.
            pub fn parse(text: &str) -> Option<Self> {
                uuid::Uuid::try_parse(text).ok().map(Self)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl From<uuid::Uuid> for $name {
            fn from(id: uuid::Uuid) -> Self {
                Self(id)
            }
        }
    };
}

id!(
    /// An account: a person who signs in. Never written in an event; see [`PartyId`].
    AccountId
);
id!(
    /// One person in one record: only the row that it commits to can turn it into an account; see
    /// [`Party`](crate::people::party::Party).
    PartyId
);
id!(
    /// A node of the tree of organisations.
    NodeId
);
id!(
    /// A role held by one person at one node.
    GrantId
);
id!(
    /// What somebody says about a record.
    CommentId
);
id!(
    /// An answer that many records get.
    SharedId
);
id!(
    /// A powerful role that somebody asked for and another has to agree to.
    AskId
);
id!(
    /// That somebody was erased; nothing of theirs has it.
    ErasureId
);
id!(
    /// A problem that ideas can be told to.
    ProblemId
);
id!(
    /// The record of an idea for its whole life.
    InnovationId
);

impl InnovationId {
    /// The id of a record told on a day: the day comes first, so that the rows of new records lie side by side in every
    /// table; of the 16 random bytes 106 bits stay. It tells the day, which the record says anyway, and nothing else.
    pub fn told_on(day: NaiveDate, mut chance: [u8; 16]) -> Self {
        let number = (day - NaiveDate::default()).num_days();
        // Days that fit no two bytes, before 1970 and after 2149, only lie elsewhere.
        chance[..2].copy_from_slice(&u16::try_from(number).unwrap_or(0).to_be_bytes());
        Self(uuid::Builder::from_custom_bytes(chance).into_uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_records_lie_in_the_order_of_their_days() {
        let day = |number| NaiveDate::default() + chrono::Days::new(number);
        let ids = [0, 1, 20_783, 65_535].map(|number| InnovationId::told_on(day(number), [0xab; 16]));
        assert!(ids.is_sorted_by(|a, b| a < b), "{ids:?}");
        let far = [NaiveDate::MIN, NaiveDate::MAX].map(|day| InnovationId::told_on(day, [0xab; 16]));
        assert_eq!(far, [ids[0]; 2]);
        assert_eq!(InnovationId::parse(&ids[2].to_string()), Some(ids[2]));
    }
}
