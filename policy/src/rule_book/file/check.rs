//! The second step: from what was written to what it means, or to every reason why it cannot be meant.
//! Names, inclusions and numbers are checked here; after it nothing can fail.

use super::{
    RuleBookFile,
    conflicts::{self, Written},
    rule,
    source::{Role, Scope, Source},
};
use crate::{
    FileError, Mask, Roles,
    file::{Errors, Name},
    grammar::Quoted,
    suggest,
};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// What was written as a rule book, unless there is an error.
pub(super) fn check(source: Source) -> Result<RuleBookFile, Vec<FileError>> {
    let Source { roles, scopes, defaults, require, mut rules, mut errors } = source;
    for role in &roles {
        check_name("role", &role.name, &mut errors);
    }
    for scope in &scopes {
        check_name("scope", &scope.name, &mut errors);
        if scope.meaning.text.trim().is_empty() {
            let message = format!("the scope {} has an empty meaning: say what it permits", Quoted(&scope.name.text));
            errors.add(scope.meaning.start, message);
        }
    }
    check_number(&roles, &scopes.iter().map(|scope| &scope.name).collect::<Vec<_>>(), &mut errors);
    check_inclusions(&roles, &mut errors);

    check_demanded(&roles, &scopes, &mut rules, &mut errors);
    let hierarchy = hierarchy(&roles);
    conflicts::check(&Written { defaults: &defaults, require: &require, rules: &rules }, &hierarchy, &mut errors);

    if errors.len() > 0 {
        return Err(errors.into_sorted());
    }
    let inclusions = roles.iter().map(|role| (role.name.text.as_str(), texts(&role.includes))).collect();
    let meanings = scopes.iter().map(|scope| (scope.name.text.as_str(), scope.meaning.text.as_str())).collect();
    let mut book = RuleBookFile::assign(&inclusions, &meanings);
    book.defaults = defaults.checked();
    book.require = require.checked(&errors);
    book.rules = rules.iter().map(|rule| rule.checked(&errors)).collect();
    Ok(book)
}

/// The roles that a rule and the scopes that it demands are declared.
fn check_demanded(roles: &[Role], scopes: &[Scope], rules: &mut [rule::Written], errors: &mut Errors) {
    let roles: BTreeSet<&str> = roles.iter().map(|role| role.name.text.as_str()).collect();
    let scopes: BTreeSet<&str> = scopes.iter().map(|scope| scope.name.text.as_str()).collect();
    for rule in rules {
        for (what, name, declared) in [("role", &rule.role, &roles), ("scope", &rule.scope, &scopes)] {
            if let Some(name) = name
                && !declared.contains(name.text.as_str())
            {
                unknown(what, name, declared, None, errors);
                rule.is_sound = false;
            }
        }
    }
}

/// Which role includes which, for comparing rules. Empty where there are more roles than there can be, which is an error already.
fn hierarchy(roles: &[Role]) -> Roles {
    let few = roles.get(..Mask::CAPACITY.min(roles.len())).unwrap_or_default();
    Roles::new(few.iter().map(|role| (role.name.text.as_str(), texts(&role.includes))))
}

fn texts(names: &[Name]) -> Vec<&str> {
    names.iter().map(|name| name.text.as_str()).collect()
}

/// A role and a scope have the characters of an OAuth scope (RFC 6749, section 3.3), since tokens carry them side by side.
fn check_name(what: &str, name: &Name, errors: &mut Errors) {
    if name.text.is_empty() {
        errors.add(name.start, format!("a {what} has an empty name: give it one, or remove it"));
    }
    if let Some(wrong) = name.text.chars().find(|character| !is_allowed(*character)) {
        let wrong = if wrong == ' ' { "a space".to_owned() } else { Quoted(wrong.encode_utf8(&mut [0; 4])).to_string() };
        let rule = "use letters, digits and punctuation of ASCII, except spaces, `\"` and `\\`";
        errors.add(name.start, format!("the name of the {what} {} has {wrong} in it: {rule}", Quoted(&name.text)));
    }
}

const fn is_allowed(character: char) -> bool {
    matches!(character, '\u{21}' | '\u{23}'..='\u{5b}' | '\u{5d}'..='\u{7e}')
}

fn check_number(roles: &[Role], scopes: &[&Name], errors: &mut Errors) {
    let mut names: Vec<&Name> = roles.iter().map(|role| &role.name).chain(scopes.iter().copied()).collect();
    names.sort_by_key(|name| name.start);
    if let Some(first_too_many) = names.get(Mask::CAPACITY) {
        let message =
            format!("a rule book has at most {} roles and scopes, and this one has {}: remove some", Mask::CAPACITY, names.len());
        errors.add(first_too_many.start, message);
    }
}

fn check_inclusions(roles: &[Role], errors: &mut Errors) {
    let declared: BTreeSet<&str> = roles.iter().map(|role| role.name.text.as_str()).collect();
    for role in roles {
        let holder = Quoted(&role.name.text);
        let mut seen = BTreeSet::new();
        for part in &role.includes {
            let name = part.text.as_str();
            if name == role.name.text {
                errors.add(part.start, format!("{holder} includes itself: remove it here"));
            } else if !declared.contains(name) {
                unknown("role", part, &declared, Some(&role.name.text), errors);
            } else if !seen.insert(name) {
                errors.add(part.start, format!("{holder} includes {} twice: remove one of them", Quoted(name)));
            }
        }
    }
    check_cycles(roles, errors);
}

/// Reports a name that is not declared, with what it may have meant; a role is not advised to include itself.
fn unknown(what: &str, name: &Name, declared: &BTreeSet<&str>, itself: Option<&str>, errors: &mut Errors) {
    if errors.is_full() {
        return errors.add(name.start, String::new());
    }
    // Names that cannot stay are no advice.
    let sound = || declared.iter().copied().filter(|name| name.chars().all(is_allowed));
    let near = suggest::closest(&name.text, sound().filter(|other| Some(*other) != itself));
    let suggestion = near.map(|near| format!(" did you mean `{near}`?")).unwrap_or_default();
    let list = suggest::list(sound());
    errors.add(name.start, format!("unknown {what} {}:{suggestion} the declared {what}s are {list}", Quoted(&name.text)));
}

/// Reports cycles, each role in one of them at most, with the whole way round.
fn check_cycles(roles: &[Role], errors: &mut Errors) {
    if roles.len() > Mask::CAPACITY {
        // That is an error already, and the search is only fast for as many as there can be.
        return;
    }
    let by_name: BTreeMap<&str, &Role> = roles.iter().map(|role| (role.name.text.as_str(), role)).collect();
    let mut reported = BTreeSet::new();
    for role in roles {
        let name = role.name.text.as_str();
        if reported.contains(name) {
            continue;
        }
        let Some(way) = way_back(name, &by_name) else { continue };
        let first_step = way.get(1).copied().unwrap_or(name);
        let start = role.includes.iter().find(|part| part.text == first_step).map_or(role.name.start, |part| part.start);
        let circle = way.join(" -> ");
        errors.add(
            start,
            format!("roles include each other in a circle, `{}`: remove one of these inclusions", circle.escape_debug()),
        );
        reported.extend(way);
    }
}

/// The shortest way from a role along the inclusions back to itself, through at least one other.
fn way_back<'a>(start: &'a str, roles: &BTreeMap<&str, &'a Role>) -> Option<Vec<&'a str>> {
    let mut came_from: BTreeMap<&str, &str> = BTreeMap::new();
    let mut queue = VecDeque::from([start]);
    while let Some(at) = queue.pop_front() {
        for part in roles.get(at).into_iter().flat_map(|role| &role.includes).map(|part| part.text.as_str()) {
            if part == start && at != start {
                let mut way = vec![start, at];
                let mut step = at;
                while let Some(previous) = came_from.get(step) {
                    way.push(previous);
                    step = previous;
                }
                way.reverse();
                return Some(way);
            }
            if part != start && part != at && !came_from.contains_key(part) {
                came_from.insert(part, at);
                queue.push_back(part);
            }
        }
    }
    None
}
