//! What types become, read by a person.

use super::{expand, expand_described};
use expect_test::expect;

#[test]
fn the_example_of_the_page() {
    expect![[r#"
        const _: () = {
            use ::portcullis as __portcullis;
            const __RULE_BOOK: ::core::primitive::u64 = (
                2612314575158424142,
                ::core::include_bytes!("/service/security.toml"),
            )
                .0;
            enum __Rule2 {}
            impl __portcullis::answer::Rule for __Rule2 {
                const RULE_BOOK: ::core::primitive::u64 = __RULE_BOOK;
                const SHOWN_TO: __portcullis::Requirement = __portcullis::Requirement::Role(
                    "admin",
                    __portcullis::Mask::from_words([1, 0, 0, 0]),
                );
            }
            enum __Rule3 {}
            impl __portcullis::answer::Rule for __Rule3 {
                const RULE_BOOK: ::core::primitive::u64 = __RULE_BOOK;
                const SHOWN_TO: __portcullis::Requirement = __portcullis::Requirement::Scope(
                    "reports:read",
                    __portcullis::Mask::from_words([4, 0, 0, 0]),
                );
            }
            #[derive(__portcullis::__private::serde::Serialize)]
            #[serde(rename_all = "camelCase", crate = "__portcullis::__private::serde")]
            #[__portcullis::__private::vanish]
            struct Account {
                name: String,
                #[serde(
                    serialize_with = "< String as __portcullis :: answer :: Maskable < _ >> :: masked :: < 0 , 4 , _ >"
                )]
                iban: String,
                #[serde(
                    skip_serializing_if = "__portcullis :: answer :: hidden :: < __Rule2 , _ >"
                )]
                notes: Option<String>,
                #[serde(
                    rename = "tax",
                    serialize_with = "< Secret < String > as __portcullis :: answer :: Maskable < _ >> :: whole_or_masked :: < __Rule3 , 0 , 0 , _ , _ >"
                )]
                tax_number: Secret<String>,
            }
            #[automatically_derived]
            impl __portcullis::Output for Account {}
        };
    "#]]
    .assert_eq(&expand(
        r#"#[serde(rename_all = "camelCase")]
        struct Account {
            name: String,
            #[mask(last = 4)]
            iban: String,
            #[visible(role = "admin")]
            notes: Option<String>,
            #[serde(rename = "tax")]
            #[visible(scope = "reports:read")]
            #[mask(all)]
            tax_number: Secret<String>,
        }"#,
    ));
}

#[test]
fn a_generic_type_with_conditions_of_its_own() {
    expect![[r#"
        const _: () = {
            use my::portcullis as __portcullis;
            const __RULE_BOOK: ::core::primitive::u64 = (
                2612314575158424142,
                ::core::include_bytes!("/service/security.toml"),
            )
                .0;
            enum __Rule0 {}
            impl __portcullis::answer::Rule for __Rule0 {
                const RULE_BOOK: ::core::primitive::u64 = __RULE_BOOK;
                const SHOWN_TO: __portcullis::Requirement = __portcullis::Requirement::Role(
                    "user",
                    __portcullis::Mask::from_words([3, 0, 0, 0]),
                );
            }
            fn __hidden0<'a, T: Item + 'a>(value: &Vec<&'a T>) -> ::core::primitive::bool
            where
                T::Id: Copy,
            {
                __portcullis::answer::hidden::<__Rule0, _>(value) || Vec::is_empty(value)
            }
            #[derive(__portcullis::__private::serde::Serialize)]
            #[serde(crate = "__portcullis::__private::serde")]
            #[__portcullis::__private::vanish]
            pub(crate) enum Page<'a, T: Item + 'a, const N: usize = 3>
            where
                T::Id: Copy,
            {
                Full {
                    #[serde(skip_serializing_if = "__hidden0")]
                    items: Vec<&'a T>,
                    #[serde(
                        serialize_with = "< Option < Box < Page < 'a , T , N > > > as __portcullis :: answer :: Field < _ > > :: open"
                    )]
                    next: Option<Box<Self>>,
                    #[serde(
                        serialize_with = "< T :: Id as __portcullis :: answer :: Field < _ > > :: open",
                        bound(
                            serialize = "T :: Id : __portcullis :: __private :: serde :: Serialize"
                        )
                    )]
                    id: T::Id,
                },
                #[serde(rename = "none")]
                Empty,
                Bare(
                    #[serde(
                        serialize_with = "< T as __portcullis :: answer :: Maskable < _ >> :: masked :: < 0 , 0 , _ >",
                        bound(serialize = "T : :: core :: fmt :: Display")
                    )]
                    T,
                ),
            }
            #[automatically_derived]
            impl<'a, T: Item + 'a, const N: usize> __portcullis::Output for Page<'a, T, N>
            where
                T::Id: Copy,
                Self: __portcullis::__private::serde::Serialize,
            {}
        };
    "#]]
    .assert_eq(&expand(
        r#"#[output(crate = my::portcullis)]
        pub(crate) enum Page<'a, T: Item + 'a, const N: usize = 3> where T::Id: Copy {
            Full {
                #[serde(skip_serializing_if = "Vec::is_empty")]
                #[visible(role = "user")]
                items: Vec<&'a T>,
                next: Option<Box<Self>>,
                id: T::Id,
            },
            #[serde(rename = "none")]
            Empty,
            Bare(#[mask(all)] T),
        }"#,
    ));
}

#[test]
fn a_type_with_a_schema() {
    expect![[r#"
        const _: () = {
            use ::portcullis as __portcullis;
            const __RULE_BOOK: ::core::primitive::u64 = (
                2612314575158424142,
                ::core::include_bytes!("/service/security.toml"),
            )
                .0;
            enum __Rule2 {}
            impl __portcullis::answer::Rule for __Rule2 {
                const RULE_BOOK: ::core::primitive::u64 = __RULE_BOOK;
                const SHOWN_TO: __portcullis::Requirement = __portcullis::Requirement::Role(
                    "admin",
                    __portcullis::Mask::from_words([1, 0, 0, 0]),
                );
            }
            enum __Rule3 {}
            impl __portcullis::answer::Rule for __Rule3 {
                const RULE_BOOK: ::core::primitive::u64 = __RULE_BOOK;
                const SHOWN_TO: __portcullis::Requirement = __portcullis::Requirement::Role(
                    "admin",
                    __portcullis::Mask::from_words([1, 0, 0, 0]),
                );
            }
            enum __Rule4 {}
            impl __portcullis::answer::Rule for __Rule4 {
                const RULE_BOOK: ::core::primitive::u64 = __RULE_BOOK;
                const SHOWN_TO: __portcullis::Requirement = __portcullis::Requirement::Role(
                    "user",
                    __portcullis::Mask::from_words([3, 0, 0, 0]),
                );
            }
            fn __schema0(
                generator: &mut __portcullis::__private::schemars::SchemaGenerator,
            ) -> __portcullis::__private::schemars::Schema {
                use __portcullis::answer::{
                    Described as _, Masked as _, Undescribed as _, Unmasked as _,
                };
                type __T = Option<String>;
                __portcullis::answer::Probe::<__T>::OF.mask_schema()
            }
            fn __schema1(
                generator: &mut __portcullis::__private::schemars::SchemaGenerator,
            ) -> __portcullis::__private::schemars::Schema {
                use __portcullis::answer::{
                    Described as _, Masked as _, Undescribed as _, Unmasked as _,
                };
                __portcullis::answer::any_mask_schema(generator)
            }
            fn __schema2(
                generator: &mut __portcullis::__private::schemars::SchemaGenerator,
            ) -> __portcullis::__private::schemars::Schema {
                use __portcullis::answer::{
                    Described as _, Masked as _, Undescribed as _, Unmasked as _,
                };
                type __T = Secret<String>;
                __portcullis::answer::whole_or_mask::<
                    1,
                    0,
                >(
                    __portcullis::answer::Probe::<__T>::OF.schema(generator),
                    __portcullis::answer::Probe::<__T>::OF.mask_schema(),
                )
            }
            #[derive(__portcullis::__private::serde::Serialize)]
            #[derive(__portcullis::__private::schemars::JsonSchema)]
            #[schemars(crate = "__portcullis::__private::schemars")]
            /// An account.
            #[schemars(title = "Account")]
            #[serde(crate = "__portcullis::__private::serde")]
            #[__portcullis::__private::vanish]
            struct Account<T> {
                /// Where the money is.
                #[schemars(transform = __portcullis::answer::note_masked::<0, 4>)]
                #[schemars(schema_with = "__schema0")]
                #[serde(
                    serialize_with = "< Option < String > as __portcullis :: answer :: Maskable < _ >> :: masked :: < 0 , 4 , _ >"
                )]
                iban: Option<String>,
                #[schemars(transform = __portcullis::answer::note_masked::<0, 0>)]
                #[schemars(schema_with = "__schema1")]
                #[serde(
                    serialize_with = "< T as __portcullis :: answer :: Maskable < _ >> :: masked :: < 0 , 0 , _ >",
                    bound(serialize = "T : :: core :: fmt :: Display")
                )]
                masked: T,
                #[schemars(
                    transform = __portcullis::answer::note_visible_or_masked::<__Rule2,
                    1,
                    0>
                )]
                #[schemars(schema_with = "__schema2")]
                #[serde(
                    serialize_with = "< Secret < String > as __portcullis :: answer :: Maskable < _ >> :: whole_or_masked :: < __Rule2 , 1 , 0 , _ , _ >"
                )]
                tax_number: Secret<String>,
                #[schemars(with = "__portcullis :: answer :: Flattened < __Rule3 , Origin >")]
                #[serde(
                    flatten,
                    serialize_with = "< Origin as __portcullis :: answer :: Field < _ >> :: write",
                    skip_serializing_if = "__portcullis :: answer :: hidden :: < __Rule3 , _ >"
                )]
                origin: Origin,
                #[schemars(with = "String")]
                #[schemars(transform = __portcullis::answer::note_visible::<__Rule4>)]
                #[serde(
                    serialize_with = "< Day as __portcullis :: answer :: Field < _ >> :: write",
                    skip_serializing_if = "__portcullis :: answer :: hidden :: < __Rule4 , _ >"
                )]
                day: Day,
            }
            #[automatically_derived]
            impl<T> __portcullis::Output for Account<T>
            where
                Self: __portcullis::__private::serde::Serialize,
            {}
        };
    "#]]
    .assert_eq(&expand_described(
        r#"/// An account.
        #[schemars(title = "Account")]
        struct Account<T> {
            /// Where the money is.
            #[mask(last = 4)]
            iban: Option<String>,
            #[mask(all)]
            masked: T,
            #[visible(role = "admin")]
            #[mask(first = 1)]
            tax_number: Secret<String>,
            #[visible(role = "admin")]
            #[serde(flatten)]
            origin: Origin,
            #[visible(role = "user")]
            #[schemars(with = "String")]
            day: Day,
        }"#,
    ));
}
