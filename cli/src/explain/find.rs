//! Which endpoints of a lock somebody means.

use crate::failure::Failure;
use portcullis_policy::{Lock, LockedRoute, Terms, suggest};
use std::collections::BTreeSet;

/// An endpoint of the lock.
type Endpoint<'a> = (&'a LockedRoute, &'a Terms);

/// What is meant: one endpoint, all of one path, or all of one handler.
pub(super) fn endpoints<'a>(lock: &'a Lock, what: &str) -> Result<Vec<Endpoint<'a>>, Failure> {
    let what = what.split_whitespace().collect::<Vec<_>>().join(" ");
    let all = || lock.endpoints.iter();
    let named: Vec<Endpoint<'_>> = all().filter(|(route, _)| route.to_string().eq_ignore_ascii_case(&what)).collect();
    // A path may differ in case where a method may not.
    match named.iter().find(|(route, _)| what.ends_with(&route.path)) {
        Some(exact) => return Ok(vec![*exact]),
        None if named.len() == 1 => return Ok(named),
        None => {}
    }
    let under: Vec<Endpoint<'_>> = all().filter(|(route, _)| route.path == what && !what.is_empty()).collect();
    if !under.is_empty() {
        return Ok(under);
    }
    let by_handler: Vec<Endpoint<'_>> = all().filter(|(_, terms)| ends_with(&terms.handler, &what)).collect();
    let handlers: BTreeSet<&str> = by_handler.iter().map(|(_, terms)| terms.handler.as_str()).collect();
    match handlers.len() {
        0 => Err(unknown(lock, &what)),
        1 => Ok(by_handler),
        _ => Err(Failure::new(format!("several handlers end in `{what}`: say which, {}", suggest::list(handlers)))),
    }
}

/// Whether a path of a handler ends in these segments.
fn ends_with(handler: &str, what: &str) -> bool {
    !what.is_empty() && handler.strip_suffix(what).is_some_and(|before| before.is_empty() || before.ends_with("::"))
}

fn unknown(lock: &Lock, what: &str) -> Failure {
    let routes: Vec<String> = lock.endpoints.keys().map(ToString::to_string).collect();
    let paths = lock.endpoints.keys().map(|route| route.path.as_str());
    let handlers = lock.endpoints.values().map(|terms| terms.handler.as_str());
    let names = lock.endpoints.values().filter_map(|terms| terms.handler.rsplit("::").next());
    // What looks like a path is compared with paths, and a name with names.
    let near = match what.contains('/') {
        true => suggest::closest(what, routes.iter().map(String::as_str).chain(paths)),
        false => suggest::closest(what, names.chain(handlers)),
    };
    let remedy = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None if routes.is_empty() => "the lock has no endpoints".to_owned(),
        None => format!("the endpoints are {}", suggest::list(routes.iter().map(String::as_str))),
    };
    Failure::new(format!("no endpoint is called `{what}`: {remedy}"))
}

#[cfg(test)]
mod tests {
    use super::endpoints;
    use crate::failure::Failure;
    use portcullis_policy::{Lock, LockedRoute, Terms};

    fn found(what: &str) -> Result<Vec<String>, String> {
        let terms = |handler: &str| Terms::new(handler, "authenticated".parse().unwrap());
        let route = LockedRoute::new;
        let lock = Lock {
            endpoints: [
                (route("GET", "/users/{id}"), terms("app::users::read")),
                (route("DELETE", "/users/{id}"), terms("app::users::delete")),
                (route("GET", "/notes"), terms("app::notes::read")),
                (route("HEAD", "/notes"), terms("app::notes::read")),
                (route("GET", "/Notes"), terms("app::capital")),
                (route(LockedRoute::FALLBACK, ""), terms("app::lost")),
            ]
            .into(),
            ..Lock::default()
        };
        match endpoints(&lock, what) {
            Ok(found) => Ok(found.into_iter().map(|(route, _)| route.to_string()).collect()),
            Err(Failure::Told(messages)) => Err(messages.concat()),
            Err(Failure::PipeClosed) => Err(String::new()),
        }
    }

    #[test]
    fn an_endpoint_goes_by_route_path_and_handler() {
        for (what, expected) in [
            ("GET /users/{id}", vec!["GET /users/{id}"]),
            (" get   /users/{id}", vec!["GET /users/{id}"]),
            ("/users/{id}", vec!["DELETE /users/{id}", "GET /users/{id}"]),
            ("users::read", vec!["GET /users/{id}"]),
            ("app::notes::read", vec!["GET /notes", "HEAD /notes"]),
            ("GET /notes", vec!["GET /notes"]),
            ("GET /Notes", vec!["GET /Notes"]),
            ("FALLBACK", vec!["FALLBACK"]),
            ("lost", vec!["FALLBACK"]),
        ] {
            assert_eq!(found(what).unwrap(), expected, "{what}");
        }
    }

    #[test]
    fn what_is_ambiguous_or_unknown_is_said() {
        assert_eq!(
            found("read").unwrap_err(),
            "several handlers end in `read`: say which, `app::notes::read` and `app::users::read`"
        );
        assert_eq!(
            found("GET /user/{id}").unwrap_err(),
            "no endpoint is called `GET /user/{id}`: did you mean `GET /users/{id}`?"
        );
        assert_eq!(found("delet").unwrap_err(), "no endpoint is called `delet`: did you mean `delete`?");
        assert!(found("zebra").unwrap_err().starts_with("no endpoint is called `zebra`: the endpoints are `FALLBACK`"));
        assert!(found("").is_err());
        assert!(found("ead").is_err(), "half a name is none");
    }
}
