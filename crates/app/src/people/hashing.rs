//! Argon2id, one or two at a time, in memory that is used again and again. Given back after each hash, such large pieces
//! leave gaps that the allocator does not fill: sixty-four sign-ins at once then took 500 MiB.

use crate::error::{Error, Result};
use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Semaphore;

/// The most passwords that are hashed at once: each takes 19 MiB and most of a core.
const MOST: usize = 2;

/// How many are: one core is left to everybody who is signed in, however many sign in.
fn at_once() -> usize {
    std::thread::available_parallelism().map_or(1, |cores| cores.get() - 1).clamp(1, MOST)
}

/// Where passwords are hashed.
#[derive(Debug)]
pub struct Hashing {
    turns: Arc<Semaphore>,
    kept: Arc<Mutex<Vec<Memory>>>,
}

/// The memory of one hash.
type Memory = Vec<Block>;

impl Default for Hashing {
    fn default() -> Self {
        Self { turns: Arc::new(Semaphore::new(at_once())), kept: Arc::default() }
    }
}

impl Hashing {
    /// The hash of a password, as a line that names how it was made.
    pub(super) async fn hash(&self, password: String, salt: [u8; 16]) -> Result<String> {
        self.on_a_thread(move |memory| hash(&password, &salt, memory)).await
    }

    /// Is it the password of the hash?
    pub(super) async fn is_right(&self, typed: String, hash: String) -> Result<bool> {
        self.on_a_thread(move |memory| is_right(&typed, &hash, memory)).await
    }

    /// Does heavy work on a thread of its own. The thread holds the turn: whoever waits may be gone before it ends, and
    /// the next must not begin beside it.
    async fn on_a_thread<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Memory) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let turn = Arc::clone(&self.turns).acquire_owned().await.map_err(Error::internal)?;
        let kept = Arc::clone(&self.kept);
        let work = move || {
            let mut memory = kept.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
            let done = work(&mut memory);
            kept.lock().unwrap_or_else(PoisonError::into_inner).push(memory);
            drop(turn);
            done
        };
        tokio::task::spawn_blocking(work).await.map_err(Error::internal)?
    }
}

fn hash(password: &str, salt: &[u8], memory: &mut Memory) -> Result<String> {
    let argon2 = Argon2::default();
    let output = output(&argon2, (password, salt), memory)?;
    let line = PasswordHash {
        algorithm: Algorithm::default().ident(),
        version: Some(Version::default().into()),
        params: ParamsString::try_from(argon2.params()).map_err(fault)?,
        salt: Some(Salt::new(salt).map_err(fault)?),
        hash: Some(output),
    };
    Ok(line.to_string())
}

fn is_right(typed: &str, line: &str, memory: &mut Memory) -> Result<bool> {
    let known = PasswordHash::new(line).map_err(fault)?;
    let (Some(salt), Some(expected)) = (&known.salt, &known.hash) else { return Ok(false) };
    let algorithm = Algorithm::try_from(known.algorithm.as_str()).map_err(fault)?;
    let version = known.version.map_or(Ok(Version::default()), Version::try_from).map_err(fault)?;
    let argon2 = Argon2::new(algorithm, version, Params::try_from(&known).map_err(fault)?);
    // Outputs are compared in constant time.
    Ok(output(&argon2, (typed, salt), memory)? == *expected)
}

fn output(argon2: &Argon2<'_>, (password, salt): (&str, &[u8]), memory: &mut Memory) -> Result<Output> {
    memory.resize(argon2.params().block_count(), Block::new());
    let length = argon2.params().output_len().unwrap_or(Params::DEFAULT_OUTPUT_LEN);
    let mut bytes = vec![0; length];
    argon2.hash_password_into_with_memory(password.as_bytes(), salt, &mut bytes, memory).map_err(fault)?;
    Output::new(&bytes).map_err(fault)
}

fn fault(error: impl std::fmt::Display) -> Error {
    Error::internal(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};

    const TYPED: &str = "kettle marble thursday";

    #[test]
    fn it_makes_and_knows_the_hashes_of_the_library() {
        let (mut memory, salt) = (Memory::new(), [7; 16]);
        let theirs: PasswordHash =
            Argon2::default().hash_password_with_salt(TYPED.as_bytes(), &salt).unwrap();
        for _ in 0..2 {
            assert_eq!(hash(TYPED, &salt, &mut memory).unwrap(), theirs.to_string());
        }
        assert!(Argon2::default().verify_password(TYPED.as_bytes(), &theirs).is_ok());
        assert!(is_right(TYPED, &theirs.to_string(), &mut memory).unwrap());
        assert!(!is_right("kettle marble friday", &theirs.to_string(), &mut memory).unwrap());
    }

    #[test]
    fn a_hash_with_other_costs_is_known_too_and_what_is_none_is_a_fault() {
        let mut memory = Memory::new();
        let costs = Params::new(32, 1, 1, None).unwrap();
        let small = Argon2::new(Algorithm::Argon2id, Version::V0x13, costs);
        let line: PasswordHash = small.hash_password_with_salt(TYPED.as_bytes(), &[7; 16]).unwrap();
        assert!(is_right(TYPED, &line.to_string(), &mut memory).unwrap());
        assert!(is_right(TYPED, "no hash", &mut memory).is_err());
    }

    #[tokio::test]
    async fn a_hash_keeps_its_turn_when_nobody_waits_for_it_any_more() {
        let hashing = Hashing::default();
        let (end, ended) = std::sync::mpsc::channel::<()>();
        let begun = Arc::new(tokio::sync::Notify::new());
        let tell = Arc::clone(&begun);
        let work = hashing.on_a_thread(move |_| {
            tell.notify_one();
            Ok(ended.recv().is_err())
        });
        tokio::select! {
            _ = work => panic!("it ended"),
            () = begun.notified() => {}
        }
        assert_eq!(hashing.turns.available_permits(), at_once() - 1);
        drop(end);
        let all = u32::try_from(at_once()).unwrap();
        let _turns = hashing.turns.acquire_many(all).await.unwrap();
        assert_eq!(hashing.kept.lock().unwrap().len(), 1, "its memory is there for the next");
    }
}
