//! The rule book as a running program sees it: constants that `rule_book!()` wrote from `security.toml`.
//! The bits of the grants are fixed here, with the hierarchy of the roles folded into the masks.

#[cfg(feature = "rule-book")]
pub(crate) mod file;

use crate::{Mask, Rule};

/// The roles and scopes of a workspace, as compiled in by `rule_book!()`.
///
/// ```
/// use portcullis_policy::{Mask, Role, RuleBook};
///
/// // [roles]
/// // user = []
/// // admin = ["user"]
/// static BOOK: RuleBook = RuleBook::new(1, &[
///     Role::new("admin", Mask::from_words([0b01, 0, 0, 0]), Mask::from_words([0b01, 0, 0, 0])),
///     Role::new("user", Mask::from_words([0b10, 0, 0, 0]), Mask::from_words([0b11, 0, 0, 0])),
/// ], &[]);
/// let admin = BOOK.role("admin").map(Role::grant).unwrap_or_default();
/// assert!(BOOK.role("user").is_some_and(|user| user.is_held_by(admin)));
/// ```
#[derive(Debug)]
pub struct RuleBook {
    hash: u64,
    roles: &'static [Role],
    scopes: &'static [Scope],
    rules: &'static [Rule],
}

impl RuleBook {
    /// A rule book as the macro writes it, roles and scopes sorted by name.
    #[must_use]
    pub const fn new(hash: u64, roles: &'static [Role], scopes: &'static [Scope]) -> Self {
        Self { hash, roles, scopes, rules: &[] }
    }

    /// The same with house rules, as the macro writes them.
    #[doc(hidden)]
    #[must_use]
    pub const fn rules(mut self, rules: &'static [Rule]) -> Self {
        self.rules = rules;
        self
    }

    /// The house rules, in the order of the file.
    ///
    /// ```
    /// use portcullis_policy::{Demands, Rule, RuleBook, Selector};
    /// use std::borrow::Cow;
    ///
    /// static BOOK: RuleBook = RuleBook::new(1, &[], &[]).rules(&[Rule {
    ///     name: Cow::Borrowed("records"),
    ///     line: 5,
    ///     selector: Selector {
    ///         paths: Cow::Borrowed(&[Cow::Borrowed("/records/**")]),
    ///         endpoints: Cow::Borrowed(&[]),
    ///         methods: Cow::Borrowed(&[]),
    ///     },
    ///     demands: Demands { audit: true, ..Demands::NONE },
    /// }]);
    /// assert_eq!(BOOK.house_rules()[0].to_string(), "rule `records` (security.toml:5)");
    /// ```
    #[must_use]
    pub const fn house_rules(&self) -> &'static [Rule] {
        self.rules
    }

    /// What identifies the rule book's meaning. Policies carry it, so that none runs under another rule book.
    #[must_use]
    pub const fn hash(&self) -> u64 {
        self.hash
    }

    /// The roles, sorted by name.
    #[must_use]
    pub const fn roles(&self) -> &'static [Role] {
        self.roles
    }

    /// The scopes, sorted by name.
    #[must_use]
    pub const fn scopes(&self) -> &'static [Scope] {
        self.scopes
    }

    /// The role of this name, if it is declared.
    #[must_use]
    pub fn role(&self, name: &str) -> Option<&'static Role> {
        let index = self.roles.binary_search_by(|role| role.name.cmp(name)).ok()?;
        self.roles.get(index)
    }

    /// The scope of this name, if it is declared.
    #[must_use]
    pub fn scope(&self, name: &str) -> Option<&'static Scope> {
        let index = self.scopes.binary_search_by(|scope| scope.name.cmp(name)).ok()?;
        self.scopes.get(index)
    }
}

/// A role of the rule book.
#[derive(Debug)]
pub struct Role {
    name: &'static str,
    grant: Mask,
    held_by: Mask,
}

impl Role {
    /// A role, its own bit, and the bits of all roles that include it, itself among them.
    #[must_use]
    pub const fn new(name: &'static str, grant: Mask, held_by: Mask) -> Self {
        Self { name, grant, held_by }
    }

    /// The name, as tokens carry it.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The role's own bit: what a caller holds who was given this role.
    #[must_use]
    pub const fn grant(&self) -> Mask {
        self.grant
    }

    /// Whether a caller with these grants has the role, directly or through a role that includes it.
    #[must_use]
    pub fn is_held_by(&self, grants: Mask) -> bool {
        grants.intersects(self.held_by)
    }
}

/// A scope of the rule book.
#[derive(Debug)]
pub struct Scope {
    name: &'static str,
    meaning: &'static str,
    grant: Mask,
}

impl Scope {
    /// A scope, what it means, and its bit.
    #[must_use]
    pub const fn new(name: &'static str, meaning: &'static str, grant: Mask) -> Self {
        Self { name, meaning, grant }
    }

    /// The name, as tokens carry it.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// What the scope means, in the words of `security.toml`.
    #[must_use]
    pub const fn meaning(&self) -> &'static str {
        self.meaning
    }

    /// The scope's bit.
    #[must_use]
    pub const fn grant(&self) -> Mask {
        self.grant
    }
}
