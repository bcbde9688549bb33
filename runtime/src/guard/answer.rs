//! What a handler may answer with: whatever axum makes a response of.
//! A trait of our own, so that what is wrong with an answer is said in our words, at its type.

use axum::response::{IntoResponse, Response};

/// What can be an answer, which is all that implements axum's `IntoResponse`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be an answer",
    label = "no response can be made of this",
    note = "data is answered as `Json<T>`, where `T` derives `Output`, or `serde::Serialize` if everybody may see all of it",
    note = "a `Secret` needs a rule, and rules are for fields: make it a field of a struct that derives `Output`",
    note = "both sides of a `Result` and all parts of a tuple have to be answers: what else is one implements `IntoResponse`"
)]
pub trait IntoAnswer {
    /// The response.
    #[doc(hidden)]
    fn into_answer(self) -> Response;
}

#[diagnostic::do_not_recommend]
impl<T: IntoResponse> IntoAnswer for T {
    fn into_answer(self) -> Response {
        self.into_response()
    }
}
