//! `afterword adopt`, as a program and as a promise: the text stays, the model stays, and once is enough.

use std::{
    io::Write as _,
    process::{Command, Stdio},
};

use afterword::{
    adopt::{Adoption, Options, Outcome, adopt},
    config::Config,
    model::Format,
    parse::{Context, parse},
    source::SourceFile,
};
use proptest::prelude::*;
use serde_json::Value;

use crate::support::{Output, TODAY, Workspace, project, tree};

const SLOW: &str = "\
# Checkout was slow

**Date:** 14 March 2026
**Severity:** SEV2

## Timeline (UTC)

- 13:02 Deploy of 1.84 [started]
- 14:20 The old pool is back [resolved]
";

fn git(work: &Workspace, arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new("git")
        .args(arguments)
        .current_dir(work.path())
        .env("GIT_CEILING_DIRECTORIES", work.path().parent().unwrap())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    Output {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

#[test]
fn the_diff_is_one_that_git_applies_and_gives_what_writing_gives() {
    let windows = SLOW.replace('\n', "\r\n");
    let files = [
        ("incidents/2026-03-14 slow.md", SLOW),
        ("incidents/windows.md", windows.as_str()),
        ("incidents/løst \"x\".md", SLOW.trim_end()),
        ("incidents/yaml.md", &format!("---\n# ours\nlayout: post\n---\n{SLOW}")),
    ];
    let work = || files.iter().fold(Workspace::new(), |work, (path, text)| work.file(path, text));
    let (applied, written) = (work(), work());
    let diff = applied.run(&["adopt", "--root", "incidents", "--today", TODAY]).expect_code(0);
    assert!(diff.stderr.contains("4 documents to adopt"), "{}", diff.stderr);
    assert_eq!(tree(applied.path()), tree(written.path()), "a diff changes nothing");
    git(&applied, &["apply", "--whitespace=nowarn", "-"], &diff.stdout).expect_code(0);
    let done = written.run(&["adopt", "--root", "incidents", "--write", "--today", TODAY]).expect_code(0);
    assert_eq!(done.stdout, "adopted 4 documents, 0 were complete already\n");
    assert_eq!(tree(applied.path()), tree(written.path()));
    let again = written.run(&["adopt", "--root", "incidents", "--today", TODAY]).expect_code(0);
    assert_eq!(again.stdout, "");
    written.run(&["adopt", "--root", "incidents", "--check", "--today", TODAY]).expect_code(0);
}

#[test]
fn from_below_the_root_the_diff_applies_there() {
    let work = Workspace::new().file("book.toml", "[book]\nsrc = \".\"\n").file("a/b/slow.md", SLOW);
    let inside = work.path().join("a");
    let diff = crate::support::run_in(&inside, &["adopt", "--today", TODAY]).expect_code(0);
    assert!(diff.stdout.starts_with("--- a/b/slow.md\n"), "{}", diff.stdout);
    git(&work, &["-C", "a", "apply", "-"], &diff.stdout).expect_code(0);
    assert!(work.read("a/b/slow.md").starts_with("+++\ndate = 2026-03-14\n"));
}

#[test]
fn only_what_is_named_is_written_and_what_is_broken_is_left_alone() {
    let broken = format!("---\ntitle: a: b\n---\n{SLOW}");
    let work = Workspace::new()
        .file("postmortems/one.md", SLOW)
        .file("postmortems/two.md", SLOW)
        .file("postmortems/broken.md", &broken)
        .file("postmortems/latin.md", b"# Slow\n\n**Severity:** SEV2 \xe9\n");
    work.run(&["adopt", "--check", "--today", TODAY]).expect_code(1);
    let one = work.run(&["adopt", "--write", "postmortems/one.md", "--today", TODAY]).expect_code(0);
    assert_eq!(one.stdout, "adopted 1 document, 0 were complete already\n");
    assert_eq!(work.read("postmortems/two.md"), SLOW);
    let all = work.run(&["adopt", "--write", "--format", "yaml", "--today", TODAY]).expect_code(0);
    assert_eq!(all.stdout, "adopted 1 document, 1 was complete already, 2 left as found\n");
    assert!(work.read("postmortems/two.md").starts_with("---\ndate: 2026-03-14\nseverity: SEV2\n"));
    assert_eq!(work.read("postmortems/broken.md"), broken);
    assert!(
        all.stderr.contains("broken.md is left as it is: the front matter has errors: "),
        "{}",
        all.stderr
    );
    assert!(all.stderr.contains("latin.md is left as it is: it is not valid UTF-8"), "{}", all.stderr);
}

#[test]
fn the_exported_archive_says_the_same_before_and_after() {
    let work = Workspace::new();
    for (path, bytes) in tree(&project().join("templates/new")) {
        work.write(&format!("postmortems/{path}"), bytes);
    }
    work.write("postmortems/slow.md", SLOW);
    let export = || {
        let text = work.run(&["export", "json", "--today", TODAY]).expect_code(0).stdout;
        let mut value: Value = serde_json::from_str(&text).unwrap();
        forget(&mut value);
        value
    };
    let before = export();
    work.run(&["adopt", "--write", "--inferred", "--today", TODAY]).expect_code(0);
    assert_eq!(export(), before);
    assert!(work.read("postmortems/slow.md").starts_with("+++\n"));
}

/// Takes out of an export where each fact stands.
fn forget(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|key, _| {
                !["line", "column", "origin", "origins", "basis", "source"].contains(&key.as_str())
            });
            fields.values_mut().for_each(forget);
        }
        Value::Array(items) => items.iter_mut().for_each(forget),
        _ => {}
    }
}

/// Adopts a document and holds the result against all that is promised.
#[track_caller]
fn check(text: &str, options: Options) {
    let config = Config::default();
    let source = SourceFile::new("incidents/2026-03-14-a.md", text);
    let context = Context::new(&config, std::slice::from_ref(&source));
    let Adoption { outcome, left_out, .. } = adopt(&source, &context, options);
    let Outcome::Changed { text: after, .. } = outcome else { return };
    let before = parse(&source, &context);
    let body = &text[before.postmortem.body.start..];
    assert!(after.ends_with(body), "the text has changed:\n{text}\n=>\n{after}");
    let changed = SourceFile::new(source.path.clone(), after.as_str());
    let read = parse(&changed, &context);
    assert_eq!(read.postmortem.unplaced(), before.postmortem.unplaced(), "\n{text}\n=>\n{after}");
    let again = adopt(&changed, &context, options);
    assert_eq!((again.outcome, again.left_out), (Outcome::Complete, left_out), "\n{text}\n=>\n{after}");
    keeps_every_line(text, &after);
}

/// Every line of the old text stands in the new one, in the same order. Only a line with an empty value may have got one,
/// and a table on one line may have got more keys.
#[track_caller]
fn keeps_every_line(old: &str, new: &str) {
    let mut lines = new.split_inclusive('\n').map(|line| line.trim_start_matches('\u{feff}'));
    for line in old.trim_start_matches('\u{feff}').split_inclusive('\n') {
        let is_empty = ["\"\"", "[]", "{}"].iter().any(|empty| line.contains(empty))
            || line.trim_end().ends_with([':', '~'])
            || line.contains(": #");
        let (kept, _) = line.split_once([':', '=']).filter(|_| is_empty).unwrap_or((line, ""));
        let kept = kept.split_once('}').map_or(kept, |(open, _)| open);
        let found = lines.any(|next| next == line || (kept != line && next.starts_with(kept)));
        assert!(found, "{line:?} is lost:\n{old}\n=>\n{new}");
    }
}

fn options() -> impl Strategy<Value = Options> {
    (prop::sample::select(vec![Format::Toml, Format::Yaml]), any::<bool>())
        .prop_map(|(format, inferred)| Options { format, inferred })
}

/// Front matter as people and their generators write it.
const FRONTS: [&str; 12] = [
    "",
    "+++\n+++\n",
    "+++\n# ours\ntitle = \"x\" # kept\n\n[extra]\na = 1\n\n[[action_items]]\ntitle = \"y\"\n+++\n",
    "+++\nseverity = \"\" # how bad\ntags = []\ntimes = {}\nown.key = [\n  1, # one\n]\n+++\n",
    "+++\ntimes.zone = \"CET\"\ntimes.detected = 2026-03-14T13:05:00\n+++\n",
    "+++\n[impact]\nusers = 12_400\n[times]\nzone = \"\"\n+++\n",
    "---\n---\n",
    "---\n# ours\nlayout: post # theirs\ntitle: 'x'\ntags:\n- a\n- b\n...\n",
    "---\nseverity: # how bad\nservices: []\ntimes:\nstatus: ~\nbase: &base {a: 1}\nother: *base\n---\n\n",
    "---\ntimes: {detected: 2026-03-14T13:05:00Z}\nbig: |\n  one\n\n  two\n\nauthor: Kim\n---\n",
    "---\ntitle: Down\ndate: 2026-03-14T13:02:00Z\nresolvedWhen: 2026-03-14T14:20:00Z\naffected: [search]\n---\n",
    "---\ndate: unclear\nseverity: [1, 2]\n---\n",
];

/// Pieces of a body that state something.
const PIECES: [&str; 26] = [
    "# Checkout was slow\n",
    "# 2026-03-14 Checkout was slow\n",
    "# Incident report\n\nCheckout was slow\n",
    "## Summary\n\nOne in five timed out.\n",
    "**Date:** 14 March 2026\n",
    "**Date:** 03/04/2026\n",
    "**Severity:** SEV-2\n",
    "**Status:** final\n",
    "- **Status**: resolved\n- **Authors**: Kim, Alex (SRE)\n",
    "| | |\n|---|---|\n| Severity | 2 |\n| Services | check: out, \"search\" |\n| Start | 2026-03-14 13:02 |\n| End | 14:20 |\n",
    "**Detected by:** alert\n",
    "**Users affected:** 12,400\n",
    "**Time zone:** Europe/Oslo\n",
    "All times in UTC.\n",
    "First detected: 2026-03-14 13:09 PST\n",
    "**Resolved:** 2026-03-15T01:20:30+02:00\n",
    "**Started:** around 13:02\n",
    "**Impact period:** 13:02 - 14:20 JST\n",
    "## Timeline (CET)\n\n- 13:02 Deploy [started]\n- ~13:09 The pager went off\n- 23:50 Mitigated\n- 00:10 All clear, incident resolved\n",
    "## Timeline\n\n| Time | Event |\n|---|---|\n| 2026-03-14 13:02 | Deploy |\n| 13:09 UTC | Alert fired |\n| ?? | Unknown |\n",
    "## Timeline - PST\n\n### March 14th\n\n10:02am: Deploy\n\n10:09am: Detected\n",
    "## Action items\n\n- [ ] Alert on saturation (owner: storefront, due: 2026-04-10)\n",
    "---\n\nText below a line.\n",
    "+++\n",
    "<!-- internal -->\n**Team:** payments\n<!-- /internal -->\n",
    "**Tags:** db, #deploy, yes, 1.10\n",
];

#[test]
fn every_document_of_the_project_is_adopted_without_a_change_of_what_it_says() {
    let documents = ["postmortems", "templates/new"].iter().flat_map(|folder| tree(&project().join(folder)));
    let mut seen = 0;
    for (path, bytes) in documents.filter(|(path, _)| path.to_lowercase().contains(".md")) {
        let text = String::from_utf8(bytes).unwrap();
        // Without its own front matter, all that the body says is new.
        let body = text.rsplit_once("\n+++\n").or_else(|| text.rsplit_once("\n---\n\n#"));
        for text in [text.as_str(), body.map_or("", |(_, body)| body)] {
            for options in [
                Options { format: Format::Toml, inferred: false },
                Options { format: Format::Yaml, inferred: true },
            ] {
                check(text, options);
                check(&text.replace('\n', "\r\n"), options);
            }
        }
        assert!(!path.is_empty());
        seen += 1;
    }
    assert!(seen >= 6, "only {seen} documents");
}

#[test]
fn a_page_of_another_tool_keeps_the_title_that_it_was_read_with() {
    for format in [Format::Toml, Format::Yaml] {
        for inferred in [false, true] {
            check(
                "---\nlayout: post\ntitle: Down\n---\n# Checkout was slow\n\n**Severity:** SEV2\n",
                Options { format, inferred },
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn adopting_changes_no_text_and_no_fact_and_once_is_enough(
        front in prop::sample::select(FRONTS.to_vec()),
        pieces in prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..7),
        end in prop::sample::select(vec!["\n", "\r\n"]),
        mark in prop::sample::select(vec!["", "\u{feff}"]),
        cut in 0..3_usize,
        options in options(),
    ) {
        let text = format!("{mark}{front}{}", pieces.join("\n")).replace('\n', end);
        check(&text[..text.len() - if cut == 0 && text.ends_with('\n') { end.len() } else { 0 }], options);
    }

    #[test]
    fn whatever_stands_in_front_matter_is_kept_or_the_document_is_left_alone(
        fence in prop::sample::select(vec!["+++", "---"]),
        noise in "[-a-z:=\"'\\[\\]{}#&*|>0-9 \n]{0,60}",
        options in options(),
    ) {
        check(&format!("{fence}\n{noise}\n{fence}\n**Severity:** SEV2\n\n**Started:** 2026-03-14 13:02 UTC\n"), options);
    }
}
