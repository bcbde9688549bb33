//! What house rules, defaults and requirements mean, and every error of theirs with its place and its remedy.

use super::RuleBookFile;
use crate::{Rate, StepUp};
use std::time::Duration;

const GRANTS: &str = "[roles]\nuser = []\nadmin = [\"user\"]\n[scopes]\n\"reports:read\" = \"Read the reports\"\n";

fn book(text: &str) -> RuleBookFile {
    RuleBookFile::parse(&format!("{GRANTS}{text}")).unwrap()
}

/// The errors, with lines counted from the beginning of this text.
fn errors(text: &str) -> Vec<String> {
    let found = RuleBookFile::parse(&format!("{GRANTS}{text}")).unwrap_err();
    found.iter().map(|error| format!("{}:{} {}", error.line() - 5, error.column(), error.message())).collect()
}

/// The one error of a rule with this line in it, which is its fourth.
#[track_caller]
fn fault(line: &str) -> String {
    let found = errors(&format!("[[rule]]\nname = \"x\"\npaths = [\"/x\"]\n{line}\nvalidated = true"));
    assert_eq!(found.len(), 1, "{found:?}");
    found[0].strip_prefix("4:").unwrap().to_owned()
}

#[test]
fn a_rule_says_what_it_says() {
    let book = book(
        "[[rule]]\nname = \"admin area\"\npaths = [\"/admin/**\"]\nendpoints = [\"crate::admin::*\"]\nmethods = [\"DELETE\"]\n\
         role = \"admin\"\nscope = \"reports:read\"\nauthenticated = true\nstep_up = { max_age = \"15 min\", mfa = true }\n\
         rate_at_most = \"60/min per ip\"\nbody_at_most = \"64 KiB\"\ntimeout_at_most = \"10 s\"\naudit = true\nwhen = true\n\
         validated = true\n# and another\n[[rule]]\nname = \"all\"\npaths = [\"/**\"]\n[rule.step_up]\nmfa = true",
    );
    let [admin, all] = book.rules() else { panic!("{:?}", book.rules()) };
    assert_eq!(admin.to_string(), "rule `admin area` (security.toml:6)");
    assert_eq!((admin.selector.paths.len(), &*admin.selector.paths[0]), (1, "/admin/**"));
    assert_eq!((&*admin.selector.endpoints[0], &*admin.selector.methods[0]), ("crate::admin::*", "DELETE"));
    let demands = &admin.demands;
    assert_eq!((demands.role.as_deref(), demands.scope.as_deref()), (Some("admin"), Some("reports:read")));
    assert_eq!(demands.step_up, Some(StepUp { max_age: Some(Duration::from_secs(900)), mfa: true }));
    assert_eq!(demands.rate_at_most, "60/min per ip".parse::<Rate>().ok());
    assert_eq!((demands.body_at_most, demands.timeout_at_most), (Some(65_536), Some(Duration::from_secs(10))));
    assert!(demands.authenticated && demands.audit && demands.when && demands.validated);
    assert_eq!((&*all.name, all.line, all.demands.step_up), ("all", 22, Some(StepUp { max_age: None, mfa: true })));
}

#[test]
fn defaults_and_requirements_say_what_they_say() {
    let book = book(
        "[defaults]\nrate = [\"100/min\", \"1000/day per ip\"]\nbody = \"64 KiB\"\ntimeout = \"10 s\"\n\
         [require]\nrate = true\nreason = true\nroute = false\npublic = [\"health\", \"crate::login::token\"]",
    );
    let rates: Vec<String> = book.defaults().rates.iter().map(ToString::to_string).collect();
    assert_eq!(rates, ["100/min", "1000/day per ip"]);
    assert_eq!((book.defaults().body, book.defaults().timeout), (Some(65_536), Some(Duration::from_secs(10))));
    let require = book.require();
    assert_eq!((require.rate, require.reason, require.route), (Some(11), Some(12), None));
    let public = vec!["health".to_owned(), "crate::login::token".to_owned()];
    assert_eq!(require.public, Some((14, public)));
    let nobody = self::book("[require]\npublic = []\n[defaults]\nrate = \"1/s\"");
    assert_eq!(nobody.require().public, Some((7, vec![])), "no endpoint may be public");
    assert_eq!(nobody.defaults().rates.len(), 1);
}

#[test]
fn inline_tables_and_line_ends_do_not_matter() {
    let text = "[[rule]]\nname = \"x\"\npaths = [\"/x\"]\naudit = true\n[require]\nrate = true\n";
    assert_eq!(book(&text.replace('\n', "\r\n")).rules(), book(text).rules());
    let inline = book("[require]\nrate = true\n").rules().len();
    assert_eq!(inline, 0);
    let inline = RuleBookFile::parse("rule = [{ name = \"x\", paths = [\"/x\"], audit = true }]\nrequire.rate = true").unwrap();
    assert_eq!((inline.rules().len(), inline.rules()[0].line, inline.require().rate), (1, 1, Some(2)));
}

#[test]
fn unknown_keys_are_guessed_at() {
    let keys = "`[[rule]]` has the keys `name`, `paths`, `endpoints`, `methods`, `authenticated`, `role`, `scope`, `step_up`, \
                `rate_at_most`, `body_at_most`, `timeout_at_most`, `audit`, `when` and `validated`";
    assert_eq!(fault("rol = \"admin\""), format!("1 unknown key `rol`: did you mean `role`? {keys}"));
    let expected = ["2:1 unknown key `bdy`: did you mean `body`? `[defaults]` has the keys `rate`, `body` and `timeout`"];
    assert_eq!(errors("[defaults]\nbdy = \"1 B\""), expected);
    let expected = ["2:1 unknown key `audit`: `[require]` has the keys `rate`, `reason`, `public` and `route`"];
    assert_eq!(errors("[require]\naudit = true"), expected);
    assert_eq!(
        fault("step_up = { maxage = \"1 s\" }"),
        "13 unknown key `maxage`: did you mean `max_age`? `step_up` has the keys `max_age` and `mfa`"
    );
    let misspelt = errors("[[rule]]\nname = \"x\"\npath = [\"/x\"]\nroles = \"admin\"");
    assert_eq!(misspelt.len(), 2, "no error follows from another: {misspelt:?}");
    let expected = "1:2 unknown table `default`: did you mean `defaults`? a rule book has the tables `roles`, `scopes`, `defaults`, \
                    `require` and `rule`";
    assert_eq!(errors("[default]\nrate = \"1/s\""), [expected]);
}

#[test]
fn values_have_their_type() {
    assert_eq!(fault("role = [\"admin\"]"), "8 `role` is a list: write `role = \"admin\"`");
    assert_eq!(fault("rate_at_most = 60"), "16 `rate_at_most` is an integer: write `rate_at_most = \"60/min\"`");
    assert_eq!(fault("body_at_most = 64"), "16 `body_at_most` is an integer: write `body_at_most = \"64 KiB\"`");
    assert_eq!(fault("timeout_at_most = 1.5"), "19 `timeout_at_most` is a float: write `timeout_at_most = \"10 s\"`");
    assert_eq!(fault("audit = \"x\""), "9 `audit` is a string: write `audit = true`");
    assert_eq!(fault("step_up = true"), "11 `step_up` is a boolean: write `step_up = { max_age = \"15 min\" }`");
    assert_eq!(fault("methods = \"PUT\""), "11 `methods` is a string: write `methods = [\"PUT\"]`");
    assert_eq!(fault("methods = [1]"), "12 `methods` has text in it, and this is an integer: write `[\"DELETE\"]`");
    assert_eq!(fault("endpoints = { a = 1 }"), "13 `endpoints` is a table: write `endpoints = [\"crate::admin::*\"]`");
    assert_eq!(errors("[defaults]\nrate = 5"), ["2:8 `rate` is an integer: write `rate = \"100/min\"`"]);
    assert_eq!(errors("[require]\nrate = \"yes\""), ["2:8 `rate` is a string: write `rate = true`"]);
    assert_eq!(errors("[require]\npublic = true"), ["2:10 `public` is a boolean: write `public = [\"health\"]`"]);
    assert_eq!(errors("[[defaults]]\nrate = \"1/s\""), ["1:3 `defaults` is a list, not a table: write `[defaults]`"]);
    let expected = ["1:2 `rule` is a table, not a list of rules: write `[[rule]]` above each"];
    assert_eq!(errors("[rule]\nname = \"x\""), expected);
    let expected = ["line 1, column 9: a rule is a table, and this is an integer: write `[[rule]]` and its keys below"];
    let found = RuleBookFile::parse("rule = [1]").unwrap_err();
    assert_eq!(found.iter().map(ToString::to_string).collect::<Vec<_>>(), expected);
}

#[test]
fn what_does_not_parse_in_its_small_language_says_so() {
    assert!(fault("rate_at_most = \"60/mim\"").starts_with("16 unknown unit `mim`, did you mean `min`?"));
    assert!(fault("body_at_most = \"64\"").starts_with("16 the size `64` has no unit"));
    assert!(fault("timeout_at_most = \"0 s\"").starts_with("19 a duration of zero"));
    assert!(fault("step_up = { max_age = \"soon\" }").starts_with("23 `soon` is not a duration"));
    let found = errors("[defaults]\nrate = [\"5/min\", \"5/mim\", \"\"]\nbody = \"0 B\"");
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(found[0].starts_with("2:18 unknown unit") && found[1].starts_with("2:27 the rate is empty"), "{found:?}");
    assert!(fault("methods = [\"delete\"]").starts_with("12 unknown method `delete`: did you mean `DELETE`?"));
    assert!(fault("endpoints = [\"a.b\"]").starts_with("14 `a.b` is not the name of a function"));
    assert!(errors("[[rule]]\nname = \"x\"\npaths = [\"x\", \"/a//b\"]\naudit = true").len() == 2);
    assert!(errors("[require]\npublic = [\"crate::*\"]")[0].starts_with("2:11 `crate::*` has `*` in it"));
}

#[test]
fn nothing_is_said_that_says_nothing() {
    assert_eq!(fault("audit = false"), "9 `audit = false` says nothing: remove it, or write `true`");
    assert_eq!(fault("authenticated = false"), "17 `authenticated = false` says nothing: remove it, or write `true`");
    assert_eq!(fault("step_up = { mfa = false }"), "19 `mfa = false` says nothing: remove it, or write `true`");
    assert_eq!(fault("step_up = {}"), "11 `step_up` says nothing: write `step_up = { max_age = \"15 min\" }`");
    assert_eq!(fault("methods = []"), "11 `methods` is empty: remove it, or write `methods = [\"DELETE\"]`");
    assert_eq!(errors("[defaults]\nrate = []"), ["2:8 `rate` is empty: remove it, or write `rate = \"100/min\"`"]);
    assert_eq!(fault("methods = [\"PUT\", \"PUT\"]"), "19 `PUT` is in `methods` twice: remove one of them");
    assert_eq!(errors("[require]\npublic = [\"a\", \"a\"]"), ["2:16 `a` is in `public` twice: remove one of them"]);
}

#[test]
fn roles_and_scopes_are_declared() {
    let expected = "8 unknown role `admn`: did you mean `admin`? the declared roles are `admin` and `user`";
    assert_eq!(fault("role = \"admn\""), expected);
    let expected = "9 unknown scope `report`: did you mean `reports:read`? the declared scopes are `reports:read`";
    assert_eq!(fault("scope = \"report\""), expected);
}

#[test]
fn a_rule_has_a_name_selects_and_demands() {
    assert_eq!(
        errors("[[rule]]"),
        [
            "1:1 a rule demands nothing: add one of `authenticated`, `role`, `scope`, `step_up`, `rate_at_most`, `body_at_most`, \
             `timeout_at_most`, `audit`, `when` and `validated`",
            "1:1 a rule has no name: write `name = \"…\"`, by which messages call it",
            "1:1 a rule has none of `paths`, `endpoints` and `methods`: write `paths = [\"/**\"]` for all endpoints",
        ]
    );
    let expected = "1:1 the rule `x` has none of `paths`, `endpoints` and `methods`: write `paths = [\"/**\"]` for all endpoints";
    assert_eq!(errors("[[rule]]\nname = \"x\"\naudit = true"), [expected]);
    let line = |name: &str| errors(&format!("[[rule]]\nname = {name}\npaths = [\"/x\"]\naudit = true"));
    assert_eq!(line("\" \""), ["2:8 `name` is empty: write `name = \"admin area\"`"]);
    for wrong in ["\"a\\nb\"", "\"a`b\"", "\" a\""] {
        assert!(line(wrong)[0].starts_with("2:8 `name` stands in messages: write one line of text"), "{wrong}");
    }
    assert!(line(&format!("{:?}", "x".repeat(81)))[0].ends_with("write at most 80 characters"));
}

/// A rule of this name and these lines.
fn rule(name: &str, lines: &str) -> String {
    format!("[[rule]]\nname = \"{name}\"\n{lines}\n")
}

#[test]
fn two_rules_have_two_names() {
    let text = rule("x", "paths = [\"/x\"]\naudit = true") + &rule("x", "paths = [\"/y\"]\nwhen = true");
    assert_eq!(errors(&text), ["6:8 line 7 has a rule named `x`, too: name one of them anew"]);
}

#[test]
fn a_rule_that_adds_nothing_names_the_other_before_or_after_it() {
    let why = "looks at the same endpoints and more, or as many, and demands as much; remove it";
    let strict = rule("strict", "paths = [\"/admin/**\"]\nrole = \"admin\"\nrate_at_most = \"5/min\"");
    let weak = rule("weak", "paths = [\"/admin/users/*\"]\nmethods = [\"PUT\"]\nrole = \"user\"");
    let expected = [format!("6:1 the rule `weak` adds nothing: the rule `strict` (line 6) {why}")];
    assert_eq!(errors(&(strict.clone() + &weak)), expected);
    let expected = [format!("1:1 the rule `weak` adds nothing: the rule `strict` (line 11) {why}")];
    assert_eq!(errors(&(weak.clone() + &strict)), expected);
    let again = rule("again", "rate_at_most = \"5/1min\"\nrole = \"admin\"\npaths = [\"/admin/**\"]");
    let expected = [format!("6:1 the rule `again` adds nothing: the rule `strict` (line 6) {why}")];
    assert_eq!(errors(&(strict.clone() + &again)), expected, "of two that are alike, the later one");
    let wider = rule("wider", "paths = [\"/**\"]\nrole = \"user\"");
    assert_eq!(book(&(strict + &wider)).rules().len(), 2, "a rule for more endpoints that demands less");
}

#[test]
fn a_default_is_forbidden_by_a_rule_for_all() {
    let defaults = "[defaults]\nrate = \"100/min\"\nbody = \"64 KiB\"\ntimeout = \"10 s\"\n";
    let bounds = "rate_at_most = \"60/min\"\nbody_at_most = \"32 KiB\"\ntimeout_at_most = \"5 s\"";
    let all = rule("all", &format!("paths = [\"/**\"]\n{bounds}"));
    let says = |what: &str, most: &str| {
        format!("the rule `all` (line 10) holds every endpoint to a {what} of at most `{most}`: write that here")
    };
    let expected = [
        format!("2:8 {}", says("rate", "60/min")),
        format!("3:8 {}", says("body", "32 KiB")),
        format!("4:11 {}", says("timeout", "5 s")),
    ];
    assert_eq!(errors(&format!("{defaults}{all}")), expected);
    let area = rule("area", &format!("paths = [\"/admin/**\"]\n{bounds}"));
    assert_eq!(book(&format!("{defaults}{area}")).rules().len(), 1, "the endpoints of the area have to say less");
    let of = |default: &str, most: &str| {
        let text =
            format!("[defaults]\nrate = {default}\n{}", rule("all", &format!("paths = [\"/**\"]\nrate_at_most = \"{most}\"")));
        RuleBookFile::parse(&text).is_ok()
    };
    assert!(of("\"60/min\"", "60/min") && of("[\"100/min\", \"60/min\"]", "60/min"));
    assert!(of("\"60/min\"", "60/min per ip"), "it is counted per address where the endpoint is public");
    assert!(!of("\"60/min\"", "60/min per global") && !of("\"60/min per ip\"", "60/min per principal"));
}

#[test]
fn an_endpoint_cannot_be_public_under_a_rule_that_wants_credentials() {
    let text = |selector: &str, demand: &str| {
        format!("[require]\npublic = [\"health\"]\n{}", rule("x", &format!("{selector}\n{demand}")))
    };
    let expected = "2:11 `health` cannot be public: the rule `x` (line 8) lets nobody pass without credentials; take it out of this \
                    list, or change the rule";
    for selector in
        ["endpoints = [\"health\"]", "endpoints = [\"**\"]", "paths = [\"/**\"]", "paths = [\"/**\"]\nendpoints = [\"*\"]"]
    {
        for demand in ["authenticated = true", "role = \"user\"", "scope = \"reports:read\"", "step_up = { mfa = true }"] {
            assert_eq!(errors(&text(selector, demand)), [expected], "{selector}, {demand}");
        }
    }
    for selector in
        ["endpoints = [\"crate::health\"]", "paths = [\"/admin/**\"]", "endpoints = [\"health\"]\nmethods = [\"PUT\"]"]
    {
        assert!(RuleBookFile::parse(&format!("{GRANTS}{}", text(selector, "role = \"user\""))).is_ok(), "{selector}");
    }
    assert!(RuleBookFile::parse(&text("endpoints = [\"health\"]", "audit = true")).is_ok());
}

#[test]
fn the_hash_is_that_of_the_meaning() {
    let hash = |text: &str| book(text).hash();
    let base = "[defaults]\nrate = [\"1/s\", \"60/min per ip\"]\n[require]\npublic = [\"a\", \"b\"]\nrate = true\n[[rule]]\nname = \"x\"\n\
                paths = [\"/x\", \"/y\"]\naudit = true\n[[rule]]\nname = \"y\"\npaths = [\"/z\"]\nstep_up = { max_age = \"60 s\" }";
    let same = "# moved\n[[rule]]\nname = \"another name\"\nstep_up = { max_age = \"1 min\" }\npaths = [\"/z\"]\n[[rule]]\naudit = true\n\
                paths = [\"/y\", \"/x\"]\nname = \"x\"\n[require]\nroute = false\nrate = true\npublic = [\"b\", \"a\"]\n[defaults]\n\
                rate = [\"60/1min per ip\", \"1/sec\"]";
    assert_eq!(hash(same), hash(base));
    let others = [
        base.replace("1/s", "2/s"),
        base.replace("rate = true\n", ""),
        base.replace("\"a\", \"b\"", "\"a\""),
        base.replace("\"a\", \"b\"", ""),
        base.replace("public = [\"a\", \"b\"]\n", ""),
        base.replace("audit", "when"),
        base.replace("\"/x\", ", ""),
        base.replace("60 s", "61 s"),
        base.replace("paths = [\"/z\"]", "endpoints = [\"z\"]"),
        base.replace("max_age = \"60 s\"", "max_age = \"60 s\", mfa = true"),
        String::new(),
    ];
    let mut hashes: Vec<u64> = others.iter().map(|text| hash(text)).chain([hash(base)]).collect();
    hashes.sort_unstable();
    hashes.dedup();
    assert_eq!(hashes.len(), others.len() + 1, "different meanings have different hashes");
}
