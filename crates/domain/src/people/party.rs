//! A party: one person in one record. Its id commits to whom it names, so that nobody can say later it was another.

use crate::ids::{AccountId, PartyId};
use crate::text::Digest;
use uuid::Uuid;

/// A party, as it lies in the table of parties: all of it goes when the person is erased, and its id tells nothing then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Party {
    /// The record.
    pub record: Uuid,
    /// The person's account.
    pub account: AccountId,
    /// Random; without it, the ids of a known account cannot be guessed.
    pub salt: [u8; 32],
}

impl Party {
    /// The id by which events name it: the first half of a SHA-256 over record, account and salt. Events are hashed, so
    /// a row whose columns give another id is not the one that was written.
    pub fn id(&self) -> PartyId {
        let Digest(bytes) =
            Digest::of(&[b"party", self.record.as_bytes(), self.account.0.as_bytes(), &self.salt]);
        let mut half = [0; 16];
        half.copy_from_slice(&bytes[..16]);
        PartyId(Uuid::from_bytes(half))
    }
}

/// The id of a party whose name is hidden: it commits to the record and to what the openers can decrypt, so that nobody can
/// put another name there later. It tells nothing of whose it is.
pub fn sealed_id(record: Uuid, sealed: &[u8]) -> PartyId {
    let Digest(bytes) = Digest::of(&[b"sealed", record.as_bytes(), sealed]);
    let mut half = [0; 16];
    half.copy_from_slice(&bytes[..16]);
    PartyId(Uuid::from_bytes(half))
}

/// The id of somebody who has no account: it commits to the record and to random bytes that lie beside it.
pub fn public_id(record: Uuid, salt: &[u8]) -> PartyId {
    let Digest(bytes) = Digest::of(&[b"public", record.as_bytes(), salt]);
    let mut half = [0; 16];
    half.copy_from_slice(&bytes[..16]);
    PartyId(Uuid::from_bytes(half))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_record_account_or_salt_is_another_party() {
        let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let party = Party { record: one, account: AccountId(one), salt: [7; 32] };
        assert_eq!(party.id(), Party { ..party }.id());
        assert_ne!(party.id(), Party { record: other, ..party }.id());
        assert_ne!(party.id(), Party { account: AccountId(other), ..party }.id());
        assert_ne!(party.id(), Party { salt: [8; 32], ..party }.id());
    }

    #[test]
    fn an_id_is_the_same_for_ever() {
        let party =
            Party { record: Uuid::from_u128(1), account: AccountId(Uuid::from_u128(2)), salt: [3; 32] };
        assert_eq!(party.id().to_string(), "021e6f4d-5f98-6ab1-7d98-28a4124c99dc");
    }
}
