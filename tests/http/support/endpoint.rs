//! Endpoints whose policy is put together by hand, for what a policy can say beyond what a test has `#[secure]` say.

/// `endpoint!(name, policy, answer)`: a handler without arguments.
macro_rules! endpoint {
    ($name:ident, $policy:expr, $answer:expr) => {
        #[allow(non_camel_case_types, reason = "named like the handler, as the macros do")]
        pub(crate) struct $name {}

        impl portcullis::PolicyOf for $name {
            const POLICY: &'static portcullis::Policy = &$policy;
            type When = portcullis::__private::Always;
        }

        async fn $name(call: portcullis::Call<$name, (), ()>) -> axum::response::Response {
            call.run(|(), ()| async { $answer }).await
        }
    };
}
pub(crate) use endpoint;
