//! Bad input, as an attacker or a broken client sends it: each is a 4xx problem without an echo, with a pointer where there is one.

mod fields;
mod json;
mod multipart;
mod words;

use crate::support::Answer;

/// The pointer and code of every error of a 422.
#[track_caller]
fn errors(answer: &Answer) -> Vec<String> {
    let problem = answer.is_denied(422, "invalid-input");
    let errors = problem["errors"].as_array().unwrap().iter();
    errors.map(|error| format!("{} {}", error["pointer"].as_str().unwrap(), error["code"].as_str().unwrap())).collect()
}
