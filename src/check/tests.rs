//! The engine: levels, suppressions, order.

use super::testing::{Case, check};
use crate::source::SourceFile;

/// The lines about one rule.
fn only(rule: &str, lines: Vec<String>) -> Vec<String> {
    lines.into_iter().filter(|line| line.contains(&format!("[{rule}]"))).collect()
}

fn levels(rule: &str, lines: Vec<String>) -> Vec<String> {
    let word = |line: String| {
        line.split(' ').nth(1).unwrap_or_default().split('[').next().unwrap_or_default().to_owned()
    };
    only(rule, lines).into_iter().map(word).collect()
}

fn document(head: &str, cause: &str) -> String {
    format!(
        "+++\ntitle = \"Lost volume\"\n{head}\n+++\n\nThe volume was lost and nobody could write for nine minutes.\n\n## Root cause\n\n{cause}\n"
    )
}

const ERROR: &str = "It was human error.";

#[test]
fn a_draft_is_asked_little_and_a_final_worst_incident_much() {
    let of = |head: &str| levels("missing-section", check(&document(head, "The pool was too small.")));
    assert_eq!(of("status = \"draft\"\nseverity = \"SEV1\""), ["info"]);
    assert_eq!(of(""), ["info"]);
    assert_eq!(of("status = \"in-review\"\nseverity = \"SEV1\""), ["warning"]);
    assert_eq!(of("status = \"final\"\nseverity = \"SEV2\""), ["warning"]);
    assert_eq!(of("status = \"final\"\nseverity = \"SEV1\""), ["error"]);
    let of = |head: &str| levels("human-error-as-cause", check(&document(head, ERROR)));
    assert_eq!(of("status = \"draft\""), ["info"]);
    assert_eq!(of(""), ["warning"]);
    assert_eq!(of("status = \"final\"\nseverity = \"SEV1\""), ["warning"]);
}

#[test]
fn the_worst_severity_is_the_first_of_the_configured_ones() {
    let case = Case::default().configuration("[[severity]]\nid = \"red\"\n[[severity]]\nid = \"SEV1\"\n");
    let of = |severity: &str| {
        let head = format!("status = \"final\"\nseverity = \"{severity}\"");
        levels("missing-section", case.check(&document(&head, "The pool was too small.")))
    };
    assert_eq!((of("red"), of("SEV1")), (vec!["error".to_owned()], vec!["warning".to_owned()]));
}

#[test]
fn the_configuration_wins_over_what_is_built_in_and_a_name_over_its_group() {
    let of = |configuration: &str| {
        let case = Case::default().configuration(configuration);
        levels("human-error-as-cause", case.check(&document("", ERROR)))
    };
    assert_eq!(of("[check]\ndeny = [\"blameless\"]"), ["error"]);
    assert_eq!(of("[check]\ndeny = [\"blameless\"]\ninfo = [\"human-error-as-cause\"]"), ["info"]);
    assert_eq!(of("[check]\nallow = [\"human-error-as-cause\"]"), Vec::<String>::new());
    assert_eq!(
        of("[check]\nallow = [\"human-error-as-cause\"]\nwarn = [\"human-error-as-cause\"]"),
        ["warning"]
    );
}

#[test]
fn the_last_override_that_fits_wins() {
    let configuration = "[check]\ndeny = [\"human-error-as-cause\"]\n\
        [[check.override]]\nwhen = { path = \"old/**\" }\ninfo = [\"blameless\"]\n\
        [[check.override]]\nwhen = { path = \"old/2019/*\", status = \"final\" }\nallow = [\"human-error-as-cause\"]\n";
    let case = Case::default().configuration(configuration);
    let of =
        |path: &str, head: &str| levels("human-error-as-cause", case.check_at(path, &document(head, ERROR)));
    assert_eq!(of("new.md", ""), ["error"]);
    assert_eq!(of("old/2019/a.md", ""), ["info"]);
    assert_eq!(of("old/2019/a.md", "status = \"final\""), Vec::<String>::new());
    assert_eq!(of("old/2020/a.md", "status = \"final\""), ["info"]);
}

#[test]
fn an_unknown_rule_is_reported_with_the_nearest_name() {
    let case = Case::default().configuration("[check]\ndeny = [\"human-eror-as-cause\"]\n");
    let found = case.diagnostics(&SourceFile::new("a.md", document("", "x")));
    let unknown: Vec<_> = found.iter().filter(|one| one.finding.rule == "unknown-rule").collect();
    assert_eq!(unknown.len(), 1);
    assert_eq!(
        (unknown[0].path.as_str(), unknown[0].finding.help.as_deref()),
        ("book.toml", Some("is `human-error-as-cause` meant?"))
    );
}

#[test]
fn a_suppression_covers_its_line_or_the_block_below() {
    let allow = "<!-- afterword: allow human-error-as-cause, because the term is quoted -->";
    let count = |cause: &str| only("human-error-as-cause", check(&document("", cause))).len();
    let bad = |cause: &str| only("bad-suppression", check(&document("", cause)));
    for covered in [
        format!("{ERROR} {allow}"),
        format!("{allow}\n{ERROR}"),
        format!("{allow}\n\n{ERROR}"),
        format!("{allow}\n- {ERROR}\n"),
        format!("{allow}\nOn the second line:\n{ERROR}"),
    ] {
        assert_eq!((count(&covered), bad(&covered)), (0, vec![]), "{covered}");
    }
    for open in [
        format!("{allow}\nThe pool was small.\n\n{ERROR}"),
        format!("{allow}\n- The pool was small.\n- {ERROR}\n"),
        format!("{ERROR}\n\n{allow}\nThe pool was small."),
    ] {
        assert_eq!((count(&open), bad(&open).len()), (1, 1), "{open}");
    }
}

#[test]
fn a_suppression_may_cover_the_file_or_name_several_rules_or_a_group() {
    let far = |comment: &str| {
        let cause = format!("{comment}\n\nThe pool was small.\n\n{ERROR}\n\nThe reviewer failed to see it.");
        let found = check(&document("", &cause));
        (
            found.iter().filter(|line| line.contains("cause]") || line.contains("person]")).count(),
            only("bad-suppression", found).len(),
        )
    };
    assert_eq!(far(""), (2, 0));
    assert_eq!(
        far("<!-- afterword: allow-file human-error-as-cause, omission-by-person, because it is old -->"),
        (0, 0)
    );
    assert_eq!(far("<!-- afterword: allow-file blameless, because it is old -->"), (0, 0));
    assert_eq!(far("<!-- afterword: allow-file human-error-as-cause, because it is old -->"), (1, 0));
}

#[test]
fn a_suppression_that_is_wrong_says_why() {
    let bad = |comment: &str| {
        let found = only("bad-suppression", check(&document("", &format!("{comment}\n{ERROR}"))));
        found
            .into_iter()
            .map(|line| line.split(": ").last().unwrap_or_default().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(bad("<!-- afterword: allow human-error-as-cause -->"), ["this suppression gives no reason"]);
    assert_eq!(
        bad("<!-- afterword: allow human-error-as-cause, because -->"),
        ["this suppression gives no reason"]
    );
    assert_eq!(bad("<!-- afterword: allow , because x -->"), ["this suppression names no rule"]);
    assert_eq!(
        bad("<!-- afterword: allow human-eror, because x -->"),
        ["there is no rule and no group `human-eror`"]
    );
    assert_eq!(
        bad("<!-- afterword: allow clock, because x -->"),
        ["nothing here needs `clock` to be allowed"]
    );
    assert_eq!(bad("<!-- an afterword on this -->"), Vec::<String>::new());
}

#[test]
fn front_matter_is_suppressed_by_its_own_comments() {
    let lines = |comment: &str| {
        let head = format!(
            "date = 2036-01-01\nstatus = \"in-review\"\n[impact]\n{comment}summary = \"It was human error.\""
        );
        let found = check(&document(&head, "x"));
        (only("human-error-as-cause", found.clone()).len(), only("bad-suppression", found).len())
    };
    assert_eq!(lines(""), (1, 0));
    assert_eq!(lines("# afterword: allow human-error-as-cause, because it is quoted\n"), (0, 0));
    assert_eq!(lines("# afterword: allow counterfactual, because it is quoted\n"), (1, 1));
}

#[test]
fn a_comment_above_a_table_of_the_front_matter_covers_the_table() {
    let toml = "+++\ntitle = \"x\"\n\n# afterword: allow action-without-owner, because it is being decided\n[[action_items]]\ntitle = \"Cap the pool\"\n\n[[action_items]]\ntitle = \"Alert on it\"\n+++\n\nText.\n";
    let yaml = "---\ntitle: x\naction_items:\n  # afterword: allow action-without-owner, because it is being decided\n  - due: 2026-07-01\n    title: Cap the pool\n  - title: Alert on it\n---\n\nText.\n";
    for text in [toml, yaml] {
        let found = check(text);
        assert_eq!(only("bad-suppression", found.clone()), Vec::<String>::new(), "{text}");
        let left = only("action-without-owner", found);
        assert!(left.len() == 1 && left[0].contains("`Alert on it`"), "{left:?}");
    }
}

#[test]
fn a_rule_that_is_off_makes_no_suppression_useless() {
    let case = Case::default().configuration("[check]\nallow = [\"human-error-as-cause\"]\n");
    let text = document("", "<!-- afterword: allow human-error-as-cause, because x -->\nThe pool was small.");
    assert_eq!(only("bad-suppression", case.check(&text)), Vec::<String>::new());
}

#[test]
fn findings_come_in_the_order_of_the_text_and_twice_the_same() {
    let text =
        document("severity = \"SEV9\"", "It was human error.\n\nThe reviewer failed to see it.\n\nTODO");
    let case = Case::default().beside("a.md", "x").beside("z.md", "TBD\n\nTODO");
    let found = case.diagnostics(&SourceFile::new("m.md", text.clone()));
    assert!(found.is_sorted_by_key(|one| (one.path.clone(), one.finding.span.start)));
    assert_eq!(found, case.diagnostics(&SourceFile::new("m.md", text)));
}

/// Parts of documents, whole and broken, that are put together at random.
const PARTS: [&str; 22] = [
    "+++\ntitle = \"x\"\nstatus = \"final\"\n+++\n",
    "---\ntitle: [\n---\n",
    "+++\n# afterword: allow clock, because x\n[times]\nstarted = 2026-05-04T10:00:00Z\n+++\n",
    "# Incident \n",
    "## Timeline (PST)\n\n- 13:02 a\n- 2026-05-04 12:01 \"b\n",
    "## Impact\n\n**Duration:** 3h\n",
    "| Action | Owner | Due |\n|---|---|---|\n| Improve it | all | 2020-01 |\n| ~~x~~ | | ??? |\n",
    "<!-- afterword: allow",
    "<!-- afterword: allow secret, because x -->\n",
    "<!-- internal -->\n",
    "<!-- /internal -->\n",
    "```\nTODO\n",
    "- [ ] be careful `x",
    "![](../../x.png) [a](#b) [c](d.md#e) <f@g.h>\n",
    "The engineer, while (debugging, should have ",
    "they forgot to “check” it. Who did this?",
    "\u{3042}\u{1f600}\u{301}",
    "@kim mistakenly ",
    "\r\n\r\n",
    "\t1. ",
    "> ",
    "\u{0}\u{feff}",
];

proptest::proptest! {
    #[test]
    fn any_text_is_checked_and_every_finding_lies_within_it(
        parts in proptest::collection::vec(proptest::sample::select(&PARTS[..]), 0..14),
        noise in ".{0,40}",
    ) {
        let text = parts.concat() + &noise;
        let document = SourceFile::new("a.md", text);
        let found = Case::default().diagnostics(&document);
        for one in found.iter().filter(|one| one.path == document.path) {
            let spans = one.finding.others.iter().map(|label| label.span).chain([one.finding.span]);
            for span in spans {
                proptest::prop_assert!(span.start <= span.end && span.end <= document.text.len(), "{one:?}");
                proptest::prop_assert!(document.text.get(span.start..span.end).is_some(), "{one:?}");
            }
            proptest::prop_assert!(!one.finding.message.contains('\n'), "{one:?}");
        }
    }
}
