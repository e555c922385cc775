//! The follow-up work as people and pipelines ask for it: lists, single items, and the gate.

use serde_json::{Value, json};

use crate::support::{TODAY, Workspace};

/// Four items of a grave incident, one of a small one, and one of a draft.
fn work() -> Workspace {
    Workspace::new()
        .file(
            "postmortems/2026-09-01-pool.md",
            "# Pool exhausted\n\nSeverity: SEV1\nStatus: final\n\n## Action items\n\n\
             | Id | Action | Owner | Due | Priority | Status |\n|---|---|---|---|---|---|\n\
             | cap | Cap the pool at 40 per process | storefront | 2026-10-01 | P1 | open |\n\
             | page | Page when the pool is 90 % full | | | P2 | open |\n\
             | tests | Improve the tests | @kim | 2026-12-24 | P1 | open |\n\
             | docs | Write the steps down | storefront | 2026-10-01 | P2 | done |\n\
             | idea | Think about sharding | | | | proposed |\n\
             | no | Buy a bigger host | | | | won't do |\n",
        )
        .file(
            "postmortems/2026-10-20-slow.md",
            "+++\ntitle = \"Slow\"\nstatus = \"final\"\nseverity = \"SEV4\"\nservices = [\"search\"]\n\n\
             [[action_items]]\nid = \"index\"\ntitle = \"Add an index on `day`\"\nowner = \"search-team\"\ndue = 2026-11-18\n\
             priority = \"P3\"\ntracker = \"SRCH-7\"\n+++\n\nText.\n",
        )
        .file(
            "postmortems/2026-11-19-draft.md",
            "+++\ntitle = \"Draft\"\nstatus = \"draft\"\n\n[[action_items]]\ntitle = \"Decide on the size\"\n+++\n\nText.\n",
        )
}

fn gate(work: &Workspace, code: i32, more: &[&str]) -> String {
    let arguments: Vec<&str> =
        ["actions", "gate", "--today", TODAY].into_iter().chain(more.iter().copied()).collect();
    work.run(&arguments).expect_code(code).stdout
}

/// What fails, as `PLACE: ID: WHAT`.
fn failing(work: &Workspace, code: i32, more: &[&str]) -> Vec<String> {
    let text = gate(work, code, &[more, &["--format", "json"]].concat());
    let report: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(report["passes"], code == 0, "{text}");
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let one = |entry: &Value| {
        let lacks: Vec<String> =
            entry["lacks"].as_array().unwrap().iter().map(|lack| text(&lack["what"])).collect();
        format!(
            "{}:{}:{}: {}: {}",
            text(&entry["path"]),
            entry["line"],
            entry["column"],
            text(&entry["id"]).rsplit('/').next().unwrap(),
            lacks.join("; ")
        )
    };
    report["failing"].as_array().unwrap().iter().map(one).collect()
}

#[test]
fn without_a_policy_items_need_an_owner_and_a_day_that_is_not_over_and_drafts_nothing() {
    assert_eq!(
        gate(&work(), 1, &[]),
        "\
postmortems/2026-09-01-pool.md:10:9
  Cap the pool at 40 per process (SEV1, P1, storefront)
  error    50 days overdue

postmortems/2026-10-20-slow.md:9:10
  Add an index on day (SEV4, P3, search-team)
  error    2 days overdue

postmortems/2026-09-01-pool.md:11:10
  Page when the pool is 90 % full (SEV1, P2)
  error    no owner; no due date

What to do
  action-without-due-date  give a day, a month or a quarter: `due: 2026-Q3`; `[actions] due-days`
                           can give one for each priority
  action-without-owner     name one person or team that answers for it; work without an owner tends
                           to stay undone
  overdue-action           finish it, give it a new date with the reason, or decide against it with
                           `wont-do`

the gate fails: 3 of 4 action items lack something: 1 `action-without-due-date`, 1 `action-without-owner`, 2 `overdue-action`
"
    );
}

#[test]
fn the_last_policy_that_fits_decides_by_severity_status_and_priority() {
    let work = work();
    work.write(
        "book.toml",
        "[[actions.policy]]\nrequire = [\"evidence\"]\n\
         [[actions.policy]]\nwhen = { severity = \"SEV1\" }\npriority = [\"p1\", \"P0\"]\nrequire = [\"outcome\", \"tracker\"]\nmax-overdue-days = 49\n\
         [[actions.policy]]\nwhen = { severity = [\"SEV3\", \"SEV4\"], status = \"final\" }\nmax-overdue-days = 1\nlevel = \"warning\"\n",
    );
    let pool = "postmortems/2026-09-01-pool.md";
    assert_eq!(
        failing(&work, 1, &[]),
        [
            format!("{pool}:10:9: cap: no tracker key; 50 days overdue"),
            "postmortems/2026-10-20-slow.md:9:10: index: 2 days overdue".to_owned(),
            format!("{pool}:12:11: tests: no end that could be seen; no tracker key"),
            format!("{pool}:13:10: docs: done, and nothing shows it"),
        ]
    );
    let slow = "postmortems/2026-10-20-slow.md";
    assert_eq!(failing(&work, 0, &[slow]), ["postmortems/2026-10-20-slow.md:9:10: index: 2 days overdue"]);
    assert!(gate(&work, 0, &[slow]).contains("the gate passes with warnings: 1 of 1 action item "));
    gate(&work, 1, &[slow, "--deny-warnings"]);
}

#[test]
fn old_incidents_can_be_left_alone_and_a_reason_in_the_document_counts() {
    let work = work();
    work.write(
        "book.toml",
        "[[actions.policy]]\nmax-overdue-days = 0\n[[actions.policy]]\nwhen = { before = 2026-10-01 }\n",
    );
    assert_eq!(failing(&work, 1, &[]), ["postmortems/2026-10-20-slow.md:9:10: index: 2 days overdue"]);
    let text = work.read("postmortems/2026-10-20-slow.md");
    let reason = "# afterword: allow overdue-action, because the vendor is late\n[[action_items]]";
    work.write("postmortems/2026-10-20-slow.md", text.replace("[[action_items]]", reason));
    assert_eq!(gate(&work, 0, &[]), "2 action items have all that is asked of them\n");
}

#[test]
fn a_gate_says_the_same_to_a_forge() {
    let work = work();
    let page = gate(&work, 1, &["--format", "markdown"]);
    assert!(page.starts_with("## Action items: the gate fails\n\n"), "{page}");
    assert_eq!(page.lines().filter(|line| line.starts_with("| ")).count(), 4, "{page}");
    let log = gate(&work, 1, &["--format", "github"]);
    let place = "::error file=postmortems/2026-09-01-pool.md,line=11,endLine=11,col=10,endColumn=41";
    assert!(
        log.contains(&format!(
            "{place},title=action-without-owner::action item `Page when the pool is 90 %25 full`: no owner%0A"
        )),
        "{log}"
    );
    assert!(log.ends_with("2 `overdue-action`\n"), "{log}");
}

#[test]
fn a_policy_that_cannot_be_meant_is_a_finding_in_the_configuration() {
    let work = work();
    work.write(
        "book.toml",
        "[[severity]]\nid = \"SEV1\"\n[[actions.policy]]\nwhen = { severity = \"SEV9\", before = \"soon\" }\nrequire = [\"owners\"]\n",
    );
    let all = work.run(&["check", "--today", TODAY, "--format", "short"]).expect_code(1).stdout;
    let own: Vec<&str> = all.lines().filter(|line| line.contains("[invalid-configuration]")).collect();
    assert_eq!(
        own,
        [
            "book.toml:4:21: error[invalid-configuration]: no `[[severity]]` has the id `SEV9`",
            "book.toml:4:38: error[invalid-configuration]: `actions.policy[0].when.before`: `soon` is not a day; write `2026-03-14`",
            "book.toml:5:12: error[invalid-configuration]: `actions.policy[0].require[0]`: expected one of `owner`, `due`, `outcome`, `tracker`, `evidence`, found the text `owners`",
        ]
    );
}

#[test]
fn items_are_found_by_everything_that_is_known_of_them() {
    let work = work();
    let ids = |filter: &[&str]| {
        let arguments = [&["actions", "--today", TODAY, "--format", "json"], filter].concat();
        let list: Value = serde_json::from_str(&work.run(&arguments).expect_code(0).stdout).unwrap();
        let ids = list["actions"].as_array().unwrap().iter();
        ids.map(|item| item["id"].as_str().unwrap().rsplit('/').next().unwrap().to_owned())
            .collect::<Vec<_>>()
            .join(" ")
    };
    for (filter, found) in [
        (&["--severity", "critical"][..], "cap tests page"),
        (&["--service", "search"], "index"),
        (&["--owner", "none"], "a1 page"),
        (&["--owner", "kim", "--owner", "@Storefront"], "cap tests"),
        (&["--priority", "p3"], "index"),
        (&["--due-before", "2026-11-01"], "cap"),
        (&["--older-than", "60"], "cap tests page"),
        (&["--tracker", "srch"], "index"),
        (&["--tracker", "none", "--overdue"], "cap"),
        (&["--text", "POOL full"], "page"),
        (&["--type", "none", "--state", "done"], "docs"),
        (&["--team", "nobody"], ""),
    ] {
        assert_eq!(ids(filter), found, "{filter:?}");
    }
}

#[test]
fn a_name_that_the_archive_does_not_have_is_said_and_not_taken_for_good_news() {
    let work = work();
    let asked = |arguments: &[&str]| work.run(&[&["actions"], arguments, &["--today", TODAY]].concat());
    let list =
        asked(&["list", "--service", "serach", "--severity", "sev1", "--team", "x", "--priority", "P9"]);
    let list = list.expect_code(0);
    assert!(list.stdout.starts_with("0 action items"), "{}", list.stdout);
    assert_eq!(
        list.stderr,
        "note: no team is called `x`; the archive names none\n\
         note: no service is called `serach`; there is `search`\n\
         note: no priority is called `P9`; there are `P1`, `P2` and `P3`\n"
    );
    assert_eq!(asked(&["--service", "none", "--quiet", "--team", "x"]).expect_code(0).stderr, "");
    let digest = asked(&["digest", "--team", "storefornt"]).expect_code(0);
    assert!(digest.stderr.starts_with("note: no team is called `storefornt`;"), "{}", digest.stderr);
    for (arguments, said) in [
        (["--type", "fix"], "possible values: prevent, detect"),
        (["--older-than", "soon"], "expected a number of days such as 30"),
    ] {
        let refused = asked(&arguments).expect_code(2).stderr;
        assert!(refused.contains(said), "{refused}");
    }
    let refused = asked(&["digest", "--since", "yesterday"]).expect_code(2).stderr;
    assert!(refused.contains("such as 2026-03-14, or a number of days such as 7d"), "{refused}");
}

#[test]
fn a_list_in_markdown_mentions_nobody() {
    let list = work().run(&["actions", "--owner", "kim", "--format", "markdown", "--today", TODAY]);
    let line = list.stdout.lines().nth(2).unwrap_or_default();
    assert!(line.contains("Improve the tests") && !line.contains("@kim"), "{}", list.text());
}

#[test]
fn one_item_is_shown_by_a_part_of_its_id_with_what_the_gate_says() {
    let work = work();
    assert_eq!(
        work.run(&["actions", "show", "index", "--today", TODAY]).expect_code(0).stdout,
        "\
Add an index on day
  state     open, overdue by 2 days
  due       2026-11-18
  owner     search-team
  priority  P3
  age       31 days
  tracker   SRCH-7
  of        Slow
  severity  SEV4
  gate      2 days overdue

History
  2026-10-20  opened
  by the days that the documents state, since they are in no git repository

postmortems/2026-10-20-slow.md:7:1
"
    );
    let several = work.run(&["actions", "show", "pool", "--today", TODAY]).expect_code(2);
    assert!(several.stderr.contains("`pool` is in 6 ids: "), "{}", several.text());
    let one = work.run(&["actions", "show", "cap", "--json", "--today", TODAY]).expect_code(0);
    let one: Value = serde_json::from_str(&one.stdout).unwrap();
    assert_eq!((&one["line"], &one["severity"], &one["overdue"]), (&json!(10), &json!("SEV1"), &json!(true)));
}
