//! The shapes of types: generics, enums in serde's four representations, tuples, and serde's own attributes.
//! Each is seen by an admin, by a user, and by nobody.

use super::text;
use crate::support::{
    Ask, Service,
    token::{admin, user},
};
use axum::Json;
use portcullis::prelude::*;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, HashMap},
    marker::PhantomData,
};

#[derive(Output)]
enum External {
    Named {
        open: u8,
        #[visible(role = "admin")]
        closed: Secret<u8>,
    },
    Tuple(u8, #[mask(last = 1)] &'static str),
    Newtype(
        #[mask(all)]
        #[visible(role = "admin")]
        String,
    ),
    #[serde(rename = "nothing")]
    Unit,
}

#[derive(Output)]
#[serde(tag = "kind", rename_all = "snake_case", rename_all_fields = "camelCase")]
enum Internal {
    BankAccount {
        #[visible(role = "admin")]
        account_number: u32,
    },
    Inner(Inner),
}

#[derive(Output)]
#[serde(tag = "t", content = "c")]
enum Adjacent {
    Named {
        open: u8,
        #[visible(role = "admin")]
        closed: u8,
    },
    Newtype(#[mask(last = 1)] u32),
}

#[derive(Output)]
#[serde(untagged)]
enum Untagged {
    Named {
        #[visible(role = "admin")]
        closed: u8,
    },
}

#[derive(Default, Output)]
struct Inner {
    open: u8,
    #[visible(role = "admin")]
    closed: u8,
}

#[derive(Output)]
struct Page<'a, T, K: Ord = u8, const N: usize = 1>
where
    T: Clone,
{
    items: Vec<T>,
    #[visible(role = "admin")]
    #[serde(skip_serializing_if = "Option::is_none")]
    first: Option<&'a T>,
    #[visible(role = "admin")]
    by_key: BTreeMap<K, Wrapper<T>>,
    #[visible(role = "admin")]
    array: [Option<T>; 1],
    phantom: PhantomData<fn() -> [K; N]>,
}

#[derive(Output)]
struct Wrapper<T>(T);

#[derive(Output)]
struct Tree {
    #[visible(role = "admin")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    children: Vec<Self>,
    next: Option<Box<Self>>,
}

fn twice<S: Serializer>(value: &u8, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u8(value * 2)
}

type Hidden = Secret<String>;

#[derive(Deserialize, Output)]
#[serde(rename_all = "SCREAMING-KEBAB-CASE", default)]
struct Both {
    #[serde(alias = "o")]
    open_one: u8,
    #[visible(role = "admin")]
    #[serde(serialize_with = "twice")]
    closed_one: u8,
    #[serde(skip_serializing)]
    never: Hidden,
    #[visible(role = "admin")]
    aliased: Option<Box<Hidden>>,
    #[visible(role = "admin")]
    several: HashMap<String, Vec<Hidden>>,
    #[serde(skip)]
    skipped: Option<fn()>,
}

impl Default for Both {
    fn default() -> Self {
        let several = HashMap::from([("a".to_owned(), vec!["s".to_owned().into()])]);
        let (never, aliased) = ("n".to_owned().into(), Some(Box::new("a".to_owned().into())));
        Self { open_one: 1, closed_one: 2, never, aliased, several, skipped: None }
    }
}

macro_rules! with_paths_of_the_macro {
    ($name:ident, $ty:ty) => {
        #[derive(Output)]
        struct $name {
            inner: $crate::output::shapes::Inner,
            #[mask(all)]
            masked: $ty,
            #[visible(role = "admin")]
            secret: $crate::output::shapes::Hidden,
        }
    };
}

with_paths_of_the_macro!(FromMacro, Option<Secret<u8>>);

#[test]
fn a_macro_can_write_the_type_with_paths_of_its_own_crate() {
    let value = FromMacro { inner: Inner::default(), masked: Some(Secret::new(7)), secret: "s".to_owned().into() };
    assert_eq!(text(&value), r#"{"inner":{"open":0},"masked":"****"}"#);
}

#[derive(Output)]
#[serde(transparent)]
struct Iban {
    #[visible(role = "admin")]
    #[mask(last = 2)]
    iban: &'static str,
}

#[derive(Input, Output)]
#[serde(rename_all = "camelCase")]
struct Profile {
    #[garde(length(max = 50))]
    #[visible(role = "admin")]
    real_name: String,
    #[garde(length(min = 4, max = 9))]
    #[mask(all)]
    pin_code: Secret<String>,
}

#[derive(Output)]
struct Conditional {
    #[cfg_attr(all(), visible(role = "admin"))]
    closed: u8,
    #[cfg(any())]
    #[visible(role = "nobody")]
    gone: u8,
}

#[derive(Output)]
struct Unit;

macro_rules! account {
    ($name:ident, $(#[$rule:meta])* $field:ident: $ty:ty, $role:literal) => {
        #[derive(Output)]
        #[output(crate = $crate::renamed)]
        struct $name {
            $(#[$rule])*
            $field: $ty,
            #[visible(role = $role)]
            other: $ty,
        }
    };
}

account!(ByMacro, #[visible(role = "admin")] field: Secret<u8>, "admin");

/// What each sees: an admin, a user, and nobody.
async fn seen<T: Serialize + Send + 'static>(make: fn() -> T) -> [Value; 3] {
    let of_nobody = serde_json::from_str(&text(&make())).unwrap();
    // One endpoint for all types: the type is erased as late as in `into_response`.
    let service = Service::new(SecureRouter::new().route("/", get(erased)).with_state(()));
    let of = async |token: String| {
        let make: Make = std::sync::Arc::new(move || Box::new(make()));
        service.send(Ask::get("/").bearer(&token).extension(make)).await.is(200).json()
    };
    [of(admin("ann")).await, of(user("ann")).await, of_nobody]
}

/// Something that can be serialized.
trait Any: Send {
    fn json(&self) -> String;
}

impl<T: Serialize + Send> Any for T {
    fn json(&self) -> String {
        text(self)
    }
}

type Make = std::sync::Arc<dyn Fn() -> Box<dyn Any> + Send + Sync>;

struct Erased(Box<dyn Any>);

impl axum::response::IntoResponse for Erased {
    fn into_response(self) -> axum::response::Response {
        self.0.json().into_response()
    }
}

#[secure(authenticated)]
async fn erased(make: axum::Extension<Make>) -> Erased {
    Erased((make.0)())
}

#[tokio::test]
async fn enums_in_all_representations() {
    let hidden = json!({ "Named": { "open": 1 } });
    assert_eq!(
        seen(|| External::Named { open: 1, closed: 2.into() }).await,
        [json!({ "Named": { "open": 1, "closed": 2 } }), hidden.clone(), hidden]
    );
    assert_eq!(seen(|| External::Tuple(1, "secret")).await, [(); 3].map(|()| json!({ "Tuple": [1, "****t"] })));
    let masked = json!({ "Newtype": "****" });
    assert_eq!(seen(|| External::Newtype("x".to_owned())).await, [json!({ "Newtype": "x" }), masked.clone(), masked]);
    assert_eq!(seen(|| External::Unit).await, [(); 3].map(|()| json!("nothing")));

    let hidden = json!({ "kind": "bank_account" });
    assert_eq!(
        seen(|| Internal::BankAccount { account_number: 7 }).await,
        [json!({ "kind": "bank_account", "accountNumber": 7 }), hidden.clone(), hidden]
    );
    let hidden = json!({ "kind": "inner", "open": 0 });
    assert_eq!(
        seen(|| Internal::Inner(Inner::default())).await,
        [json!({ "kind": "inner", "open": 0, "closed": 0 }), hidden.clone(), hidden]
    );
    let hidden = json!({ "t": "Named", "c": { "open": 1 } });
    assert_eq!(
        seen(|| Adjacent::Named { open: 1, closed: 2 }).await,
        [json!({ "t": "Named", "c": { "open": 1, "closed": 2 } }), hidden.clone(), hidden]
    );
    assert_eq!(seen(|| Adjacent::Newtype(123)).await, [(); 3].map(|()| json!({ "t": "Newtype", "c": "****3" })));
    assert_eq!(seen(|| Untagged::Named { closed: 1 }).await, [json!({ "closed": 1 }), json!({}), json!({})]);
}

#[tokio::test]
async fn generic_and_recursive_types() {
    fn page() -> Page<'static, &'static str> {
        Page {
            items: vec!["a"],
            first: Some(&"a"),
            by_key: BTreeMap::from([(1, Wrapper("b"))]),
            array: [None],
            phantom: PhantomData,
        }
    }
    let hidden = json!({ "items": ["a"], "phantom": null });
    assert_eq!(
        seen(page).await,
        [
            json!({ "items": ["a"], "first": "a", "by_key": { "1": "b" }, "array": [null], "phantom": null }),
            hidden.clone(),
            hidden
        ]
    );
    let hidden = json!({ "next": { "next": null } });
    assert_eq!(
        seen(|| Tree {
            children: vec![Tree { children: Vec::new(), next: None }],
            next: Some(Box::new(Tree { children: Vec::new(), next: None })),
        })
        .await,
        [json!({ "children": [{ "next": null }], "next": { "next": null } }), hidden.clone(), hidden]
    );
}

#[tokio::test]
async fn serdes_own_attributes_keep_their_meaning() {
    let hidden = json!({ "OPEN-ONE": 1 });
    let shown = json!({ "OPEN-ONE": 1, "CLOSED-ONE": 4, "ALIASED": "a", "SEVERAL": { "a": ["s"] } });
    assert_eq!(seen(Both::default).await, [shown, hidden.clone(), hidden]);
    assert_eq!(serde_json::from_str::<Both>(r#"{"o": 7}"#).unwrap().open_one, 7);
    assert_eq!(seen(|| Iban { iban: "DE0212" }).await, [json!("DE0212"), json!("****12"), json!("****12")]);
    assert_eq!(seen(|| Conditional { closed: 1 }).await, [json!({ "closed": 1 }), json!({}), json!({})]);
    assert_eq!(seen(|| Unit).await, [json!(null), json!(null), json!(null)]);
    assert_eq!(
        seen(|| ByMacro { field: 1.into(), other: 2.into() }).await,
        [json!({ "field": 1, "other": 2 }), json!({}), json!({})]
    );
}

#[tokio::test]
async fn types_in_a_function_are_types() {
    #[derive(Output)]
    struct Local<T> {
        #[visible(role = "admin")]
        inner: Option<T>,
        #[serde(skip_serializing_if = "Option::is_none")]
        more: Option<T>,
    }
    assert_eq!(text(&Json(Local { inner: Some(1), more: None }).0), "{}");
}

#[tokio::test]
async fn what_is_read_can_be_what_is_written() {
    let make = || serde_json::from_str::<Profile>(r#"{ "realName": "Ann", "pinCode": "2580" }"#).unwrap();
    let hidden = json!({ "pinCode": "****" });
    assert_eq!(seen(make).await, [json!({ "realName": "Ann", "pinCode": "****" }), hidden.clone(), hidden]);
    for broken in [r#"{ "realName": "Ann", "pinCode": "258" }"#, r#"{ "realName": "Ann", "pinCode": "2580", "isAdmin": true }"#] {
        assert!(serde_json::from_str::<Profile>(broken).is_err(), "{broken}");
    }
}
