//! No stage of the guard can go missing unnoticed: in a copy of the sources, each is made to step aside when it is told to, and a
//! service that probes itself there finds out. One copy, one build, one run a stage.

mod copy;

use copy::Copy;
use std::{process::Command, sync::OnceLock, thread};

/// A stage, or a part of one: where it is done, the text that does it, and the text that does it unless it is disabled.
struct Stage {
    name: &'static str,
    file: &'static str,
    text: &'static str,
    instead: &'static str,
}

/// `$text` of `$file`, which `$instead` replaces; `off!()` there is whether the stage is disabled.
macro_rules! stages {
    ($($name:literal in $file:literal: $text:literal => $instead:literal;)*) => {
        &[$(Stage { name: $name, file: $file, text: $text, instead: $instead }),*]
    };
}

const STAGES: &[Stage] = stages! {
    "address limits" in "guard/mod.rs":
        "address_limits::check(exchange, head)?;" => "if !OFF { address_limits::check(exchange, head)?; }";
    "authentication" in "guard/mod.rs":
        "= authenticate::check(exchange, head).await?;" =>
        "= if OFF { None } else { authenticate::check(exchange, head).await? };";
    "principal limits" in "guard/principal_limits.rs":
        "exchange.take(RateKey::Principal, key)?;" => "if !OFF { exchange.take(RateKey::Principal, key)?; }";
    "limits for all" in "guard/principal_limits.rs":
        "    exchange.take(RateKey::Global, Key::EVERYBODY)\n" =>
        "    if OFF { Ok(()) } else { exchange.take(RateKey::Global, Key::EVERYBODY) }\n";
    "authorization" in "guard/mod.rs":
        "authorize::check(exchange, principal.as_ref())?;" => "if !OFF { authorize::check(exchange, principal.as_ref())?; }";
    "step-up" in "guard/mod.rs":
        "step_up::check(exchange, principal.as_ref())?;" => "if !OFF { step_up::check(exchange, principal.as_ref())?; }";
    "condition before the body" in "guard/condition.rs":
        "check(Self::before_body(caller(admitted)?, &parts)).await?;" =>
        "if !OFF { check(Self::before_body(caller(admitted)?, &parts)).await?; }";
    "bound of the body" in "guard/mod.rs":
        "body::bound(exchange, head, body)?" =>
        "if OFF { axum::extract::Request::from_parts(head, body) } else { body::bound(exchange, head, body)? }";
    "bound of an announced body" in "guard/body.rs":
        "if body.size_hint().lower() > limit {" => "if body.size_hint().lower() > limit && !OFF {";
    "bound of an unannounced body" in "guard/body.rs":
        "usize::try_from(limit).unwrap_or(usize::MAX)" => "usize::try_from(limit).unwrap_or(usize::MAX) + usize::from(OFF)";
    "media type of JSON" in "validate/json.rs":
        "if !media_type::is_json(request.headers()) {" => "if !media_type::is_json(request.headers()) && !OFF {";
    "media type of forms" in "validate/form.rs":
        "if !media_type::is_form(request.headers()) {" => "if !media_type::is_form(request.headers()) && !OFF {";
    "condition on the body" in "guard/condition.rs":
        "check(Self::after_body(caller(admitted)?, parts, &body)).await?;" =>
        "if !OFF { check(Self::after_body(caller(admitted)?, parts, &body)).await?; }";
    "audit" in "guard/audit.rs":
        "let name = policy.audit_name()?;" => "let name = policy.audit_name().filter(|_| !OFF)?;";
    "name of audit records" in "guard/audit.rs":
        "            name,\n            endpoint,\n" =>
        "            name = if OFF { *endpoint } else { *name },\n            endpoint,\n";
    "status of audit records" in "guard/exchange.rs":
        "record.answered(response.status(), denial);" => "if !OFF { record.answered(response.status(), denial); }";
    "headers" in "guard/exchange.rs":
        "self.endpoint.headers.write(self.over_tls, headers);" =>
        "if !OFF { self.endpoint.headers.write(self.over_tls, headers); }";
    "headers of limits" in "guard/exchange.rs":
        "self.endpoint.rate_fields.write(&self.left, self.wait, headers);" =>
        "if !OFF { self.endpoint.rate_fields.write(&self.left, self.wait, headers); }";
    "challenges" in "denial/problem.rs":
        "challenges.add(denial, response.headers_mut());" => "if !OFF { challenges.add(denial, response.headers_mut()); }";
    "Retry-After" in "denial/problem.rs":
        "response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(*retry_after));" =>
        "response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(*retry_after - u64::from(OFF)));";
    "status of denials" in "denial/problem.rs":
        "*response.status_mut() = denial.status();" => "if !OFF { *response.status_mut() = denial.status(); }";
    "limit of failures" in "guard/authenticate.rs":
        "core.failures.take(key).err().unwrap_or(failure)" =>
        "core.failures.take(key).err().filter(|_| !OFF).unwrap_or(failure)";
    "signature of tokens" in "authn/jwt/mod.rs":
        "self.check_signature(&header, message, signature)?;" => "if !OFF { self.check_signature(&header, message, signature)?; }";
    "time of tokens" in "authn/jwt/mod.rs":
        "self.check_time(&validity, now)?;" => "if !OFF { self.check_time(&validity, now)?; }";
    "time of tokens seen before" in "authn/jwt/mod.rs":
        "return match self.check_time(&validity, now) {" =>
        "return match if OFF { Ok(()) } else { self.check_time(&validity, now) } {";
    "issuer of tokens" in "authn/jwt/claims.rs":
        "if issuer != self.issuer {" => "if issuer != self.issuer && !OFF {";
    "audience of tokens" in "authn/jwt/claims.rs":
        "self.check_audience(claims.get(\"aud\"))?;" => "if !OFF { self.check_audience(claims.get(\"aud\"))?; }";
    "one credential a request" in "authn/credentials.rs":
        "(_, Some(_)) => Err(Denial::MalformedCredentials(two))," =>
        "(value, Some(_)) if OFF => Ok(value),\n        (_, Some(_)) => Err(Denial::MalformedCredentials(two)),";
};

/// What the service prints that runs without this stage, and whether it found nothing.
fn run(stage: &str) -> (bool, String) {
    static PROGRAM: OnceLock<std::path::PathBuf> = OnceLock::new();
    let program = PROGRAM.get_or_init(|| {
        let copy = Copy::new();
        for Stage { name, file, text, instead } in STAGES {
            copy.replace(file, text, &instead.replace("OFF", &format!("crate::is_disabled({name:?})")));
        }
        copy.build()
    });
    let output = Command::new(program).env("DISABLED_STAGE", stage).output().unwrap();
    let printed = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
    assert!(printed.contains(" cases, "), "{stage}: {printed}");
    (output.status.success(), printed)
}

#[test]
fn with_all_stages_there_is_nothing_to_report() {
    let (holds, printed) = run("none of them");
    assert!(holds, "{printed}");
}

#[test]
fn a_stage_that_is_disabled_is_noticed() {
    run("none of them");
    let unnoticed: Vec<String> = thread::scope(|scope| {
        let runs: Vec<_> = STAGES.iter().map(|stage| (stage.name, scope.spawn(|| run(stage.name)))).collect();
        let unnoticed = runs.into_iter().filter_map(|(name, run)| {
            let (holds, printed) = run.join().unwrap();
            holds.then(|| format!("{name}: {printed}"))
        });
        unnoticed.collect()
    });
    assert!(unnoticed.is_empty(), "{unnoticed:#?}");
}

/// What the report says is what is wrong: one row of it for some of the stages.
#[test]
fn the_report_says_what_is_missing() {
    for (stage, parts) in [
        (
            "address limits",
            [
                "GET /health",
                "one call more than 60/min per ip",
                "429, over the limit of 60/min per ip, for 1 s",
                "200 from the handler",
            ],
        ),
        (
            "authorization",
            ["DELETE /users/{id}", "a caller with the role `user`", "403, the caller lacks", "204 from the handler"],
        ),
        (
            "step-up",
            [
                "DELETE /users/{id}",
                "a login that is a second too old",
                "401, the endpoint needs a fresher",
                "204 from the handler",
            ],
        ),
        ("condition on the body", ["PUT /users/{id}", "`when = user.username == *id`", "refuses somebody", "refused none of"]),
        (
            "bound of an unannounced body",
            ["POST /users", "a body of 65537 bytes, not announced", "413, the body is larger", "400, the input is malformed"],
        ),
        (
            "time of tokens seen before",
            ["GET /me", "the same token, in the second in which it expires", "401, the credentials do not hold", "200 from"],
        ),
        ("audit", ["DELETE /users/{id}", "a caller without credentials", "one audit record, `user.delete`", "0 audit records"]),
        (
            "name of audit records",
            [
                "POST /users",
                "a caller without credentials",
                "an audit record, `user.create`, with the status 401",
                "an audit record, `probed_service::create_user`, with the status 401",
            ],
        ),
        (
            "status of audit records",
            [
                "DELETE /users/{id}",
                "a caller with the role `admin`",
                "an audit record, `user.delete`, with the status 204",
                "an audit record, `user.delete`, without a status",
            ],
        ),
    ] {
        let (_, printed) = run(stage);
        let row = printed.lines().any(|line| parts.iter().all(|part| line.contains(part)));
        assert!(row, "no row with {parts:?} in\n{printed}");
    }
}
