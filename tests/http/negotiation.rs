//! What a client asks of a refusal: its media type, and the language of its texts. A handler's own answer is the handler's matter.

use crate::support::{Ask, Service, token::user};
use axum::{Json, http::StatusCode};
use portcullis::{InputError, garde::Validate, prelude::*};
use serde::Deserialize;
use serde_json::json;

#[derive(Deserialize, Validate)]
struct Note {
    #[garde(length(chars, max = 5))]
    text: String,
}

#[secure(post = "/notes", public = "anybody may")]
async fn write(Valid(Json(note)): Valid<Json<Note>>) -> String {
    note.text
}

#[secure(get = "/own", authenticated)]
async fn own() -> Json<u8> {
    Json(1)
}

fn router() -> SecureRouter {
    SecureRouter::new().mount(write).mount(own)
}

#[tokio::test]
async fn a_problem_is_plain_json_for_who_takes_nothing_else() {
    let service = Service::new(router());
    for (path, status) in [("/own", 401), ("/nowhere", 404)] {
        for (accept, expected) in [
            (None, "application/problem+json"),
            (Some("application/json"), "application/json"),
            (Some("application/problem+json, application/json"), "application/problem+json"),
            (Some("text/html"), "application/problem+json"),
            (Some("\u{fe}"), "application/problem+json"),
        ] {
            let ask = Ask::get(path);
            let answer = service.send(accept.map_or_else(|| Ask::get(path), |accept| ask.header("accept", accept))).await;
            assert_eq!(answer.is(status).header("content-type"), Some(expected), "{accept:?}");
            assert_eq!(answer.header("vary"), Some("accept"), "a cache must not mix them up");
            assert_eq!(answer.json()["status"], status);
        }
    }
}

#[tokio::test]
async fn the_answer_of_a_handler_is_what_it_is() {
    let service = Service::new(router());
    let answer = service.send(Ask::get("/own").bearer(&user("ann")).header("accept", "text/html")).await;
    assert_eq!((answer.is(200).text.as_str(), answer.header("vary")), ("1", None));
}

#[tokio::test]
async fn who_sent_another_media_type_is_told_which_one_is_taken() {
    let service = Service::new(router());
    let answer = service.send(Ask::post("/notes").header("content-type", "text/plain").body("{}")).await;
    assert_eq!(answer.is(415).header("accept"), Some("application/json"));
}

/// Says it in German to who asks for that; what has no German text stays as it is.
fn german(error: &InputError, languages: Option<&str>) -> Option<String> {
    (languages?.starts_with("de") && error.code == "required").then(|| "dieses Feld muss da sein".to_owned())
}

#[tokio::test]
async fn the_texts_of_errors_can_be_translated_and_the_rest_stays() {
    let service = Service::with(router(), |security| security.translate_errors(german));
    let ask = |text: &str| Ask::post("/notes").json(text);
    let missing = service.send(ask("{}").header("accept-language", "de-CH, de;q=0.9")).await;
    let error = &missing.is(422).json()["errors"][0];
    assert_eq!(error["detail"], "dieses Feld muss da sein");
    assert_eq!((error["pointer"].as_str(), error["code"].as_str()), (Some("#/text"), Some("required")));
    assert!(missing.all("vary").contains(&"accept-language"));

    let other = service.send(ask("{}").header("accept-language", "en")).await;
    assert_eq!(other.is(422).json()["errors"][0]["detail"], "this field is required");
    let without = service.send(ask("{}")).await;
    assert_eq!(without.is(422).json()["errors"][0]["detail"], "this field is required");
    let unknown = service.send(ask(r#"{"text": 5}"#).header("accept-language", "de")).await;
    assert_eq!(unknown.is(422).json()["errors"][0]["detail"], "expected a string");
}

#[secure(get = "/gone", authenticated)]
async fn gone() -> Result<(), (StatusCode, [(&'static str, &'static str); 1])> {
    Err((StatusCode::GONE, [("x-since", "2020")]))
}

#[secure(get = "/taken", authenticated)]
async fn taken() -> (StatusCode, &'static str) {
    (StatusCode::CONFLICT, "the handler's own words")
}

#[secure(get = "/quiet", authenticated)]
async fn quiet() -> StatusCode {
    StatusCode::NO_CONTENT
}

#[tokio::test]
async fn a_handler_that_answers_with_a_bare_error_is_given_a_problem() {
    let service = Service::new(router().mount(gone).mount(taken).mount(quiet));
    let bare = service.send(Ask::get("/gone").bearer(&user("ann"))).await;
    assert_eq!(bare.is(410).header("content-type"), Some("application/problem+json"));
    assert_eq!(bare.json(), json!({ "type": "about:blank", "title": "Gone", "status": 410 }));
    assert_eq!(bare.header("x-since"), Some("2020"), "what else it says stays");

    let words = service.send(Ask::get("/taken").bearer(&user("ann"))).await;
    assert_eq!(words.is(409).text, "the handler's own words");
    let quiet = service.send(Ask::get("/quiet").bearer(&user("ann"))).await;
    assert_eq!((quiet.is(204).text.as_str(), quiet.header("content-type")), ("", None));
}
