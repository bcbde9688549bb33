//! The ways into an endpoint: methods, and paths that its pattern matches.
//! The manifest has patterns; what stands in a parameter is guessed, unless the probe's user said it.

use super::options::Options;
use http::Method;
use portcullis_policy::{Entry, Route};

/// What is put into the parameters of a path, in the order in which it is tried: a number, a word, a UUID and a date.
const VALUES: [&str; 4] = ["1", "probe", "00000000-0000-4000-8000-000000000001", "2026-01-01"];

/// Paths that no service is likely to have: the second, because the first may fit a parameter.
const NOWHERE: [&str; 2] = ["portcullis-probe-nowhere", "portcullis/probe/is/nowhere/at/all"];

/// The methods that are tried where an endpoint answers all.
const SOME_METHODS: [&str; 3] = ["GET", "POST", "DELETE"];

/// The methods of which one may not be routed at a path.
const USUAL_METHODS: [&str; 7] = ["PATCH", "PUT", "DELETE", "POST", "OPTIONS", "TRACE", "GET"];

/// One way into an endpoint.
#[derive(Clone, Debug)]
pub(super) struct Door {
    /// What it is called in the report: `GET /users/{id}`.
    pub(super) name: String,
    /// The name under which the probe is told of it: that of GET, where HEAD is answered by whoever answers GET.
    pub(super) told_as: String,
    /// The requests that may lead there, the most likely first.
    pub(super) ways: Vec<Way>,
    /// Whether it is a fallback, which routes may hide.
    pub(super) is_fallback: bool,
}

/// A method and a path.
#[derive(Clone, Debug)]
pub(super) struct Way {
    pub(super) method: Method,
    pub(super) uri: String,
    /// What was put into the parameters.
    pub(super) value: &'static str,
}

/// The ways into the endpoint of a route, of all those in the manifest.
pub(super) fn doors(route: &Route, entries: &[Entry], options: &Options) -> Vec<Door> {
    match route {
        Route::Path { methods, path } => methods_of(methods, path, entries)
            .into_iter()
            .map(|(method, told_as)| {
                let [name, told_as] = [method, told_as].map(|method| format!("{method} {path}"));
                let chosen = options.path(&told_as).map(|path| vec![way(method, path, "")]);
                let ways = chosen.unwrap_or_else(|| VALUES.map(|value| way(method, &fill(path, value), value)).into());
                Door { name, told_as, ways, is_fallback: false }
            })
            .collect(),
        Route::Fallback { prefix } => {
            let [value, ..] = VALUES;
            let ways = NOWHERE.map(|nowhere| way("GET", &format!("{}/{nowhere}", fill(prefix, value)), value));
            vec![fallback(format!("* {prefix}/… (fallback)"), ways.into())]
        }
        Route::MethodNotAllowed { prefix } => {
            vec![fallback(format!("* {prefix}/… (method not allowed)"), wrong_methods(prefix, entries))]
        }
    }
}

fn fallback(name: String, ways: Vec<Way>) -> Door {
    Door { told_as: name.clone(), name, ways, is_fallback: true }
}

/// The methods by which a path leads to its endpoint, each with the method under whose name the probe is told of it.
fn methods_of(methods: &[&'static str], path: &str, entries: &[Entry]) -> Vec<(&'static str, &'static str)> {
    let answered = answered(path, entries);
    if methods.contains(&"*") {
        return SOME_METHODS.into_iter().filter(|method| !answered.contains(method)).map(|method| (method, method)).collect();
    }
    let head = methods.contains(&"GET") && !answered.contains(&"HEAD");
    methods.iter().map(|method| (*method, *method)).chain(head.then_some(("HEAD", "GET"))).collect()
}

/// The methods that are routed at a path, by whomever.
fn answered(path: &str, entries: &[Entry]) -> Vec<&'static str> {
    let of = |entry: &Entry| match entry {
        Entry::Endpoint { route: Route::Path { methods, path: other }, .. } if other == path => methods.clone(),
        _ => Vec::new(),
    };
    entries.iter().flat_map(of).collect()
}

/// Paths below the prefix, each with a method that it does not answer.
fn wrong_methods(prefix: &str, entries: &[Entry]) -> Vec<Way> {
    let of = |entry: &Entry| {
        let Entry::Endpoint { route: Route::Path { path, .. }, .. } = entry else { return None };
        let answered = answered(path, entries);
        let method = USUAL_METHODS.into_iter().find(|method| !answered.contains(method))?;
        let [value, ..] = VALUES;
        (path.starts_with(prefix) && !answered.contains(&"*")).then(|| way(method, &fill(path, value), value))
    };
    entries.iter().filter_map(of).collect()
}

fn way(method: &str, uri: &str, value: &'static str) -> Way {
    // The manifest has methods that HTTP knows, and no others.
    Way { method: Method::from_bytes(method.as_bytes()).unwrap_or_default(), uri: uri.to_owned(), value }
}

/// The pattern with this value in the place of every parameter. `{{` and `}}` are braces.
fn fill(pattern: &str, value: &str) -> String {
    let mut path = String::new();
    let mut characters = pattern.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '{' | '}' if characters.peek() == Some(&character) => {
                characters.next();
                path.push(character);
            }
            '{' => {
                characters.by_ref().take_while(|character| *character != '}').for_each(drop);
                path.push_str(value);
            }
            other => path.push(other),
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::{Options, doors, fill};
    use portcullis_policy::{Access, Entry, Policy, Route};

    static POLICY: Policy = Policy::new("app::endpoint", 0, Access::Authenticated);

    fn entry(methods: &[&'static str], path: &str) -> Entry {
        Entry::Endpoint { route: Route::Path { methods: methods.to_vec(), path: path.to_owned() }, policy: &POLICY }
    }

    fn ways(route: &Route, entries: &[Entry]) -> Vec<String> {
        let doors = doors(route, entries, &Options::default());
        let first = |door: super::Door| door.ways.first().map(|way| format!("{} {}", way.method, way.uri));
        doors.into_iter().filter_map(first).collect()
    }

    #[test]
    fn parameters_and_wildcards_are_filled_and_braces_are_unescaped() {
        for (pattern, path) in
            [("/", "/"), ("/users/{id}", "/users/7"), ("/{a}/b/{*rest}", "/7/b/7"), ("/{{x}}/{y}", "/{x}/7"), ("/{open", "/7")]
        {
            assert_eq!(fill(pattern, "7"), path);
        }
    }

    #[test]
    fn get_answers_head_unless_somebody_else_does() {
        let route = Route::Path { methods: vec!["GET"], path: "/a".to_owned() };
        assert_eq!(ways(&route, &[entry(&["GET"], "/a")]), ["GET /a", "HEAD /a"]);
        assert_eq!(ways(&route, &[entry(&["GET"], "/a"), entry(&["HEAD"], "/a")]), ["GET /a"]);
    }

    #[test]
    fn any_method_is_some_that_nobody_else_answers() {
        let route = Route::Path { methods: vec!["*"], path: "/a".to_owned() };
        assert_eq!(ways(&route, &[entry(&["*"], "/a"), entry(&["POST"], "/a")]), ["GET /a", "DELETE /a"]);
    }

    #[test]
    fn fallbacks_are_reached_below_their_prefix() {
        let route = Route::Fallback { prefix: "/t/{tenant}".to_owned() };
        assert_eq!(ways(&route, &[]), ["GET /t/1/portcullis-probe-nowhere"]);
        let route = Route::MethodNotAllowed { prefix: "/t".to_owned() };
        let entries = [entry(&["GET"], "/other"), entry(&["*"], "/t/all"), entry(&["PATCH", "GET"], "/t/{id}")];
        assert_eq!(ways(&route, &entries), ["PUT /t/1"]);
    }
}
