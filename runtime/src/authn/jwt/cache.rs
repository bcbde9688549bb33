//! The tokens whose signature and claims held, so that a token is verified once and not on every request.
//! Bounded in bytes; holds verified tokens only, so that nobody can fill it who was not issued a token.

use super::claims::Validity;
use crate::principal::{Details, Principal};
use ahash::RandomState;
use quick_cache::{Equivalent, Weighter, sync::Cache};
use serde_json::Value;
use std::{
    fmt,
    hash::{BuildHasherDefault, Hash, Hasher},
};

/// What an entry costs beyond its text: the principal, the slot in the slab and the table, with their growth by doubling.
const BYTES_PER_ENTRY: usize = 512;

/// The cache divides its capacity among its shards and rounds up; a multiple of any number of shards has nothing to round.
const ROUND_TO: u64 = 4096;

/// The tokens that were verified.
///
/// A hit is a token that is equal byte for byte, so two tokens can never be taken for each other, and the hash needs to
/// be no longer than the 64 bits that find the slot. It is keyed by random numbers of this process and compared first:
/// how long a miss takes says nothing about the tokens that are here, because bytes are compared only where all 64
/// bits of the hash agree already.
pub(super) struct VerifiedTokens {
    hasher: RandomState,
    tokens: Cache<Token, Verified, Bytes, BuildHasherDefault<AlreadyHashed>>,
}

/// What verification found out.
#[derive(Clone)]
pub(super) struct Verified {
    pub(super) principal: Principal,
    pub(super) validity: Validity,
    bytes: u64,
}

impl VerifiedTokens {
    /// A cache of at most so many bytes; `None` for fewer than 4096, which hold no token worth the look-up.
    pub(super) fn new(bytes: usize) -> Option<Self> {
        let bytes = (bytes as u64) / ROUND_TO * ROUND_TO;
        let entries = usize::try_from(bytes / 2 / BYTES_PER_ENTRY as u64).ok()?;
        let hasher = BuildHasherDefault::default();
        let tokens = Cache::with(entries, bytes, Bytes, hasher, Default::default());
        (bytes > 0).then(|| Self { hasher: RandomState::new(), tokens })
    }

    /// What was found out about the token. The caller checks the time: a token expires in here too.
    pub(super) fn get(&self, token: &str) -> Option<Verified> {
        self.tokens.get(&Lookup { hash: self.hasher.hash_one(token), text: token })
    }

    /// Keeps what was found out about a token, in place of others if need be.
    pub(super) fn insert(&self, token: &str, verified: Verified) {
        let hash = self.hasher.hash_one(token);
        self.tokens.insert(Token { hash, text: token.into() }, verified);
    }

    /// Forgets a token, because it is expired.
    pub(super) fn remove(&self, token: &str) {
        self.tokens.remove(&Lookup { hash: self.hasher.hash_one(token), text: token });
    }

    #[cfg(test)]
    pub(super) fn bytes(&self) -> u64 {
        self.tokens.weight()
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }
}

impl fmt::Debug for VerifiedTokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VerifiedTokens").field("capacity", &self.tokens.capacity()).finish_non_exhaustive()
    }
}

impl Verified {
    /// `bytes` is what [`size_of`] said of the token before its details became the principal.
    pub(super) fn new(principal: Principal, validity: Validity, bytes: u64) -> Self {
        Self { principal, validity, bytes }
    }
}

/// About how many bytes a token takes up in the cache, rather too many than too few.
pub(super) fn size_of(token: &str, details: &Details) -> u64 {
    let names: usize = details.roles.iter().chain(&details.scopes).map(|name| name.len() + 24).sum();
    let issuer = details.issuer.as_ref().map_or(0, String::len);
    let claims: usize = details.claims.iter().map(|(name, value)| member(name, value)).sum();
    let bytes = BYTES_PER_ENTRY + token.len() + details.subject.len() + issuer + names + claims + NODE;
    bytes as u64
}

/// A node of the tree that holds the members of an object: room for eleven, half of them in use at worst.
const NODE: usize = 640;

fn member(name: &str, value: &Value) -> usize {
    NODE / 5 + name.len() + heap(value)
}

/// Recursion is bounded by the depth to which `serde_json` reads.
fn heap(value: &Value) -> usize {
    match value {
        Value::String(text) => text.len(),
        Value::Array(values) => values.iter().map(|value| 64 + heap(value)).sum(),
        Value::Object(members) => NODE + members.iter().map(|(name, value)| member(name, value)).sum::<usize>(),
        Value::Null | Value::Bool(_) | Value::Number(_) => 0,
    }
}

/// A token in the cache, with its hash.
#[derive(Eq, PartialEq)]
struct Token {
    // Compared first, as the type's documentation promises: the order of the fields is the order of comparison.
    hash: u64,
    text: Box<str>,
}

/// A token that is looked up, without a copy.
struct Lookup<'a> {
    hash: u64,
    text: &'a str,
}

impl Equivalent<Token> for Lookup<'_> {
    fn equivalent(&self, token: &Token) -> bool {
        self.hash == token.hash && self.text == &*token.text
    }
}

impl Hash for Token {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.hash);
    }
}

impl Hash for Lookup<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.hash);
    }
}

/// Hands on the hash that the key brings.
#[derive(Clone, Default)]
struct AlreadyHashed(u64);

impl Hasher for AlreadyHashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    fn write(&mut self, bytes: &[u8]) {
        // The keys write one number and nothing else; folding is here for completeness.
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }
}

#[derive(Clone)]
struct Bytes;

impl Weighter<Token, Verified> for Bytes {
    fn weight(&self, _: &Token, verified: &Verified) -> u64 {
        verified.bytes
    }
}
