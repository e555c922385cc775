//! Whole sites: the demonstration archive, and small archives in which one thing each is wrong. What is wrong is
//! reported with its place, and everything else is still built.

use std::{fmt::Write as _, fs};

use crate::{
    links::wrong_references,
    support::{TODAY, Workspace, diff, golden, project, run_in, tree},
};

/// A document without anything to say against it.
const FINE: &str = "\
+++
title = \"Checkout was slow\"
id = \"slow\"
date = 2026-03-14
status = \"draft\"
+++

# Checkout was slow

The pool was sized per host.
";

/// One archive in which one thing is wrong: the file, what is in it, and the place and words of the finding.
struct Case {
    name: &'static str,
    file: &'static str,
    contents: &'static [u8],
    place: &'static str,
    words: &'static [&'static str],
}

const CASES: &[Case] = &[
    Case {
        name: "front matter that is not TOML",
        file: "postmortems/broken.md",
        contents: b"+++\ntitle = \"Broken\"\ndate = = 2026-03-14\n+++\n\n# Broken\n\nText.\n",
        place: "postmortems/broken.md:3:8",
        words: &[],
    },
    Case {
        name: "front matter that is not YAML",
        file: "postmortems/broken.md",
        contents: b"---\ntitle: Broken\ntags: [a, b\n---\n\n# Broken\n\nText.\n",
        place: "postmortems/broken.md:",
        words: &[],
    },
    Case {
        name: "front matter that never ends",
        file: "postmortems/open.md",
        contents: b"+++\ntitle = \"Open\"\n\n# Open\n\nText.\n",
        place: "postmortems/open.md:1:1",
        words: &["+++"],
    },
    Case {
        name: "a day that does not exist",
        file: "postmortems/day.md",
        contents: b"---\ntitle: Day\ndate: 2026-02-30\n---\n\n# Day\n\nText.\n",
        place: "postmortems/day.md:3:7",
        words: &["2026-02-30"],
    },
    Case {
        name: "bytes that are not UTF-8",
        file: "postmortems/latin.md",
        contents: b"# Latin\n\nThe caf\xe9 was down.\n",
        place: "postmortems/latin.md:3:8",
        words: &["UTF-8"],
    },
    Case {
        name: "an empty file",
        file: "postmortems/empty.md",
        contents: b"",
        place: "postmortems/empty.md:1:1",
        words: &["empty"],
    },
    Case {
        name: "a document whose id is another's",
        file: "postmortems/good.md",
        contents: b"+++\ntitle = \"Again\"\nid = \"slow\"\ndate = 2026-03-15\n+++\n\nText.\n",
        place: "postmortems/good.md:3:6",
        words: &["duplicate-id", "`slow`", "postmortems/fine.md"],
    },
    Case {
        name: "an image that is not there",
        file: "postmortems/image.md",
        contents: b"# Image\n\nSee ![the graph](graph.png).\n",
        place: "postmortems/image.md:3:",
        words: &["graph.png"],
    },
    Case {
        name: "a link to a postmortem that is not there",
        file: "postmortems/link.md",
        contents: b"# Link\n\nSee [the other](other.md).\n",
        place: "postmortems/link.md:3:",
        words: &["other.md"],
    },
    Case {
        name: "a key that the configuration does not know",
        file: "book.toml",
        contents: b"[book]\ntitle = \"Acme\"\nlangauge = \"en\"\n",
        place: "book.toml:3:1",
        words: &["`langauge`", "`language`"],
    },
    Case {
        name: "a template that does not parse",
        file: "templates/home.html",
        contents: b"{% extends \"base.html\" %}\n{% block main %}\n{{ site. }}\n{% endblock %}\n",
        place: "templates/home.html:3:",
        words: &[],
    },
];

fn workspace(case: &Case) -> Workspace {
    Workspace::new().file("postmortems/fine.md", FINE).file(case.file, case.contents)
}

#[test]
fn whatever_is_wrong_is_reported_with_its_place_and_the_rest_is_built() {
    let mut wrong = Vec::new();
    for case in CASES {
        let work = workspace(case);
        let built = work.run(&["build", "--out", "site", "--today", TODAY]);
        let said = built.text() + &work.run(&["check", "--today", TODAY]).text();
        if !said.contains(case.place) || !case.words.iter().all(|word| said.contains(word)) {
            wrong.push(format!("{}: `{}` {:?} is not in:\n{said}", case.name, case.place, case.words));
        }
        let page = work.path().join("site/postmortems/slow.html");
        if !page.is_file() {
            wrong.push(format!("{}: the other document was not built:\n{said}", case.name));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn what_is_said_of_broken_input_is_worded_with_care() {
    let mut report = String::new();
    for case in CASES {
        let said = workspace(case).run(&["check", "--today", TODAY]).stdout;
        let place = format!("--> {}:", case.file);
        let about = said.split("\n\n").filter(|found| !found.starts_with("hint") && found.contains(&place));
        writeln!(report, "=== {}\n\n{}\n", case.name, about.collect::<Vec<_>>().join("\n\n")).unwrap();
    }
    golden("broken-input.txt", &report);
}

#[test]
fn the_demonstration_site_has_no_wrong_reference() {
    let work = Workspace::new();
    build_demonstration(&work, "site");
    let wrong = wrong_references(&tree(&work.path().join("site")), "/postmortems/");
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn the_same_inputs_give_the_same_bytes() {
    let work = Workspace::new();
    build_demonstration(&work, "one");
    build_demonstration(&work, "two");
    let (one, two) = (tree(&work.path().join("one")), tree(&work.path().join("two")));
    assert_eq!(one.keys().collect::<Vec<_>>(), two.keys().collect::<Vec<_>>());
    for (path, bytes) in &one {
        let (a, b) = (String::from_utf8_lossy(bytes), String::from_utf8_lossy(&two[path]));
        assert!(a == b, "{path} differs:\n{}", diff(&a, &b));
    }
}

#[test]
fn a_folder_of_somebody_else_is_not_overwritten() {
    let work = Workspace::new().file("postmortems/fine.md", FINE).file("site/thesis.txt", "irreplaceable");
    let built = work.run(&["build", "--out", "site", "--today", TODAY]).expect_code(2);
    assert!(built.stderr.contains("site"), "{}", built.stderr);
    assert_eq!(
        tree(&work.path().join("site")),
        [("thesis.txt".to_owned(), b"irreplaceable".to_vec())].into()
    );
}

#[test]
fn a_second_build_takes_the_place_of_the_first() {
    let work =
        Workspace::new().file("postmortems/fine.md", FINE).file("postmortems/other.md", "# Other\n\nText.\n");
    work.run(&["build", "--out", "site", "--today", TODAY]).expect_code(0);
    assert!(work.path().join("site/postmortems/other.html").is_file());
    fs::remove_file(work.path().join("postmortems/other.md")).unwrap();
    work.run(&["build", "--out", "site", "--today", TODAY]).expect_code(0);
    assert!(
        !work.path().join("site/postmortems/other.html").exists(),
        "the page of a removed document is gone"
    );
    assert!(work.path().join("site/postmortems/slow.html").is_file());
}

fn build_demonstration(work: &Workspace, out: &str) {
    let out = work.path().join(out);
    run_in(&project(), &["build", "--out", out.to_str().unwrap(), "--today", TODAY]).expect_code(0);
}

#[test]
fn a_log_becomes_a_page_for_each_incident_and_links_find_the_right_one() {
    let mut log = String::from("# Log\n\nSee [the second](#2026-02-01-queue-full).\n\n");
    for month in 1..=12 {
        let title = if month == 2 { "Queue full" } else { "Disk full" };
        let _ = write!(
            log,
            "## 2026-{month:02}-01 {title}\n\nIt broke in month {month}.\n\n### Timeline\n\n- 10:00 UTC alert\n- 10:05 UTC [as before](#2026-02-01-queue-full)\n\n"
        );
    }
    let work =
        Workspace::new().file("book.toml", "[book]\nsplit = \"h2\"\n").file("postmortems/log.md", log).file(
            "postmortems/2026-12-24-dns.md",
            "# DNS\n\nLike [this](log.md#2026-03-01-disk-full).\n\n## Summary\n\nx\n",
        );
    let check = work.run(&["check", "--today", TODAY, "--format", "short"]).expect_code(0);
    assert!(!check.stdout.contains("broken-link"), "{}", check.text());
    assert!(check.stdout.contains("postmortems/log.md:5:1: hint[missing-field]"), "{}", check.text());
    assert_eq!(check.stdout.matches("hint[missing-field]").count(), 13, "{}", check.text());
    work.run(&["build", "--out", "site", "--today", TODAY]).expect_code(0);
    let pages: Vec<String> = tree(&work.path().join("site"))
        .into_keys()
        .filter(|path| path.starts_with("postmortems/log-"))
        .collect();
    assert_eq!(pages.len(), 12, "{pages:?}");
    let third = work.read("site/postmortems/log-2026-03-01-disk-full.html");
    assert!(third.contains("It broke in month 3.") && !third.contains("It broke in month 4."), "{third}");
    assert!(third.contains("log-2026-02-01-queue-full.html#2026-02-01-queue-full"), "{third}");
    let other = work.read("site/postmortems/2026-12-24-dns.html");
    assert!(other.contains("log-2026-03-01-disk-full.html#"), "{other}");
}
