//! Input types, which check themselves while they are read: all that is wrong in them is told at once all the same.

use super::{details, form, json, places, query, shown};
use crate::{Denial, Input, Valid};
use axum::{
    Router,
    body::Body,
    extract::{Path, Request},
    routing::get,
};
use serde::Deserialize;
use std::collections::BTreeMap;
use tower_service::Service as _;

#[derive(Debug, Input)]
#[input(crate = crate)]
#[serde(rename_all = "camelCase")]
struct Order {
    #[garde(length(chars, min = 3, max = 9), ascii)]
    customer_name: String,
    #[garde(dive)]
    ship_to: Address,
    #[garde(length(max = 3), dive)]
    #[serde(default)]
    order_lines: Vec<Line>,
    #[garde(dive)]
    #[serde(default)]
    paid_by: Option<Payment>,
}

#[derive(Debug, Input)]
#[input(crate = crate)]
struct Address {
    #[garde(length(max = 3))]
    #[serde(rename = "plz", alias = "zip")]
    post_code: String,
    #[garde(skip)]
    region: Option<Region>,
}

#[derive(Debug, Input)]
#[input(crate = crate)]
struct Region(#[garde(range(max = 9))] u8);

#[derive(Debug, Input)]
#[input(crate = crate)]
struct Line {
    #[garde(range(min = 1))]
    #[serde(rename = "qty")]
    quantity: u32,
}

#[derive(Debug, Input)]
#[input(crate = crate)]
#[serde(rename_all = "camelCase")]
enum Payment {
    Nothing,
    #[serde(rename_all = "camelCase")]
    Card {
        #[garde(length(max = 3))]
        card_number: String,
        #[garde(length(max = 3))]
        #[serde(rename = "cvc")]
        code: String,
    },
    Points(#[garde(range(max = 9))] u32),
}

#[tokio::test]
async fn nested_inputs_report_all_their_errors_at_once() {
    let body = r#"{
        "customerName": "é",
        "shipTo": {"zip": "12345", "region": null},
        "orderLines": [{"qty": 1}, {"qty": 0}, {"qty": 1}, {"qty": 0}],
        "paidBy": {"card": {"cardNumber": "1234", "cvc": "1234"}}
    }"#;
    let expected = [
        "#/customerName ascii",
        "#/customerName length",
        "#/orderLines length",
        "#/orderLines/1/qty range",
        "#/orderLines/3/qty range",
        "#/paidBy/card/cardNumber length",
        "#/paidBy/card/cvc length",
        "#/shipTo/zip length",
    ];
    assert_eq!(places(json::<Order>(body).await), expected);
    let body = r#"{"customerName":"alice","shipTo":{"plz":"1234"},"paidBy":{"points":10}}"#;
    assert_eq!(places(json::<Order>(body).await), ["#/paidBy/points range", "#/shipTo/plz length"]);
    let order = json::<Order>(r#"{"customerName":"alice","shipTo":{"plz":"123","region":9},"paidBy":"nothing"}"#).await.unwrap();
    assert!(matches!(order.ship_to.region, Some(Region(9))));
}

#[tokio::test]
async fn a_type_error_is_told_before_the_rules() {
    let body = r#"{"customerName":"é","shipTo":{"zip":7}}"#;
    assert_eq!(places(json::<Order>(body).await), ["#/shipTo/zip type"]);
    let body = r#"{"customerName":"é","shipTo":{"zip":"1","is_admin":true}}"#;
    assert_eq!(places(json::<Order>(body).await), ["#/shipTo unknown_field"]);
}

#[tokio::test]
async fn an_input_that_nothing_dives_into_is_told_with_its_place() {
    let body = r#"{"customerName":"alice","shipTo":{"plz":"123","region":10}}"#;
    let outcome = json::<Order>(body).await;
    assert_eq!(details(outcome), ["greater than 9"]);
    assert_eq!(places(json::<Order>(body).await), ["#/shipTo/region range"]);

    #[derive(Debug, Deserialize, garde::Validate)]
    struct Plain {
        #[garde(skip)]
        lines: Vec<Line>,
        #[garde(skip)]
        by_name: BTreeMap<String, Line>,
    }

    let body = r#"{"lines":[{"qty":1},{"qty":0}],"by_name":{}}"#;
    assert_eq!(places(json::<Plain>(body).await), ["#/lines/1/qty range"]);
    // The keys of a map are the client's.
    let outcome = json::<Plain>(r#"{"lines":[],"by_name":{"hunter2":{"qty":0}}}"#).await;
    assert!(!shown(&outcome.unwrap_err()).contains("hunter2"));
    let plain = json::<Plain>(r#"{"lines":[{"qty":1}],"by_name":{"a":{"qty":1}}}"#).await.unwrap();
    assert_eq!((plain.lines.len(), plain.by_name.len()), (1, 1));
}

#[tokio::test]
async fn tagged_enums_are_told_in_the_names_of_the_wire() {
    #[derive(Debug, Input)]
    #[input(crate = crate)]
    #[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
    enum Internal {
        Round {
            #[garde(range(max = 9))]
            radius_length: u32,
            #[garde(range(max = 9))]
            #[serde(rename = "ø")]
            diameter: u32,
        },
    }

    #[derive(Debug, Input)]
    #[input(crate = crate)]
    #[serde(tag = "t", content = "c")]
    enum Adjacent {
        Round {
            #[garde(range(max = 9))]
            #[serde(rename = "r")]
            radius: u32,
        },
    }

    #[derive(Debug, Input)]
    #[input(crate = crate)]
    #[serde(untagged, rename_all_fields = "camelCase")]
    enum Untagged {
        Round {
            #[garde(range(max = 9))]
            radius_length: u32,
        },
        Named(
            #[garde(length(max = 1))]
            #[input(keys(max = 9))]
            BTreeMap<String, u8>,
        ),
    }

    let body = r#"{"kind":"round","radiusLength":10,"ø":10}"#;
    assert_eq!(places(json::<Internal>(body).await), ["#/%C3%B8 range", "#/radiusLength range"]);
    for body in [r#"{"t":"Round","c":{"r":10}}"#, r#"{"c":{"r":10},"t":"Round"}"#] {
        assert_eq!(places(json::<Adjacent>(body).await), ["#/c/r range"], "{body}");
    }
    assert_eq!(places(json::<Untagged>(r#"{"radiusLength":10}"#).await), ["#/radiusLength range"]);
    assert_eq!(places(json::<Untagged>(r#"{"a":1,"b":2}"#).await), ["# length"]);
}

#[tokio::test]
async fn forms_queries_and_paths_are_told_alike() {
    #[derive(Debug, Input)]
    #[input(crate = crate)]
    struct Page {
        #[garde(range(max = 9))]
        #[serde(rename = "n")]
        size: u32,
        #[garde(length(max = 3))]
        order: Option<String>,
    }

    assert_eq!(places(form::<Page>("n=10&order=abcd").await), ["#/n range", "#/order length"]);
    assert_eq!(places(query::<Page>("n=10&order=abcd").await), ["#/n range", "#/order length"]);
    assert!(query::<Page>("n=9&order=abc").await.is_ok());

    #[derive(Debug, Input)]
    #[input(crate = crate)]
    struct Id(#[garde(range(max = 9))] u32);

    #[derive(Debug, Input)]
    #[input(crate = crate)]
    struct Keys {
        #[garde(range(max = 9))]
        id: u32,
    }

    assert_eq!(places(path::<Id>("/10").await), ["#/id range"]);
    assert_eq!(places(path::<Keys>("/10").await), ["#/id range"]);
    assert_eq!(places(path::<Keys>("/x").await), ["#/id type"]);
    assert!(path::<Id>("/9").await.is_ok());
}

async fn path<T: Input + Send + 'static>(uri: &str) -> Result<T, Denial> {
    let (sender, mut receiver) = tokio::sync::mpsc::unbounded_channel();
    let handler = move |request: Request| {
        let sender = sender.clone();
        async move {
            let (mut parts, _) = request.into_parts();
            let outcome = <Valid<Path<T>> as axum::extract::FromRequestParts<()>>::from_request_parts(&mut parts, &()).await;
            let _ = sender.send(outcome.map(|Valid(Path(value))| value));
        }
    };
    let mut router: Router = Router::new().route("/{id}", get(handler));
    router.call(Request::get(uri).body(Body::empty()).unwrap()).await.unwrap();
    receiver.recv().await.unwrap()
}

#[derive(Debug, Input)]
#[input(crate = crate)]
struct Tagged<T: Input<Context = ()>> {
    #[garde(length(max = 9), inner(length(max = 9)))]
    #[serde(default, rename = "labels")]
    tags: Vec<String>,
    #[garde(length(max = 9), inner(inner(inner(length(max = 9)))))]
    #[serde(default)]
    pairs: Option<Vec<[String; 2]>>,
    #[garde(length(max = 9))]
    #[input(keys(max = 9))]
    #[serde(default)]
    counts: BTreeMap<String, u8>,
    #[garde(dive)]
    inner: Option<T>,
    #[garde(skip)]
    price: Option<f32>,
}

#[derive(Debug, Input)]
#[input(crate = crate)]
enum Note {
    Text(#[garde(dive)] Text),
    Lines(#[garde(length(max = 9), inner(length(max = 9)))] Vec<String>),
    Named {
        #[garde(length(max = 9), inner(length(max = 9)))]
        lines: Vec<String>,
    },
}

#[derive(Debug, Input)]
#[input(crate = crate)]
struct Text(#[garde(length(max = 9), inner(length(max = 9), inner(length(max = 9))))] Vec<Vec<String>>);

#[tokio::test]
async fn a_text_in_a_list_is_pointed_to() {
    for (body, place) in [
        (r#"{"labels":["a","b","c","d\u0000"]}"#, "#/labels/3 text"),
        (r#"{"labels":["a\u202e","b\u0000"]}"#, "#/labels/0 text"),
        (r#"{"pairs":[["a","b"],["a","\u200b"]]}"#, "#/pairs/1/1 text"),
        (r#"{"counts":{"a\u0000":1}}"#, "#/counts text"),
        (r#"{"counts":{"0123456789":1}}"#, "#/counts length"),
        (r#"{"inner":{"Lines":["a","b\u0000"]}}"#, "#/inner/Lines/1 text"),
        (r#"{"inner":{"Named":{"lines":["a","b\u0000"]}}}"#, "#/inner/Named/lines/1 text"),
        (r#"{"inner":{"Lines":["a","0123456789"]}}"#, "#/inner/Lines/1 length"),
        (r#"{"inner":{"Text":[["a"],["a","b\u0000"]]}}"#, "#/inner/Text/1/1 text"),
        (r#"{"inner":{"Text":[["a"],["a","0123456789"]]}}"#, "#/inner/Text/1/1 length"),
        (r#"{"price":1e39}"#, "#/price range"),
    ] {
        assert_eq!(places(json::<Tagged<Note>>(body).await), [place], "{body}");
    }
}

#[tokio::test]
async fn a_number_in_a_form_is_a_number() {
    for word in ["NaN", "nan", "inf", "-infinity", "1e400"] {
        assert_eq!(places(form::<Tagged<Note>>(format!("price={word}")).await), ["#/price range"], "{word}");
        assert_eq!(places(query::<Tagged<Note>>(&format!("price={word}")).await), ["#/price range"], "{word}");
    }
    assert!(form::<Tagged<Note>>("price=1.5").await.is_ok());
}

#[tokio::test]
async fn a_list_is_no_input() {
    #[derive(Debug, Input)]
    #[input(crate = crate)]
    struct Pair {
        #[garde(length(max = 9))]
        name: String,
        #[garde(range(max = 9))]
        number: u8,
    }

    #[derive(Debug, Input)]
    #[input(crate = crate)]
    struct Outer {
        #[garde(length(max = 9), dive)]
        pairs: Vec<Pair>,
    }

    assert_eq!(
        json::<Pair>(r#"{"name":"a","number":1}"#).await.map(|pair| (pair.name, pair.number)).unwrap(),
        ("a".to_owned(), 1)
    );
    assert_eq!(places(json::<Pair>(r#"["a",1]"#).await), ["# type"]);
    assert_eq!(details(json::<Pair>(r#"["a",1]"#).await), ["expected an object"]);
    assert_eq!(places(json::<Outer>(r#"{"pairs":[{"name":"a","number":1},["a",1]]}"#).await), ["#/pairs/1 type"]);
    assert_eq!(places(json::<Outer>(r#"[[["a",1]]]"#).await), ["# type"]);
}
