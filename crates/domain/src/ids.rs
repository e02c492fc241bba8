//! Ids are types: an innovation's id cannot be passed where a node's is asked for.

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
    /// A powerful role that somebody asked for and another has to agree to.
    AskId
);
id!(
    /// A problem that ideas can be told to.
    ProblemId
);
id!(
    /// The record of an idea for its whole life.
    InnovationId
);
