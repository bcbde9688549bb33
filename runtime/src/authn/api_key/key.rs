//! One API key: whom it stands for, and the hash by which it is recognised.
//! The key itself is shown once, when it is made, and kept nowhere.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest as _, Sha256};
use std::{fmt, fmt::Write as _, time::Duration};

/// The random bytes of a generated prefix: enough that no two keys of a service share one.
const PREFIX_BYTES: usize = 9;

/// The random bytes of a generated secret.
const SECRET_BYTES: usize = 32;

/// The longest prefix, in characters.
const MAX_PREFIX: usize = 64;

/// What is stored of a key.
pub(super) type Hash = [u8; 32];

/// Why an API key cannot be made.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ApiKeyError {
    /// The key stands for nobody.
    #[error("the subject of an API key is empty; name the client that it stands for")]
    EmptySubject,
    /// The prefix is not of its form.
    #[error("an API key's prefix is 1 to 64 letters, digits, `-` and `_`: what stands before the `.` of the key")]
    InvalidPrefix,
    /// The hash is not of its form.
    #[error("an API key's hash is 64 hexadecimal digits: the SHA-256 of the whole key, as `printf %s KEY | sha256sum` prints it")]
    InvalidHash,
    /// The operating system has no random numbers.
    #[error("the operating system gave no random numbers for an API key")]
    NoRandomness,
}

/// An API key: whom it stands for, and a hash of it. The key itself is not in here.
///
/// A key is `<prefix>.<secret>`. The prefix is public: it finds the key, and names it in logs. The whole key is stored as its
/// SHA-256. A slow hash, as passwords need, would add nothing: the secret is 256 random bits, and no one guesses those.
///
/// ```
/// use portcullis::api_key::ApiKey;
///
/// let (plaintext, key) = ApiKey::generate("billing")?;
/// // Show `plaintext` to the client, once; keep these two.
/// let same = ApiKey::from_hash(key.prefix(), &key.hash_hex(), "billing")?.roles(["service"]);
/// # assert!(plaintext.starts_with(same.prefix()));
/// # Ok::<(), portcullis::api_key::ApiKeyError>(())
/// ```
#[derive(Clone)]
#[must_use = "a key is accepted once it is among the `ApiKeys`"]
pub struct ApiKey {
    pub(super) prefix: String,
    pub(super) hash: Hash,
    pub(super) subject: String,
    pub(super) roles: Vec<String>,
    pub(super) scopes: Vec<String>,
    pub(super) expires_at: Option<Duration>,
}

impl ApiKey {
    /// Makes a new key for the subject: the key to show, once, and what to keep of it.
    ///
    /// # Errors
    /// An empty subject, or an operating system without random numbers.
    pub fn generate(subject: impl Into<String>) -> Result<(String, Self), ApiKeyError> {
        let prefix = random::<PREFIX_BYTES>()?;
        let plaintext = format!("{prefix}.{}", random::<SECRET_BYTES>()?);
        let key = Self::new(prefix, hash(&plaintext), subject.into())?;
        Ok((plaintext, key))
    }

    /// A key from what was kept of it: its prefix and the SHA-256 of the whole key, in hexadecimal digits.
    ///
    /// The hash is no secret as long as the key is as random as those of [`generate`](Self::generate). Do not bring keys that
    /// people thought up.
    ///
    /// # Errors
    /// A prefix or hash that is not of its form, or an empty subject.
    pub fn from_hash(prefix: impl Into<String>, sha256_hex: &str, subject: impl Into<String>) -> Result<Self, ApiKeyError> {
        Self::new(prefix.into(), parse_hash(sha256_hex).ok_or(ApiKeyError::InvalidHash)?, subject.into())
    }

    fn new(prefix: String, hash: Hash, subject: String) -> Result<Self, ApiKeyError> {
        let is_prefix_character = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        if prefix.is_empty() || prefix.len() > MAX_PREFIX || !prefix.bytes().all(is_prefix_character) {
            return Err(ApiKeyError::InvalidPrefix);
        }
        if subject.trim().is_empty() {
            return Err(ApiKeyError::EmptySubject);
        }
        Ok(Self { prefix, hash, subject, roles: Vec::new(), scopes: Vec::new(), expires_at: None })
    }

    /// Gives the key roles. Each must be declared by the rule book.
    pub fn roles(mut self, roles: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.roles.extend(roles.into_iter().map(Into::into));
        self
    }

    /// Gives the key scopes. Each must be declared by the rule book.
    pub fn scopes(mut self, scopes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.scopes.extend(scopes.into_iter().map(Into::into));
        self
    }

    /// Refuses the key from this time on, counted since 1970-01-01T00:00:00Z. Without it the key never expires.
    pub fn expires_at(mut self, unix_time: Duration) -> Self {
        self.expires_at = Some(unix_time);
        self
    }

    /// The public part of the key, which names it.
    #[must_use]
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The SHA-256 of the whole key in hexadecimal digits, to keep.
    #[must_use]
    pub fn hash_hex(&self) -> String {
        self.hash.iter().fold(String::with_capacity(64), |mut text, byte| {
            // Writing to a string cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
    }
}

/// Leaves out the hash: it is of no use in a log.
impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { prefix, subject, roles, scopes, expires_at, hash: _ } = self;
        f.debug_struct("ApiKey")
            .field("prefix", prefix)
            .field("subject", subject)
            .field("roles", roles)
            .field("scopes", scopes)
            .field("expires_at", expires_at)
            .finish_non_exhaustive()
    }
}

/// The hash of a whole key.
pub(super) fn hash(key: &str) -> Hash {
    Sha256::digest(key).into()
}

fn random<const BYTES: usize>() -> Result<String, ApiKeyError> {
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes).map_err(|_| ApiKeyError::NoRandomness)?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

fn parse_hash(hex: &str) -> Option<Hash> {
    let digits: Vec<u8> =
        hex.chars().map(|digit| digit.to_digit(16).and_then(|digit| digit.try_into().ok())).collect::<Option<_>>()?;
    let (pairs, []) = digits.as_chunks::<2>() else { return None };
    let bytes: Vec<u8> = pairs.iter().map(|[high, low]| high << 4 | low).collect();
    bytes.try_into().ok()
}
