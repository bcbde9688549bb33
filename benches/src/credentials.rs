//! Keys made for this run, and one token signed with them: the same for every server.
//! By hand or by Portcullis, what verifies it is jsonwebtoken on aws-lc.

use crate::Result;
use aws_lc_rs::{
    encoding::{AsDer, Pkcs8V1Der, PublicKeyX509Der},
    rand::SystemRandom,
    rsa::KeySize,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair, RsaKeyPair},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use jsonwebtoken::DecodingKey;
use portcullis::jwt::{JwtKey, Signer, SigningKey};
use std::{fmt, time::Duration};

pub(crate) const ISSUER: &str = "https://id.example.com";
pub(crate) const AUDIENCE: &str = "https://api.example.com";

/// What signs the token.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Algorithm {
    Hs256,
    Es256,
    Rs256,
    Ps256,
    EdDsa,
}

impl Algorithm {
    pub(crate) const ALL: [Self; 5] = [Self::Hs256, Self::Es256, Self::Rs256, Self::Ps256, Self::EdDsa];
}

impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Hs256 => "HS256",
            Self::Es256 => "ES256",
            Self::Rs256 => "RS256",
            Self::Ps256 => "PS256",
            Self::EdDsa => "EdDSA",
        })
    }
}

/// A token, and what verifies it.
pub(crate) struct Credentials {
    pub(crate) algorithm: Algorithm,
    pub(crate) token: String,
    /// The secret of HS256, or the public key in PEM.
    verifying: Vec<u8>,
}

impl Credentials {
    /// Makes a key and signs a token with it, for a user of today.
    pub(crate) fn new(algorithm: Algorithm) -> Result<Self> {
        let (private, verifying) = key_pair(algorithm)?;
        let key = match algorithm {
            Algorithm::Hs256 => SigningKey::hs256(private)?,
            Algorithm::Es256 => SigningKey::es256_pem(private)?,
            Algorithm::Rs256 => SigningKey::rs256_pem(private)?,
            Algorithm::Ps256 => SigningKey::ps256_pem(private)?,
            Algorithm::EdDsa => SigningKey::eddsa_pem(private)?,
        };
        let signer = Signer::new(ISSUER, AUDIENCE, key);
        let token = signer.token("alice", Duration::from_secs(24 * 3600)).roles(["user"]).scopes(["reports:read"]).sign()?;
        Ok(Self { algorithm, token, verifying })
    }

    /// The key that Portcullis verifies with.
    pub(crate) fn jwt_key(&self) -> Result<JwtKey> {
        let key = &self.verifying;
        Ok(match self.algorithm {
            Algorithm::Hs256 => JwtKey::hs256(key)?,
            Algorithm::Es256 => JwtKey::es256_pem(key)?,
            Algorithm::Rs256 => JwtKey::rs256_pem(key)?,
            Algorithm::Ps256 => JwtKey::ps256_pem(key)?,
            Algorithm::EdDsa => JwtKey::eddsa_pem(key)?,
        })
    }

    /// The key that jsonwebtoken verifies with, and the algorithm as it calls it.
    pub(crate) fn decoding_key(&self) -> Result<(DecodingKey, jsonwebtoken::Algorithm)> {
        let key = &self.verifying;
        Ok(match self.algorithm {
            Algorithm::Hs256 => (DecodingKey::from_secret(key), jsonwebtoken::Algorithm::HS256),
            Algorithm::Es256 => (DecodingKey::from_ec_pem(key)?, jsonwebtoken::Algorithm::ES256),
            Algorithm::Rs256 => (DecodingKey::from_rsa_pem(key)?, jsonwebtoken::Algorithm::RS256),
            Algorithm::Ps256 => (DecodingKey::from_rsa_pem(key)?, jsonwebtoken::Algorithm::PS256),
            Algorithm::EdDsa => (DecodingKey::from_ed_pem(key)?, jsonwebtoken::Algorithm::EdDSA),
        })
    }
}

/// What signs and what verifies: a secret twice, or two keys in PEM.
fn key_pair(algorithm: Algorithm) -> Result<(Vec<u8>, Vec<u8>)> {
    let random = SystemRandom::new();
    let (private, public): (_, PublicKeyX509Der<'_>) = match algorithm {
        Algorithm::Hs256 => {
            let mut secret = vec![0; 32];
            aws_lc_rs::rand::fill(&mut secret)?;
            return Ok((secret.clone(), secret));
        }
        Algorithm::Es256 => {
            let private = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random)?;
            let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, private.as_ref())?;
            (private.as_ref().to_vec(), pair.public_key().as_der()?)
        }
        Algorithm::EdDsa => {
            let private = Ed25519KeyPair::generate_pkcs8v1(&random)?;
            let pair = Ed25519KeyPair::from_pkcs8_maybe_unchecked(private.as_ref())?;
            (private.as_ref().to_vec(), pair.public_key().as_der()?)
        }
        Algorithm::Rs256 | Algorithm::Ps256 => {
            let pair = RsaKeyPair::generate(KeySize::Rsa2048)?;
            let private: Pkcs8V1Der<'_> = pair.as_der()?;
            (private.as_ref().to_vec(), pair.public_key().as_der()?)
        }
    };
    Ok((pem("PRIVATE KEY", &private), pem("PUBLIC KEY", public.as_ref())))
}

fn pem(label: &str, der: &[u8]) -> Vec<u8> {
    // 48 bytes make the 64 characters of a line, and only the last one is padded.
    let lines: String = der.chunks(48).map(|line| STANDARD.encode(line) + "\n").collect();
    format!("-----BEGIN {label}-----\n{lines}-----END {label}-----\n").into_bytes()
}
