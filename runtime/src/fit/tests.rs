//! Types of paths, by what they have against parameters.

use super::path::{Misfit, ask};
use serde::{Deserialize, de::DeserializeOwned};
use std::{collections::HashMap, num::NonZeroU32};

fn asked<T: DeserializeOwned>(names: &[&str]) -> Option<Misfit> {
    ask::<T>(&names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>())
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "only has to be read")]
struct Member {
    team: NonZeroU32,
    slug: String,
    page: Option<u8>,
    #[serde(default)]
    size: u8,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
#[expect(dead_code, reason = "only has to be read")]
struct Strict {
    team_id: u32,
    #[serde(alias = "also")]
    kind: Kind,
}

#[derive(Deserialize)]
enum Kind {
    #[serde(rename = "wide")]
    Wide,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "only has to be read")]
struct Pair(u32, String);

#[derive(Deserialize)]
struct New<T>(T);

/// Takes no word that could be tried.
struct Picky;

impl<'de> Deserialize<'de> for Picky {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match String::deserialize(deserializer)?.as_str() {
            "picky" => Ok(Self),
            _ => Err(serde::de::Error::custom("not picky")),
        }
    }
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "only has to be read")]
struct Picked {
    first: Picky,
    second: u8,
}

#[test]
fn structs_are_asked_for_their_fields() {
    assert_eq!(asked::<Member>(&["team", "slug"]), None);
    assert_eq!(asked::<Member>(&["slug", "team", "size", "page"]), None);
    assert_eq!(asked::<Member>(&["team"]), Some(Misfit::Missing("slug")));
    assert_eq!(asked::<Member>(&["slug", "id"]), Some(Misfit::Missing("team")));
    assert_eq!(asked::<Member>(&["team", "slug", "more"]), None, "it takes no more than it wants");
    assert_eq!(asked::<New<Member>>(&["team"]), Some(Misfit::Missing("slug")));
    assert_eq!(asked::<Strict>(&["teamId", "kind"]), None);
    assert_eq!(asked::<Strict>(&["teamId", "also"]), None);
    assert_eq!(asked::<Strict>(&["team_id", "kind"]), Some(Misfit::Undeclared("team_id".to_owned())));
    assert_eq!(asked::<Strict>(&["teamId", "kind", "more"]), Some(Misfit::Undeclared("more".to_owned())));
    assert_eq!(asked::<Strict>(&["teamId"]), Some(Misfit::Missing("kind")));
}

#[test]
fn what_is_no_struct_is_asked_for_its_number() {
    assert_eq!(asked::<u32>(&["a"]), None);
    assert_eq!(asked::<New<String>>(&["a"]), None);
    assert_eq!(asked::<Kind>(&["a"]), None);
    assert_eq!(asked::<u32>(&["a", "b"]), Some(Misfit::Count(1)));
    assert_eq!(asked::<Kind>(&["a", "b"]), Some(Misfit::Count(1)));
    assert_eq!(asked::<Pair>(&["a", "b"]), None);
    assert_eq!(asked::<(u32, u32)>(&["a", "b"]), None);
    assert_eq!(asked::<Pair>(&["a"]), Some(Misfit::Count(2)));
    assert_eq!(asked::<(u32, u32)>(&["a", "b", "c"]), Some(Misfit::Count(2)));
    assert_eq!(asked::<Option<u32>>(&["a"]), Some(Misfit::Unreadable));
    assert_eq!(asked::<HashMap<String, String>>(&["a", "b"]), None);
    assert_eq!(asked::<Vec<(String, String)>>(&["a", "b"]), None);
    assert_eq!(asked::<()>(&["a", "b"]), None);
}

#[test]
fn what_cannot_be_known_is_no_misfit() {
    assert_eq!(asked::<Picked>(&["first"]), None);
    assert_eq!(asked::<Picked>(&["first", "second"]), None);
    assert_eq!(asked::<Picked>(&["second"]), Some(Misfit::Missing("first")));
}
