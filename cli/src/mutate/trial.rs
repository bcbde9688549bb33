//! Building and testing the copy, with an end to both: a mutant may loop for ever.

use crate::{failure::Failure, workspace};
use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus},
    thread,
    time::{Duration, Instant},
};

/// How the tests are run.
#[derive(Debug)]
pub(super) struct Trial<'a> {
    pub(super) folder: &'a Path,
    pub(super) target: PathBuf,
    pub(super) log: PathBuf,
    /// What `cargo test` gets.
    pub(super) arguments: Vec<String>,
    pub(super) with_lock: bool,
}

/// How a trial ended.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Verdict {
    /// It does not compile: nobody can write this policy.
    Stopped,
    /// A test failed.
    Noticed,
    /// The tests did not end.
    TimedOut,
    /// All tests passed.
    Survived,
}

impl Verdict {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Stopped => "stopped by the compiler",
            Self::Noticed => "noticed",
            Self::TimedOut => "noticed (timed out)",
            Self::Survived => "SURVIVED",
        }
    }
}

impl Trial<'_> {
    /// Builds and tests what is in the copy now. The time bounds each of the two.
    pub(super) fn run(&self, most: Duration) -> Result<Verdict, Failure> {
        let cargo_arguments: Vec<&String> = self.arguments.iter().take_while(|argument| *argument != "--").collect();
        let mut build = self.cargo();
        build.arg("test").arg("--no-run").args(cargo_arguments);
        match self.finish(build, most)? {
            Some(status) if status.success() => {}
            Some(_) => return Ok(Verdict::Stopped),
            None => return Ok(Verdict::TimedOut),
        }
        let mut test = self.cargo();
        test.arg("test").args(&self.arguments);
        Ok(match self.finish(test, most)? {
            Some(status) if status.success() => Verdict::Survived,
            Some(_) => Verdict::Noticed,
            None => Verdict::TimedOut,
        })
    }

    /// The end of what the last command printed.
    pub(super) fn said(&self) -> String {
        let bytes = fs::read(&self.log).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        let lines: Vec<&str> = text.lines().collect();
        lines.iter().skip(lines.len().saturating_sub(40)).copied().collect::<Vec<_>>().join("\n")
    }

    fn cargo(&self) -> Command {
        let mut command = workspace::cargo();
        command.current_dir(self.folder).env("CARGO_TARGET_DIR", &self.target).env("CARGO_TERM_COLOR", "never");
        if !self.with_lock {
            command.env("PORTCULLIS_LOCK", "skip");
        }
        command
    }

    /// Waits for a command; `None` where it took too long and was ended.
    fn finish(&self, mut command: Command, most: Duration) -> Result<Option<ExitStatus>, Failure> {
        let log = File::create(&self.log).map_err(|error| Failure::of_file("write", &self.log, &error))?;
        let error_log = log.try_clone().map_err(|error| Failure::of_file("write", &self.log, &error))?;
        let cannot = |error| Failure::new(format!("cannot run cargo: {error}"));
        let mut child = command.stdin(std::process::Stdio::null()).stdout(log).stderr(error_log).spawn().map_err(cannot)?;
        let started = Instant::now();
        loop {
            if let Some(status) = child.try_wait().map_err(cannot)? {
                return Ok(Some(status));
            }
            if started.elapsed() > most {
                end(&mut child);
                return Ok(None);
            }
            thread::sleep(Duration::from_millis(20));
        }
    }
}

/// Ends cargo and what it started, as far as the system tells: a test that loops would run on without it.
fn end(child: &mut Child) {
    let mut tree = vec![child.id()];
    let mut next = 0;
    while let Some(parent) = tree.get(next).copied() {
        tree.extend(children(parent));
        next += 1;
    }
    let _ = child.kill();
    let others: Vec<String> = tree.iter().skip(1).map(u32::to_string).collect();
    if !others.is_empty() {
        let _ = Command::new("kill").arg("-KILL").args(others).status();
    }
    let _ = child.wait();
}

/// The processes that a process started; none where the system has no `/proc`.
fn children(parent: u32) -> Vec<u32> {
    let stat = |entry: fs::DirEntry| {
        let id: u32 = entry.file_name().to_str()?.parse().ok()?;
        let stat = fs::read_to_string(entry.path().join("stat")).ok()?;
        // The name before it is in parentheses, and may hold anything.
        let (_, rest) = stat.rsplit_once(')')?;
        (rest.split_whitespace().nth(1)?.parse() == Ok(parent)).then_some(id)
    };
    fs::read_dir("/proc").map(|entries| entries.flatten().filter_map(stat).collect()).unwrap_or_default()
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::Trial;
    use std::{
        env, fs,
        process::{self, Command},
        time::{Duration, Instant},
    };

    #[test]
    fn what_takes_too_long_is_ended_with_all_that_it_started() {
        let folder = env::temp_dir();
        let log = folder.join(format!("cargo-portcullis-trial-{}", process::id()));
        let trial = Trial { folder: &folder, target: folder.clone(), log: log.clone(), arguments: Vec::new(), with_lock: false };
        let run = |script: &str, most| {
            let mut command = Command::new("sh");
            command.args(["-c", script]);
            trial.finish(command, most).unwrap()
        };
        let started = Instant::now();
        assert_eq!(run("sh -c 'echo $$; sleep 100; true'; true", Duration::from_millis(500)), None);
        assert!(started.elapsed() < Duration::from_secs(50));
        let inner = trial.said();
        // One that nobody waits for stays in the table as a zombie.
        let is_over = || fs::read_to_string(format!("/proc/{inner}/stat")).map_or(true, |stat| stat.contains(") Z "));
        while !is_over() {
            assert!(started.elapsed() < Duration::from_secs(50), "process {inner} runs on");
        }
        assert!(!inner.is_empty());
        assert!(run("exit 0", Duration::from_secs(50)).unwrap().success());
        assert!(!run("exit 3", Duration::from_secs(50)).unwrap().success());
        fs::remove_file(log).unwrap();
    }
}
