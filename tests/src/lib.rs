//! A framework of one's own on top of Portcullis, for the tests of `crate = path`.
//! The tests themselves are beside this folder, a test binary each.

/// The way to Portcullis that its users write.
pub mod framework {
    pub use portcullis;

    /// Input with a rule, for crates in which garde's derive cannot be: it needs a prelude.
    #[derive(Clone, Copy, Debug, serde::Deserialize, garde::Validate)]
    pub struct Page {
        /// How many.
        #[garde(range(max = 100))]
        pub size: u32,
    }
}
