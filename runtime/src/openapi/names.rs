//! The `operationId`s: the name of the handler, with as much before and behind it as makes it the only one.
//! They do not depend on the order in which a router was put together, so that generated clients stay as they are.

use std::collections::BTreeMap;

/// The names for operations, each given as the path of its handler and its method, in the order given.
pub(super) fn operation_ids(operations: &[(&str, &str)]) -> Vec<String> {
    let forms: Vec<[String; 4]> = operations.iter().map(|(handler, method)| forms(handler, method)).collect();
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for form in forms.iter().flat_map(|forms| {
        // A name that is the same in two forms of one operation is one name.
        let mut own: Vec<&str> = forms.iter().map(String::as_str).collect();
        own.sort_unstable();
        own.dedup();
        own
    }) {
        *count.entry(form).or_default() += 1;
    }
    let mut used: BTreeMap<String, usize> = BTreeMap::new();
    forms
        .iter()
        .map(|forms| {
            let [.., longest] = forms;
            let name = forms.iter().find(|form| count.get(form.as_str()) == Some(&1)).unwrap_or(longest);
            let times = used.entry(name.clone()).or_default();
            *times += 1;
            if *times == 1 { name.clone() } else { format!("{name}_{times}") }
        })
        .collect()
}

/// From the shortest to the longest: `list`, `list_get`, `users_list`, `api_users_list_get`.
fn forms(handler: &str, method: &str) -> [String; 4] {
    let segments: Vec<&str> = handler.split("::").map(|segment| segment.trim_start_matches("r#")).collect();
    let last = |count: usize| segments.iter().rev().take(count).rev().copied().collect::<Vec<_>>().join("_");
    let method = method.to_ascii_lowercase();
    [last(1), format!("{}_{method}", last(1)), last(2), format!("{}_{method}", segments.join("_"))]
}

#[cfg(test)]
mod tests {
    use super::operation_ids;

    #[test]
    fn a_name_that_is_the_only_one_stands_by_itself() {
        assert_eq!(operation_ids(&[("api::users::list", "get"), ("api::users::create", "post")]), ["list", "create"]);
    }

    #[test]
    fn what_tells_operations_apart_is_in_their_names() {
        assert_eq!(operation_ids(&[("api::any", "get"), ("api::any", "post")]), ["any_get", "any_post"]);
        assert_eq!(operation_ids(&[("api::users::list", "get"), ("api::orders::list", "get")]), ["users_list", "orders_list"]);
        assert_eq!(operation_ids(&[("a::x::list", "get"), ("b::x::list", "get")]), ["a_x_list_get", "b_x_list_get"]);
    }

    #[test]
    fn the_same_handler_at_two_paths_is_numbered() {
        assert_eq!(operation_ids(&[("api::show", "get"), ("api::show", "get")]), ["api_show_get", "api_show_get_2"]);
    }

    #[test]
    fn a_name_is_never_given_twice() {
        let ids = operation_ids(&[("m::a_get", "get"), ("m::a", "get"), ("n::a", "get"), ("n::r#async", "get")]);
        let distinct: std::collections::BTreeSet<_> = ids.iter().collect();
        assert_eq!(distinct.len(), ids.len(), "{ids:?}");
        assert_eq!(ids.last().unwrap(), "async");
    }
}
