//! A team that never heard of Afterword: old documents, `init`, a hook, a first change with mistakes, and what its
//! reviewer is told. Everything that it reads stands in `tests/golden/newcomer.txt`, to be read as a stranger would.
#![cfg(unix)]

use std::{env, fmt::Write as _, path::Path};

use crate::support::{TODAY, Workspace, bash, git, golden};

const OLD: [(&str, &str); 3] = [
    ("incidents/2024-03-04-checkout-latency.md", "Checkout was slow"),
    ("incidents/2024-05-21-stale-search.md", "Search showed old prices"),
    ("incidents/2024-09-09-login-loop.md", "The login page came back for ever"),
];

const NEW: &str = "incidents/2026-11-02-search-prices.md";

const MISTAKES: &str = "\
+++
title = \"Search showed the prices of yesterday\"
status = \"final
severity = \"Sev 2\"
services = [\"search\"]
+++

## Summary

For a morning, search showed the prices of the day before, as [in May](2024-05-21-search.md).

## Timeline

- 06:00 The nightly job ends early
- 11:10 The index is rebuilt
- 09:30 A customer reports an old price

## Root cause

The operator forgot to clean the disk.

## Action items

- [ ] Improve monitoring
";

/// What a person at a terminal types and sees.
struct Terminal {
    work: Workspace,
    seen: String,
}

impl Terminal {
    /// Runs a line, writes down what is seen, and expects an exit status.
    #[track_caller]
    fn types(&mut self, line: &str, status: i32) {
        let program = Path::new(env!("CARGO_BIN_EXE_afterword"));
        let path = format!("{}:{}", program.parent().unwrap().display(), env::var("PATH").unwrap());
        let on_the_day = format!("afterword() {{ command afterword \"$@\" --today {TODAY}; }}; {line}");
        let output = bash(self.work.path(), &["-c", &on_the_day], &[("PATH", &path)]).expect_code(status);
        let commits = git(self.work.path(), &["rev-list", "--all"]);
        let said = commits.lines().fold(output.text(), |said, commit| said.replace(&commit[..8], "COMMIT"));
        write!(self.seen, "$ {line}\n{said}").unwrap();
        if status != 0 {
            writeln!(self.seen, "(exit status {status})").unwrap();
        }
        self.seen.push('\n');
    }

    fn commit(&self) {
        git(self.work.path(), &["add", "--all"]);
        git(self.work.path(), &["commit", "--quiet", "--message", "x"]);
    }

    /// The command of the hook, for a file that it asks for.
    fn hook(&self, file: &str) -> String {
        let config = self.work.read(".pre-commit-config.yaml");
        let entry = config.lines().find_map(|line| line.trim().strip_prefix("entry: "));
        format!("{} {file}", entry.unwrap_or_else(|| panic!("{config}")))
    }
}

#[test]
fn a_newcomer_gets_from_old_documents_to_a_reviewed_change() {
    let mut work = Workspace::new().file("README.md", "# Shop\n");
    for (path, title) in OLD {
        let text = format!(
            "# {title}\n\n**Severity:** Sev 2\n**Services:** {}\n\n## Summary\n\nFor 41 minutes, one request in \
             five failed. We should have known about the pool.\n\n## Timeline\n\n- 13:02 Release 1.84 is out\n\
             - 13:09 The latency alert pages the on-call\n- 13:41 Release 1.83 is back\n\n## Root cause\n\nThe pool \
             was sized per host.\n\n## Action items\n\n- [x] Alert on the saturation of the pool\n",
            path.rsplit_once('-').unwrap().1.trim_end_matches(".md")
        );
        work = work.file(path, text);
    }
    git(work.path(), &["init", "--quiet"]);
    let mut terminal = Terminal { work, seen: String::new() };
    terminal.commit();

    terminal.types("afterword init --ci github --ci pre-commit", 0);
    terminal.commit();
    terminal.types("afterword check", 0);

    git(terminal.work.path(), &["checkout", "--quiet", "-b", "search-prices"]);
    terminal.work.write(NEW, MISTAKES);
    terminal.types(&terminal.hook(NEW), 1);
    terminal.types(&terminal.hook("README.md"), 0);

    terminal.work.write(
        NEW,
        MISTAKES
            .replace("\"final\n", "\"final\"\n")
            .replace("2024-05-21-search.md", "2024-05-21-stale-search.md"),
    );
    terminal.types(&format!("afterword check --fix --unsafe --format short {NEW}"), 0);
    terminal.types(&format!("grep '^- ' {NEW}"), 0);
    terminal.types(&format!("{} --quiet", terminal.hook(NEW)), 0);
    terminal.commit();
    terminal.types("afterword check --since main", 0);
    terminal.types("afterword check --since main --format markdown", 0);

    git(terminal.work.path(), &["mv", OLD[1].0, "incidents/2024-05-21-search.md"]);
    terminal.types("afterword check --since HEAD --format short", 0);
    golden("newcomer.txt", &terminal.seen);
}
