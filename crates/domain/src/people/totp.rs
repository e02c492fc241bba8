//! Codes that an app on a phone shows for thirty seconds (RFC 6238 over RFC 4226: SHA-1, six digits, the form that every
//! such app knows).

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;

/// Seconds for which one code is shown.
pub const STEP_SECONDS: i64 = 30;
/// How many steps a phone's clock may be early or late.
const SKEW_STEPS: i64 = 1;
/// How many codes there are: six digits.
const CODES: u32 = 1_000_000;
/// Bytes of a secret: as many as the hash has (RFC 4226, section 4).
pub const SECRET_BYTES: usize = 20;
/// The alphabet of secrets as apps read them (RFC 4648, base 32).
const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// What phone and service both know.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Secret([u8; SECRET_BYTES]);

impl std::fmt::Debug for Secret {
    /// No log has it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(..)")
    }
}

impl Secret {
    /// A secret of random bytes.
    pub const fn new(bytes: [u8; SECRET_BYTES]) -> Self {
        Self(bytes)
    }

    /// A secret as it was kept; nothing where it has another length.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// Its bytes, to be kept.
    pub const fn bytes(&self) -> &[u8; SECRET_BYTES] {
        &self.0
    }

    /// As apps read it: base 32, without anything between.
    pub fn base32(&self) -> String {
        let five = |chunk: &[u8]| {
            let bits = chunk.iter().fold(0_u64, |bits, byte| bits << 8 | u64::from(*byte));
            let at = move |place: u32| usize::try_from((bits >> (5 * place)) & 31).unwrap_or_default();
            (0..8).rev().map(move |place| char::from(ALPHABET[at(place)]))
        };
        // Twenty bytes are four times five, each of which eight characters hold: nothing is left to pad.
        self.0.chunks_exact(5).flat_map(five).collect()
    }

    /// The same in groups of four, to be typed where no camera reads the picture.
    pub fn grouped(&self) -> String {
        let text = self.base32();
        let groups = text.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group).into_owned());
        groups.collect::<Vec<_>>().join(" ")
    }

    /// The code of a step.
    fn code(&self, step: i64) -> u32 {
        let mut mac = Hmac::<Sha1>::new_from_slice(&self.0).expect("any length is a key");
        mac.update(&step.to_be_bytes());
        let hash = mac.finalize().into_bytes();
        let offset = usize::from(hash[19] & 15);
        let four = [hash[offset] & 127, hash[offset + 1], hash[offset + 2], hash[offset + 3]];
        u32::from_be_bytes(four) % CODES
    }

    /// The step whose code was typed at a time (seconds since 1970), where it is later than the last one that was taken:
    /// each code is taken once.
    pub fn step_of(&self, typed: &str, (now, last_step): (i64, i64)) -> Option<i64> {
        let typed = typed_code(typed)?;
        let here = now.div_euclid(STEP_SECONDS);
        let near = here - SKEW_STEPS..=here + SKEW_STEPS;
        near.filter(|step| *step > last_step).find(|step| self.code(*step) == typed)
    }

    /// The code at a time (seconds since 1970), as the app shows it.
    pub fn shown_at(&self, now: i64) -> String {
        format!("{:06}", self.code(now.div_euclid(STEP_SECONDS)))
    }
}

/// Six digits, with or without a gap between.
fn typed_code(typed: &str) -> Option<u32> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let is_code = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| is_code)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret of the examples that the standards give.
    const THEIRS: Secret = Secret::new(*b"12345678901234567890");

    #[test]
    fn codes_are_those_of_rfc_4226_appendix_d() {
        let codes =
            [755_224, 287_082, 359_152, 969_429, 338_314, 254_676, 287_922, 162_583, 399_871, 520_489];
        for (step, code) in codes.into_iter().enumerate() {
            assert_eq!(THEIRS.code(i64::try_from(step).unwrap()), code, "{step}");
        }
    }

    #[test]
    fn codes_are_the_last_six_digits_of_those_of_rfc_6238_appendix_b() {
        let published = [
            (59, "94287082"),
            (1_111_111_109, "07081804"),
            (1_111_111_111, "14050471"),
            (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"),
            (20_000_000_000, "65353130"),
        ];
        for (at, eight) in published {
            assert_eq!(THEIRS.shown_at(at), eight[2..], "{at}");
        }
    }

    #[test]
    fn a_phone_may_be_half_a_minute_early_or_late_and_no_more() {
        let now = 1_234_567_890;
        let typed = |late: i64| THEIRS.step_of(&THEIRS.shown_at(now + late * STEP_SECONDS), (now, 0));
        assert_eq!([-2, -1, 0, 1, 2].map(|late| typed(late).is_some()), [false, true, true, true, false]);
    }

    #[test]
    fn each_code_is_taken_once_and_none_from_before_it() {
        let now = 1_234_567_890;
        let step = THEIRS.step_of(&THEIRS.shown_at(now), (now, 0)).unwrap();
        assert_eq!(THEIRS.step_of(&THEIRS.shown_at(now), (now, step)), None);
        assert_eq!(THEIRS.step_of(&THEIRS.shown_at(now - STEP_SECONDS), (now, step)), None);
        assert_eq!(THEIRS.step_of(&THEIRS.shown_at(now + STEP_SECONDS), (now, step)), Some(step + 1));
    }

    #[test]
    fn what_is_no_code_is_not_taken() {
        let now = 59;
        assert!(THEIRS.step_of(" 287 082 ", (now, 0)).is_some());
        for bad in ["", "287082a", "28708", "2870820", "+87082", "٢٨٧٠٨٢", "287 08\u{0}"] {
            assert_eq!(THEIRS.step_of(bad, (now, 0)), None, "{bad}");
        }
    }

    #[test]
    fn a_secret_is_written_as_rfc_4648_writes_it_and_never_into_a_log() {
        assert_eq!(THEIRS.base32(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert_eq!(THEIRS.grouped(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        assert_eq!(format!("{THEIRS:?}"), "Secret(..)");
    }
}
