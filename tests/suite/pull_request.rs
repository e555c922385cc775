//! The script of the action, run for real: Bash, curl, jq and git, a repository with a base and a change, and a server
//! that answers as GitHub does about comments.
#![cfg(unix)]

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::PathBuf,
    sync::{Arc, Mutex},
    thread,
};

use serde_json::{Value, json};

use crate::{
    schemas::SARIF,
    support::{Output, Workspace, bash, git, project},
};

const ROOT: &str = "our $(touch broken) kb";
const OLD: &str = "# Checkout was slow\n\nWe should have known about the pool.\n";
const NEW: &str = "+++\ntitle = \"Search was stale\"\ndate = = 2024-11-02\n+++\n\nThe disk was full.\n";
const HINDSIGHT: &str = "# Search was stale\n\nWe should have known about the disk.\n";

/// GitHub, as far as it keeps the comments of pull request 7.
#[derive(Clone)]
struct Forge {
    address: String,
    comments: Arc<Mutex<Vec<String>>>,
    /// False for a token that may only read.
    may_write: bool,
}

impl Forge {
    fn open(comments: Vec<String>, may_write: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let forge = Self { address, comments: Arc::new(Mutex::new(comments)), may_write };
        let answering = forge.clone();
        thread::spawn(move || listener.incoming().flatten().for_each(|stream| answering.answer(&stream)));
        forge
    }

    fn answer(&self, mut stream: &TcpStream) {
        let mut reader = BufReader::new(stream);
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).unwrap();
            if line.trim().is_empty() {
                break;
            }
            lines.push(line.trim().to_owned());
        }
        let length = lines.iter().find_map(|line| line.strip_prefix("Content-Length: "));
        let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
        reader.read_exact(&mut body).unwrap();
        let is_known = lines.iter().any(|line| line == "Authorization: Bearer secret-token");
        let (status, answer) = match lines[0].split(' ').collect::<Vec<_>>()[..] {
            _ if !is_known => (401, Value::Null),
            [method, address, _] => self.comment(method, address, &body),
            _ => (400, Value::Null),
        };
        let answer = answer.to_string();
        write!(
            stream,
            "HTTP/1.1 {status} x\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{answer}",
            answer.len()
        )
        .unwrap();
    }

    fn comment(&self, method: &str, address: &str, body: &[u8]) -> (u16, Value) {
        let mut comments = self.comments.lock().unwrap();
        let all = "/repos/acme/shop/issues/7/comments";
        let text = || serde_json::from_slice::<Value>(body).unwrap()["body"].as_str().unwrap().to_owned();
        if method == "GET" {
            let page: usize =
                address.strip_prefix(&format!("{all}?per_page=100&page=")).unwrap().parse().unwrap();
            let page = comments.iter().enumerate().skip((page - 1) * 100).take(100);
            (200, page.map(|(id, body)| json!({ "id": id, "body": body })).collect())
        } else if !self.may_write {
            (403, json!({ "message": "Resource not accessible by integration" }))
        } else if (method, address) == ("POST", all) {
            comments.push(text());
            (201, json!({ "id": comments.len() - 1 }))
        } else {
            assert_eq!(method, "PATCH");
            let id = address.strip_prefix("/repos/acme/shop/issues/comments/").unwrap();
            comments[id.parse::<usize>().unwrap()] = text();
            (200, json!({}))
        }
    }

    fn comments(&self) -> Vec<String> {
        self.comments.lock().unwrap().clone()
    }
}

/// A repository with a document at its base and another one in a change, checked out as the runner does it.
struct Runner {
    work: Workspace,
    base: String,
}

impl Runner {
    fn new(change: &str) -> Self {
        let work = Workspace::new()
            .file(&format!("shop/{ROOT}/book.toml"), "[book]\nsrc = \"postmortems\"\n")
            .file(&format!("shop/{ROOT}/postmortems/2024-01-02-old.md"), OLD);
        let mut runner = Self { work, base: String::new() };
        git(&runner.shop(), &["init", "--quiet"]);
        runner.commit();
        git(&runner.shop(), &["rev-parse", "HEAD"]).trim().clone_into(&mut runner.base);
        runner.work.write(&format!("shop/{ROOT}/postmortems/2024-11-02-new.md"), change);
        git(&runner.shop(), &["checkout", "--quiet", "-b", "change"]);
        runner.commit();
        runner
    }

    fn shop(&self) -> PathBuf {
        self.work.path().join("shop")
    }

    fn commit(&self) {
        git(&self.shop(), &["add", "--all"]);
        git(&self.shop(), &["commit", "--quiet", "--message", "x"]);
    }

    /// Runs the script for an event, and gives what it printed. The pages for people are in `summary`.
    fn run(&self, event: &Value, forge: &Forge, more: &[(&str, &str)]) -> Output {
        let path = |name: &str| self.work.path().join(name).display().to_string();
        self.work.write("event.json", event.to_string());
        let (event, summary, output) = (path("event.json"), path("summary"), path("output"));
        fs::write(&summary, "").unwrap();
        let script = project().join("src/cli/init/ci/github.sh").display().to_string();
        let mut variables = vec![
            ("AFTERWORD", env!("CARGO_BIN_EXE_afterword")),
            ("AFTERWORD_ROOT", ROOT),
            ("GITHUB_API_URL", &forge.address),
            ("GITHUB_EVENT_PATH", &event),
            ("GITHUB_OUTPUT", &output),
            ("GITHUB_REPOSITORY", "acme/shop"),
            ("GITHUB_STEP_SUMMARY", &summary),
            ("GITHUB_TOKEN", "secret-token"),
            ("NO_PROXY", "*"),
        ];
        variables.extend_from_slice(more);
        bash(&self.shop(), &[&script], &variables)
    }

    fn pull_request(&self) -> Value {
        json!({ "pull_request": { "number": 7, "base": { "sha": self.base, "ref": "$(touch broken)" } } })
    }
}

#[test]
fn a_pull_request_gets_annotations_a_summary_and_one_comment_that_is_kept_up_to_date() {
    let runner = Runner::new(NEW);
    let forge = Forge::open(vec!["Nice.".to_owned(); 104], true);
    let first = runner.run(&runner.pull_request(), &forge, &[]).expect_code(1);
    assert!(
        first.stdout.starts_with(&format!("::error file={ROOT}/postmortems/2024-11-02-new.md,line=3,")),
        "{}",
        first.text()
    );
    assert!(!first.stdout.contains("2024-01-02-old.md"), "{}", first.text());
    assert!(runner.work.read("summary").contains("invalid-front-matter"), "{}", runner.work.read("summary"));
    let comments = forge.comments();
    assert_eq!(comments.len(), 105);
    assert!(
        comments[104].starts_with("<!-- afterword") && comments[104].contains("2024-11-02-new.md"),
        "{}",
        comments[104]
    );

    runner.work.write(&format!("shop/{ROOT}/postmortems/2024-11-02-new.md"), HINDSIGHT);
    runner.commit();
    runner.run(&runner.pull_request(), &forge, &[]).expect_code(0);
    let again = forge.comments();
    assert_eq!(again.len(), 105);
    assert_eq!(again[..104], comments[..104]);
    assert_ne!(again[104], comments[104]);
    assert!(!runner.shop().join("broken").exists() && !runner.work.path().join("broken").exists());
}

#[test]
fn a_change_of_something_else_gets_no_comment_and_one_that_is_there_is_brought_up_to_date() {
    let mut runner = Runner::new(NEW);
    git(&runner.shop(), &["rev-parse", "HEAD"]).trim().clone_into(&mut runner.base);
    runner.work.write("shop/main.go", "package main\n");
    runner.commit();
    let forge = Forge::open(vec!["Nice.".to_owned()], true);
    runner.run(&runner.pull_request(), &forge, &[]).expect_code(0);
    assert_eq!(forge.comments(), ["Nice."]);
    let forge = Forge::open(vec!["<!-- afterword -->\nOld.".to_owned()], true);
    runner.run(&runner.pull_request(), &forge, &[]).expect_code(0);
    let comments = forge.comments();
    assert!(comments.len() == 1 && !comments[0].contains("Old."), "{comments:?}");
}

#[test]
fn where_the_run_may_not_comment_the_log_says_so_and_the_summary_has_the_text() {
    let runner = Runner::new(NEW);
    let forge = Forge::open(Vec::new(), false);
    let said = runner.run(&runner.pull_request(), &forge, &[]).expect_code(1);
    assert!(said.stdout.contains("::notice title=afterword::this run may not comment"), "{}", said.text());
    assert!(runner.work.read("summary").contains("invalid-front-matter"), "{}", runner.work.read("summary"));
    assert!(!said.text().contains("secret-token"));
    let silent = runner.run(&runner.pull_request(), &forge, &[("AFTERWORD_COMMENT", "false")]);
    assert!(!silent.expect_code(1).text().contains("comment"));
}

#[test]
fn a_push_is_checked_whole_and_the_results_for_code_scanning_always_are() {
    let runner = Runner::new(NEW);
    let forge = Forge::open(Vec::new(), true);
    let push = json!({ "ref": "refs/heads/main" });
    let warned = runner.run(&push, &forge, &[]).expect_code(1);
    assert!(warned.stdout.contains("2024-01-02-old.md"), "{}", warned.text());
    assert_eq!(forge.comments(), Vec::<String>::new());

    let sarif = [("AFTERWORD_SARIF", "found.sarif"), ("AFTERWORD_FAIL_ON", "never")];
    runner.run(&runner.pull_request(), &forge, &sarif).expect_code(0);
    let found = runner.work.read("shop/found.sarif");
    let found = SARIF.check(&found).unwrap_or_else(|error| panic!("{error}")).to_string();
    assert!(found.contains("2024-01-02-old.md") && found.contains("2024-11-02-new.md"), "{found}");
    assert_eq!(runner.work.read("output"), "sarif=found.sarif\n");
}

#[test]
fn warnings_fail_where_that_is_asked_for_and_what_cannot_be_done_always_does() {
    let runner = Runner::new(HINDSIGHT);
    let forge = Forge::open(Vec::new(), true);
    runner.run(&runner.pull_request(), &forge, &[]).expect_code(0);
    runner.run(&runner.pull_request(), &forge, &[("AFTERWORD_FAIL_ON", "warning")]).expect_code(1);
    let unknown = runner.run(&runner.pull_request(), &forge, &[("AFTERWORD_FAIL_ON", "all")]).expect_code(2);
    assert_eq!(
        unknown.stdout,
        "::error title=afterword::fail-on is `all`, and can be error, warning or never\n"
    );
    let before = forge.comments();
    let since = [("AFTERWORD_SINCE", "nowhere"), ("AFTERWORD_FAIL_ON", "never")];
    runner.run(&runner.pull_request(), &forge, &since).expect_code(2);
    assert_eq!(forge.comments(), before);
}
