//! The keys that verify tokens. Each is bound to one algorithm when it is made, and is checked then.
//! What a token says about algorithms and keys is compared with this, never believed.

use super::pem;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ED25519, RSA_PKCS1_2048_8192_SHA256, RsaParameters, UnparsedPublicKey, VerificationAlgorithm,
};
use jsonwebtoken::{Algorithm, DecodingKey, crypto::aws_lc};

/// The least bytes of an HS256 secret: the length of the hash (RFC 7518 §3.2).
const MIN_SECRET_BYTES: usize = 32;

/// Why a key cannot be used. Never holds key material.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// The secret is shorter than the hash, so it is easier to guess than the algorithm is to break.
    #[error("an HS256 secret needs at least 32 bytes and this one has {bytes}; make one with `openssl rand -hex 32`")]
    SecretTooShort {
        /// The bytes that there are.
        bytes: usize,
    },
    /// The text is not a PEM file with exactly one block, or the block is no key.
    #[error("this is not a PEM file with exactly one key")]
    Malformed,
    /// A private key was given to verify with.
    #[error("this is a private key and verifying needs the public one; make it with `openssl pkey -in KEY -pubout`")]
    PrivateKey,
    /// A public key was given to sign with.
    #[error("this is a public key and signing needs the private one")]
    PublicKey,
    /// A certificate was given to verify with.
    #[error("this is a certificate and verifying needs its public key; take it out with `openssl x509 -in CERT -pubkey -noout`")]
    Certificate,
    /// The private key is in the old form of elliptic curves.
    #[error("this private key is not in PKCS#8; convert it with `openssl pkcs8 -topk8 -nocrypt -in KEY`")]
    NotPkcs8,
    /// The private key is encrypted.
    #[error("this private key is encrypted; decrypt it with `openssl pkcs8 -in KEY` where only the service can read it")]
    Encrypted,
    /// The key is of another kind than the algorithm needs.
    #[error("this is not {expected}, which the algorithm needs")]
    WrongKind {
        /// What the algorithm needs.
        expected: &'static str,
    },
    /// The RSA key is of a size that is not safe or not supported.
    #[error("an RSA key needs 2048 to 8192 bits and this one has {bits}; make one with `openssl genrsa 3072`")]
    RsaSize {
        /// The bits that there are.
        bits: u32,
    },
}

/// A key that verifies tokens, bound to one algorithm.
///
/// ```
/// use portcullis::jwt::JwtKey;
///
/// let key = JwtKey::hs256("a secret of at least 32 random bytes")?.with_id("2026-01");
/// assert!(JwtKey::hs256("too short").is_err());
/// # Ok::<(), portcullis::jwt::KeyError>(())
/// ```
#[derive(Clone, Debug)]
pub struct JwtKey {
    id: Option<String>,
    algorithm: Algorithm,
    // Redacts its own `Debug` and wipes its memory when dropped.
    key: DecodingKey,
}

impl JwtKey {
    /// A secret shared with the issuer, for HS256.
    ///
    /// Whoever can verify with it can also issue tokens: prefer a public key where the issuer is another service.
    ///
    /// # Errors
    /// [`KeyError::SecretTooShort`] below 32 bytes.
    pub fn hs256(secret: impl AsRef<[u8]>) -> Result<Self, KeyError> {
        let secret = checked_secret(secret.as_ref())?;
        Ok(Self { id: None, algorithm: Algorithm::HS256, key: DecodingKey::from_secret(secret) })
    }

    /// An RSA public key of 2048 to 8192 bits in PEM, for RS256.
    ///
    /// # Errors
    /// Another kind of key, a private key, or a size out of bounds.
    pub fn rs256_pem(pem: impl AsRef<[u8]>) -> Result<Self, KeyError> {
        Self::rsa(pem.as_ref(), Algorithm::RS256)
    }

    /// An RSA public key of 2048 to 8192 bits in PEM, for PS256.
    ///
    /// # Errors
    /// Another kind of key, a private key, or a size out of bounds.
    pub fn ps256_pem(pem: impl AsRef<[u8]>) -> Result<Self, KeyError> {
        Self::rsa(pem.as_ref(), Algorithm::PS256)
    }

    /// A public key on the curve P-256 in PEM, for ES256.
    ///
    /// # Errors
    /// Another kind of key or curve, or a private key.
    pub fn es256_pem(pem: impl AsRef<[u8]>) -> Result<Self, KeyError> {
        const EXPECTED: KeyError = KeyError::WrongKind { expected: "a public key on the curve P-256" };
        pem::check_public(pem.as_ref())?;
        let key = DecodingKey::from_ec_pem(pem.as_ref()).map_err(|_| EXPECTED)?;
        Self { id: None, algorithm: Algorithm::ES256, key }.usable_with(&ECDSA_P256_SHA256_FIXED, EXPECTED)
    }

    /// An Ed25519 public key in PEM, for EdDSA.
    ///
    /// # Errors
    /// Another kind of key, or a private key.
    pub fn eddsa_pem(pem: impl AsRef<[u8]>) -> Result<Self, KeyError> {
        const EXPECTED: KeyError = KeyError::WrongKind { expected: "an Ed25519 public key" };
        pem::check_public(pem.as_ref())?;
        let key = DecodingKey::from_ed_pem(pem.as_ref()).map_err(|_| EXPECTED)?;
        Self { id: None, algorithm: Algorithm::EdDSA, key }.usable_with(&ED25519, EXPECTED)
    }

    /// Names the key. A token that names a key (`kid`) is verified by the key of that name and no other; a token that
    /// names none, by every key of its algorithm.
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

    /// Whether the signature is this key's over the message, by the key's own algorithm.
    pub(super) fn verifies(&self, message: &[u8], signature: &Vec<u8>) -> bool {
        // The provider is named here and not asked of the process: what the process has depends on which features other
        // crates switch on, and with an unlucky choice asking panics.
        (aws_lc::DEFAULT_PROVIDER.verifier_factory)(&self.algorithm, &self.key)
            .is_ok_and(|verifier| verifier.verify(message, signature).is_ok())
    }

    fn rsa(pem: &[u8], algorithm: Algorithm) -> Result<Self, KeyError> {
        const EXPECTED: KeyError = KeyError::WrongKind { expected: "an RSA public key" };
        pem::check_public(pem)?;
        let key = DecodingKey::from_rsa_pem(pem).map_err(|_| EXPECTED)?;
        let der = key.try_get_as_bytes().map_err(|_| EXPECTED)?;
        let bits = RsaParameters::public_modulus_len(der).map_err(|_| EXPECTED)?;
        if !(2048..=8192).contains(&bits) {
            return Err(KeyError::RsaSize { bits });
        }
        // The padding differs between RS256 and PS256, the form of the key does not.
        Self { id: None, algorithm, key }.usable_with(&RSA_PKCS1_2048_8192_SHA256, EXPECTED)
    }

    /// The key, if the cryptography takes it for the algorithm: the PEM parser looks at neither curve nor length.
    fn usable_with(self, algorithm: &'static dyn VerificationAlgorithm, otherwise: KeyError) -> Result<Self, KeyError> {
        let usable = self.key.try_get_as_bytes().is_ok_and(|bytes| UnparsedPublicKey::new(algorithm, bytes).parse().is_ok());
        if usable { Ok(self) } else { Err(otherwise) }
    }
}

/// The secret, if it is as long as the hash.
pub(super) fn checked_secret(secret: &[u8]) -> Result<&[u8], KeyError> {
    if secret.len() < MIN_SECRET_BYTES {
        return Err(KeyError::SecretTooShort { bytes: secret.len() });
    }
    Ok(secret)
}
