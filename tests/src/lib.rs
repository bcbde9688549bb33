//! A framework of one's own on top of Portcullis, for the tests of `crate = path`.
//! The tests themselves are beside this folder, a test binary each.

/// The way to Portcullis that its users write.
pub mod framework {
    pub use portcullis;
}
