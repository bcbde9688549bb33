//! The rules of garde on a secret: those of the value in it.
//! garde's messages name bounds and patterns, never the value.

use super::Secret;
use garde::rules::{
    AsStr,
    length::{bytes::HasBytes, chars::HasChars, simple::HasSimpleLength},
};
use zeroize::Zeroize;

impl<T: Zeroize + AsStr> AsStr for Secret<T> {
    fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl<T: Zeroize + HasBytes> HasBytes for Secret<T> {
    fn num_bytes(&self) -> usize {
        self.0.num_bytes()
    }
}

impl<T: Zeroize + HasChars> HasChars for Secret<T> {
    fn num_chars(&self) -> usize {
        self.0.num_chars()
    }
}

impl<T: Zeroize + HasSimpleLength> HasSimpleLength for Secret<T> {
    fn length(&self) -> usize {
        self.0.length()
    }
}

#[cfg(test)]
mod tests {
    use crate::{Denial, Secret, Valid};
    use axum::{Json, body::Body, extract::FromRequest};
    use garde::Validate;
    use http::Request;
    use serde::Deserialize;

    #[derive(Debug, Deserialize, Validate)]
    struct Login {
        #[garde(length(bytes, min = 2, max = 4), length(chars, max = 3), length(max = 4), ascii)]
        password: Secret<String>,
        #[garde(length(bytes, max = 4))]
        code: Option<Secret<String>>,
    }

    async fn read(body: &'static str) -> Result<Login, Denial> {
        let request = Request::post("/").header("content-type", "application/json").body(Body::from(body)).unwrap();
        Valid::<Json<Login>>::from_request(request, &()).await.map(|Valid(Json(login))| login)
    }

    #[tokio::test]
    async fn a_secret_keeps_the_rules_of_its_value() {
        assert_eq!(read(r#"{"password":"abc","code":"wxyz"}"#).await.unwrap().password.expose(), "abc");
        for broken in
            [r#"{"password":"a"}"#, r#"{"password":"abcd"}"#, r#"{"password":"é"}"#, r#"{"password":"ab","code":"vwxyz"}"#]
        {
            assert!(matches!(read(broken).await, Err(Denial::InvalidInput(_))), "{broken}");
        }
    }

    #[tokio::test]
    async fn what_is_refused_is_not_repeated() {
        for broken in [r#"{"password":"hunter2"}"#, r#"{"password":["hunter2"]}"#, r#"{"password":"ab","code":{"x":"hunter2"}}"#]
        {
            let denial = read(broken).await.unwrap_err();
            assert!(!format!("{denial:?}").contains("hunter2"), "{broken}");
        }
    }
}
