//! What does not compile, with the exact words of the compiler, and what compiles only at the root of a crate of its own.
//! `TRYBUILD=overwrite` writes the words anew; then they are to be read.

#[path = "ui/words.rs"]
mod words;

#[test]
fn mistakes_do_not_compile_and_the_rest_does() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("ui/fail/*/*.rs");
    cases.pass("ui/pass/*.rs");
}
