//! Every kind of finding, in one table.
//! The ids, the severities, the pages, `--list` and the rules of SARIF are all made from it, so they cannot disagree.

use super::finding::Severity;
use std::fmt::Write;

/// A kind of finding.
#[derive(Debug)]
pub(crate) struct Kind {
    /// What an acceptance and a report call it: `PC101`.
    pub(crate) id: &'static str,
    /// What a person calls it.
    pub(crate) name: &'static str,
    pub(crate) severity: Severity,
    /// One clause, lower case, no final period.
    pub(crate) summary: &'static str,
    /// What, why, a bad and a good example: Markdown.
    body: &'static str,
}

macro_rules! kinds {
    ($($constant:ident $id:literal $name:literal $severity:ident $summary:literal)*) => {
        $(pub(crate) static $constant: Kind = Kind {
            id: $id,
            name: $name,
            severity: Severity::$severity,
            summary: $summary,
            body: include_str!(concat!("pages/", $id, ".md")),
        };)*

        /// The table, by id.
        pub(crate) static KINDS: &[&Kind] = &[$(&$constant),*];
    };
}

kinds! {
    UNGUARDED_HANDLER "PC101" "unguarded-handler" High "a handler is routed outside a `SecureRouter`"
    MERGE_UNSECURED "PC102" "merge-unsecured" Medium "routes are taken in past the guard"
    SECURED_IN_PLAIN_ROUTER "PC103" "secured-in-plain-router" Low "a secured handler is routed by a plain axum router"
    NEVER_ROUTED "PC104" "never-routed" Medium "nothing routes a secured handler"
    PUBLIC_NOT_LISTED "PC201" "public-not-listed" Medium "a public endpoint is not listed in `[require] public`"
    PUBLIC_WITHOUT_REASON "PC202" "public-without-reason" Medium "a public endpoint does not say why"
    PUBLIC_WITHOUT_RATE "PC203" "public-without-rate" Medium "a public endpoint has no rate"
    UNVALIDATED "PC204" "unvalidated" Medium "an endpoint reads input that no rule has checked"
    EMPTY_WORDS "PC205" "empty-words" Low "a reason gives no reason"
    CONDITIONAL_POLICY "PC206" "conditional-policy" High "a handler has its policy in some builds only"
    SILENCED_LINT "PC207" "silenced-lint" Medium "a lint that speaks about secured handlers is silenced"
    RATE_WITHOUT_BOUND "PC301" "rate-without-bound" Medium "a rate bounds nothing"
    BODY_TOO_LARGE "PC302" "body-too-large" Medium "a body may be larger than 100 MiB"
    TIMEOUT_TOO_LONG "PC303" "timeout-too-long" Medium "a request may take longer than 10 minutes"
    SHORT_SECRET "PC304" "short-secret" High "an HMAC secret is shorter than 32 bytes"
    HARD_CODED_KEY "PC401" "hard-coded-key" High "a key is written in the source"
    PRIVATE_KEY "PC402" "private-key" High "a private key is in the source"
    CREDENTIAL "PC403" "credential" High "a credential of a service is in the source"
    TOKEN "PC404" "token" High "a JSON Web Token is in the source"
    SECRET_CONSTANT "PC405" "secret-constant" Medium "something named as a secret is a literal"
    EMBEDDED_KEY "PC406" "embedded-key" Medium "a key is compiled into the program"
    DEFAULT_SECRET "PC407" "default-secret" High "a secret that is not configured has a default"
    PASSWORD_IN_URL "PC408" "password-in-url" Medium "a URL holds a password"
    WITHOUT_AUTHENTICATION "PC501" "without-authentication" Medium "a service accepts no credentials"
    LONG_LEEWAY "PC502" "long-leeway" Medium "expired tokens are accepted for more than a minute"
    TLS_ASSERTED "PC503" "tls-asserted" Low "TLS is asserted, not seen"
    MANY_FAILURES "PC504" "many-failures" Medium "credentials may be guessed too often"
    WEAKENED_HEADER "PC505" "weakened-header" Medium "a response header protects less than the default"
    MANUAL_CLOCK "PC506" "manual-clock" High "a clock that stands still decides what is expired"
    UNCHECKED_TOKEN "PC507" "unchecked-token" High "a token is read without a check that makes it a credential"
    UNCHECKED_CERTIFICATE "PC508" "unchecked-certificate" High "a TLS peer is not checked"
    PERMISSIVE_CORS "PC509" "permissive-cors" Medium "every site may read the answers"
    UNUSED_ACCEPTANCE "PC901" "unused-acceptance" Low "an acceptance matches nothing"
    UNKNOWN_ACCEPTANCE "PC902" "unknown-acceptance" Medium "an acceptance names no finding"
    ACCEPTANCE_WITHOUT_REASON "PC903" "acceptance-without-reason" Medium "an acceptance does not say why"
}

/// The kind of this id, in any case.
pub(crate) fn find(id: &str) -> Option<&'static Kind> {
    KINDS.iter().copied().find(|kind| kind.id.eq_ignore_ascii_case(id))
}

impl Kind {
    /// The page of `cargo portcullis explain`, in Markdown.
    pub(crate) fn page(&self) -> String {
        let Self { id, name, severity, summary, body } = self;
        let mut page = format!("# {id} {name}\n\nSeverity {severity}: {summary}.\n\n{}\n\n## How to accept it\n\n", body.trim());
        let _ = if self.is_acceptable() {
            writeln!(
                page,
                "With a reason, on the line or the line above:\n\n```rust\n// portcullis: allow({id}) why it may stay\n```"
            )
        } else {
            writeln!(page, "It cannot be accepted: it is about an acceptance.")
        };
        page
    }

    /// Whether an acceptance can name it.
    pub(crate) fn is_acceptable(&self) -> bool {
        !self.id.starts_with("PC9")
    }
}
