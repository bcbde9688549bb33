//! Running exactly the tests that write something, told to write it: one `cargo test` for each target that has some.

use super::find::Test;
use crate::{
    Output,
    failure::Failure,
    workspace::{Workspace, cargo},
};
use std::{ffi::OsStr, process::Stdio};

/// What the tests are to do.
#[derive(Debug)]
pub(crate) struct Errand<'a> {
    /// The command that sends them.
    pub(crate) command: &'a str,
    /// What is the matter where one does not pass.
    pub(crate) failure: &'a str,
    /// What they are told.
    pub(crate) variables: &'a [(&'a str, &'a OsStr)],
}

/// One `cargo test`.
#[derive(Debug, Eq, PartialEq)]
pub(crate) struct Run<'a> {
    package: &'a str,
    target: &'a [String],
    names: Vec<&'a str>,
}

/// The runs that it takes, in the order of the tests.
pub(crate) fn plan(tests: &[Test]) -> Vec<Run<'_>> {
    let mut runs: Vec<Run<'_>> = Vec::new();
    for test in tests {
        match runs.iter_mut().find(|run| run.package == test.package && run.target == test.target) {
            Some(run) => run.names.push(&test.name),
            None => runs.push(Run { package: &test.package, target: &test.target, names: vec![&test.name] }),
        }
    }
    runs
}

impl Run<'_> {
    /// Runs the tests, told to write. What cargo says while it builds goes to standard error.
    pub(crate) fn carry_out(
        &self,
        workspace: &Workspace,
        extra: &[String],
        errand: &Errand<'_>,
        output: &mut Output,
    ) -> Result<(), Failure> {
        let mut command = cargo();
        command.args(["test", "--package", self.package]).args(self.target);
        if let Some(path) = &workspace.manifest_path {
            command.arg("--manifest-path").arg(path);
        }
        command.args(extra).args(["--", "--exact", "--color", "never"]).args(&self.names);
        command.envs(errand.variables.iter().copied()).stdin(Stdio::null()).stderr(Stdio::inherit());
        let result = command.output().map_err(|error| Failure::new(format!("cannot run cargo: {error}")))?;
        let said = String::from_utf8_lossy(&result.stdout);
        let names = self.names.join("`, `");
        if !result.status.success() {
            output.aside(&said);
            return Err(Failure::new(format!("the test `{names}` of `{}` did not pass, so {}", self.package, errand.failure)));
        }
        if passed(&said) < self.names.len() {
            output.aside(&said);
            return Err(Failure::new(format!(
                "the test `{names}` of `{}` was not run: it may be compiled out or ignored; name its features, as in \
                 `cargo portcullis {} -- --all-features`",
                self.package, errand.command
            )));
        }
        Ok(())
    }
}

/// How many tests passed, as the test runner says it.
fn passed(said: &str) -> usize {
    let results = said.lines().filter_map(|line| line.strip_prefix("test result: ok. "));
    results.filter_map(|rest| rest.split_once(" passed")?.0.parse::<usize>().ok()).sum()
}

#[cfg(test)]
mod tests {
    use super::{Run, passed, plan};
    use crate::lock::find::Test;

    #[test]
    fn tests_of_one_target_run_together() {
        let test = |target: &str, name: &str| Test {
            package: "api".into(),
            target: vec!["--test".into(), target.into()],
            name: name.into(),
        };
        let tests = [test("a", "x"), test("b", "y"), test("a", "z")];
        let targets = [&tests[0].target, &tests[1].target];
        assert_eq!(
            plan(&tests),
            [
                Run { package: "api", target: targets[0], names: vec!["x", "z"] },
                Run { package: "api", target: targets[1], names: vec!["y"] }
            ]
        );
    }

    #[test]
    fn passed_tests_are_counted() {
        assert_eq!(passed("running 2 tests\ntest result: ok. 2 passed; 0 failed; 0 ignored\n"), 2);
        assert_eq!(passed("test result: ok. 0 passed; 0 failed; 1 ignored"), 0);
        assert_eq!(passed("test result: FAILED. 1 passed"), 0);
        assert_eq!(passed(""), 0);
    }
}
