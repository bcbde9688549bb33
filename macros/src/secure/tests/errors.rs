//! What is wrong with an attribute or a signature, and what is said about it: one mistake, one message, with the remedy.

use super::{book, errors, errors_under};
use crate::rule_book::BookSource;

const HANDLER: &str = "async fn handler(Path(id): Path<u64>) {}";

/// Each attribute has one mistake; its message has this in it.
#[track_caller]
fn one_each(cases: &[(&str, &str)]) {
    for (attribute, wanted) in cases {
        let found = errors(attribute, HANDLER);
        assert!(
            matches!(found.as_slice(), [one] if one.contains(wanted)),
            "`{attribute}` should say {wanted:?} once: {found:#?}"
        );
    }
}

/// Each handler has one mistake, with an attribute that has none.
#[track_caller]
fn one_each_handler(cases: &[(&str, &str)]) {
    for (item, wanted) in cases {
        let found = errors("authenticated", item);
        assert!(matches!(found.as_slice(), [one] if one.contains(wanted)), "`{item}` should say {wanted:?} once: {found:#?}");
    }
}

#[test]
fn attributes_without_mistakes_have_no_errors() {
    for attribute in [
        "public",
        "public = \"why\",",
        "authenticated",
        "role = \"user\"",
        "role = r\"user\", rate = \"5/min\"",
        "scope = \"reports:read\", rate(\"5/min\", \"5/min per ip\", \"100/h\",)",
        "allow(all(role = \"user\", not(role = \"admin\"),))",
        "allow(all(authenticated, not(role = \"admin\")))",
        "allow(role = \"user\"), when = check::<u8, u16>(id, |a, b| a == b), body = \"1 B\"",
        "authenticated, unvalidated = \"why\", timeout = \"1 ms\", crate = crate::prelude::portcullis",
        "authenticated, step_up(max_age = \"5 min\", mfa,), audit = \"patient.read\"",
        "authenticated, step_up(mfa), get = \"/users/{id}\"",
        "public, options = \"/{id}\"",
        "crate = ::renamed, authenticated, crate_ = 1",
    ] {
        let found = errors(attribute, HANDLER);
        assert!(found.is_empty() || attribute.contains("crate_"), "{attribute}: {found:?}");
    }
}

#[test]
fn an_access_is_stated_exactly_once() {
    one_each(&[
        ("", "no access is stated: say who may call with `public ="),
        ("rate = \"5/min\"", "no access is stated"),
        ("public, authenticated", "one access, and `public` states it already; keep one of them"),
        ("role = \"user\", public", "one access, and `role` states it already; keep one of them"),
        ("role = \"user\", role = \"admin\"", "keep `role = \"admin\"` if both are needed, or `role = \"user\"` for either"),
        ("role = \"admin\", role = \"user\"", "keep `role = \"admin\"` if both are needed, or `role = \"user\"` for either"),
        ("role = \"user\", allow(role = \"user\")", "`role` states it already; keep one of them"),
        ("scope = \"reports:read\", allow(not(role = \"user\"))", "`allow(all(scope = \"reports:read\", not(role = \"user\")))`"),
    ]);
    assert_eq!(errors("public, authenticated, role = \"user\"", HANDLER).len(), 2, "every access after the first");
}

#[test]
fn keys_are_known_and_said_once() {
    one_each(&[
        ("rolle = \"admin\"", "unknown key `rolle`: did you mean `role`? the keys are `public`, `authenticated`"),
        ("authenticated, cors = \"partners\"", "unknown key `cors`: "),
        ("authenticated, rate = \"5/min\", rate = \"6/h\"", "`rate` is stated twice; write both in one, as in `rate(\"5/min\""),
        ("authenticated, unvalidated = \"a\", unvalidated = \"b\"", "`unvalidated` is stated twice"),
        ("\"admin\"", "expected a key of `#[secure]`"),
        ("authenticated, = 5", "expected a key of `#[secure]`"),
        ("authenticated rate = \"5/min\"", "expected a comma here"),
        ("public rate = \"5/min\"", "expected a comma here"),
        ("role = \"user\" rate = \"5/min\"", "expected a comma here"),
        ("authenticated, , rate = \"5/min\"", "expected a key"),
    ]);
}

#[test]
fn values_have_the_shape_of_their_key() {
    one_each(&[
        ("role(\"user\")", "`role` is written `role = \"admin\"`"),
        ("role", "`role` is written"),
        ("role = user", "`role` is written"),
        ("role = \"user\"suffix", "`role` is written"),
        ("public(\"why\")", "`public` is written `public = \"load balancers probe it\"` or `public`"),
        ("authenticated = true", "`authenticated` takes no value; write it alone"),
        ("authenticated()", "`authenticated` takes no value; write it alone"),
        ("authenticated, rate = 5", "`rate` is written `rate = \"5/min\"` or `rate(\"5/min\""),
        ("authenticated, rate()", "`rate` is written"),
        ("authenticated, rate(5)", "`rate` is written"),
        ("authenticated, rate[\"5/min\"]", "`rate` is written"),
        ("authenticated, when", "`when` is written `when = principal.subject() == id`"),
        ("authenticated, when(id == 5)", "`when` is written"),
        ("authenticated, when = ", "`when` is written"),
        ("authenticated, when = id ==", "`when` is written"),
        ("authenticated, body = 64", "`body` is written `body = \"64 KiB\"`"),
        ("authenticated, crate = \"portcullis\"", "`crate` is written `crate = my_framework::portcullis`"),
        ("allow", "`allow` is written"),
        ("allow = \"user\"", "`allow` is written"),
        ("allow[role = \"user\"]", "`allow` is written"),
    ]);
}

#[test]
fn predicates_have_parts_that_exist() {
    one_each(&[
        ("allow()", "`allow` takes exactly one predicate; join several with `any(…)` or `all(…)`"),
        ("allow(role = \"user\", role = \"admin\")", "`allow` takes exactly one predicate"),
        ("allow(any())", "`any()` is empty; name at least one role or scope"),
        ("allow(all())", "`all()` is empty"),
        ("allow(not())", "`not` takes exactly one predicate"),
        ("allow(not(role = \"user\", role = \"admin\"))", "`not` takes exactly one predicate"),
        ("allow(an(role = \"user\"))", "unknown predicate `an`: did you mean `any`? a predicate is `any(…)`, `all(…)`"),
        ("allow(any)", "`any` is written `any(…)`"),
        ("allow(any = \"user\")", "`any` is written `any(…)`"),
        ("allow(any(role))", "`role` is written `role = \"…\"`"),
        ("allow(any(role(\"user\")))", "`role` is written `role = \"…\"`"),
        ("allow(\"user\")", "a predicate is `any(…)`"),
        ("allow(any(role = \"user\" role = \"admin\"))", "expected a comma here"),
    ]);
    let deep = |depth: usize| format!("allow({}role = \"user\"{})", "any(".repeat(depth), ")".repeat(depth));
    assert!(errors(&deep(31), HANDLER).is_empty());
    one_each(&[(&deep(32), "predicates nest at most 32 deep"), (&deep(200), "predicates nest at most 32 deep")]);
}

#[test]
fn requirements_that_nobody_can_have_meant_are_refused() {
    one_each(&[
        (
            "allow(all(role = \"admin\", not(role = \"user\")))",
            "a caller with the role `admin` has `user` through it, and is refused by",
        ),
        ("allow(any(role = \"user\", not(role = \"admin\")))", "everybody meets `any(role = \"user\", not(role = \"admin\"))`"),
        ("allow(any(role = \"user\", not(role = \"user\")))", "write `authenticated` if that is meant"),
        ("allow(any(role = \"user\", role = \"admin\"))", "`role = \"admin\"` decides nothing here"),
        ("allow(all(role = \"user\", role = \"user\"))", "`role = \"user\"` stands here twice; keep one"),
        ("allow(not(role = \"admin\"))", "say so: `allow(all(authenticated, not(role = \"admin\")))`"),
        ("allow(authenticated)", "write `authenticated` as the access itself, without `allow`"),
        ("allow(any(authenticated, role = \"user\"))", "a caller with no role and no scope passes by `authenticated`"),
        ("allow(all(authenticated, role = \"user\"))", "`authenticated` decides nothing here"),
        ("allow(any(authenticated = true, role = \"user\"))", "`authenticated` takes no value; write it alone"),
        ("allow(any(authenticated role = \"user\"))", "expected a comma here"),
        ("allow(any(authenticatd, role = \"user\"))", "unknown predicate `authenticatd`: did you mean `authenticated`?"),
    ]);
    assert_eq!(errors("allow(all(authenticated, not(role = \"admin\")))", HANDLER), [""; 0]);
    let nameless = errors_under(&BookSource::Missing, "allow(not(authenticated))", HANDLER);
    assert!(matches!(nameless.as_slice(), [one] if one.starts_with("nobody can meet")), "{nameless:?}");
}

#[test]
fn roles_and_scopes_are_declared() {
    one_each(&[
        ("role = \"admn\"", "unknown role `admn`: did you mean `admin`? `security.toml` declares `admin` and `user`"),
        ("role = \"zebra\"", "unknown role `zebra`: `security.toml` declares `admin` and `user`; use one of them, or add it"),
        ("role = \"reports:read\"", "it is a scope, so write `scope = \"reports:read\"`"),
        ("scope = \"admin\"", "it is a role, so write `role = \"admin\"`"),
        ("scope = \"report:read\"", "unknown scope `report:read`: did you mean `reports:read`?"),
        ("role = \"\"", "unknown role ``"),
    ]);
    assert_eq!(errors("allow(any(role = \"a\", not(all(scope = \"b\", role = \"c\"))))", HANDLER).len(), 3);
}

#[test]
fn without_a_rule_book_the_first_use_says_how_to_begin() {
    let found = errors_under(&BookSource::Missing, "allow(any(role = \"admin\", scope = \"notes:read\"))", HANDLER);
    assert_eq!(
        found,
        [
            "there is no `security.toml` to declare `admin`; create one beside the `Cargo.toml` of the workspace, with these lines:\n\
          [roles]\nadmin = []"
        ]
    );
    let found = errors_under(&BookSource::Missing, "scope = \"notes:read\"", HANDLER);
    assert!(found[0].ends_with("[scopes]\n\"notes:read\" = \"What it permits\""), "{found:?}");
    assert!(errors_under(&BookSource::Missing, "authenticated", HANDLER).is_empty());
}

#[test]
fn a_broken_rule_book_is_reported_whole_and_alone() {
    let messages = vec!["`security.toml` line 1, column 2: a".to_owned(), "`security.toml` line 3, column 4: b".to_owned()];
    let book = BookSource::Broken { messages: messages.clone() };
    assert_eq!(errors_under(&book, "role = \"admn\"", HANDLER), messages);
    assert_eq!(errors_under(&book, "public", HANDLER), messages);
}

#[test]
fn literals_are_of_their_small_languages() {
    one_each(&[
        ("authenticated, rate = \"5/mim\"", "unknown unit `mim`, did you mean `min`?"),
        ("authenticated, rate = \"0/min\"", "0"),
        ("authenticated, rate(\"5/min\", \"\")", "empty"),
        ("authenticated, body = \"64 kbb\"", "unknown unit `kbb`"),
        ("authenticated, timeout = \"10\"", "unit"),
        ("public = \" \"", "the reason is empty: say why anybody may call"),
        ("authenticated, unvalidated = \"\"", "the reason is empty: give the reason"),
    ]);
}

#[test]
fn terms_do_not_contradict_each_other() {
    one_each(&[
        ("public, rate = \"5/min per principal\"", "for it takes a caller without credentials too; write `5/min per ip`"),
        ("public, when = true", "a public endpoint has no principal for `when` to ask about"),
        (
            "authenticated, rate(\"5/min\", \"9/min per principal\")",
            "counts the same calls in the same time as `5/min per principal`",
        ),
        ("authenticated, rate(\"5/min per ip\", \"9/60s per ip burst 1\")", "keep one of them"),
    ]);
}

#[test]
fn a_step_up_has_terms_that_exist() {
    one_each(&[
        ("authenticated, step_up", "`step_up` is written `step_up(max_age = \"5 min\", mfa)`, `step_up(max_age"),
        ("authenticated, step_up = \"5 min\"", "`step_up` is written"),
        ("authenticated, step_up()", "`step_up` is written"),
        ("authenticated, step_up(5)", "`step_up` is written"),
        ("authenticated, step_up(\"5 min\")", "`step_up` is written"),
        ("authenticated, step_up(max_age)", "`step_up` is written"),
        ("authenticated, step_up(max_age = 5)", "`step_up` is written"),
        ("authenticated, step_up(max_age = \"5 mim\")", "unknown unit `mim`, did you mean `min`?"),
        ("authenticated, step_up(max_age = \"0 s\")", "a duration of zero"),
        ("authenticated, step_up(max_age = \"1500 ms\")", "tokens tell the time of a login in whole seconds; write `2 s`"),
        (
            "authenticated, step_up(max_ag = \"5 min\")",
            "unknown term `max_ag` of `step_up`: did you mean `max_age`? the terms are",
        ),
        ("authenticated, step_up(mfa, totp)", "unknown term `totp` of `step_up`: the terms are `max_age` and `mfa`"),
        ("authenticated, step_up(mfa, mfa)", "`mfa` is stated twice; keep one"),
        ("authenticated, step_up(max_age = \"5 min\", max_age = \"6 min\")", "`max_age` is stated twice; keep one"),
        ("authenticated, step_up(mfa = true)", "`mfa` takes no value; write it alone"),
        ("authenticated, step_up(mfa max_age = \"5 min\")", "expected a comma here"),
        ("authenticated, step_up(mfa), step_up(mfa)", "`step_up` is stated twice; keep one"),
        ("public, step_up(mfa)", "the callers of a public endpoint have not logged in, so they cannot step up"),
    ]);
}

#[test]
fn an_audit_record_has_a_name() {
    one_each(&[
        ("authenticated, audit", "`audit` is written `audit = \"patient.read\"`"),
        ("authenticated, audit = \"\"", "the name of the audit record is empty"),
        ("authenticated, audit = \"Patient.Read\"", "has `P` in it: write `patient.read`"),
        ("authenticated, audit = \"a..b\"", "has a dot without a word on each side"),
        ("authenticated, audit = \"a\", audit = \"b\"", "`audit` is stated twice; keep one"),
    ]);
}

#[test]
fn an_endpoint_names_one_route() {
    one_each(&[
        ("authenticated, get", "`get` is written `get = \"/users/{id}\"`"),
        ("authenticated, post(\"/users\")", "`post` is written `post = \"/users\"`"),
        ("authenticated, gett = \"/users\"", "unknown key `gett`: did you mean `get`?"),
        (
            "authenticated, get = \"/{id}\", put = \"/{id}\"",
            "one route, and `get = \"/{id}\"` states it already; keep one of them",
        ),
        ("authenticated, get = \"/{id}\", get = \"/{id}\"", "one route, and `get = \"/{id}\"` states it already"),
        ("authenticated, get = \"{id}\"", "a path starts with `/`: write `/{id}`"),
        ("authenticated, get = \"/:id\"", "write `{id}` for `:id`"),
        ("authenticated, get = \"/{id}/{id}\"", "two parameters are called `id`"),
    ]);
    assert_eq!(errors("authenticated, get = \"/a\", put = \"b\", post = \"c\"", "async fn f() {}").len(), 4);
}

#[test]
fn the_path_of_a_route_fits_what_is_read_from_it() {
    let found = |path: &str, argument: &str| {
        errors(&format!("authenticated, get = {path:?}"), &format!("async fn f(a: {argument}) {{}}"))
    };
    for (path, argument) in [
        ("/users/{id}", "Path<u64>"),
        ("/users/{id}", "Path<(u64,)>"),
        ("/users/{id}", "Path<Uuid>"),
        ("/users/{id}", "Valid<Path<UserPath>>"),
        ("/users/{id}", "Path<()>"),
        ("/users", "State<u64>"),
        ("/{tenant}/{id}", "axum::extract::Path<(String, u64)>"),
        ("/{tenant}/{*rest}", "(Path<(String, String)>, Path<HashMap<String, String>>)"),
        ("/{tenant}/{id}", "Path<UserPath>"),
        ("/{tenant}/{id}", "Path<T>"),
    ] {
        assert_eq!(found(path, argument), [] as [&str; 0], "{path} {argument}");
    }
    let none = "`/users` has no parameter to read; name it in the path, as in `/users/{id}`, or take the argument out";
    for argument in ["Path<u64>", "Path<UserPath>", "Option<Path<u64>>", "Valid<Path<UserPath>>", "Result<Path<(A, B)>, R>"] {
        assert_eq!(found("/users", argument), [none], "{argument}");
    }
    for argument in ["Path<u64>", "Option<axum::extract::Path<String>>", "(State<u8>, Path<bool>)", "Valid<Path<(String)>>"] {
        let message = "`/{tenant}/{id}` has 2 parameters, `tenant` and `id`, and this reads one; take a tuple of 2, or a struct with a \
                       field for each";
        assert_eq!(found("/{tenant}/{id}", argument), [message], "{argument}");
    }
    let message = "`/{tenant}/{id}` has 2 parameters, `tenant` and `id`, and this reads 3; take as many as there are";
    assert_eq!(found("/{tenant}/{id}", "Path<(A, B, C)>"), [message]);
    let message = "`/{id}` has one parameter, `id`, and this reads 2; take as many as there are";
    assert_eq!(found("/{id}", "Result<Path<(A, B)>, R>"), [message]);
}

#[test]
fn several_mistakes_are_reported_at_once() {
    let attribute = "rolle = \"admin\", rate = \"5/mim\", body = 5, timeout = \"1 s\", timeout = \"1 s\"";
    assert_eq!(errors(attribute, "const fn handler(argument: impl Sized) {}").len(), 6);
}

#[test]
fn signatures_are_of_handlers() {
    one_each_handler(&[
        ("async fn f(&self) {}", "a method cannot be an endpoint; move it to a free `async fn f`"),
        ("async fn f(self: Box<Self>, a: u8) {}", "a method cannot be an endpoint"),
        ("fn f() {}", "an endpoint is asynchronous; write `async fn f`"),
        ("const async fn f() {}", "an endpoint is asynchronous, and cannot be `const`; write `async fn f`"),
        ("async unsafe fn f() {}", "an endpoint cannot be `unsafe`"),
        ("async extern \"C\" fn f() {}", "remove `extern`"),
        ("async fn f(a: u8, ...) {}", "remove `...`"),
        ("async fn f<'a>(a: Cow<'a, str>) {}", "remove the lifetime `'a`"),
        ("async fn f(a: State<Vec<impl Repo + 'static>>) {}", "as in `async fn f<T: Repo + 'static>(…)`"),
        ("#[portcullis::secure(public)] async fn f() {}", "a handler has one `#[secure]`"),
        ("async fn f();", "a handler has a body"),
        ("struct F;", "this is no handler; `#[secure]` goes on a free `async fn`"),
        ("impl F { async fn f() {} }", "this is no handler"),
        ("", "this is no handler"),
    ]);
}

#[test]
fn what_a_bare_generic_parameter_reads_is_unknown() {
    one_each_handler(&[
        ("async fn f<B>(a: B) {}", "`B` can be any extractor"),
        ("async fn f<B: Has>(a: B::Input) {}", "`B` can be any extractor"),
        ("async fn f<B: Has>(a: <B as Has>::Input) {}", "`B` can be any extractor"),
        ("async fn f<B>(a: Option<(State<B>, B)>) {}", "`B` can be any extractor"),
    ]);
    assert!(errors("authenticated", "async fn f<B>(a: State<B>, b: Valid<Json<B>>) {}").is_empty());
    assert!(errors("authenticated, unvalidated = \"why\"", "async fn f<B>(a: B) {}").is_empty());
}

#[test]
fn a_condition_needs_arguments_that_settle_the_generic_parameters() {
    let found = errors("authenticated, when = true", "async fn f<T: Kind, const N: usize>(a: State<[u8; N]>) {}");
    assert!(matches!(found.as_slice(), [one] if one.starts_with("`when` cannot tell what `T` is")), "{found:?}");
}

#[test]
fn arguments_have_few_conditions_of_compilation() {
    let arguments = |count: usize| (0..count).map(|n| format!("#[cfg(a{n})] a{n}: A{n},")).collect::<String>();
    assert!(errors("authenticated", &format!("async fn f({}) {{}}", arguments(4))).is_empty());
    one_each_handler(&[(&format!("async fn f({}) {{}}", arguments(5)), "at most 4 arguments with `#[cfg]`")]);
}

#[test]
fn a_method_stays_as_it_is() {
    let item: proc_macro2::TokenStream = "pub async fn f(&self) -> u8 { 1 }".parse().unwrap();
    let expansion = super::secure("authenticated".parse().unwrap(), item.clone(), &book()).to_string();
    assert!(expansion.ends_with(&item.to_string()), "{expansion}");
}
