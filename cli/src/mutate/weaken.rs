//! The ways to weaken a policy.

use crate::policy_attribute::{PolicyAttribute, Term};
use portcullis_policy::{ByteSize, Rate, Roles};
use proc_macro2::{Group, Span, TokenTree};
use std::ops::Range;
use syn::{LitStr, ext::IdentExt};

/// A weaker policy.
#[derive(Debug)]
pub(super) struct Weaker {
    pub(super) line: usize,
    pub(super) change: String,
    /// In bytes of the source.
    pub(super) range: Range<usize>,
    pub(super) instead: String,
}

/// All ways to weaken the policy, in the order of its terms.
pub(super) fn all(attribute: &PolicyAttribute, roles: &Roles, text: &str) -> Vec<Weaker> {
    let mut weakener = Weakener { roles, text, found: Vec::new() };
    for term in &attribute.terms {
        weakener.term(term);
    }
    weakener.found
}

struct Weakener<'a> {
    roles: &'a Roles,
    text: &'a str,
    found: Vec<Weaker>,
}

impl Weakener<'_> {
    fn term(&mut self, term: &Term) {
        let key = term.key.unraw().to_string();
        match key.as_str() {
            "role" | "scope" | "allow" => {
                self.replace(term, "authenticated");
                self.inner(term);
                self.replace(term, "public = \"mutant\"");
            }
            "authenticated" => self.replace(term, "public = \"mutant\""),
            "rate" => {
                term.texts().iter().for_each(|text| self.double("rate", text, doubled_rate));
                self.drop(term);
            }
            "body" => term.texts().iter().for_each(|text| self.double("body", text, doubled_size)),
            "when" | "step_up" | "audit" => self.drop(term),
            _ => {}
        }
    }

    /// Roles inside the term become weaker ones, and each `all(…)` loses each of its terms. Inside `not(…)` weaker is stronger.
    fn inner(&mut self, term: &Term) {
        if term.is("role")
            && let Some(role) = term.text()
        {
            let weaker: Vec<String> = self.directly_included(&role.value());
            weaker.iter().for_each(|weaker| self.literal("role", &role, weaker));
        }
        let Some(arguments) = term.arguments().filter(|_| !term.is("not")) else { return };
        let terms: Vec<Term> = arguments.into_iter().filter_map(Term::read).collect();
        if term.is("all") && terms.len() > 1 {
            terms.iter().for_each(|term| self.drop(term));
        }
        terms.iter().for_each(|term| self.inner(term));
    }

    /// The roles that a role includes and no other role in between does.
    fn directly_included(&self, role: &str) -> Vec<String> {
        let included: Vec<&str> = self.roles.included_by(role).collect();
        let is_direct = |part: &&&str| !included.iter().any(|other| self.roles.includes(other, part));
        included.iter().filter(is_direct).map(|part| (*part).to_owned()).collect()
    }

    fn replace(&mut self, term: &Term, instead: &str) {
        let range = range_of(term);
        let was = self.text.get(range.clone()).unwrap_or_default();
        self.add(term.key.span(), range, instead.to_owned(), format!("`{}` becomes `{instead}`", one_line(was)));
    }

    /// Takes the term out with its comma.
    fn drop(&mut self, term: &Term) {
        let mut range = range_of(term);
        let change = format!("`{}` is gone", one_line(self.text.get(range.clone()).unwrap_or_default()));
        let after = self.text.get(range.end..).unwrap_or_default();
        let before = self.text.get(..range.start).unwrap_or_default().trim_end();
        if let Some(rest) = after.trim_start().strip_prefix(',') {
            range.end = self.text.len() - rest.trim_start().len();
        } else if let Some(rest) = before.strip_suffix(',') {
            range.start = rest.len();
        }
        self.add(term.key.span(), range, String::new(), change);
    }

    fn double(&mut self, key: &str, text: &LitStr, doubled: fn(&str) -> Option<String>) {
        if let Some(doubled) = doubled(&text.value()) {
            self.literal(key, text, &doubled);
        }
    }

    fn literal(&mut self, key: &str, text: &LitStr, instead: &str) {
        self.add(
            text.span(),
            text.span().byte_range(),
            format!("{instead:?}"),
            format!("{key} `{}` becomes `{instead}`", text.value()),
        );
    }

    fn add(&mut self, span: Span, range: Range<usize>, instead: String, change: String) {
        if self.text.get(range.clone()).is_some_and(|was| was != instead) {
            self.found.push(Weaker { line: span.start().line, change, range, instead });
        }
    }
}

fn range_of(term: &Term) -> Range<usize> {
    let end = term.rest.last().map_or_else(
        || term.key.span(),
        |last| match last {
            TokenTree::Group(group) => Group::span_close(group),
            token => token.span(),
        },
    );
    term.key.span().byte_range().start..end.byte_range().end
}

fn doubled_rate(text: &str) -> Option<String> {
    let rate: Rate = text.parse().ok()?;
    let (count, burst) = (rate.count().checked_mul(2)?, rate.burst().checked_mul(2)?);
    Some(Rate::constant(count, rate.period_seconds(), burst, rate.key()).to_string())
}

fn doubled_size(text: &str) -> Option<String> {
    let size: ByteSize = text.parse().ok()?;
    Some(ByteSize::from_bytes(size.bytes().checked_mul(2)?).to_string())
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::all;
    use crate::policy_attribute::PolicyAttribute;
    use portcullis_policy::Roles;

    /// What each mutant makes of the attribute, and the change in words.
    fn weaker(text: &str) -> Vec<(String, String)> {
        let roles = Roles::new([("user", vec![]), ("editor", vec!["user"]), ("admin", vec!["editor"])]);
        let attribute = PolicyAttribute::parse(text.parse().unwrap());
        let edited = |w: &super::Weaker| {
            format!("{}{}{}", text.get(..w.range.start).unwrap(), w.instead, text.get(w.range.end..).unwrap())
        };
        all(&attribute, &roles, text).iter().map(|weaker| (edited(weaker), weaker.change.clone())).collect()
    }

    fn texts(text: &str) -> Vec<String> {
        weaker(text).into_iter().map(|(text, _)| text).collect()
    }

    #[test]
    fn a_role_becomes_authenticated_the_next_weaker_role_and_public() {
        assert_eq!(texts(r#"role = "admin""#), ["authenticated", r#"role = "editor""#, r#"public = "mutant""#]);
        assert_eq!(texts(r#"role = "user""#), ["authenticated", r#"public = "mutant""#]);
        assert_eq!(texts(r#"scope = "x""#), ["authenticated", r#"public = "mutant""#]);
        assert_eq!(texts("authenticated"), [r#"public = "mutant""#]);
        assert_eq!(texts(r#"public = "why""#), [""; 0]);
    }

    #[test]
    fn limits_double_and_go_and_the_rest_stays_byte_for_byte() {
        let text = "public = \"why\",\n    rate( \"5/min\", \"1/s per ip burst 3\" ),   body = \"2 KiB\" , timeout = \"1 s\"";
        assert_eq!(
            texts(text),
            [
                text.replace("5/min", "10/min"),
                text.replace("1/s per ip burst 3", "2/s per ip burst 6"),
                "public = \"why\",\n    body = \"2 KiB\" , timeout = \"1 s\"".to_owned(),
                text.replace("2 KiB", "4 KiB"),
            ]
        );
    }

    #[test]
    fn terms_go_with_their_comma_wherever_they_stand() {
        assert_eq!(texts("public, audit = \"x\""), ["public"]);
        assert_eq!(texts("audit = \"x\", public"), ["public"]);
        assert_eq!(
            texts("public, step_up(max_age = \"5 min\"), audit = \"x\","),
            ["public, audit = \"x\",", "public, step_up(max_age = \"5 min\"), "]
        );
        assert_eq!(texts("public, when = a < b && f(c, d)"), ["public"]);
    }

    #[test]
    fn every_all_loses_each_of_its_terms_and_nothing_inside_not_changes() {
        let found = texts(r#"allow(any(role = "admin", all(role = "editor", scope = "x"), not(role = "admin")))"#);
        assert_eq!(
            found,
            [
                "authenticated",
                r#"allow(any(role = "editor", all(role = "editor", scope = "x"), not(role = "admin")))"#,
                r#"allow(any(role = "admin", all(scope = "x"), not(role = "admin")))"#,
                r#"allow(any(role = "admin", all(role = "editor"), not(role = "admin")))"#,
                r#"allow(any(role = "admin", all(role = "user", scope = "x"), not(role = "admin")))"#,
                r#"public = "mutant""#,
            ]
        );
    }

    #[test]
    fn changes_are_told_on_one_line() {
        let changes: Vec<String> = weaker("role = \"user\", when = a\n  == b").into_iter().map(|(_, change)| change).collect();
        assert_eq!(
            changes,
            [
                "`role = \"user\"` becomes `authenticated`",
                "`role = \"user\"` becomes `public = \"mutant\"`",
                "`when = a == b` is gone"
            ]
        );
    }

    #[test]
    fn what_does_not_parse_or_cannot_grow_has_no_mutant() {
        assert_eq!(texts(r#"rate = "5/mim""#).len(), 1);
        assert_eq!(texts(r#"rate = "4294967295/s""#).len(), 1);
        assert_eq!(texts("body = 5, role, allow, = , \"x\"").len(), 4);
    }
}
