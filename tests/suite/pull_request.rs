//! The script of the action, run for real: Bash, jq and git, and a repository with a base and a change.
#![cfg(unix)]

use std::{fs, path::PathBuf};

use serde_json::{Value, json};

use crate::{
    schemas::SARIF,
    support::{Output, Workspace, bash, git, project},
};

const ROOT: &str = "our $(touch broken) kb";
const OLD: &str = "# Checkout was slow\n\nWe should have known about the pool.\n";
const NEW: &str = "+++\ntitle = \"Search was stale\"\ndate = = 2024-11-02\n+++\n\nThe disk was full.\n";
const HINDSIGHT: &str = "# Search was stale\n\nWe should have known about the disk.\n";

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
    fn run(&self, event: &Value, more: &[(&str, &str)]) -> Output {
        let path = |name: &str| self.work.path().join(name).display().to_string();
        self.work.write("event.json", event.to_string());
        let (event, summary, output) = (path("event.json"), path("summary"), path("output"));
        fs::write(&summary, "").unwrap();
        let script = project().join("src/cli/init/ci/github.sh").display().to_string();
        let mut variables = vec![
            ("AFTERWORD", env!("CARGO_BIN_EXE_afterword")),
            ("AFTERWORD_ROOT", ROOT),
            ("GITHUB_EVENT_PATH", &event),
            ("GITHUB_OUTPUT", &output),
            ("GITHUB_REPOSITORY", "acme/shop"),
            ("GITHUB_STEP_SUMMARY", &summary),
        ];
        variables.extend_from_slice(more);
        bash(&self.shop(), &[&script], &variables)
    }

    fn pull_request(&self) -> Value {
        json!({ "pull_request": { "number": 7, "base": { "sha": self.base, "ref": "$(touch broken)" } } })
    }
}

#[test]
fn a_pull_request_gets_annotations_and_a_summary_of_what_it_changes() {
    let runner = Runner::new(NEW);
    let said = runner.run(&runner.pull_request(), &[]).expect_code(1);
    let annotation = format!("::error file={ROOT}/postmortems/2024-11-02-new.md,line=3,");
    assert!(said.stdout.contains(&annotation), "{}", said.text());
    assert!(!said.stdout.contains("2024-01-02-old.md"), "{}", said.text());
    assert!(runner.work.read("summary").contains("invalid-front-matter"), "{}", runner.work.read("summary"));
    assert!(!runner.shop().join("broken").exists() && !runner.work.path().join("broken").exists());
}

#[test]
fn a_push_is_checked_whole_and_the_results_for_code_scanning_always_are() {
    let runner = Runner::new(NEW);
    let push = json!({ "ref": "refs/heads/main" });
    let warned = runner.run(&push, &[]).expect_code(1);
    assert!(warned.stdout.contains("2024-01-02-old.md"), "{}", warned.text());

    let sarif = [("AFTERWORD_SARIF", "found.sarif"), ("AFTERWORD_FAIL_ON", "never")];
    runner.run(&runner.pull_request(), &sarif).expect_code(0);
    let found = runner.work.read("shop/found.sarif");
    let found = SARIF.check(&found).unwrap_or_else(|error| panic!("{error}")).to_string();
    assert!(found.contains("2024-01-02-old.md") && found.contains("2024-11-02-new.md"), "{found}");
    assert_eq!(runner.work.read("output"), "sarif=found.sarif\n");
}

#[test]
fn warnings_fail_where_that_is_asked_for_and_what_cannot_be_done_always_does() {
    let runner = Runner::new(HINDSIGHT);
    runner.run(&runner.pull_request(), &[]).expect_code(0);
    runner.run(&runner.pull_request(), &[("AFTERWORD_FAIL_ON", "warning")]).expect_code(1);
    let unknown = runner.run(&runner.pull_request(), &[("AFTERWORD_FAIL_ON", "all")]).expect_code(2);
    assert_eq!(
        unknown.stdout,
        "::error title=afterword::fail-on is `all`, and can be error, warning or never\n"
    );
    let since = [("AFTERWORD_SINCE", "nowhere"), ("AFTERWORD_FAIL_ON", "never")];
    runner.run(&runner.pull_request(), &since).expect_code(2);
}
