//! Calls that weaken what is built.

use super::found;

fn of(call: &str) -> Vec<&'static str> {
    found(&format!("use std::time::Duration; fn f() {{ builder.{call}; }}"))
}

#[test]
fn settings_are_weak_beyond_the_boundary() {
    for (good, bad, id) in [
        ("jwt(jwt)", "without_authentication()", "PC501"),
        ("leeway(Duration::from_secs(60))", "leeway(Duration::from_secs(61))", "PC502"),
        ("leeway(Duration::from_mins(1))", "leeway(std::time::Duration::from_hours(1))", "PC502"),
        ("leeway(Duration::from_millis(5000))", "leeway(Duration::from_secs(2 * 60))", "PC502"),
        ("leeway(from_configuration)", "leeway(Duration::from_secs(u64::MAX))", "PC502"),
        ("realm(\"x\")", "behind_tls()", "PC503"),
        ("failed_authentications(\"600/min\")", "failed_authentications(\"601/min\")", "PC504"),
        ("failed_authentications(\"10/s\")", "failed_authentications(\"5/min burst 601\")", "PC504"),
        ("body_limit(\"100 MiB\")", "body_limit(\"1 GiB\")", "PC302"),
        ("time_limit(\"10 min\")", "time_limit(\"1 h\")", "PC303"),
        ("without(\"X-Powered-By\")", "without(\"x-frame-options\")", "PC505"),
        ("danger_accept_invalid_certs(false)", "danger_accept_invalid_certs(true)", "PC508"),
    ] {
        assert_eq!(of(good), [""; 0], "{good}");
        assert_eq!(of(bad), [id], "{bad}");
    }
}

#[test]
fn headers_are_weakened_by_what_they_are_set_to() {
    for (name, good, bad) in [
        ("X-Content-Type-Options", "nosniff", "sniff"),
        ("X-Frame-Options", "SAMEORIGIN", "ALLOW-FROM https://a.example"),
        ("Referrer-Policy", "strict-origin", "unsafe-url"),
        ("Content-Security-Policy", "default-src 'self'", "script-src 'unsafe-inline'"),
        ("Content-Security-Policy", "img-src *.example.com", "default-src *; img-src 'self'"),
        ("Cross-Origin-Resource-Policy", "same-site", "cross-origin"),
        ("Cache-Control", "private, max-age=60", "public, max-age=60"),
        ("Access-Control-Allow-Origin", "https://a.example", "*"),
        ("Strict-Transport-Security", "max-age=15768000", "max-age=15767999"),
        ("strict-transport-security", "max-age=\"63072000\"; preload", "includeSubDomains"),
    ] {
        assert_eq!(of(&format!("set({name:?}, {good:?})")), [""; 0], "{name}: {good}");
        assert_eq!(of(&format!("set({name:?}, {bad:?})")), ["PC505"], "{name}: {bad}");
    }
    assert_eq!(of("set(\"theme\", \"*\")"), [""; 0]);
    assert_eq!(of("set(name, \"*\")"), [""; 0]);
}

#[test]
fn checks_are_not_switched_off() {
    for (source, id) in [
        ("fn f() { validation.insecure_disable_signature_validation(); }", "PC507"),
        ("fn f() -> Validation { Validation { validate_exp: false, ..x } }", "PC507"),
        ("fn f() { v.validate_aud = false; }", "PC507"),
        ("use jsonwebtoken::dangerous::insecure_decode; fn f() { insecure_decode::<X>(token) }", "PC507"),
        ("fn f() { tower_http::cors::CorsLayer::very_permissive() }", "PC509"),
        ("use portcullis::clock::*; fn f() { ManualClock::new(x) }", "PC506"),
    ] {
        assert_eq!(found(source), [id], "{source}");
    }
    assert_eq!(found("fn f() { v.validate_nbf = true; v.validate_exp = strict; v.other = false; Mine::permissive() }"), [""; 0]);
}
