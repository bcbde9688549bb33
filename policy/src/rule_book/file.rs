//! Reading `security.toml`: the text of a rule book, every error in it with line and column, and the bits of its grants.
//! Only the macros and the tools read it; a running program has the constants of the module above.

mod check;
mod conflicts;
mod defaults;
#[cfg(test)]
mod error_tests;
mod hash;
#[cfg(test)]
mod hostile_tests;
mod keys;
mod require;
mod rule;
#[cfg(test)]
mod rule_tests;
#[cfg(feature = "schema")]
mod schema;
#[cfg(all(test, feature = "schema"))]
mod schema_tests;
mod section;
mod source;
#[cfg(test)]
mod tests;

#[cfg(feature = "schema")]
pub use schema::schema;

use crate::{FileError, Mask, Rate, Roles, Rule};
use std::{collections::BTreeMap, time::Duration};

/// A rule book as `security.toml` says it, checked.
///
/// ```toml
/// [roles]                      # a role and the roles it includes
/// user = []
/// admin = ["user"]
///
/// [scopes]                     # a scope and what it means
/// "reports:read" = "Read the reports"
///
/// [defaults]                   # what an endpoint gets that says nothing about it
/// rate = "100/min"
///
/// [require]
/// reason = true                # `public` and `unvalidated` say why
/// public = ["health"]          # these endpoints and no others may be public
///
/// [[rule]]
/// name = "admin area"
/// paths = ["/admin/**"]        # and, or instead: endpoints = ["crate::admin::*"], methods = ["DELETE"]
/// role = "admin"
/// rate_at_most = "60/min"
/// ```
///
/// ```
/// use portcullis_policy::RuleBookFile;
///
/// let book = RuleBookFile::parse("[roles]\nuser = []\nadmin = [\"user\"]").unwrap();
/// let (admin, user) = (book.role_grant("admin").unwrap(), book.role("user").unwrap());
/// assert!(admin.intersects(user), "an admin is a user");
///
/// let errors = RuleBookFile::parse("[roles]\nuser = []\nadmin = [\"usr\"]").unwrap_err();
/// assert!(errors[0].to_string().starts_with("line 3, column 10: unknown role `usr`: did you mean `user`?"));
/// ```
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RuleBookFile {
    roles: BTreeMap<String, Role>,
    scopes: BTreeMap<String, Scope>,
    hierarchy: Roles,
    defaults: Defaults,
    require: Require,
    rules: Vec<Rule>,
}

/// What `[defaults]` gives an endpoint that says nothing about it.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Defaults {
    /// The rates.
    pub rates: Vec<Rate>,
    /// The largest body in bytes.
    pub body: Option<u64>,
    /// The time that a request may take.
    pub timeout: Option<Duration>,
}

/// What `[require]` asks of every endpoint, each with the line of the file that says so.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Require {
    /// A rate is said by the endpoint or by the defaults.
    pub rate: Option<u32>,
    /// `public` and `unvalidated` say why.
    pub reason: Option<u32>,
    /// The endpoint names its method and path.
    pub route: Option<u32>,
    /// Only these endpoints may be public.
    pub public: Option<(u32, Vec<String>)>,
}

#[derive(Clone, Debug, Eq, PartialEq)]
struct Role {
    grant: Mask,
    held_by: Mask,
}

#[derive(Clone, Debug, Eq, PartialEq)]
struct Scope {
    grant: Mask,
    meaning: String,
}

impl RuleBookFile {
    /// Reads the text of a `security.toml`. An empty one is a rule book without roles and scopes.
    ///
    /// # Errors
    /// All that is wrong with it, in the order of the text.
    pub fn parse(text: &str) -> Result<Self, Vec<FileError>> {
        check::check(source::read(text)?)
    }

    /// Gives each grant its bit, roles before scopes and each by name, and follows the inclusions, however long the chain.
    ///
    /// The inclusions must be free of cycles and name declared roles only, and no more than [`Mask::CAPACITY`] grants have a bit.
    fn assign(inclusions: &BTreeMap<&str, Vec<&str>>, meanings: &BTreeMap<&str, &str>) -> Self {
        let grants: BTreeMap<&str, Mask> =
            inclusions.keys().enumerate().map(|(bit, name)| (*name, Mask::EMPTY.with(bit))).collect();
        let mut roles: BTreeMap<String, Role> =
            grants.iter().map(|(name, grant)| ((*name).to_owned(), Role { grant: *grant, held_by: *grant })).collect();
        for (name, grant) in &grants {
            // Everything that this role includes is held by it, too.
            let mut included: Vec<&str> = inclusions.get(name).cloned().unwrap_or_default();
            while let Some(part) = included.pop() {
                if let Some(role) = roles.get_mut(part)
                    && !role.held_by.contains(*grant)
                {
                    role.held_by = role.held_by.union(*grant);
                    included.extend(inclusions.get(part).into_iter().flatten());
                }
            }
        }
        let scope = |(index, (name, meaning)): (usize, (&&str, &&str))| {
            let grant = Mask::EMPTY.with(inclusions.len() + index);
            ((*name).to_owned(), Scope { grant, meaning: (*meaning).to_owned() })
        };
        Self {
            roles,
            scopes: meanings.iter().enumerate().map(scope).collect(),
            hierarchy: Roles::new(inclusions.iter().map(|(name, parts)| (*name, parts.clone()))),
            defaults: Defaults::default(),
            require: Require::default(),
            rules: Vec::new(),
        }
    }

    /// The hierarchy of the roles.
    #[must_use]
    pub const fn hierarchy(&self) -> &Roles {
        &self.hierarchy
    }

    /// What an endpoint gets that says nothing about it.
    #[must_use]
    pub const fn defaults(&self) -> &Defaults {
        &self.defaults
    }

    /// What every endpoint has to say.
    #[must_use]
    pub const fn require(&self) -> &Require {
        &self.require
    }

    /// The house rules, in the order of the file.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The names of the roles, sorted.
    pub fn role_names(&self) -> impl Iterator<Item = &str> {
        self.roles.keys().map(String::as_str)
    }

    /// The names of the scopes, sorted.
    pub fn scope_names(&self) -> impl Iterator<Item = &str> {
        self.scopes.keys().map(String::as_str)
    }

    /// Who satisfies a requirement for the role: its own bit and those of all roles that include it, directly or through others.
    #[must_use]
    pub fn role(&self, name: &str) -> Option<Mask> {
        self.roles.get(name).map(|role| role.held_by)
    }

    /// The role's own bit: what a caller holds who was given this role.
    #[must_use]
    pub fn role_grant(&self, name: &str) -> Option<Mask> {
        self.roles.get(name).map(|role| role.grant)
    }

    /// The scope's bit.
    #[must_use]
    pub fn scope(&self, name: &str) -> Option<Mask> {
        self.scopes.get(name).map(|scope| scope.grant)
    }

    /// What the scope means, in the words of the file.
    #[must_use]
    pub fn scope_meaning(&self, name: &str) -> Option<&str> {
        self.scopes.get(name).map(|scope| scope.meaning.as_str())
    }
}
