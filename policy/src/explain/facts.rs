//! The rest of a policy in English: condition, login, limits, bounds, validation and audit.
//! A limit that is not stated is said to be missing, since that is what a reader would not see.

use super::joined;
use crate::{ByteSize, Input, Limit, Period, RateKey, StepUp, Terms};
use std::time::Duration;

/// A sentence for each, in the order in which the guard looks.
pub(super) fn sentences(terms: &Terms) -> Vec<String> {
    let mut sentences = Vec::new();
    sentences.extend(terms.step_up.and_then(login));
    sentences.extend(terms.when.as_ref().map(|condition| format!("This condition has to hold as well: `{condition}`.")));
    if !terms.limits.is_empty() {
        let limits: Vec<String> = terms.limits.iter().map(limit).collect();
        sentences.push(format!("It answers {}.", limits.join("; and ")));
    }
    let size = terms.body.map(|bytes| format!("a body has at most {}", ByteSize::from_bytes(bytes)));
    let time = terms.timeout.map(|time| format!("a call takes at most {}", lasting(time)));
    let bounds: Vec<String> = size.into_iter().chain(time).collect();
    if !bounds.is_empty() {
        sentences.push(format!("{}.", capitalised(&joined(&bounds, "and"))));
    }
    sentences.extend(missing(terms));
    sentences.extend(terms.input.map(|input| {
        let what = match input {
            Input::Json => "JSON",
            Input::Form => "a form",
            Input::Multipart => "a form in parts, which can hold files,",
        };
        format!("The body is read as {what} and checked by its rules.")
    }));
    sentences.extend(
        terms.unvalidated.as_ref().map(|reason| format!("It may read unchecked input; the reason given is \"{reason}\".")),
    );
    sentences.extend(terms.audit.as_ref().map(|name| format!("Every call leaves an audit record named `{name}`.")));
    sentences
}

/// Which of the three limits nobody stated.
fn missing(terms: &Terms) -> Option<String> {
    let rate = terms.limits.is_empty().then_some("on the rate of calls");
    let body = terms.body.is_none().then_some("on the size of the body");
    let time = terms.timeout.is_none().then_some("on the time that a call takes");
    let missing: Vec<&str> = rate.into_iter().chain(body).chain(time).collect();
    let list = match missing.as_slice() {
        [] => return None,
        [one] => (*one).to_owned(),
        [one, other] => format!("{one} or {other}"),
        [most @ .., last] => format!("{}, or {last}", most.join(", ")),
    };
    Some(format!("No limit is stated {list}."))
}

fn login(step_up: StepUp) -> Option<String> {
    let fresh = step_up.max_age.map(|age| format!("be no older than {}", lasting(age)));
    let strong = step_up.mfa.then(|| "have used more than one factor".to_owned());
    let parts: Vec<String> = fresh.into_iter().chain(strong).collect();
    (!parts.is_empty()).then(|| format!("The login must {}.", joined(&parts, "and")))
}

/// `at most 5 calls a minute for each principal, all at once or one every 12 seconds`.
fn limit(limit: &Limit) -> String {
    let (count, burst) = (limit.count(), limit.burst());
    let period = Duration::from_secs(limit.period_seconds());
    let every = match limit.period_seconds() {
        1 => "a second".to_owned(),
        60 => "a minute".to_owned(),
        3_600 => "an hour".to_owned(),
        86_400 => "a day".to_owned(),
        _ => format!("in {}", lasting(period)),
    };
    let key = match limit.key() {
        RateKey::Ip => "for each address",
        RateKey::Principal => "for each principal",
        RateKey::Global => "for all callers together",
    };
    let pace = match (count, burst) {
        (1, 1) => String::new(),
        (1, _) => format!(", up to {burst} of them at once and then one {every}"),
        (_, 1) => format!(", one {}", interval(period, count)),
        _ if burst == count => format!(", all at once or one {}", interval(period, count)),
        _ => format!(", up to {burst} of them at once and then one {}", interval(period, count)),
    };
    format!("at most {count} call{} {every} {key}{pace}", plural(count.into()))
}

/// How far apart the calls of a limit are in the long run.
fn interval(period: Duration, count: u32) -> String {
    let count = u128::from(count.max(1));
    match period.as_millis() {
        millis if millis.is_multiple_of(count) => {
            let apart = Duration::from_millis(u64::try_from(millis / count).unwrap_or(u64::MAX));
            // "Every second", but "every 2 seconds".
            let text = lasting(apart);
            format!("every {}", text.strip_prefix("1 ").unwrap_or(&text))
        }
        millis if millis >= 1_000 * count => {
            let tenths = (millis / 100 + count / 2) / count;
            format!("about every {}.{} seconds", tenths / 10, tenths % 10)
        }
        _ => "after the other in even steps".to_owned(),
    }
}

/// A time in words: `12 seconds`, `1 minute`.
fn lasting(time: Duration) -> String {
    let text = Period::from(time).to_string();
    let Some((number, unit)) = text.split_once(' ') else { return text };
    let unit = match unit {
        "ms" => "millisecond",
        "s" => "second",
        "min" => "minute",
        "h" => "hour",
        _ => "day",
    };
    format!("{number} {unit}{}", if number == "1" { "" } else { "s" })
}

const fn plural(count: u64) -> &'static str {
    if count == 1 { "" } else { "s" }
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}
