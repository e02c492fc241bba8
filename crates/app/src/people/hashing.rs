//! The work of hashing passwords: argon2id with 19 MiB, two passes, one lane (OWASP's first choice), two at a time.
//!
//! The memory is kept from one hash to the next: what a thread gives back to the allocator, the allocator keeps for that
//! thread, and a storm of sign-ins would take 19 MiB for each thread that ever hashed.

use crate::error::{Error, Result};
use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{Argon2, Block, Params};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Semaphore;

/// How many passwords may be hashed at once: each takes 19 MiB and most of a core.
const AT_ONCE: usize = 2;

type Blocks = Vec<Block>;

/// Whose turn it is, and the memory that they work in.
pub struct Hashing {
    turns: Semaphore,
    memory: Arc<Mutex<Vec<Blocks>>>,
}

impl Default for Hashing {
    fn default() -> Self {
        Self { turns: Semaphore::new(AT_ONCE), memory: Arc::default() }
    }
}

impl Hashing {
    /// The hash of a password, as a text that says how it was made.
    pub(super) async fn hash(&self, password: String, salt: [u8; 16]) -> Result<String> {
        self.off_the_runtime(move |blocks| {
            let (argon2, salt) = (Argon2::default(), Salt::new(&salt).map_err(Error::internal)?);
            let hash = PasswordHash {
                algorithm: argon2::Algorithm::default().ident(),
                version: Some(argon2::Version::default().into()),
                params: ParamsString::try_from(argon2.params()).map_err(Error::internal)?,
                hash: Some(output(&argon2, (password.as_bytes(), &salt), blocks)?),
                salt: Some(salt),
            };
            Ok(hash.to_string())
        })
        .await
    }

    /// Is it the password of this hash, which says itself how it was made?
    pub(super) async fn is_right(&self, typed: String, hash: String) -> Result<bool> {
        self.off_the_runtime(move |blocks| {
            let hash = PasswordHash::new(&hash).map_err(Error::internal)?;
            let (Some(salt), Some(made)) = (hash.salt, hash.hash) else {
                return Err(Error::internal("a kept hash without salt or hash"));
            };
            let version = hash.version.map(TryInto::try_into).transpose().map_err(Error::internal)?;
            let algorithm = argon2::Algorithm::new(hash.algorithm).map_err(Error::internal)?;
            let params = Params::try_from(&hash).map_err(Error::internal)?;
            let argon2 = Argon2::new(algorithm, version.unwrap_or_default(), params);
            // Outputs are compared in constant time.
            Ok(output(&argon2, (typed.as_bytes(), &salt), blocks)? == made)
        })
        .await
    }

    /// Does it on a thread of its own when it is its turn.
    async fn off_the_runtime<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Blocks) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let _turn = self.turns.acquire().await.map_err(Error::internal)?;
        let memory = Arc::clone(&self.memory);
        let done = tokio::task::spawn_blocking(move || {
            let kept = || memory.lock().unwrap_or_else(PoisonError::into_inner);
            let mut blocks = kept().pop().unwrap_or_default();
            let done = work(&mut blocks);
            kept().push(blocks);
            done
        });
        done.await.map_err(Error::internal)?
    }
}

/// The bytes that a password and its salt come to.
fn output(argon2: &Argon2<'_>, (password, salt): (&[u8], &[u8]), blocks: &mut Blocks) -> Result<Output> {
    let params = argon2.params();
    if blocks.len() < params.block_count() {
        blocks.resize(params.block_count(), Block::default());
    }
    let mut out = vec![0; params.output_len().unwrap_or(Params::DEFAULT_OUTPUT_LEN)];
    argon2.hash_password_into_with_memory(password, salt, &mut out, blocks).map_err(Error::internal)?;
    Output::new(&out).map_err(Error::internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made by the reference program: `echo -n "kettle marble" | argon2 somesaltsomesalt -id -t 2 -k 19456 -p 1 -e`.
    const REFERENCE: &str =
        "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$f/fJHwygFQMWkhBpZ/n5l1KZV//VDGhI0JfLepmAG3Q";

    #[tokio::test]
    async fn hashes_are_those_of_the_reference_program_and_memory_is_used_again() {
        let hashing = Hashing::default();
        let made = hashing.hash("kettle marble".to_owned(), *b"somesaltsomesalt").await.unwrap();
        assert_eq!(made, REFERENCE);
        assert!(hashing.is_right("kettle marble".to_owned(), made.clone()).await.unwrap());
        assert!(!hashing.is_right("kettle marbles".to_owned(), made).await.unwrap());
        let small = "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$AAAAAAAAAAAAAAAAAAAAAA";
        assert!(!hashing.is_right("kettle marble".to_owned(), small.to_owned()).await.unwrap());
        assert_eq!(hashing.memory.lock().unwrap().len(), 1, "one after the other work in the same memory");
    }
}
