//! Handlers outside the guard, by whatever name axum is called.

use super::{check, check_files, found, ids, message};

const SECURED: &str = "use portcullis::prelude::*;\n#[secure(role = \"admin\")]\npub async fn guarded() {}\n";

#[test]
fn axum_is_found_by_every_name() {
    for source in [
        "use axum::{Router, routing::get}; fn app() -> Router { Router::new().route(\"/\", get(open)) } async fn open() {}",
        "use axum::routing::get as read; fn app() { route(read(open)) } async fn open() {}",
        "use axum::routing; fn app() { route(routing::get(open)) } async fn open() {}",
        "use axum as web; fn app() { route(web::routing::post(open)) } async fn open() {}",
        "extern crate axum as web; fn app() { route(web::routing::post(open)) } async fn open() {}",
        "use ::axum::routing::*; fn app() { route(delete(open)) } async fn open() {}",
        "use axum::{self, routing::{self as r}}; fn app() { route(r::any(open)) } async fn open() {}",
        "fn app() { use axum::routing::get; route(get(open)) } async fn open() {}",
        "mod a { pub use axum::routing::get as read; } use a::read; fn app() { route(read(open)) } async fn open() {}",
        "mod a { pub use axum::routing::*; } use a::*; fn app() { route(get(open)) } async fn open() {}",
        "use axum::routing::get; mod a { use super::*; fn app() { route(get(open)) } } async fn open() {}",
        "type App = axum::Router<()>; fn app() -> App { App::new().fallback(open) } async fn open() {}",
        "fn app() -> axum::Router { axum::Router::default().fallback(open) } async fn open() {}",
        "fn app(router: axum::Router) -> axum::Router { router.fallback(open) } async fn open() {}",
        "fn app() { let mut app = axum::Router::new(); app = app.method_not_allowed_fallback(open); } async fn open() {}",
        "fn app() { route(axum::routing::MethodRouter::new().put(open)) } async fn open() {}",
        "fn app() { route(axum::routing::get_service(files)) }",
        "fn app() -> axum::Router { axum::Router::new().route_service(\"/\", ServeDir::new(\"x\")) }",
        "fn app() { assert!(works(axum::routing::get(open))) } async fn open() {}",
        "fn app() { route(axum::routing::get(|| async { \"open\" })) }",
        "fn app() { route(axum::routing::get(open.layer(x))) } async fn open() {}",
        "fn app() -> axum::Router { secured.secured_by(security)?.fallback(open) } async fn open() {}",
    ] {
        assert_eq!(found(source), ["PC101"], "{source}");
    }
}

#[test]
fn each_handler_of_a_chain_is_a_finding_of_its_own() {
    let source =
        "use axum::routing::get; fn app() { route(get(a).post(b).delete(c)) } async fn a() {} async fn b() {} async fn c() {}";
    assert_eq!(found(source), ["PC101"; 3]);
}

#[test]
fn what_is_not_axum_is_left_alone() {
    for source in [
        "use portcullis::prelude::*; fn app() -> SecureRouter { SecureRouter::new().route(\"/\", get(open)) }",
        "use portcullis::routing::get; fn app() { route(get(open)) }",
        "fn get(x: u8) -> u8 { x } fn app() { get(1); }",
        "use std::collections::HashMap; fn app(map: HashMap<u8, u8>) { map.get(&1); map.get(key).any(open); }",
        "mod mine { pub fn get(x: u8) {} } use mine::get; fn app() { get(1) }",
        "use axum::routing::get; fn app() { fn get(x: u8) {} get(1) }",
        "fn app() -> axum::Router { axum::Router::new().nest(\"/api\", secured.secured_by(security)?).layer(x) }",
        "fn app() -> axum::Router { axum::Router::new().fallback_service(secured.secured_by(security)?) }",
        "fn app(inner: Mine) { inner.fallback(open); let router = Mine::new(); router.fallback(open); }",
        "#[cfg(test)] mod tests { fn app() { route(axum::routing::get(open)) } }",
        "#[test] fn app() { route(axum::routing::get(open)) }",
        "use client::get; fn app() { get(\"https://example.com\") }",
    ] {
        assert_eq!(found(source), [""; 0], "{source}");
    }
}

#[test]
fn a_secured_handler_is_known_by_its_definition_and_not_by_its_name() {
    let in_plain = |app: &str| found(&format!("{SECURED} fn app() {{ route({app}) }}"));
    assert_eq!(in_plain("axum::routing::get(guarded)"), ["PC103"]);
    assert_eq!(in_plain("axum::routing::get(crate::guarded)"), ["PC103"]);
    assert_eq!(in_plain("axum::routing::get(self::guarded)"), ["PC103"]);
    // The same name in another module.
    let shadow = format!(
        "{SECURED} mod open {{ pub async fn guarded() {{}} }} fn app() {{ route(axum::routing::get(open::guarded)); guarded; }}"
    );
    assert_eq!(found(&shadow), ["PC101"]);
}

#[test]
fn handlers_are_followed_from_file_to_file() {
    let main = "mod users; use users::list as list_users; fn app() { route(axum::routing::get(list_users).post(users::create)) }";
    let users = "use portcullis::secure as guard;\n#[guard(role = \"admin\")]\npub async fn list() {}\npub async fn create() {}";
    let findings = check_files(&[("src/main.rs", main), ("src/users.rs", users)]);
    assert_eq!(ids(&findings), ["PC103", "PC101"]);
}

#[test]
fn the_door_past_the_guard_is_one_finding_and_its_routes_are_none() {
    for routes in [
        "SecureRouter::new().merge_unsecured(axum::Router::new().route(\"/\", axum::routing::get(open)), \"why it is open\")",
        "{ let plain = axum::Router::new().route(\"/\", axum::routing::get(open)); SecureRouter::new().merge_unsecured(plain, \"why\") }",
        "SecureRouter::new().merge_unsecured(plain(), \"why\") } fn plain() -> axum::Router { axum::Router::new().fallback(open)",
    ] {
        let source = format!("use portcullis::prelude::*; async fn open() {{}} fn app() -> SecureRouter {{ {routes} }}");
        assert_eq!(found(&source), ["PC102"], "{source}");
    }
    let beside =
        "fn app() { SecureRouter::new().merge_unsecured(axum::Router::new(), \"why\"); route(axum::routing::get(open)) }";
    assert_eq!(found(beside), ["PC102", "PC101"]);
}

#[test]
fn a_handler_is_routed_if_any_expression_mentions_it() {
    let with = |rest: &str| found(&format!("{SECURED} {rest}"));
    assert_eq!(with(""), ["PC104"]);
    assert_eq!(with("fn app() -> SecureRouter { SecureRouter::new().mount(guarded) }"), [""; 0]);
    assert_eq!(with("fn app() { routes!(guarded) }"), [""; 0]);
    // Neither a string nor a test routes it.
    assert_eq!(with("const NAME: &str = \"guarded\";"), ["PC104"]);
    assert_eq!(with("#[test] fn works() { get(guarded) }"), ["PC104"]);
    let main = "mod users; use users::list as list_users; fn app() { route(portcullis::routing::get(list_users)) }";
    let users = "#[portcullis::secure(role = \"admin\")] pub async fn list() {}";
    assert_eq!(ids(&check_files(&[("src/main.rs", main), ("src/users.rs", users)])), [""; 0]);
}

#[test]
fn a_finding_points_at_the_handler_and_names_it() {
    let source = "use axum::routing::get;\nfn app() {\n    route(\"é\", get(list_users));\n}\nasync fn list_users() {}";
    let findings = check(source);
    let place = findings[0].place;
    assert_eq!((place.line, place.column, place.end_line, place.end_column), (3, 20, 3, 30));
    assert_eq!(findings[0].item, "app");
    assert!(message(source).starts_with("`list_users` is routed by axum itself"));
}

#[test]
fn imports_that_go_in_circles_end() {
    for source in [
        "use a::get; mod a { pub use super::get; } fn app() { get(x) }",
        "use self::*; fn app() { get(x) }",
        "mod a { pub use super::b::*; } mod b { pub use super::a::*; } use a::*; fn app() { get(x); Router::new().fallback(x) }",
        "use get::get; use Router::Router; fn app() { get(x); Router::new() }",
        "type A = B; type B = A; fn app() { A::new().fallback(x) }",
        "use super::super::super::x; fn app() { x(1) }",
    ] {
        assert_eq!(found(source), [""; 0], "{source}");
    }
}
