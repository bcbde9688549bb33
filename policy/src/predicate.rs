//! Requirements before the rule book gives them bits: what the macros reason about.
//! They find those that nobody or everybody meets, which no author can have meant.

use std::fmt;

/// A requirement as the source writes it, by names.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Predicate {
    /// A role, or one that includes it.
    Role(String),
    /// A scope.
    Scope(String),
    /// At least one of these.
    Any(Vec<Predicate>),
    /// Each of these.
    All(Vec<Predicate>),
    /// Anything but this.
    Not(Box<Predicate>),
}

/// Who meets a [`Predicate`].
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Verdict {
    /// Some callers do and some do not: it decides something.
    Depends,
    /// No caller can: the endpoint would be dead.
    Nobody,
    /// Every caller does: the requirement only looks like one.
    Everybody,
    /// It names more roles and scopes than can be tried.
    TooLarge,
}

/// The most roles and scopes of one predicate: 65,536 combinations, decided in well under a millisecond.
const MOST_LEAVES: usize = 16;

impl Predicate {
    /// Who meets the predicate, decided by trying every combination of grants that the hierarchy of the roles allows.
    ///
    /// `includes(a, b)` says whether role `a` includes role `b`, directly or through others. At most 16 different roles and scopes
    /// are tried; beyond that the verdict is [`Verdict::TooLarge`]. An empty `Any` is met by nobody, an empty `All` by everybody.
    ///
    /// ```
    /// use portcullis_policy::predicate::{Predicate, Verdict};
    ///
    /// let admin = Predicate::Role("admin".to_owned());
    /// let not_user = Predicate::Not(Box::new(Predicate::Role("user".to_owned())));
    /// let predicate = Predicate::All(vec![admin, not_user]);
    /// let admins_are_users = |a: &str, b: &str| (a, b) == ("admin", "user");
    /// assert_eq!(predicate.verdict(&|_, _| false), Verdict::Depends);
    /// assert_eq!(predicate.verdict(&admins_are_users), Verdict::Nobody);
    /// ```
    #[must_use]
    pub fn verdict(&self, includes: &dyn Fn(&str, &str) -> bool) -> Verdict {
        let mut leaves = Vec::new();
        self.collect_leaves(&mut leaves);
        if leaves.len() > MOST_LEAVES {
            return Verdict::TooLarge;
        }
        let columns: Vec<Table> = (0..leaves.len()).map(|leaf| Table::column(leaf, leaves.len())).collect();
        let mut possible = Table::constant(true, leaves.len());
        for (holder, held) in leaves.iter().zip(&columns) {
            for (part, implied) in leaves.iter().zip(&columns) {
                if let (Predicate::Role(holder), Predicate::Role(part)) = (holder, part)
                    && holder != part
                    && includes(holder, part)
                {
                    // Whoever holds the one holds the other.
                    possible = possible.and(&held.not().or(implied));
                }
            }
        }
        let met = self.table(&leaves, &columns);
        match (possible.and(&met).has_any(), possible.and(&met.not()).has_any()) {
            (true, true) => Verdict::Depends,
            (true, false) => Verdict::Everybody,
            (false, _) => Verdict::Nobody,
        }
    }

    /// Collects the different roles and scopes; it stops where there are too many to try.
    fn collect_leaves<'a>(&'a self, leaves: &mut Vec<&'a Predicate>) {
        match self {
            Self::Role(_) | Self::Scope(_) => {
                if leaves.len() <= MOST_LEAVES && !leaves.contains(&self) {
                    leaves.push(self);
                }
            }
            Self::Any(terms) | Self::All(terms) => terms.iter().for_each(|term| term.collect_leaves(leaves)),
            Self::Not(term) => term.collect_leaves(leaves),
        }
    }

    /// In which combinations the predicate is met.
    fn table(&self, leaves: &[&Predicate], columns: &[Table]) -> Table {
        let terms = |terms: &[Predicate], start, join: fn(&Table, &Table) -> Table| {
            terms.iter().fold(Table::constant(start, leaves.len()), |table, term| join(&table, &term.table(leaves, columns)))
        };
        match self {
            Self::Role(_) | Self::Scope(_) => {
                let column = leaves.iter().position(|leaf| *leaf == self).and_then(|leaf| columns.get(leaf));
                column.cloned().unwrap_or_else(|| Table::constant(false, leaves.len()))
            }
            Self::Any(any) => terms(any, false, Table::or),
            Self::All(all) => terms(all, true, Table::and),
            Self::Not(term) => term.table(leaves, columns).not(),
        }
    }
}

/// Prints in the syntax of `allow(…)`.
impl fmt::Display for Predicate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, terms) = match self {
            Self::Role(name) => return write!(f, "role = {name:?}"),
            Self::Scope(name) => return write!(f, "scope = {name:?}"),
            Self::Not(term) => return write!(f, "not({term})"),
            Self::Any(terms) => ("any", terms),
            Self::All(terms) => ("all", terms),
        };
        write!(f, "{name}(")?;
        for (index, term) in terms.iter().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            write!(f, "{comma}{term}")?;
        }
        f.write_str(")")
    }
}

/// A truth table over all combinations of the leaves: one bit for each, 64 to a word.
///
/// Combination number `n` grants leaf `i` where bit `i` of `n` is set. Fewer than six leaves repeat within the word, which does no
/// harm: every combination is there, and none that is not.
#[derive(Clone)]
struct Table(Vec<u64>);

impl Table {
    fn words(leaves: usize) -> usize {
        1 << leaves.saturating_sub(6)
    }

    fn constant(value: bool, leaves: usize) -> Self {
        Self(vec![if value { u64::MAX } else { 0 }; Self::words(leaves)])
    }

    /// The combinations that grant this leaf.
    fn column(leaf: usize, leaves: usize) -> Self {
        /// The leaves whose bit of the combination's number lies within one word.
        const WITHIN: [u64; 6] = [
            0xaaaa_aaaa_aaaa_aaaa,
            0xcccc_cccc_cccc_cccc,
            0xf0f0_f0f0_f0f0_f0f0,
            0xff00_ff00_ff00_ff00,
            0xffff_0000_ffff_0000,
            0xffff_ffff_0000_0000,
        ];
        let word = |index: usize| match WITHIN.get(leaf) {
            Some(pattern) => *pattern,
            None if index >> (leaf - WITHIN.len()) & 1 == 1 => u64::MAX,
            None => 0,
        };
        Self((0..Self::words(leaves)).map(word).collect())
    }

    fn and(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(a, b)| a & b).collect())
    }

    fn or(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(a, b)| a | b).collect())
    }

    fn not(&self) -> Self {
        Self(self.0.iter().map(|word| !word).collect())
    }

    fn has_any(&self) -> bool {
        self.0.iter().any(|word| *word != 0)
    }
}

#[cfg(test)]
mod tests;
