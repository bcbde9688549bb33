//! Where a value could get out past its rules: a log line, another thread, a task, a body that is written late, a panic, another caller.

use super::{Account, account, for_admins, for_everybody, for_nobody_in_particular, text};
use crate::support::{
    Ask, Service,
    token::{admin, user},
};
use axum::{
    Json,
    body::Body,
    response::{IntoResponse, Response},
};
use portcullis::prelude::*;
use serde::{Serialize, Serializer, ser::Error};
use serde_json::{Value, json};
use std::{
    convert::Infallible,
    pin::Pin,
    sync::Mutex,
    task::{Context, Poll},
    thread,
};

/// What was seen where nobody should see anything.
static SEEN: Mutex<Vec<(&str, String)>> = Mutex::new(Vec::new());

fn see(place: &'static str) {
    SEEN.lock().unwrap().push((place, text(&account())));
}

#[secure(role = "admin")]
async fn careless() -> Json<Account> {
    see("in the handler");
    tokio::task::yield_now().await;
    see("in the handler, later");
    tokio::spawn(async { see("in a task") }).await.unwrap();
    tokio::task::spawn_blocking(|| see("in a blocking task")).await.unwrap();
    thread::spawn(|| see("in a thread")).join().unwrap();
    Json(account())
}

#[tokio::test]
async fn nothing_is_shown_where_nobody_is_answered() {
    let service = Service::new(SecureRouter::new().route("/", get(careless)));
    assert_eq!(service.send(Ask::get("/").bearer(&admin("ann"))).await.is(200).json(), for_admins());
    see("after the answer");
    let seen = std::mem::take(&mut *SEEN.lock().unwrap());
    assert_eq!(seen.len(), 6);
    for (place, text) in seen {
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), for_everybody(), "{place}");
    }
}

#[secure(role = "admin")]
async fn by_hand() -> Response {
    Json(account()).into_response()
}

#[secure(role = "admin")]
async fn as_value() -> Json<Value> {
    Json(json!({ "account": account() }))
}

/// A body that is written once somebody reads it.
struct Late(Option<Account>);

impl futures_core::Stream for Late {
    type Item = Result<String, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().map(|account| Ok(text(&account))))
    }
}

#[secure(role = "admin")]
async fn late() -> Body {
    Body::from_stream(Late(Some(account())))
}

#[tokio::test]
async fn what_is_written_before_or_after_the_answer_has_what_everybody_may_see() {
    let router = SecureRouter::new().route("/by-hand", get(by_hand)).route("/as-value", get(as_value)).route("/late", get(late));
    let service = Service::new(router);
    let ask = |path| Ask::get(path).bearer(&admin("ann"));
    assert_eq!(service.send(ask("/by-hand")).await.json(), for_everybody());
    assert_eq!(service.send(ask("/as-value")).await.json(), json!({ "account": for_everybody() }));
    assert_eq!(service.send(ask("/late")).await.json(), for_everybody());
}

/// What a caller may see, written once somebody reads it, between what everybody may see.
struct LateFor(u8, Principal);

impl futures_core::Stream for LateFor {
    type Item = Result<String, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0 += 1;
        Poll::Ready(match self.0 {
            1 | 3 => Some(Ok(text(&account()) + "\n")),
            2 => Some(Ok(self.1.seeing(|| text(&account())) + "\n")),
            _ => None,
        })
    }
}

#[secure(authenticated)]
async fn late_for_its_caller(caller: Principal) -> Body {
    Body::from_stream(LateFor(0, caller))
}

#[secure(role = "admin")]
async fn in_a_task_for_its_caller(caller: Principal) -> String {
    let elsewhere = caller.clone();
    let written = tokio::spawn(async move {
        let panicked = tokio::spawn(async move { elsewhere.seeing::<()>(|| panic!("while it is written")) }).await;
        assert!(panicked.is_err_and(|error| error.is_panic()));
        let whole = caller.seeing(|| {
            let on_another_thread = thread::spawn(|| text(&account())).join().unwrap();
            [text(&account()), on_another_thread]
        });
        [whole.concat(), text(&account())]
    });
    written.await.unwrap().join("\n")
}

#[tokio::test]
async fn a_stream_or_a_task_shows_its_caller_what_it_writes_for_it_and_nothing_more() {
    let router = SecureRouter::new().route("/late", get(late_for_its_caller)).route("/task", get(in_a_task_for_its_caller));
    let service = Service::new(router);
    let lines = |text: &str| -> Vec<Value> {
        serde_json::Deserializer::from_str(text).into_iter::<Value>().collect::<Result<_, _>>().unwrap()
    };
    for (token, shown) in [(admin("ann"), for_admins()), (user("bob"), for_nobody_in_particular())] {
        let answer = service.send(Ask::get("/late").bearer(&token)).await;
        assert_eq!(lines(&answer.is(200).text), [for_everybody(), shown, for_everybody()]);
    }
    let answer = service.send(Ask::get("/task").bearer(&admin("ann"))).await;
    assert_eq!(lines(&answer.is(200).text), [for_admins(), for_everybody(), for_everybody()]);
}

/// Panics while it is serialized.
struct Panics;

impl Serialize for Panics {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        panic!("in the middle of an answer")
    }
}

/// Fails while it is serialized.
struct Fails;

impl Serialize for Fails {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(S::Error::custom("no"))
    }
}

#[secure(role = "admin")]
async fn panics() -> Json<(Account, Panics)> {
    Json((account(), Panics))
}

#[secure(role = "admin")]
async fn fails() -> Json<(Account, Fails)> {
    Json((account(), Fails))
}

#[tokio::test]
async fn an_answer_that_goes_wrong_leaves_nobody_behind() {
    let router = SecureRouter::new().route("/panics", get(panics)).route("/fails", get(fails)).route("/one", get(super::one));
    let service = Service::new(router);
    let app = service.app.clone();
    let request = Ask::get("/panics").bearer(&admin("ann"));
    // On this thread, as all of this test is.
    let panicked = tokio::task::LocalSet::new()
        .run_until(async { tokio::task::spawn_local(async move { crate::support::answer(&app, request).await }).await })
        .await;
    assert!(panicked.is_err_and(|error| error.is_panic()));
    assert_eq!(serde_json::from_str::<Value>(&text(&account())).unwrap(), for_everybody());
    assert_eq!(service.send(Ask::get("/fails").bearer(&admin("ann"))).await.status, 500);
    assert_eq!(serde_json::from_str::<Value>(&text(&account())).unwrap(), for_everybody());
    assert_eq!(service.send(Ask::get("/one").bearer(&user("ann"))).await.json(), for_nobody_in_particular());
}

#[secure(authenticated)]
async fn slow() -> Json<Account> {
    for _ in 0..5 {
        tokio::task::yield_now().await;
    }
    Json(account())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn callers_at_the_same_time_see_each_their_own() {
    let service = std::sync::Arc::new(Service::new(SecureRouter::new().route("/", get(slow))));
    let calls = (0..400).map(|index| {
        let service = std::sync::Arc::clone(&service);
        tokio::spawn(async move {
            let (token, shown) =
                if index % 3 == 0 { (admin("ann"), for_admins()) } else { (user("bob"), for_nobody_in_particular()) };
            assert_eq!(service.send(Ask::get("/").bearer(&token)).await.is(200).json(), shown);
        })
    });
    for call in calls.collect::<Vec<_>>() {
        call.await.unwrap();
    }
}
