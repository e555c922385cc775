//! Eighteen months of a team that follows up. A script builds the history in real git, with `afterword actions set` where
//! a person would use it; what the digest, the ledger and the gate say on the way stands in `tests/golden/follow-up.txt`.

use std::fmt::Write as _;

use serde_json::Value;

use crate::support::{Workspace, git, git_on, golden};

const BOOK: &str = "\
[book]
title = \"Shop postmortems\"

[[team]]
id = \"storefront\"
name = \"Storefront\"

[[team]]
id = \"platform\"
name = \"Platform\"

[[actions.policy]]
require = [\"owner\", \"due\"]
max-overdue-days = 30
";

const CHECKOUT: &str = "\
+++
title = \"Checkout timed out\"
date = 2025-05-06
status = \"final\"
severity = \"SEV1\"

[[action_items]]
id = \"cap\"
title = \"Cap the pool for each process\"
owner = \"storefront\"
due = 2025-06-30

[[action_items]]
id = \"page\"
title = \"Page when the pool is 90 % full\"
owner = \"platform\"
due = 2025-05-31
+++

The pool was sized for each host, and hosts run four processes.
";

const SEARCH: &str = "\
# Search was stale

Date: 2025-08-20
Severity: SEV2
Status: final

The nightly job ended early.

## Action items

| Action | Owner | Status | Due |
|---|---|---|---|
| Alert on the age of the index | storefront | Open | 2025-09-30 |
| Rebuild the index by hand once a quarter | platform | Open | 2025-12-31 |
";

const LOGIN: &str = "\
---
title: Nobody could log in
date: 2026-01-12
status: final
severity: SEV1
teams: [platform]
---

The certificate ran out.

## Action items

- [ ] Renew certificates thirty days ahead (due 2026-02-28)
- [ ] Show the dates of all certificates on one page (owner: platform, due 2026-03-31)
- [ ] Write down who may renew them
";

const MAIL: &str = "\
# Mail was late

Date: 2026-10-07
Severity: SEV3
Status: final

## Action items

1. Limit the length of the queue (owner: storefront, due 2026-10-31)
2. Page when the queue is an hour old (owner: platform, due 2026-11-27)
";

/// A repository, and what has been seen of it.
struct Team {
    work: Workspace,
    seen: String,
}

impl Team {
    fn begin() -> Self {
        let work = Workspace::new().file("book.toml", BOOK);
        git(work.path(), &["init", "--quiet"]);
        Self { work, seen: String::new() }
    }

    fn commit(&self, day: &str) {
        git(self.work.path(), &["add", "--all"]);
        git_on(day, self.work.path(), &["commit", "--quiet", "--message", "x"]);
    }

    fn writes(&self, day: &str, path: &str, text: &str) {
        self.work.write(path, text);
        self.commit(day);
    }

    /// Sets an action item and commits that.
    #[track_caller]
    fn sets(&self, day: &str, arguments: &[&str]) {
        self.work.run(&[&["actions", "set"], arguments, &["--today", day]].concat()).expect_code(0);
        self.commit(day);
    }

    #[track_caller]
    fn asks(&mut self, day: &str, line: &str, status: i32) {
        let arguments: Vec<&str> = line.split(' ').chain(["--today", day]).collect();
        let output = self.work.run(&arguments).expect_code(status);
        let said = without_commits(&output.text());
        write!(self.seen, "# {day}\n$ afterword {line}\n{said}").unwrap();
        if status != 0 {
            writeln!(self.seen, "(exit status {status})").unwrap();
        }
        self.seen.push('\n');
    }
}

/// The ids of commits depend on everything; that one stands there is what matters.
fn without_commits(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(open) = rest.find('(') {
        let (before, behind) = rest.split_at(open + 1);
        out.push_str(before);
        let id = behind.split(')').next().unwrap_or_default();
        let is_commit = id.len() == 10 && id.chars().all(|letter| letter.is_ascii_hexdigit());
        out.push_str(if is_commit { "COMMIT" } else { "" });
        rest = if is_commit { &behind[10..] } else { behind };
    }
    out + rest
}

/// The same history every time.
fn eighteen_months() -> Team {
    let mut team = Team::begin();
    let folder = "incidents";
    team.work.write("book.toml", BOOK.replace("title =", "src = \"incidents\"\ntitle ="));
    team.writes("2025-05-12", &format!("{folder}/2025-05-06-checkout.md"), CHECKOUT);
    team.sets("2025-05-30", &["checkout/page", "done", "--evidence", "https://example.com/alerts/pool"]);
    team.sets("2025-06-27", &["checkout/cap", "--due", "2025-08-31"]);
    team.asks("2025-06-30", "actions digest --since 2025-05-26", 0);
    team.writes("2025-08-25", &format!("{folder}/2025-08-20-search.md"), SEARCH);
    team.sets("2025-08-29", &["checkout/cap", "--due", "2025-10-31"]);
    team.sets("2025-09-26", &["search/a1", "in-progress"]);
    team.asks("2025-10-03", "actions digest", 0);

    // The folder gets another name, and one of its documents too.
    git(team.work.path(), &["mv", "incidents", "postmortems"]);
    git(
        team.work.path(),
        &["mv", "postmortems/2025-08-20-search.md", "postmortems/2025-08-20-stale-search.md"],
    );
    team.writes("2025-10-13", "book.toml", BOOK);
    team.sets("2025-10-20", &["search/a1", "done"]);
    team.sets("2025-10-30", &["checkout/cap", "done", "--closed", "2025-10-29"]);
    team.sets("2025-12-08", &["checkout/cap", "open", "--due", "2026-01-31"]);
    team.asks("2025-12-12", "actions digest", 0);

    // Work on a branch lands when it is merged.
    git(team.work.path(), &["checkout", "--quiet", "-b", "login"]);
    team.writes("2026-01-15", "postmortems/2026-01-12-login.md", LOGIN);
    team.sets("2026-01-16", &["login/a2", "--due", "2026-04-30"]);
    git(team.work.path(), &["checkout", "--quiet", "main"]);
    team.sets("2026-01-19", &["checkout/cap", "done"]);
    git_on("2026-01-21", team.work.path(), &["merge", "--quiet", "--no-ff", "--no-edit", "login"]);
    team.asks("2026-01-23", "actions digest", 0);

    // A list becomes shorter, and one of its items moves to another document.
    team.sets("2026-02-27", &["login/a1", "done"]);
    let text = team.work.read("postmortems/2026-01-12-login.md");
    team.writes(
        "2026-03-02",
        "postmortems/2026-01-12-login.md",
        &text.replace("- [ ] Write down who may renew them\n", ""),
    );
    team.sets("2026-04-24", &["login/a2", "--due", "2026-06-30"]);
    team.sets("2026-06-26", &["login/a2", "--due", "2026-09-30"]);
    team.asks("2026-07-01", "actions gate", 1);
    team.sets("2026-07-03", &["search/a2", "wont-do"]);
    team.writes("2026-10-12", "postmortems/2026-10-07-mail.md", MAIL);
    team.asks("2026-10-30", "actions gate", 0);
    team
}

#[test]
fn a_team_follows_up_for_eighteen_months() {
    let mut team = eighteen_months();
    let day = "2026-11-20";
    team.asks(day, "actions digest --since 2026-10-01", 0);
    team.asks(day, "actions digest --since 2026-10-01 --team platform --format markdown", 0);
    team.asks(day, "actions show checkout/cap", 0);
    team.asks(day, "actions show checkout/page", 0);
    team.asks(day, "actions show login/a2", 0);
    team.asks(day, "actions show stale-search/a1", 0);
    // Three documents have a first item.
    team.asks(day, "actions show a1", 2);
    team.asks(day, "actions gate", 1);
    team.asks(day, "actions set mail/a1 done --diff", 0);
    golden("follow-up.txt", &team.seen);
}

fn history(work: &Workspace, id: &str, more: &[&str]) -> (Vec<String>, Value) {
    let arguments = [&["actions", "show", id, "--json", "--today", "2026-11-20"], more].concat();
    let shown: Value = serde_json::from_str(&work.run(&arguments).expect_code(0).stdout).unwrap();
    let told =
        |event: &Value| format!("{} {}", event["day"].as_str().unwrap(), event["what"].as_str().unwrap());
    (shown["history"].as_array().unwrap().iter().map(told).collect(), shown["history_remark"].clone())
}

const LOGIN_PAGE: [&str; 4] = ["2026-01-21 opened", "2026-04-24 due", "2026-06-26 due", "2026-11-20 due"];

#[test]
fn what_is_kept_of_a_history_may_be_missing_damaged_or_of_another_line() {
    let team = eighteen_months();
    let work = &team.work;
    let kept = || {
        let folder = work.path().join(".git/afterword");
        let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
        assert_eq!(files.len(), 1, "{files:?}");
        files.remove(0)
    };
    let (committed, remark) = history(work, "login/a2", &[]);
    assert_eq!((committed.as_slice(), remark), (&LOGIN_PAGE.map(str::to_owned)[..3], Value::Null));
    let whole = std::fs::read(kept()).unwrap();
    for damage in [&whole[..whole.len() / 2], b"{}", b"\xff", b""] {
        std::fs::write(kept(), damage).unwrap();
        assert_eq!(history(work, "login/a2", &[]).0, committed);
        assert_eq!(std::fs::read(kept()).unwrap(), whole);
    }
    // What is not committed yet is known, and kept by nobody.
    work.run(&["actions", "set", "login/a2", "--due", "2026-12-24"]).expect_code(0);
    assert_eq!(history(work, "login/a2", &[]).0, LOGIN_PAGE);
    assert_eq!(std::fs::read(kept()).unwrap(), whole);
    // A commit more is read; one that was made anew or taken back is forgotten.
    team.commit("2026-11-19");
    let landed = ["2026-01-21 opened", "2026-04-24 due", "2026-06-26 due", "2026-11-19 due"];
    assert_eq!(history(work, "login/a2", &[]).0, landed);
    git_on("2026-11-20", work.path(), &["commit", "--quiet", "--amend", "--no-edit"]);
    assert_eq!(history(work, "login/a2", &[]).0, LOGIN_PAGE);
    git(work.path(), &["reset", "--quiet", "--hard", "HEAD~1"]);
    assert_eq!(history(work, "login/a2", &[]).0, committed);
}

#[test]
fn a_document_that_comes_from_elsewhere_brings_its_history_whatever_was_kept_before() {
    let mut team = Team::begin();
    team.writes("2026-01-10", "postmortems/2025-08-20-search.md", SEARCH);
    let draft = MAIL.replace("2026-10-07", "2026-02-07").replace("2026-10-31", "2026-03-31");
    team.writes("2026-02-10", "drafts/2026-02-07-mail.md", &draft);
    team.writes("2026-03-10", "drafts/2026-02-07-mail.md", &draft.replace("2026-03-31", "2026-04-30"));
    team.asks("2026-03-12", "actions show search/a2", 0);
    git(team.work.path(), &["mv", "drafts/2026-02-07-mail.md", "postmortems/2026-02-07-mail.md"]);
    team.commit("2026-03-15");
    let known = ["2026-02-10 opened", "2026-03-10 due"];
    assert_eq!(history(&team.work, "mail/a1", &[]).0, known);
    std::fs::remove_dir_all(team.work.path().join(".git/afterword")).unwrap();
    assert_eq!(history(&team.work, "mail/a1", &[]).0, known);
}

#[test]
fn a_document_that_was_moved_here_long_after_its_incident_is_as_old_as_that() {
    let team = Team::begin();
    let path = "postmortems/2025-08-20-search.md";
    team.writes("2026-01-10", path, SEARCH);
    team.sets("2026-02-10", &["search/a1", "done"]);
    assert_eq!(history(&team.work, "search/a1", &[]).0, ["2025-08-20 opened", "2026-02-10 status"]);
    // What is gone told the day when it was last there, whether or not anybody has committed that.
    let is_as_old = || {
        let stats = ["stats", "--format", "json", "--today", "2026-11-20"];
        let stats = team.work.run(&stats).expect_code(0).stdout;
        assert!(stats.contains("\"month\": \"2025-08\",\n        \"opened\": 2,"), "{stats}");
    };
    team.writes("2026-03-10", "postmortems/2026-10-07-mail.md", MAIL);
    std::fs::remove_file(team.work.path().join(path)).unwrap();
    is_as_old();
    team.commit("2026-03-10");
    is_as_old();
    // Taken back, it is the same work and not twice as much.
    git_on("2026-03-11", team.work.path(), &["revert", "--no-edit", "HEAD"]);
    is_as_old();
    assert_eq!(
        history(&team.work, "search/a2", &[]).0,
        ["2025-08-20 opened", "2026-03-10 removed", "2026-03-11 returned"]
    );
}

#[test]
fn without_the_whole_history_the_documents_tell_and_it_is_said() {
    let team = eighteen_months();
    let source = format!("file://{}", team.work.path().display());
    let clone = Workspace::new();
    git(clone.path(), &["clone", "--quiet", "--depth", "1", &source, "shallow"]);
    let (told, remark) = history(&clone, "login/a1", &["--root", "shallow"]);
    assert_eq!(told, ["2026-01-12 opened", "2026-02-27 status"]);
    assert_eq!(
        remark,
        "by the days that the documents state, since the history is cut off (a shallow clone)"
    );
    // One that is deepened has the whole history.
    git(&clone.path().join("shallow"), &["fetch", "--quiet", "--unshallow"]);
    let (told, remark) = history(&clone, "login/a1", &["--root", "shallow"]);
    assert_eq!((told, remark), (history(&team.work, "login/a1", &[]).0, Value::Null));
    std::fs::remove_dir_all(clone.path().join("shallow/.git")).unwrap();
    let digest = ["actions", "digest", "--root", "shallow", "--since", "2026-10-01", "--today", "2026-11-20"];
    let text = clone.run(&digest).expect_code(0).stdout;
    let remark = "By the days that the documents state, since they are in no git repository; what was put off is not\nknown.\n";
    assert!(text.contains(remark), "{text}");
}

#[test]
fn a_digest_for_slack_and_for_programs_is_json() {
    let team = eighteen_months();
    let digest = |format: &str, more: &[&str]| -> Value {
        let arguments = [&["actions", "digest", "--today", "2026-11-20", "--format", format], more].concat();
        serde_json::from_str(&team.work.run(&arguments).expect_code(0).stdout).unwrap()
    };
    let slack = digest("slack", &["--since", "50d"]);
    let texts: Vec<&str> = slack["blocks"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|block| block["text"]["text"].as_str())
        .collect();
    assert_eq!(texts[0], "Action items from 2026-10-01 to 2026-11-20");
    assert!(texts.iter().any(|text| text.starts_with("*Storefront*: 1 newly overdue")), "{texts:?}");
    let json = digest("json", &["--since", "50d", "--team", "Platform"]);
    assert_eq!(json["teams"].as_array().unwrap().len(), 1);
    assert_eq!(json["teams"][0]["id"], "platform");
    team.work.run(&["actions", "digest", "--since", "2026-11-21", "--today", "2026-11-20"]).expect_code(2);
    team.work.run(&["actions", "digest", "--since", "last week"]).expect_code(2);
}

#[test]
fn the_site_tells_the_history_of_each_action_and_the_months_of_all() {
    let team = eighteen_months();
    let page = |out: &str, path: &str| team.work.read(&format!("{out}/{path}")).replace('\u{a0}', " ");
    let build = |more: &[&str]| {
        let arguments = [&["build", "--today", "2026-11-20", "--quiet"], more].concat();
        team.work.run(&arguments).expect_code(0);
    };
    build(&[]);
    let login = page("book", "postmortems/2026-01-12-login.html");
    for told in [
        "<li><time datetime=\"2026-01-21\">21 Jan 2026</time> opened</li>",
        "<li><time datetime=\"2026-06-26\">26 Jun 2026</time> put off by 92 days, to 30 Sep 2026</li>",
    ] {
        assert!(login.contains(told), "{login}");
    }
    let actions = page("book", "actions.html");
    assert!(actions.contains("From the history of the documents.</figcaption>"), "{actions}");
    let october = "<tr><th scope=\"row\">October 2026</th><td>2</td><td>0</td><td>0</td><td>3</td></tr>";
    assert!(actions.contains(october), "{actions}");
    // Of the history, nothing is for everybody.
    let public =
        team.work.read("postmortems/2026-10-07-mail.md").replace("Severity", "Visibility: public\nSeverity");
    team.work.write("postmortems/2026-10-07-mail.md", public);
    build(&["--audience", "public", "--out", "public"]);
    let actions = page("public", "actions.html");
    assert!(actions.contains("since their history is internal: what was put off is not known."), "{actions}");
}
