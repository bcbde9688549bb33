//! The quickstart, running: started as the README says, on a port of its own, stopped when dropped.

use std::{
    io::{BufRead, BufReader},
    net::TcpListener,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

pub(crate) struct Service {
    child: Child,
    url: String,
    printed: String,
}

/// What curl got.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: String,
    head: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
    }
}

impl Service {
    pub(crate) fn start() -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut child = Command::new(env!("CARGO"))
            .args(["run", "--quiet", "--offline", "-p", "quickstart"])
            .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
            .env("PORT", port.to_string())
            .env("ALICE_PASSWORD", "correct horse & battery")
            .env("BOB_PASSWORD", "staple")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut printed = String::new();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        while !printed.contains("quickstart::get_user") {
            assert_ne!(output.read_line(&mut printed).unwrap(), 0, "the quickstart ended:\n{printed}");
        }
        // What it logs later must not fill the pipe.
        thread::spawn(move || std::io::copy(&mut output, &mut std::io::sink()));
        let service = Self { child, url: format!("http://127.0.0.1:{port}"), printed };
        service.wait_until_it_listens();
        service
    }

    pub(crate) fn printed(&self) -> &str {
        &self.printed
    }

    /// The lines that a stranger is told to paste: all that is printed before the manifest.
    pub(crate) fn lines_to_try(&self) -> Vec<&str> {
        self.printed.lines().take_while(|line| !line.starts_with("METHOD")).collect()
    }

    /// Pastes the lines into one shell, and returns the statuses of the answers that it shows.
    pub(crate) fn paste(&self, lines: &[&str]) -> Vec<String> {
        let output = Command::new("bash")
            .args(["-c", &lines.join("\n")])
            .env("ALICE_PASSWORD", "correct horse & battery")
            .env("BOB_PASSWORD", "staple")
            .output()
            .unwrap();
        let shown = String::from_utf8(output.stdout).unwrap();
        shown.lines().filter_map(|line| line.split("HTTP/1.1 ").nth(1)?.get(..3)).map(str::to_owned).collect()
    }

    pub(crate) fn token(&self, name: &str) -> String {
        let password = if name == "alice" { "correct horse & battery" } else { "staple" };
        let form = format!("password={password}");
        let answer =
            self.curl(&["/token", "-d", "grant_type=password", "-d", &format!("username={name}"), "--data-urlencode", &form]);
        let token = answer.body.split("\"access_token\":\"").nth(1).and_then(|rest| rest.split('"').next());
        token.unwrap_or_else(|| panic!("no token in {} {}", answer.status, answer.body)).to_owned()
    }

    /// Posts a new user, with this token.
    pub(crate) fn post_user(&self, token: &str, body: &str) -> Answer {
        let authorization = format!("Authorization: Bearer {token}");
        self.curl(&["/users", "-H", &authorization, "-H", "Content-Type: application/json", "-d", body])
    }

    /// Calls curl with a path and its options.
    pub(crate) fn curl(&self, arguments: &[&str]) -> Answer {
        let (path, options) = arguments.split_first().unwrap();
        let output = Command::new("curl").args(["-s", "-i"]).arg(format!("{}{path}", self.url)).args(options).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no answer: {text:?}"));
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap();
        Answer { status, body: body.to_owned(), head: head.to_owned() }
    }

    fn wait_until_it_listens(&self) {
        let started = Instant::now();
        let ready = || Command::new("curl").args(["-s", "-o", "/dev/null", &self.url]).status().unwrap().success();
        while !ready() {
            assert!(started.elapsed() < Duration::from_secs(20), "the quickstart does not listen");
        }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // `cargo run` replaces itself by the program on Unix, so this ends the program.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
