//! PEM files of keys: one block, of the label that is wanted, and a message that says how to convert the others.
//! The parser behind takes the first key-like bits of whatever it is given, so the label is checked here.

use super::KeyError;

const BEGIN: &str = "-----BEGIN ";

/// Checks that the file holds one public key.
pub(super) fn check_public(pem: &[u8]) -> Result<(), KeyError> {
    match label(pem)? {
        "PUBLIC KEY" | "RSA PUBLIC KEY" => Ok(()),
        "CERTIFICATE" | "X509 CERTIFICATE" | "TRUSTED CERTIFICATE" => Err(KeyError::Certificate),
        other if other.ends_with("PRIVATE KEY") => Err(KeyError::PrivateKey),
        _ => Err(KeyError::Malformed),
    }
}

/// Checks that the file holds one private key, not encrypted and in a form that can be read.
pub(super) fn check_private(pem: &[u8]) -> Result<(), KeyError> {
    match label(pem)? {
        "PRIVATE KEY" | "RSA PRIVATE KEY" => Ok(()),
        "EC PRIVATE KEY" => Err(KeyError::NotPkcs8),
        "ENCRYPTED PRIVATE KEY" => Err(KeyError::Encrypted),
        "CERTIFICATE" | "X509 CERTIFICATE" | "TRUSTED CERTIFICATE" => Err(KeyError::PublicKey),
        other if other.ends_with("PUBLIC KEY") => Err(KeyError::PublicKey),
        _ => Err(KeyError::Malformed),
    }
}

/// The label of the only block.
fn label(pem: &[u8]) -> Result<&str, KeyError> {
    let text = str::from_utf8(pem).map_err(|_| KeyError::Malformed)?;
    let mut blocks = text.split(BEGIN).skip(1);
    match (blocks.next(), blocks.next()) {
        (Some(block), None) => block.split_once("-----").map(|(label, _)| label).ok_or(KeyError::Malformed),
        _ => Err(KeyError::Malformed),
    }
}
