//! What handlers become, read by a person.

use super::expand;
use expect_test::expect;

const README: &str = "async fn create_user(Valid(Json(user)): Valid<Json<NewUser>>) -> Json<NewUser> {
    Json(user)
}";

#[test]
fn the_example_of_the_readme() {
    expect![[r##"
        #[doc(hidden)]
        struct create_user {}
        impl ::portcullis::PolicyOf for create_user {
            type When = ::portcullis::__private::Always;
            const POLICY: &'static ::portcullis::Policy = &::portcullis::Policy::new(
                    ::core::concat!(::core::module_path!(), "::create_user"),
                    (2612314575158424142, ::core::include_bytes!("/service/security.toml")).0,
                    ::portcullis::__private::role("admin", [1, 0, 0, 0]),
                )
                .limits(&[::portcullis::Limit::new(5, 60, 5, ::portcullis::RateKey::Principal)])
                .input(::portcullis::InputFormat::Json);
        }
        fn create_user(
            __portcullis: ::portcullis::Call<create_user, (), Valid<Json<NewUser>>>,
        ) -> impl ::core::future::Future<Output = ::portcullis::__private::Response> {
            async fn create_user(Valid(Json(user)): Valid<Json<NewUser>>) -> Json<NewUser> {
                Json(user)
            }
            use ::portcullis::argument::{self as __portcullis, AnyArgument as _};
            __portcullis::validated(&__portcullis::Argument::<Valid<Json<NewUser>>>::OF.input());
            __portcullis.run(|(), __p0| create_user(__p0))
        }
    "##]]
    .assert_eq(&expand(r#"role = "admin", rate = "5/min""#, README));
}

#[test]
fn the_example_of_the_readme_is_short_and_has_no_control_flow() {
    let page = include_str!("../../../../README.md");
    assert!(page.contains(&format!("#[secure(role = \"admin\", rate = \"5/min\")]\n{README}")), "the README has another example");
    let expansion = expand(r#"role = "admin", rate = "5/min""#, README);
    assert!(expansion.lines().count() <= 25, "{} lines:\n{expansion}", expansion.lines().count());
    for start in ["if ", "match ", "for ", "while ", "loop ", "return ", "let "] {
        assert!(!expansion.lines().any(|line| line.trim_start().starts_with(start)), "{start}");
    }
}

#[test]
fn a_generic_handler_with_a_condition() {
    let item = "/// Replaces a document.
        #[tracing::instrument(skip_all)]
        pub(crate) async fn put_doc<R: Repo, const N: usize>(
            Path(mut id): Path<u64>,
            State(repo): State<R>,
            Valid(Json(Draft { title, body: _ })): Valid<Json<Draft<N>>>,
        ) -> impl IntoResponse where R::Error: Into<Problem> {
            repo.put(id, title).await
        }";
    let attribute = r#"allow(all(authenticated, any(role = "user", not(scope = "reports:read")))),
        when = repo.owner(*id).await == principal.subject()"#;
    expect![[r##"
        #[doc(hidden)]
        pub(crate) struct put_doc {}
        impl ::portcullis::PolicyOf for put_doc {
            type When = Self;
            const POLICY: &'static ::portcullis::Policy = &::portcullis::Policy::new(
                    ::core::concat!(::core::module_path!(), "::put_doc"),
                    (2612314575158424142, ::core::include_bytes!("/service/security.toml")).0,
                    ::portcullis::Access::Allow(
                        ::portcullis::Requirement::All(
                            &[
                                ::portcullis::Requirement::Authenticated,
                                ::portcullis::Requirement::Any(
                                    &[
                                        ::portcullis::Requirement::Role(
                                            "user",
                                            ::portcullis::Mask::from_words([3, 0, 0, 0]),
                                        ),
                                        ::portcullis::Requirement::Not(
                                            &::portcullis::Requirement::Scope(
                                                "reports:read",
                                                ::portcullis::Mask::from_words([4, 0, 0, 0]),
                                            ),
                                        ),
                                    ],
                                ),
                            ],
                        ),
                    ),
                )
                .when("repo.owner(*id).await == principal.subject()")
                .input(::portcullis::InputFormat::Json);
            const FITS: ::core::option::Option<fn(&mut ::portcullis::__private::Fitting<'_>)> = {
                fn look(fitting: &mut ::portcullis::__private::Fitting<'_>) {
                    #[allow(unused_imports, reason = "an argument may know for itself")]
                    use ::portcullis::__private::AnyFit as _;
                    (&::portcullis::__private::Fit::<Path<u64>>::OF).look(fitting);
                }
                ::core::option::Option::Some(look)
            };
        }
        impl<
            R: Repo,
            const N: usize,
        > ::portcullis::Condition<(Path<u64>, State<R>), Valid<Json<Draft<N>>>> for put_doc
        where
            R::Error: Into<Problem>,
        {
            async fn before_body(
                principal: &::portcullis::Principal,
                (Path(id), State(repo)): &(Path<u64>, State<R>),
            ) -> ::core::primitive::bool {
                repo.owner(*id).await == principal.subject()
            }
        }
        /// Replaces a document.
        pub(crate) fn put_doc<R: Repo, const N: usize>(
            __portcullis: ::portcullis::Call<
                put_doc,
                (Path<u64>, State<R>),
                Valid<Json<Draft<N>>>,
            >,
        ) -> impl ::core::future::Future<Output = ::portcullis::__private::Response>
        where
            R::Error: Into<Problem>,
        {
            #[tracing::instrument(skip_all)]
            async fn put_doc<R: Repo, const N: usize>(
                Path(mut id): Path<u64>,
                State(repo): State<R>,
                Valid(Json(Draft { title, body: _ })): Valid<Json<Draft<N>>>,
            ) -> impl IntoResponse
            where
                R::Error: Into<Problem>,
            {
                repo.put(id, title).await
            }
            use ::portcullis::argument::{self as __portcullis, AnyArgument as _};
            __portcullis::validated(&__portcullis::Argument::<Path<u64>>::OF.input());
            __portcullis::validated(&__portcullis::Argument::<State<R>>::OF.input());
            __portcullis::validated(
                &__portcullis::Argument::<Valid<Json<Draft<N>>>>::OF.input(),
            );
            __portcullis.run(|(__p0, __p1), __p2| put_doc::<R, N>(__p0, __p1, __p2))
        }
    "##]]
    .assert_eq(&expand(attribute, item));
}

#[test]
fn a_public_endpoint_counts_by_address() {
    let attribute =
        r#"public = "load balancers probe it", rate("1000/day", "60/min per ip burst 5"), body = "1 KiB", timeout = "1500 ms""#;
    expect![[r##"
        #[doc(hidden)]
        pub struct health {}
        impl ::portcullis::PolicyOf for health {
            type When = ::portcullis::__private::Always;
            const POLICY: &'static ::portcullis::Policy = &::portcullis::Policy::new(
                    ::core::concat!(::core::module_path!(), "::health"),
                    (2612314575158424142, ::core::include_bytes!("/service/security.toml")).0,
                    ::portcullis::Access::Public(
                        ::core::option::Option::Some("load balancers probe it"),
                    ),
                )
                .limits(
                    &[
                        ::portcullis::Limit::new(60, 60, 5, ::portcullis::RateKey::Ip),
                        ::portcullis::Limit::new(1000, 86400, 1000, ::portcullis::RateKey::Ip),
                    ],
                )
                .body(1024)
                .timeout(1500);
        }
        pub fn health(
            __portcullis: ::portcullis::Call<health, (), Option<Principal>>,
        ) -> impl ::core::future::Future<Output = ::portcullis::__private::Response> {
            async fn health(caller: Option<Principal>) -> &'static str {
                "ok"
            }
            use ::portcullis::argument::{self as __portcullis, AnyArgument as _};
            __portcullis::validated(&__portcullis::Argument::<Option<Principal>>::OF.input());
            __portcullis::anonymous(&__portcullis::Argument::<Option<Principal>>::OF.caller());
            __portcullis.run(|(), __p0| health(__p0))
        }
    "##]]
    .assert_eq(&expand(attribute, "pub async fn health(caller: Option<Principal>) -> &'static str { \"ok\" }"));
}

#[test]
fn a_named_route_with_every_other_key() {
    let attribute = r#"authenticated, step_up(max_age = "5 min", mfa), audit = "patient.write", put = "/patients/{id}""#;
    let expansion = expand(attribute, "async fn f(Path(id): Path<u64>, Valid(Form(a)): Valid<Form<A>>) {}");
    let policy = r#"
        .step_up(300, true)
        .audit("patient.write")
        .input(::portcullis::InputFormat::Form)
        .route("PUT", "/patients/{id}");
}
impl ::portcullis::NamedRoute for f {}
"#;
    assert!(expansion.contains(policy), "{expansion}");
    assert!(expand("authenticated, step_up(mfa)", "async fn f() {}").contains(".step_up(0, true);"));
}

#[test]
fn a_route_with_a_mistake_is_a_route_all_the_same() {
    let expansion = expand("authenticated, get = \"/:id\"", "async fn f() {}");
    assert!(expansion.contains("impl ::portcullis::NamedRoute for f {}") && !expansion.contains(".route("), "{expansion}");
    assert!(!expand("authenticated", "async fn f() {}").contains("NamedRoute"));
}

#[test]
fn a_mistake_leaves_a_handler_that_lets_nobody_pass() {
    expect![[r#"
        ::core::compile_error! {
            "an endpoint is asynchronous; write `async fn wipe`"
        }
        ::core::compile_error! {
            "unknown role `admn`: did you mean `admin`? `security.toml` declares `admin` and `user`"
        }
        ::core::compile_error! {
            "unknown unit `mim`, did you mean `min`? the units are `s`, `min`, `h` and `day`"
        }
        #[doc(hidden)]
        struct wipe {}
        impl ::portcullis::PolicyOf for wipe {
            type When = ::portcullis::__private::Always;
            const POLICY: &'static ::portcullis::Policy = &::portcullis::Policy::new(
                ::core::concat!(::core::module_path!(), "::wipe"),
                0,
                ::portcullis::Access::Allow(::portcullis::Requirement::Any(&[])),
            );
        }
        fn wipe(
            __portcullis: ::portcullis::Call<wipe, (), Path<u64>>,
        ) -> impl ::core::future::Future<Output = ::portcullis::__private::Response> {
            async fn wipe(id: Path<u64>) {
                id.0.wipe()
            }
            __portcullis.run(|(), __p0| wipe(__p0))
        }
    "#]]
    .assert_eq(&expand(r#"role = "admn", rate = "5/mim""#, "fn wipe(id: Path<u64>) { id.0.wipe() }"));
}

#[test]
fn a_condition_on_the_body_waits_for_it() {
    let expansion = expand(
        "authenticated, when = draft.owner == principal.subject()",
        "async fn put(Path(id): Path<u64>, Valid(Json(mut draft)): Valid<Json<Draft>>) {}",
    );
    let condition = "async fn after_body(
        principal: &::portcullis::Principal,
        _: &(Path<u64>,),
        Valid(Json(draft)): &Valid<Json<Draft>>,
    ) -> ::core::primitive::bool {";
    assert!(expansion.contains(condition), "{expansion}");
}

#[test]
fn an_argument_called_principal_comes_before_ours() {
    let expansion = expand("authenticated, when = principal.is_owner()", "async fn f(principal: Member, b: State<u8>) {}");
    let condition = "async fn before_body(
        _: &::portcullis::Principal,
        (principal,): &(Member,),
    ) -> ::core::primitive::bool {";
    assert!(expansion.contains(condition), "{expansion}");
}

#[test]
fn arguments_with_cfg_make_a_handler_for_each_case() {
    let expansion = expand("public", "async fn f(a: A, #[cfg(feature = \"x\")] b: B) {}");
    for part in [
        "#[cfg(not(all(all(feature = \"x\"))))]\nfn f(\n    __portcullis: ::portcullis::Call<f, (), A>",
        "#[cfg(all(all(feature = \"x\")))]\nfn f(\n    __portcullis: ::portcullis::Call<f, (A,), B>",
    ] {
        assert!(expansion.contains(part), "{part}\nis not in\n{expansion}");
    }
}

#[test]
fn every_combination_of_cfgs_has_its_handler() {
    let expansion = expand("public", "async fn f(#[cfg(x)] a: A, b: B, #[cfg(y)] #[cfg(z)] c: C) {}");
    for (cfgs, call) in [
        ("#[cfg(not(all(all(x))))]\n#[cfg(not(all(all(y), all(z))))]", "Call<f, (), B>"),
        ("#[cfg(not(all(all(x))))]\n#[cfg(all(all(y), all(z)))]", "Call<f, (B,), C>"),
        ("#[cfg(all(all(x)))]\n#[cfg(not(all(all(y), all(z))))]", "Call<f, (A,), B>"),
        ("#[cfg(all(all(x)))]\n#[cfg(all(all(y), all(z)))]", "Call<f, (A, B), C>"),
    ] {
        let wrapper = format!("{cfgs}\nfn f(\n    __portcullis: ::portcullis::{call}");
        assert_eq!(expansion.matches(&wrapper).count(), 1, "{wrapper}\nis not in\n{expansion}");
    }
    assert_eq!(expansion.matches("struct f {}").count(), 4);
    assert!(!expansion.contains("#[cfg(x)] a"), "{expansion}");
}

#[test]
fn many_arguments_are_nested() {
    let arguments: String = (0..20).map(|n| format!("a{n}: A{n}, ")).collect();
    let expansion = expand("authenticated", &format!("async fn f({arguments}) {{}}")).replace([' ', '\n'], "");
    assert!(expansion.contains("Call<f,((A0,"), "{expansion}");
    assert!(expansion.contains("A15),(A16,A17,A18),),A19,>"), "{expansion}");
    assert!(expansion.contains("__p15,),(__p16,__p17,__p18),),__p19|f(__p0,"), "{expansion}");
}

#[test]
fn attributes_go_where_they_belong() {
    let item = "/// Doc.
        #[deprecated]
        #[allow(clippy::pedantic)]
        #[expect(unused)]
        #[tracing::instrument]
        #[inline]
        async fn f() {}";
    let expansion = expand("authenticated, when = true", item);
    let (outer, inner) = expansion.split_once("Future<Output = ::portcullis::__private::Response> {").unwrap();
    for (attribute, outside, inside) in [
        ("/// Doc.", 1, 0),
        ("#[deprecated]", 1, 0),
        // On the condition and on the outer function, whose level the inner one has.
        ("#[allow(clippy::pedantic)]", 2, 0),
        ("#[expect(unused)]", 1, 0),
        ("#[tracing::instrument]", 0, 1),
        ("#[inline]", 0, 1),
    ] {
        assert_eq!((outer.matches(attribute).count(), inner.matches(attribute).count()), (outside, inside), "{attribute}");
    }
}

#[test]
fn raw_names_lose_their_mark_in_the_name_of_the_policy() {
    let expansion = expand("authenticated", "async fn r#type() {}");
    assert!(expansion.contains("struct r#type {}") && expansion.contains("\"::type\""), "{expansion}");
}
