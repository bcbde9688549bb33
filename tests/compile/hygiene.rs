//! Neighbours with the names that the expansion would use, were it not careful, and Portcullis under other names.

use crate::support::{answer, posted};
use portcullis::{SecureRouter, prelude::get, prelude::post};

/// Everything that a prelude has, and everything that the expansion names, as something else.
#[allow(
    dead_code,
    non_camel_case_types,
    non_upper_case_globals,
    unused_macros,
    unused_imports,
    clippy::upper_case_acronyms,
    reason = "this module is as hostile as a module can be"
)]
mod shadowed {
    use ::axum::{
        Json as Body_,
        extract::{Path, State as State_},
    };
    use ::portcullis::{Valid as Valid_, prelude::secure};

    macro_rules! hostile {
        ($($name:ident)*) => { $(pub(super) enum $name {})* };
    }
    hostile! {
        Option Result Vec String Box Some None Ok Err Send Sync Sized Fn FnOnce Future IntoResponse Response Copy Clone Default Drop
        From Into Iterator ToOwned ToString Principal Call Policy PolicyOf Condition Access Always Argument AnyArgument Limit Mask
        RateKey Requirement Role RuleBook Scope Valid Json State Rate Guarded Self_ P Parts Body
        bool str u8 u32 u64 usize char
    }
    mod core {}
    mod std {}
    mod alloc {}
    mod axum {}
    mod portcullis {}
    mod portcullis_policy {}
    mod __private {}

    const call: () = ();
    const run: () = ();
    const body: () = ();
    const parts: () = ();
    const a0: () = ();
    const a1: () = ();
    const id_: () = ();
    static POLICY: () = ();
    static OF: () = ();

    fn validated() {}
    fn anonymous() {}

    macro_rules! module_path {
        () => {
            compile_error!("the wrong macro")
        };
    }
    macro_rules! concat {
        ($($any:tt)*) => {
            compile_error!("the wrong macro")
        };
    }
    macro_rules! include_bytes {
        ($($any:tt)*) => {
            compile_error!("the wrong macro")
        };
    }
    macro_rules! stringify {
        ($($any:tt)*) => {
            compile_error!("the wrong macro")
        };
    }
    macro_rules! assert {
        ($($any:tt)*) => {
            compile_error!("the wrong macro")
        };
    }

    #[secure(public = "the whole of it", rate = "5/min", body = "1 KiB", timeout = "5 s")]
    pub(super) async fn all_public(Path(id): Path<::core::primitive::u64>) -> ::std::string::String {
        ::std::format!("{id}")
    }

    #[secure(allow(any(role = "admin", scope = "notes:write")), when = id == &5, rate("5/min", "100/h per ip"))]
    pub(super) async fn all_of_a_principal(
        Path(id): Path<::core::primitive::u64>,
        who: ::portcullis::Principal,
        State_(number): State_<::core::primitive::u32>,
    ) -> ::std::string::String {
        ::std::format!("{id} {} {number}", who.subject())
    }

    #[secure(authenticated, when = number.0 > 5)]
    pub(super) async fn checked(Valid_(Body_(number)): Valid_<Body_<Number>>) -> ::std::string::String {
        ::std::format!("{}", number.0)
    }

    #[secure(authenticated, unvalidated = "why not")]
    pub(super) async fn raw<T: ::core::fmt::Display + ::core::marker::Send>(
        text: ::std::string::String,
    ) -> ::std::string::String {
        text
    }

    #[derive(::serde::Deserialize, ::garde::Validate)]
    #[garde(transparent)]
    pub(super) struct Number(#[garde(range(max = 100))] ::core::primitive::u32);
}

#[tokio::test]
async fn a_shadowed_prelude_changes_nothing() {
    assert_eq!(answer(SecureRouter::new().route("/{id}", get(shadowed::all_public)), "/5").await, "5");
    let router = SecureRouter::new().route("/{id}", get(shadowed::all_of_a_principal)).with_state(7);
    assert_eq!(answer(router, "/5").await, "5 alice 7");
    let router = || SecureRouter::new().route("/", post(shadowed::checked));
    assert_eq!(posted(router(), "/", "6").await.1, "6");
    assert_eq!(posted(router(), "/", "5").await.0, 403);
    assert_eq!(posted(router(), "/", "101").await.0, 422);
    assert_eq!(posted(SecureRouter::new().route("/", post(shadowed::raw::<u8>)), "/", "x").await.1, "x");
}

/// Handlers and arguments whose names are those of the expansion.
mod named_like_the_expansion {
    use ::axum::http::Method;
    use ::portcullis::Principal;

    macro_rules! handlers {
        ($($name:ident)*) => { $(
            #[::portcullis::secure(authenticated, when = parts == Method::GET)]
            pub(super) async fn $name(call: Method, run: Method, parts: Method, body: Method, handler: Principal) -> String {
                format!("{call} {run} {parts} {body} {}", handler.subject())
            }
        )* };
    }
    handlers! { call run handler portcullis core std axum secure vet main principal condition before_body after_body validated of bool }

    pub(super) fn routes() -> ::portcullis::SecureRouter {
        use ::portcullis::prelude::get;
        let router =
            ::portcullis::SecureRouter::new().route("/call", get(call)).route("/run", get(run)).route("/handler", get(handler));
        let router = router.route("/portcullis", get(portcullis)).route("/core", get(core)).route("/std", get(std));
        let router = router.route("/axum", get(axum)).route("/secure", get(secure)).route("/vet", get(vet));
        let router = router.route("/main", get(main)).route("/principal", get(principal)).route("/condition", get(condition));
        let router = router.route("/before_body", get(before_body)).route("/after_body", get(after_body)).route("/of", get(of));
        router.route("/validated", get(validated)).route("/bool", get(bool))
    }
}

#[tokio::test]
async fn no_name_of_a_handler_or_an_argument_is_taken() {
    for entry in
        ["call", "run", "handler", "portcullis", "core", "std", "axum", "secure", "vet", "main", "principal", "validated", "bool"]
    {
        let answer = answer(named_like_the_expansion::routes(), &format!("/{entry}")).await;
        assert_eq!(answer, "GET GET GET GET alice", "{entry}");
    }
}

/// Portcullis under another name, and as a part of something else.
mod elsewhere {
    use portcullis_tests::framework;

    pub(super) use portcullis as gate;

    #[portcullis::secure(role = "admin", rate = "5/min", crate = gate)]
    pub(super) async fn renamed() -> &'static str {
        "renamed"
    }

    #[gate::secure(authenticated, when = id == "5", crate = crate::hygiene::elsewhere::gate)]
    pub(super) async fn by_absolute_path(
        gate::Valid(axum::extract::Path(id)): gate::Valid<axum::extract::Path<super::Word>>,
    ) -> String {
        id.0
    }

    #[framework::portcullis::secure(public, crate = portcullis_tests::framework::portcullis)]
    pub(super) async fn through_another_crate() -> &'static str {
        "another crate"
    }

    #[framework::portcullis::secure(public, crate = ::portcullis_tests::framework::portcullis)]
    pub(super) async fn through_another_crate_from_the_root() -> &'static str {
        "the root"
    }

    #[framework::portcullis::secure(public, crate = super::elsewhere::gate)]
    pub(super) async fn through_a_parent() -> &'static str {
        "a parent"
    }
}

#[derive(serde::Deserialize, garde::Validate)]
#[garde(transparent)]
struct Word(#[garde(length(max = 5))] String);

impl PartialEq<str> for Word {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

#[tokio::test]
async fn portcullis_may_be_anywhere() {
    assert_eq!(answer(SecureRouter::new().route("/", get(elsewhere::renamed)), "/").await, "renamed");
    assert_eq!(answer(SecureRouter::new().route("/{id}", get(elsewhere::by_absolute_path)), "/5").await, "5");
    assert_eq!(answer(SecureRouter::new().route("/", get(elsewhere::through_another_crate)), "/").await, "another crate");
    assert_eq!(
        answer(SecureRouter::new().route("/", get(elsewhere::through_another_crate_from_the_root)), "/").await,
        "the root"
    );
    assert_eq!(answer(SecureRouter::new().route("/", get(elsewhere::through_a_parent)), "/").await, "a parent");
    let book = portcullis::rule_book!(crate = portcullis_tests::framework::portcullis);
    assert!(book.role("admin").is_some());
}
