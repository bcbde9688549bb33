//! Calls that build a `Security` weaker than it would be without them.

use super::literals;
use crate::check::{
    catalogue::{LONG_LEEWAY, MANUAL_CLOCK, TLS_ASSERTED, WEAKENED_HEADER, WITHOUT_AUTHENTICATION},
    inspect::{Called, Inspector},
};
use std::time::Duration;
use syn::{BinOp, Expr, ExprCall, ExprMethodCall, Lit, LitStr, spanned::Spanned};

/// The longest leeway: more than clocks of servers differ.
const LONGEST_LEEWAY: Duration = Duration::from_secs(60);

/// The least `max-age` of HSTS, in seconds: half a year, below which browsers forget between visits.
const LEAST_HSTS: u64 = 15_768_000;

/// The headers of the default set.
const HEADERS: &[&str] = &[
    "x-content-type-options",
    "x-frame-options",
    "referrer-policy",
    "content-security-policy",
    "cross-origin-resource-policy",
    "cache-control",
    "strict-transport-security",
];

pub(crate) fn method(inspector: &mut Inspector<'_>, call: &ExprMethodCall) {
    let arguments: Vec<&Expr> = call.args.iter().collect();
    match (call.method.to_string().as_str(), arguments.as_slice()) {
        ("without_authentication", []) => inspector.report(
            &WITHOUT_AUTHENTICATION,
            call.method.span(),
            "this service takes no credentials, so all its endpoints are public: add `.jwt(…)` or `.api_keys(…)`, or accept this with the reason",
        ),
        ("behind_tls", []) => inspector.report(
            &TLS_ASSERTED,
            call.method.span(),
            "this says that no request comes without TLS, and nothing checks it: let the proxy alone reach the service, and accept this with where \
             that is configured",
        ),
        ("leeway", [leeway]) if duration(leeway).is_some_and(|leeway| leeway > LONGEST_LEEWAY) => {
            let message = "tokens stay valid for so long after they expired: synchronise the clocks, and allow a few seconds";
            inspector.report(&LONG_LEEWAY, leeway.span(), message);
        }
        ("failed_authentications", [value]) => {
            if let Some(text) = text(value) {
                literals::failures(inspector, text);
            }
        }
        ("body_limit", [value]) => {
            if let Some(text) = text(value) {
                literals::body(inspector, text);
            }
        }
        ("time_limit", [value]) => {
            if let Some(text) = text(value) {
                literals::timeout(inspector, text);
            }
        }
        ("without", [name]) => {
            if let Some(name) = text(name)
                && HEADERS.contains(&name.value().to_lowercase().as_str())
            {
                let message = format!("answers go out without `{}`: keep it, or set it to what this service needs", name.value());
                inspector.report(&WEAKENED_HEADER, name.span(), message);
            }
        }
        ("set", [name, value]) => {
            if let (Some(name), Some(value)) = (text(name), text(value))
                && let Some(why) = weakens(&name.value().to_lowercase(), &value.value().to_lowercase())
            {
                let message = format!("`{}` with this value {why}", name.value());
                inspector.report(&WEAKENED_HEADER, value.span(), message);
            }
        }
        _ => {}
    }
}

/// `ManualClock::new(…)`, in whatever way it is made.
pub(crate) fn call(inspector: &mut Inspector<'_>, called: &Called, call: &ExprCall) {
    if called.owner.is("portcullis", &["ManualClock"]) {
        let message =
            "by a clock that stands still no token expires and no limit refills: leave `clock` out, and keep this one for tests";
        inspector.report(&MANUAL_CLOCK, call.func.span(), message);
    }
}

/// What a value of a header gives away, and the remedy.
fn weakens(name: &str, value: &str) -> Option<&'static str> {
    let is = |allowed: &[&str]| allowed.contains(&value.trim());
    match name {
        "x-content-type-options" if !is(&["nosniff"]) => {
            Some("lets browsers guess what an answer is: the one value is `nosniff`")
        }
        "x-frame-options" if !is(&["deny", "sameorigin"]) => {
            Some("lets every site frame the answers: the values are `DENY` and `SAMEORIGIN`")
        }
        "referrer-policy" if is(&["unsafe-url", "no-referrer-when-downgrade"]) => {
            Some("tells other sites the whole URL: write `no-referrer` or `strict-origin`")
        }
        "content-security-policy" if value.contains("unsafe-inline") || value.contains("unsafe-eval") => {
            Some("lets injected scripts run: take `unsafe-inline` and `unsafe-eval` out, and use nonces")
        }
        "content-security-policy" if value.split([' ', ';']).any(|source| source == "*") => {
            Some("lets scripts come from everywhere: name the origins")
        }
        "cross-origin-resource-policy" if is(&["cross-origin"]) => {
            Some("lets every site load the answers: write `same-origin` or `same-site`")
        }
        "cache-control" if value.split(',').any(|directive| directive.trim() == "public") => {
            Some("lets shared caches keep the answers to one caller for the others: write `no-store` or `private`")
        }
        "access-control-allow-origin" if is(&["*"]) => Some("lets the scripts of every site read the answers: name the origin"),
        "strict-transport-security" => {
            let age = value.split(';').find_map(|part| part.trim().strip_prefix("max-age="));
            let age = age.and_then(|age| age.trim_matches('"').parse::<u64>().ok());
            (age.unwrap_or(0) < LEAST_HSTS)
                .then_some("makes browsers forget TLS within half a year: write `max-age=63072000; includeSubDomains`")
        }
        _ => None,
    }
}

fn text(expression: &Expr) -> Option<&LitStr> {
    match expression {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Some(text),
            _ => None,
        },
        _ => None,
    }
}

/// The time of `Duration::from_secs(60 * 60)`.
fn duration(expression: &Expr) -> Option<Duration> {
    let Expr::Call(call) = expression else { return None };
    let Expr::Path(path) = &*call.func else { return None };
    let number = number(call.args.first()?)?;
    let seconds = match path.path.segments.last()?.ident.to_string().as_str() {
        "from_millis" => return Some(Duration::from_millis(number)),
        "from_secs" => 1,
        "from_mins" => 60,
        "from_hours" => 3_600,
        "from_days" => 86_400,
        _ => return None,
    };
    Some(Duration::from_secs(number.saturating_mul(seconds)))
}

/// The value of a product of literals.
fn number(expression: &Expr) -> Option<u64> {
    match expression {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Int(number) => number.base10_parse().ok(),
            _ => None,
        },
        Expr::Paren(inner) => number(&inner.expr),
        Expr::Binary(product) if matches!(product.op, BinOp::Mul(_)) => {
            Some(number(&product.left)?.saturating_mul(number(&product.right)?))
        }
        Expr::Path(path) if path.path.segments.last()?.ident == "MAX" => Some(u64::MAX),
        _ => None,
    }
}
