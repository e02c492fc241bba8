//! Encrypting a hidden name to two openers, one inside the other, so that neither reads anything alone: hybrid public key
//! encryption (RFC 9180: X25519, HKDF-SHA256, ChaCha20-Poly1305) by the crate `hpke`.
//!
//! An opener's private key follows from a pass-phrase that we draw for them: 125 random bits, shown once, kept by nobody
//! but them. So it needs no stretching, and there is no file to lose.

use crate::error::{Error, Result};
use hpke::aead::ChaCha20Poly1305;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable};
use rand::SeedableRng;
use rand::rngs::StdRng;
use uuid::Uuid;
use waymark_domain::spelt::Spelt;
use waymark_domain::text::Digest;

type PublicKey = <X25519HkdfSha256 as Kem>::PublicKey;
type PrivateKey = <X25519HkdfSha256 as Kem>::PrivateKey;
type Encapped = <X25519HkdfSha256 as Kem>::EncappedKey;

/// What a ciphertext is of; another purpose has another text.
const PURPOSE: &[u8] = b"waymark hidden name 1";
/// The bytes of the encapsulated key before each ciphertext.
const ENCAPPED: usize = 32;
/// The key pair of a pass-phrase; `key` is the id of the key, so that one pass-phrase gives another pair elsewhere.
fn pair(phrase: &Spelt, key: Uuid) -> (PrivateKey, PublicKey) {
    let material = Digest::of(&[b"waymark opener", key.as_bytes(), phrase.plain().as_bytes()]);
    X25519HkdfSha256::derive_keypair(&material.0)
}

/// The public half of the key of a pass-phrase.
pub fn public_key(phrase: &Spelt, key: Uuid) -> Vec<u8> {
    pair(phrase, key).1.to_bytes().to_vec()
}

/// Encrypts to one public key, bound to a record. `seed` is 32 random bytes, used for nothing else.
///
/// # Errors
/// [`Error::Internal`] for a key that is none.
pub fn seal(public: &[u8], (record, plain): (Uuid, &[u8]), seed: [u8; 32]) -> Result<Vec<u8>> {
    let public = PublicKey::from_bytes(public).map_err(Error::internal)?;
    let mut chance = StdRng::from_seed(seed);
    let (encapped, sealed) =
        hpke::single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
            &OpModeS::Base,
            &public,
            PURPOSE,
            plain,
            record.as_bytes(),
            &mut chance,
        )
        .map_err(Error::internal)?;
    Ok([encapped.to_bytes().as_slice(), &sealed].concat())
}

/// Decrypts what was sealed for a record to the key of a pass-phrase; nothing where it is another key, another record, or
/// was altered.
pub fn open((phrase, key): (&Spelt, Uuid), (record, sealed): (Uuid, &[u8])) -> Option<Vec<u8>> {
    let (encapped, sealed) = sealed.split_at_checked(ENCAPPED)?;
    let encapped = Encapped::from_bytes(encapped).ok()?;
    hpke::single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeR::Base,
        &pair(phrase, key).0,
        &encapped,
        PURPOSE,
        sealed,
        record.as_bytes(),
    )
    .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECORD: Uuid = Uuid::from_u128(7);
    const NAME: &[u8; 16] = b"whose idea it is";

    fn opener(number: u8) -> (Spelt, Uuid) {
        (Spelt::of(&[number; 25]), Uuid::from_u128(number.into()))
    }

    /// Sealed to the second, then to the first: the first opens first.
    fn sealed() -> Vec<u8> {
        let [first, second] = [opener(1), opener(2)].map(|(phrase, key)| public_key(&phrase, key));
        let inner = seal(&second, (RECORD, NAME), [3; 32]).unwrap();
        seal(&first, (RECORD, &inner), [4; 32]).unwrap()
    }

    fn opened(by: &(Spelt, Uuid), sealed: &[u8]) -> Option<Vec<u8>> {
        open((&by.0, by.1), (RECORD, sealed))
    }

    #[test]
    fn two_open_it_in_their_order_and_one_opens_nothing() {
        let (first, second, other) = (opener(1), opener(2), opener(3));
        let layer = opened(&first, &sealed()).unwrap();
        assert_eq!(opened(&second, &layer).as_deref(), Some(NAME.as_slice()));
        assert_eq!(opened(&second, &sealed()), None);
        assert_eq!(opened(&first, &layer), None);
        assert_eq!(opened(&other, &sealed()), None);
        assert!(!layer.windows(NAME.len()).any(|part| part == NAME));
    }

    #[test]
    fn it_is_of_one_record_and_not_to_be_altered() {
        let first = opener(1);
        assert_eq!(open((&first.0, first.1), (Uuid::from_u128(8), &sealed())), None);
        for place in 0..sealed().len() {
            let mut altered = sealed();
            altered[place] ^= 1;
            assert_eq!(opened(&first, &altered), None, "{place}");
        }
        assert_eq!(opened(&first, &[]), None);
    }
}
