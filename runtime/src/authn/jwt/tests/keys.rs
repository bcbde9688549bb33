//! Keys: what can be one, what cannot, and that each works.

use super::*;
use crate::authn::jwt::{KeyError, Signer};

const RSA_PRIVATE: &str = include_str!("../testdata/rsa2048_private.pem");
const RSA_PUBLIC: &str = include_str!("../testdata/rsa2048_public.pem");
const RSA_PUBLIC_PKCS1: &str = include_str!("../testdata/rsa2048_public_pkcs1.pem");
const SMALL_RSA_PRIVATE: &str = include_str!("../testdata/rsa1024_private.pem");
const SMALL_RSA_PUBLIC: &str = include_str!("../testdata/rsa1024_public.pem");
const P256_PRIVATE: &str = include_str!("../testdata/p256_private.pem");
const P256_PRIVATE_SEC1: &str = include_str!("../testdata/p256_private_sec1.pem");
const P256_PRIVATE_ENCRYPTED: &str = include_str!("../testdata/p256_private_encrypted.pem");
const P256_PUBLIC: &str = include_str!("../testdata/p256_public.pem");
const P384_PRIVATE: &str = include_str!("../testdata/p384_private.pem");
const P384_PUBLIC: &str = include_str!("../testdata/p384_public.pem");
const ED25519_PRIVATE: &str = include_str!("../testdata/ed25519_private.pem");
const ED25519_PUBLIC: &str = include_str!("../testdata/ed25519_public.pem");
const CERTIFICATE: &str = include_str!("../testdata/certificate.pem");

type Verifying = fn(&'static str) -> Result<JwtKey, KeyError>;
type Signing = fn(&'static str) -> Result<SigningKey, KeyError>;

const VERIFYING: [Verifying; 4] = [JwtKey::rs256_pem, JwtKey::ps256_pem, JwtKey::es256_pem, JwtKey::eddsa_pem];
const SIGNING: [Signing; 4] = [SigningKey::rs256_pem, SigningKey::ps256_pem, SigningKey::es256_pem, SigningKey::eddsa_pem];

fn round_trip(signing: SigningKey, verifying: JwtKey) {
    let signer = Signer::new(ISSUER, AUDIENCE, signing);
    let token = signer.token("alice", Duration::from_secs(60)).sign().unwrap();
    let now = crate::clock::Clock::unix_time(&crate::clock::SystemClock::default());
    let jwt = Jwt::new(ISSUER, AUDIENCE, verifying);
    assert_eq!(jwt.authenticate(&token, now, &RULE_BOOK).unwrap().subject(), "alice");
}

#[test]
fn every_algorithm_signs_and_verifies() {
    round_trip(signing_key(), key());
    round_trip(SigningKey::rs256_pem(RSA_PRIVATE).unwrap(), JwtKey::rs256_pem(RSA_PUBLIC).unwrap());
    round_trip(SigningKey::rs256_pem(RSA_PRIVATE).unwrap(), JwtKey::rs256_pem(RSA_PUBLIC_PKCS1).unwrap());
    round_trip(SigningKey::ps256_pem(RSA_PRIVATE).unwrap(), JwtKey::ps256_pem(RSA_PUBLIC).unwrap());
    round_trip(SigningKey::es256_pem(P256_PRIVATE).unwrap(), JwtKey::es256_pem(P256_PUBLIC).unwrap());
    round_trip(SigningKey::eddsa_pem(ED25519_PRIVATE).unwrap(), JwtKey::eddsa_pem(ED25519_PUBLIC).unwrap());
}

#[test]
fn a_provider_chosen_by_somebody_else_changes_nothing() {
    // The process has one provider for all of jsonwebtoken, and whoever comes first sets it. Ours is named at every use.
    use jsonwebtoken::{
        crypto::{CryptoProvider, KeyUtils},
        errors::ErrorKind,
    };
    static USELESS: CryptoProvider = CryptoProvider {
        signer_factory: |_, _| Err(ErrorKind::UnsupportedAlgorithm.into()),
        verifier_factory: |_, _| Err(ErrorKind::UnsupportedAlgorithm.into()),
        key_utils: KeyUtils::new_unimplemented(),
    };
    let _ = USELESS.install_default();
    round_trip(SigningKey::es256_pem(P256_PRIVATE).unwrap(), JwtKey::es256_pem(P256_PUBLIC).unwrap());
}

#[test]
fn an_hmac_secret_shorter_than_the_hash_is_refused() {
    for length in [0, 1, 31] {
        let secret = "x".repeat(length);
        assert_eq!(JwtKey::hs256(&secret).err(), Some(KeyError::SecretTooShort { bytes: length }));
        assert_eq!(SigningKey::hs256(&secret).err(), Some(KeyError::SecretTooShort { bytes: length }));
    }
    assert!(JwtKey::hs256("x".repeat(32)).is_ok());
}

#[test]
fn an_rsa_key_below_2048_bits_is_refused() {
    for verifying in [JwtKey::rs256_pem, JwtKey::ps256_pem] as [fn(_) -> _; 2] {
        assert_eq!(verifying(SMALL_RSA_PUBLIC).err(), Some(KeyError::RsaSize { bits: 1024 }));
    }
    for signing in [SigningKey::rs256_pem, SigningKey::ps256_pem] as [fn(_) -> _; 2] {
        assert!(matches!(signing(SMALL_RSA_PRIVATE), Err(KeyError::WrongKind { .. })));
    }
}

#[test]
fn a_key_of_another_kind_or_curve_is_refused() {
    for (index, public) in [(0, RSA_PUBLIC), (1, RSA_PUBLIC), (2, P256_PUBLIC), (3, ED25519_PUBLIC)] {
        for other in [RSA_PUBLIC, RSA_PUBLIC_PKCS1, P256_PUBLIC, P384_PUBLIC, ED25519_PUBLIC] {
            let is_same = other == public || (index < 2 && other == RSA_PUBLIC_PKCS1);
            let outcome = VERIFYING[index](other);
            assert!(
                if is_same { outcome.is_ok() } else { matches!(outcome, Err(KeyError::WrongKind { .. })) },
                "{index}: {other}"
            );
        }
    }
    for (index, private) in [(0, RSA_PRIVATE), (1, RSA_PRIVATE), (2, P256_PRIVATE), (3, ED25519_PRIVATE)] {
        for other in [RSA_PRIVATE, P256_PRIVATE, P384_PRIVATE, ED25519_PRIVATE] {
            let outcome = SIGNING[index](other);
            let expected = if other == private { outcome.is_ok() } else { matches!(outcome, Err(KeyError::WrongKind { .. })) };
            assert!(expected, "{index}: {other}");
        }
    }
}

#[test]
fn a_private_key_does_not_verify_and_a_public_key_does_not_sign() {
    for verifying in VERIFYING {
        for private in [RSA_PRIVATE, P256_PRIVATE, P256_PRIVATE_SEC1, P256_PRIVATE_ENCRYPTED, ED25519_PRIVATE] {
            assert_eq!(verifying(private).err(), Some(KeyError::PrivateKey));
        }
        assert_eq!(verifying(CERTIFICATE).err(), Some(KeyError::Certificate));
    }
    for signing in SIGNING {
        for public in [RSA_PUBLIC, RSA_PUBLIC_PKCS1, P256_PUBLIC, ED25519_PUBLIC, CERTIFICATE] {
            assert_eq!(signing(public).err(), Some(KeyError::PublicKey));
        }
        assert_eq!(signing(P256_PRIVATE_SEC1).err(), Some(KeyError::NotPkcs8));
        assert_eq!(signing(P256_PRIVATE_ENCRYPTED).err(), Some(KeyError::Encrypted));
    }
}

#[test]
fn what_is_no_pem_of_one_key_is_refused() {
    let texts = [
        "",
        "secret",
        "-----BEGIN PUBLIC KEY",
        "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n",
        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
        "-----BEGIN X-----\nAAAA\n-----END X-----\n",
        concat!(include_str!("../testdata/p256_public.pem"), include_str!("../testdata/p256_public.pem")),
    ];
    for text in texts {
        assert!(VERIFYING.iter().all(|verifying| verifying(text).is_err()), "{text}");
        assert!(SIGNING.iter().all(|signing| signing(text).is_err()), "{text}");
    }
    assert_eq!(JwtKey::es256_pem(b"\xff").err(), Some(KeyError::Malformed));
}

#[test]
fn no_key_shows_in_debug() {
    let signer = Signer::new(ISSUER, AUDIENCE, signing_key());
    let text = format!("{:?} {:?} {signer:?} {:?}", key(), jwt(), signer.token("alice", Duration::from_secs(1)));
    // Neither as text nor as the numbers of its first bytes.
    assert!(text.contains("alice") && !text.contains("a secret") && !text.contains("97, 32, 115"));
}

#[test]
fn keys_of_one_id_and_empty_names_are_reported() {
    assert_eq!(jwt().problems(&RULE_BOOK), Vec::<String>::new());
    assert_eq!(jwt().key(key()).problems(&RULE_BOOK), Vec::<String>::new(), "keys without ids are not alike");
    let twice = Jwt::new(ISSUER, AUDIENCE, key().with_id("1")).key(key().with_id("2")).key(key().with_id("1"));
    assert_eq!(twice.problems(&RULE_BOOK), ["two keys of `Jwt` have the id `1`; a token that names it means one of them"]);
    let nameless = Jwt::new("", " ", key()).max_token_bytes(0).problems(&RULE_BOOK);
    assert_eq!(nameless.len(), 3, "{nameless:?}");
}
