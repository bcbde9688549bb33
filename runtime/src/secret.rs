//! `Secret<T>`: a value that no log, error or answer shows, and that is gone from memory when it is dropped.
//! It takes the rules of garde as the value itself does, so that a password in an input is bounded like any other text.

#[cfg(feature = "validation")]
mod rules;
#[cfg(feature = "openapi")]
mod schema;

use serde::{Deserialize, Deserializer};
use std::fmt;
use zeroize::Zeroize;

/// A value that must not be shown, such as a password that somebody logs in with.
///
/// It has no `Display` and no `Serialize`, and its `Debug` says no more than that there is one. [`expose`](Self::expose) is the only
/// way to the value, so a search for that word finds every place that sees it. What it held is overwritten when it is dropped; copies
/// that you make of the value, and the request that it came in, are not.
///
/// ```
/// # #[cfg(feature = "validation")] {
/// use garde::Validate;
/// use portcullis::Secret;
/// use serde::Deserialize;
///
/// #[derive(Debug, Deserialize, Validate)]
/// struct Login {
///     #[garde(length(bytes, min = 8, max = 200))]
///     password: Secret<String>,
/// }
///
/// let login: Login = serde_json::from_str(r#"{"password": "correct horse"}"#).unwrap();
/// assert!(login.validate().is_ok());
/// assert_eq!(format!("{login:?}"), "Login { password: Secret(…) }");
/// assert_eq!(login.password.expose(), "correct horse");
/// # }
/// ```
///
/// An answer with one in it does not compile:
///
/// ```compile_fail,E0277
/// #[derive(serde::Serialize)]
/// struct Account {
///     password: portcullis::Secret<String>,
/// }
/// ```
#[derive(Clone, Default)]
pub struct Secret<T: Zeroize>(T);

impl<T: Zeroize> Secret<T> {
    /// Keeps a value.
    ///
    /// ```
    /// let secret = portcullis::Secret::new(String::from("correct horse"));
    /// assert_eq!(format!("{secret:?}"), "Secret(…)");
    /// ```
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// The value, for the one place that needs it.
    ///
    /// ```
    /// let secret = portcullis::Secret::new(String::from("correct horse"));
    /// assert_eq!(secret.expose(), "correct horse");
    /// ```
    pub const fn expose(&self) -> &T {
        &self.0
    }
}

impl<T: Zeroize> From<T> for Secret<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

/// Says that there is one, and not even how long it is.
impl<T: Zeroize> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl<T: Zeroize> Drop for Secret<T> {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// Reads what `T` reads. What is wrong with it is told without it wherever `Valid` reads it.
impl<'de, T: Zeroize + Deserialize<'de>> Deserialize<'de> for Secret<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::Secret;
    use std::sync::atomic::{AtomicBool, Ordering};
    use zeroize::Zeroize;

    #[test]
    fn nothing_of_it_is_in_its_debug() {
        for value in ["", "x", "hunter2"] {
            let secret = Secret::new(value.to_owned());
            assert_eq!((format!("{secret:?}"), format!("{secret:#?}")), ("Secret(…)".to_owned(), "Secret(…)".to_owned()));
        }
    }

    #[test]
    fn it_is_overwritten_when_it_is_dropped() {
        static OVERWRITTEN: AtomicBool = AtomicBool::new(false);
        struct Witness;
        impl Zeroize for Witness {
            fn zeroize(&mut self) {
                OVERWRITTEN.store(true, Ordering::Relaxed);
            }
        }
        let secret = Secret::new(Witness);
        assert!(!OVERWRITTEN.load(Ordering::Relaxed));
        drop(secret);
        assert!(OVERWRITTEN.load(Ordering::Relaxed));
    }

    #[test]
    fn it_reads_what_the_value_reads() {
        assert_eq!(serde_json::from_str::<Secret<String>>(r#""hunter2""#).unwrap().expose(), "hunter2");
        assert!(serde_json::from_str::<Secret<String>>("7").is_err());
        assert_eq!(serde_json::from_str::<Option<Secret<u32>>>("null").unwrap().map(|secret| *secret.expose()), None);
    }
}
