//! The keys that sign tokens, for services that issue their own.
//! Each is bound to one algorithm when it is made, and signs once then, so that it cannot turn out useless later.

use super::{KeyError, key::checked_secret, pem};
use jsonwebtoken::{Algorithm, EncodingKey, crypto::aws_lc};

/// A key that signs tokens, bound to one algorithm.
///
/// ```
/// use portcullis::jwt::SigningKey;
///
/// let key = SigningKey::hs256("a secret of at least 32 random bytes")?.with_id("2026-01");
/// # Ok::<(), portcullis::jwt::KeyError>(())
/// ```
#[derive(Clone, Debug)]
pub struct SigningKey {
    id: Option<String>,
    algorithm: Algorithm,
    // Redacts its own `Debug` and wipes its memory when dropped.
    key: EncodingKey,
}

impl SigningKey {
    /// A secret shared with those who verify, for HS256.
    ///
    /// # Errors
    /// [`KeyError::SecretTooShort`] below 32 bytes.
    pub fn hs256(secret: impl AsRef<[u8]>) -> Result<Self, KeyError> {
        let secret = checked_secret(secret.as_ref())?;
        Ok(Self { id: None, algorithm: Algorithm::HS256, key: EncodingKey::from_secret(secret) })
    }

    /// An RSA private key of at least 2048 bits in PEM, for RS256.
    ///
    /// # Errors
    /// Another kind of key, a public key, an encrypted key, or one that is too small.
    pub fn rs256_pem(pem: impl AsRef<[u8]>) -> Result<Self, KeyError> {
        const EXPECTED: &str = "an RSA private key of at least 2048 bits";
        Self::from_pem(pem.as_ref(), Algorithm::RS256, EncodingKey::from_rsa_pem, EXPECTED)
    }

    /// An RSA private key of at least 2048 bits in PEM, for PS256.
    ///
    /// # Errors
    /// Another kind of key, a public key, an encrypted key, or one that is too small.
    pub fn ps256_pem(pem: impl AsRef<[u8]>) -> Result<Self, KeyError> {
        const EXPECTED: &str = "an RSA private key of at least 2048 bits";
        Self::from_pem(pem.as_ref(), Algorithm::PS256, EncodingKey::from_rsa_pem, EXPECTED)
    }

    /// A private key on the curve P-256 in PEM (PKCS#8), for ES256.
    ///
    /// # Errors
    /// Another kind of key or curve, a public key, or an encrypted key.
    pub fn es256_pem(pem: impl AsRef<[u8]>) -> Result<Self, KeyError> {
        const EXPECTED: &str = "a private key on the curve P-256";
        Self::from_pem(pem.as_ref(), Algorithm::ES256, EncodingKey::from_ec_pem, EXPECTED)
    }

    /// An Ed25519 private key in PEM (PKCS#8), for EdDSA.
    ///
    /// # Errors
    /// Another kind of key, a public key, or an encrypted key.
    pub fn eddsa_pem(pem: impl AsRef<[u8]>) -> Result<Self, KeyError> {
        const EXPECTED: &str = "an Ed25519 private key";
        Self::from_pem(pem.as_ref(), Algorithm::EdDSA, EncodingKey::from_ed_pem, EXPECTED)
    }

    /// Names the key; tokens then carry the name as `kid`.
    #[must_use]
    pub fn with_id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    pub(super) fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    pub(super) fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The signature over the message, or `None` where the cryptography fails.
    pub(crate) fn sign(&self, message: &[u8]) -> Option<Vec<u8>> {
        // The provider is named here and not asked of the process, for the reason given where keys verify.
        (aws_lc::DEFAULT_PROVIDER.signer_factory)(&self.algorithm, &self.key).ok()?.try_sign(message).ok()
    }

    fn from_pem(
        pem: &[u8],
        algorithm: Algorithm,
        parse: fn(&[u8]) -> jsonwebtoken::errors::Result<EncodingKey>,
        expected: &'static str,
    ) -> Result<Self, KeyError> {
        pem::check_private(pem)?;
        let key = parse(pem).map_err(|_| KeyError::WrongKind { expected })?;
        let key = Self { id: None, algorithm, key };
        // The PEM parser looks at neither curve nor size; the first signature does.
        key.sign(b"").map(|_| key).ok_or(KeyError::WrongKind { expected })
    }
}
