//! An answer with a status that its type says, where a `StatusCode` beside it is a value that nobody knows before it is sent.
//! The OpenAPI document names it.

use axum::response::{IntoResponse, Response};
use http::StatusCode;

/// What a handler answers, with this status: `Status<201, Json<User>>` is `(StatusCode::CREATED, Json<User>)`, and a document of the
/// service can say so.
///
/// It is for answers and for errors alike. A number that is no status of an answer does not compile.
///
/// ```
/// use axum::Json;
/// use portcullis::{Status, prelude::*};
///
/// #[secure(role = "admin", post = "/users/{name}")]
/// async fn create(axum::extract::Path(name): axum::extract::Path<String>) -> Result<Status<201, Json<String>>, Status<409, ()>> {
///     if name == "root" {
///         return Err(Status(()));
///     }
///     Ok(Status(Json(name)))
/// }
/// ```
///
/// ```compile_fail
/// use axum::response::IntoResponse;
///
/// let _ = portcullis::Status::<99, _>("no such status").into_response();
/// ```
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Status<const CODE: u16, R>(pub R);

impl<const CODE: u16, R> Status<CODE, R> {
    /// The status itself.
    pub const CODE: StatusCode = match StatusCode::from_u16(CODE) {
        Ok(code) if CODE >= 200 && CODE <= 599 => code,
        _ => panic!("this is no status of an answer: they are from 200 to 599"),
    };
}

impl<const CODE: u16, R: IntoResponse> IntoResponse for Status<CODE, R> {
    fn into_response(self) -> Response {
        (Self::CODE, self.0).into_response()
    }
}
