//! `assert_locked!` as a user writes it: in one line, of whatever has a manifest, under the environment of the test.

use portcullis::{
    Manifest,
    prelude::*,
    testing::{self, lock_of},
};
use std::{
    env, fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    process::Command,
};

#[secure(get = "/users/{id}", role = "user", audit = "users.read")]
async fn show() {}

#[secure(role = "admin", step_up(max_age = "5 min"))]
async fn remove() {}

fn router<S: Clone + Send + Sync + 'static>() -> SecureRouter<S> {
    SecureRouter::new().mount(show).route("/users/{id}", delete(remove))
}

/// A lock file of the test's own, gone when it is over.
struct File(PathBuf);

impl File {
    fn new(name: &str) -> Self {
        Self(env::temp_dir().join(format!("portcullis-http-{}-{name}.lock", std::process::id())))
    }

    fn holding(name: &str, text: &str) -> Self {
        let file = Self::new(name);
        fs::write(&file.0, text).unwrap();
        file
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

fn lock() -> String {
    lock_of(router::<()>(), rule_book!()).unwrap().to_string()
}

/// What a failed assertion says.
fn failure(assertion: impl FnOnce()) -> String {
    let panic = catch_unwind(AssertUnwindSafe(assertion)).expect_err("the assertion fails");
    *panic.downcast::<String>().expect("a message")
}

#[test]
fn of_whatever_has_a_manifest() {
    let file = File::holding("forms", &lock());
    testing::assert_locked!(router::<()>(), &file.0);
    testing::assert_locked!(router::<String>(), &file.0,);
    testing::assert_locked!(&router::<()>(), &file.0);
    let manifest: Manifest = router::<()>().manifest();
    testing::assert_locked!(&manifest, &file.0);
    testing::assert_locked!(manifest, &file.0);
    portcullis_tests::framework::portcullis::testing::assert_locked!(router::<()>(), &file.0);
}

#[test]
fn a_path_begins_at_the_folder_of_the_crate() {
    let message = failure(|| testing::assert_locked!(router::<()>(), "nowhere/security.lock"));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("nowhere/security.lock");
    assert!(message.contains(&format!("there is no `{}`", path.display())), "{message}");
    let message = failure(|| testing::assert_locked!(router::<()>()));
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("security.lock");
    assert!(message.contains(&path.display().to_string()), "{message}");
}

#[test]
fn an_endpoint_that_was_added_is_a_failure_with_its_lines() {
    #[secure(public = "anybody may")]
    async fn added() {}
    let file = File::holding("added", &lock());
    let message = failure(|| testing::assert_locked!(router::<()>().route("/added", get(added)), &file.0));
    for part in
        ["+route = \"GET /added\"\n", "@@", "\nwidened  GET /added\n", "a caller without credentials", "`cargo portcullis lock`"]
    {
        assert!(message.contains(part), "{part} in {message}");
    }
}

#[test]
fn a_child_of_the_next_test() {
    let file = File::holding("child", &lock());
    let path = env::var_os("PORTCULLIS_TEST_LOCK").map_or_else(|| file.0.clone(), PathBuf::from);
    testing::assert_locked!(router::<()>(), path);
}

#[test]
fn the_environment_says_whether_to_compare_write_or_skip() {
    let file = File::new("environment");
    let run = |value: Option<&str>| {
        let mut child = Command::new(env::current_exe().unwrap());
        child.args(["--exact", "locked::a_child_of_the_next_test", "--nocapture"]).env("PORTCULLIS_TEST_LOCK", &file.0);
        match value {
            Some(value) => child.env("PORTCULLIS_LOCK", value),
            None => child.env_remove("PORTCULLIS_LOCK"),
        };
        let output = child.output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        assert!(text.contains("running 1 test"), "{text}");
        output.status.success().then_some(()).ok_or(text)
    };
    let missing = run(None).unwrap_err();
    assert!(missing.contains("there is no `") && missing.contains("http/locked.rs"), "it points at the test: {missing}");
    run(Some("skip")).unwrap();
    assert!(!file.0.exists());
    run(Some("write")).unwrap();
    assert_eq!(fs::read_to_string(&file.0).unwrap(), lock());
    run(None).unwrap();
    fs::write(&file.0, "hunter2").unwrap();
    run(Some("skip")).unwrap();
    assert!(run(None).unwrap_err().contains("- line 1, column "));
    for value in ["", "1", "overwrite"] {
        let error = run(Some(value)).unwrap_err();
        assert!(error.contains(&format!("`PORTCULLIS_LOCK` is `{value}`: it may be `write`")), "{error}");
    }
}
