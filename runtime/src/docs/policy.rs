//! The `Content-Security-Policy` of the page: what is in it may run, and call the service and whom the document names.
//! The hashes are made when the page is; who is called, the document says.

use http::{HeaderValue, Uri};
use portcullis_docs_page::CONTENT_SECURITY_POLICY;
use serde_json::Value;
use std::collections::BTreeSet;

static HERE: HeaderValue = HeaderValue::from_static(CONTENT_SECURITY_POLICY);

/// The policy of the page that shows this document.
pub(super) fn of(document: &Value) -> HeaderValue {
    let servers = document.pointer("/servers").and_then(Value::as_array).into_iter().flatten();
    let schemes = document.pointer("/components/securitySchemes").and_then(Value::as_object).into_iter().flatten();
    let servers = servers.filter_map(|server| server.get("url"));
    let urls = servers.chain(schemes.filter_map(|(_, scheme)| scheme.pointer("/flows/password/tokenUrl")));
    let elsewhere: BTreeSet<String> = urls.filter_map(Value::as_str).filter_map(origin).collect();
    if elsewhere.is_empty() {
        return HERE.clone();
    }
    let sources = elsewhere.iter().map(|origin| format!(" {origin}")).collect::<String>();
    let policy = CONTENT_SECURITY_POLICY.replace("connect-src 'self'", &format!("connect-src 'self'{sources}"));
    HeaderValue::try_from(policy).unwrap_or_else(|_| HERE.clone())
}

/// The origin of an address that names one, as a source of the policy; none of its characters means anything there.
fn origin(url: &str) -> Option<String> {
    let uri: Uri = url.parse().ok()?;
    let scheme = uri.scheme_str().filter(|scheme| ["http", "https"].contains(scheme))?;
    let host = uri.host().filter(|host| host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.:[]".contains(&byte)))?;
    let port = uri.port().map(|port| format!(":{port}")).unwrap_or_default();
    Some(format!("{scheme}://{host}{port}"))
}
