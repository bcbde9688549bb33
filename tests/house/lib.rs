//! Nothing but a home for the dependencies of the cases, each of which is a crate of its own under a rule book of its own.
