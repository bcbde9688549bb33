//! API keys as credentials, in `X-Api-Key`: for machines that hold one secret and log in nowhere.
//! Found by a public prefix, recognised by a hash, compared in constant time.

mod key;
#[cfg(test)]
mod tests;

pub use key::{ApiKey, ApiKeyError};

use crate::{
    Denial,
    principal::{Details, Principal, Scheme},
};
use key::Hash;
use portcullis_policy::{
    Role, RuleBook, Scope,
    suggest::{closest, list},
};
use serde_json::Map;
use std::{collections::HashMap, sync::OnceLock, time::Duration};
use subtle::ConstantTimeEq as _;

/// The longest key that is hashed, in bytes: above what any key of ours is.
const MAX_KEY_BYTES: usize = 512;

/// What a key of unknown prefix is compared with. Whether it is equal does not matter: nobody has it.
const NOBODY: Hash = [0; 32];

/// The API keys that are accepted.
///
/// ```
/// use portcullis::api_key::{ApiKey, ApiKeys};
///
/// // The SHA-256 of a key that was made with `ApiKey::generate`, from the configuration.
/// let hash = "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9";
/// let keys = ApiKeys::new().key(ApiKey::from_hash("Zm9vYmFyYmF6", hash, "billing")?);
/// # Ok::<(), portcullis::api_key::ApiKeyError>(())
/// ```
#[derive(Debug, Default)]
#[must_use = "keys are accepted by the `Security` that they are given to"]
pub struct ApiKeys {
    by_prefix: HashMap<String, Known>,
    duplicates: Vec<String>,
}

/// A key, and whom it makes the caller: the same on every request, so it is settled on the first.
#[derive(Debug)]
struct Known {
    key: ApiKey,
    principal: OnceLock<Principal>,
}

impl ApiKeys {
    /// No keys.
    pub fn new() -> Self {
        Self::default()
    }

    /// Accepts a key. Two of one prefix are an error at start-up.
    pub fn key(mut self, key: ApiKey) -> Self {
        if self.by_prefix.contains_key(&key.prefix) {
            self.duplicates.push(key.prefix);
        } else {
            self.by_prefix.insert(key.prefix.clone(), Known { key, principal: OnceLock::new() });
        }
        self
    }

    /// Who the key stands for, if it is one of ours and not expired. `now` is the time since 1970.
    pub(crate) fn authenticate(&self, key: &str, now: Duration, rule_book: &'static RuleBook) -> Result<Principal, Denial> {
        if key.len() > MAX_KEY_BYTES {
            return Err(Denial::InvalidCredentials("the API key is longer than any of ours"));
        }
        // An unknown prefix takes the same steps as a known one: hash, look up, compare.
        let hash = key::hash(key);
        let known = key.split_once('.').and_then(|(prefix, _)| self.by_prefix.get(prefix));
        let expected = known.map_or(&NOBODY, |known| &known.key.hash);
        let is_equal = bool::from(hash.as_slice().ct_eq(expected.as_slice()));
        let Some(known) = known.filter(|_| is_equal) else {
            return Err(Denial::InvalidCredentials("no such API key"));
        };
        if known.key.expires_at.is_some_and(|expires_at| now >= expires_at) {
            return Err(Denial::InvalidCredentials("the API key is expired"));
        }
        Ok(known.principal.get_or_init(|| principal(&known.key, rule_book)).clone())
    }

    /// Whatever the set-up gets wrong that no single key could see.
    pub(crate) fn problems(&self, rule_book: &RuleBook) -> Vec<String> {
        let duplicates = self.duplicates.iter().map(|prefix| {
            format!("two API keys have the prefix `{prefix}`, which names one; take one out, or generate a new key")
        });
        let mut keys: Vec<&ApiKey> = self.by_prefix.values().map(|known| &known.key).collect();
        keys.sort_unstable_by_key(|key| &key.prefix);
        let undeclared = keys.into_iter().flat_map(|key| {
            let roles = undeclared(key, "role", &key.roles, rule_book.roles().iter().map(Role::name).collect());
            let scopes = undeclared(key, "scope", &key.scopes, rule_book.scopes().iter().map(Scope::name).collect());
            roles.into_iter().chain(scopes)
        });
        duplicates.chain(undeclared).collect()
    }
}

fn principal(key: &ApiKey, rule_book: &'static RuleBook) -> Principal {
    let details = Details {
        subject: key.subject.clone(),
        issuer: None,
        scheme: Scheme::ApiKey,
        roles: key.roles.clone(),
        scopes: key.scopes.clone(),
        claims: Map::new(),
        expires_at: key.expires_at,
    };
    Principal::new(details, rule_book)
}

/// One problem for each name that the rule book does not declare.
fn undeclared(key: &ApiKey, kind: &str, names: &[String], declared: Vec<&'static str>) -> Vec<String> {
    let problem = |name: &String| {
        let remedy = match closest(name, declared.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("declared are {}", list(declared.iter().copied())),
        };
        format!("the API key `{}` has the {kind} `{name}`, which the rule book does not declare; {remedy}", key.prefix)
    };
    names.iter().filter(|name| !declared.contains(&name.as_str())).map(problem).collect()
}
