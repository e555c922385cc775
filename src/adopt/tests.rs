//! Documents before and after.

use super::*;
use crate::config::Config;

const TOML: Options = Options { format: Format::Toml, inferred: false };

fn adopt_with(config: &Config, text: &str, options: Options) -> Adoption {
    adopt_at("incidents/slow.md", config, text, options)
}

fn adopt_at(path: &str, config: &Config, text: &str, options: Options) -> Adoption {
    let source = SourceFile::new(path, text);
    let context = Context::new(config, std::slice::from_ref(&source));
    let adoption = adopt(&source, &context, options);
    if let Outcome::Changed { text: after, .. } = &adoption.outcome {
        // What every adoption promises, whatever it is about.
        let after = SourceFile::new(path, after.as_str());
        let read = |source: &SourceFile| parse(source, &context).postmortem.unplaced();
        assert_eq!(read(&source), read(&after));
        let again = adopt(&after, &context, options);
        assert_eq!((again.outcome, &again.left_out), (Outcome::Complete, &adoption.left_out));
    }
    adoption
}

#[track_caller]
fn changed(text: &str, options: Options) -> (String, Vec<(&'static str, Reason)>) {
    let adoption = adopt_with(&Config::default(), text, options);
    let left_out = adoption.left_out.iter().map(|left| (left.key, left.reason)).collect();
    match adoption.outcome {
        Outcome::Changed { text, .. } => (text, left_out),
        other => panic!("{other:?} {left_out:?}"),
    }
}

const BODY: &str = "\
# Checkout was slow

**Date:** 14 March 2026
**Severity:** SEV-2
**Status:** final
**Services:** checkout, search
**Authors:** Kim, Alex

## Timeline (UTC)

- 13:02 Deploy of 1.84 [started]
- 13:09 Alert fired
- ~14:20 Fixed [resolved]

## Action items

- [ ] Alert on pool saturation (owner: storefront)
";

#[test]
fn what_the_text_says_stands_in_the_front_matter_and_the_text_stays() {
    let (after, left_out) = changed(BODY, TOML);
    assert_eq!(
        after,
        format!(
            "+++\ndate = 2026-03-14\nstatus = \"final\"\nseverity = \"SEV-2\"\nservices = [\"checkout\", \"search\"]\n\
             authors = [\"Kim\", \"Alex\"]\n\n[times]\nzone = \"UTC\"\nstarted = 2026-03-14T13:02:00Z\n\
             resolved = \"~2026-03-14 14:20 UTC\"\n+++\n\n{BODY}"
        )
    );
    assert_eq!(left_out, [("times.detected", Reason::Inferred)]);
}

#[test]
fn yaml_says_the_same_and_what_was_concluded_is_written_when_asked_for() {
    let (after, left_out) = changed(BODY, Options { format: Format::Yaml, inferred: true });
    assert_eq!(
        after,
        format!(
            "---\ndate: 2026-03-14\nstatus: final\nseverity: SEV-2\nservices: [checkout, search]\nauthors: [Kim, Alex]\n\
             times:\n  zone: UTC\n  started: 2026-03-14T13:02:00Z\n  detected: 2026-03-14T13:09:00Z\n  \
             resolved: \"~2026-03-14 14:20 UTC\"\n---\n\n{BODY}"
        )
    );
    assert_eq!(left_out, []);
}

#[test]
fn front_matter_that_is_there_is_completed_and_what_is_in_it_stays() {
    let document = format!(
        "---\r\n# ours\r\nlayout: post # theirs\r\nseverity:\r\nstatus: done\r\n---\r\n{}",
        BODY.replace('\n', "\r\n")
    );
    let (after, _) = changed(&document, TOML);
    let head = "---\r\n# ours\r\nlayout: post # theirs\r\ndate: 2026-03-14\r\nseverity: SEV-2\r\nservices: ";
    assert!(after.starts_with(head), "{after}");
    assert!(after.ends_with(&BODY.replace('\n', "\r\n")), "{after}");
    assert!(!after.replace("\r\n", "").contains('\n'), "{after}");
}

#[test]
fn a_document_that_says_it_all_or_nothing_is_complete() {
    for text in [
        "# Slow\n\nThe pool was small.\n",
        "+++\ntitle = \"x\"\ndate = 2026-03-14\n[times]\nstarted = 2026-03-14T13:02:00Z\n+++\n\n# x\n\nText.\n",
        "---\ntitle: Down\ndate: 2026-03-14T13:02:00Z\nresolved: true\nresolvedWhen: 2026-03-14T14:20:00Z\naffected: [search]\nseverity: down\n---\nText.\n",
    ] {
        let adoption = adopt_with(&Config::default(), text, TOML);
        assert_eq!((adoption.outcome, adoption.left_out), (Outcome::Complete, vec![]), "{text}");
    }
}

#[test]
fn a_document_with_broken_front_matter_is_left_alone_with_the_reason() {
    let reason = |text: &str| match adopt_with(&Config::default(), text, TOML).outcome {
        Outcome::Untouched(reason) => reason,
        other => panic!("{other:?}"),
    };
    assert_eq!(
        reason("+++\ntitle = = 1\n+++\n\n**Severity:** SEV2\n"),
        "the front matter has errors: extra `=`, expected nothing (line 2)"
    );
    assert_eq!(reason("  \n"), "it is empty");
    let source = SourceFile::from_bytes("a.md", b"**Severity:** SEV2 \xff");
    let config = Config::default();
    let outcome = adopt(&source, &Context::new(&config, &[]), TOML).outcome;
    assert_eq!(outcome, Outcome::Untouched("it is not valid UTF-8".to_owned()));
}

#[test]
fn a_value_that_is_there_is_never_replaced() {
    let adoption =
        adopt_with(&Config::default(), "---\nseverity: [unclear]\n---\n\n# x\n\n**Severity:** SEV2\n", TOML);
    assert_eq!(
        (adoption.outcome, adoption.left_out),
        (Outcome::Complete, vec![LeftOut { key: "severity", reason: Reason::Occupied }])
    );
}

#[test]
fn what_the_configuration_knows_is_written_by_its_id_and_what_it_does_not_know_is_left_out() {
    let text = "[[severity]]\nid = \"SEV1\"\naliases = [\"critical\"]\n[[service]]\nid = \"checkout\"\nname = \"Check-out\"\n";
    let (config, _) = Config::parse(&SourceFile::new("book.toml", text));
    let head = |severity: &str| {
        let document = format!("# x\n\n**Severity:** {severity}\n**Services:** Check-out\n");
        let adoption = adopt_with(&config, &document, TOML);
        let Outcome::Changed { text, .. } = adoption.outcome else { panic!("{adoption:?}") };
        (text.split_once("+++\n\n").unwrap().0.to_owned(), adoption.left_out)
    };
    assert_eq!(
        head("critical"),
        ("+++\nseverity = \"critical\"\nservices = [\"checkout\"]\n".to_owned(), vec![])
    );
    let unknown = LeftOut { key: "severity", reason: Reason::UnknownSeverity };
    assert_eq!(head("apocalyptic"), ("+++\nservices = [\"checkout\"]\n".to_owned(), vec![unknown]));
}

#[test]
fn the_day_in_the_name_of_a_file_is_written_beside_other_facts_only() {
    let config = Config::default();
    let at = |text: &str| adopt_at("2026-03-14-slow.md", &config, text, TOML);
    assert_eq!(
        (at("# Slow\n\nText.\n").outcome, at("# Slow\n\nText.\n").left_out),
        (Outcome::Complete, vec![])
    );
    let events = "# Slow\n\n**Severity:** SEV2\n\n## Timeline\n\n- 2026-03-14 13:02 Deploy\n";
    let Outcome::Changed { keys, .. } = at(events).outcome else { panic!("nothing to adopt") };
    assert_eq!(keys, ["date", "severity"]);
}

#[test]
fn a_fact_that_would_change_how_others_are_read_is_left_out() {
    let text = "# Slow\n\nAll times in UTC.\n\n**Started:** 2026-03-14 13:02 CET\n**Resolved:** 14:20\n\n## Timeline (PST)\n\n- 2026-03-14 13:02 Deploy\n";
    let adoption = adopt_with(&Config::default(), text, TOML);
    let Outcome::Changed { text, .. } = adoption.outcome else { panic!("{adoption:?}") };
    assert!(text.starts_with("+++\ndate = 2026-03-14\n"), "{text}");
    assert!(text.contains("\nstarted = \"2026-03-14 13:02 CET\"\n"), "{text}");
}

#[test]
fn a_milestone_that_the_text_states_twice_is_left_out() {
    let text = "# Slow\n\n**Resolved:** 2026-03-14 13:02 UTC\n\n## Timeline\n\n- 2026-03-14 15:02 UTC Over [resolved]\n";
    let adoption = adopt_with(&Config::default(), text, TOML);
    let left_out: Vec<_> = adoption.left_out.iter().map(|left| (left.key, left.reason)).collect();
    assert_eq!(left_out, [("date", Reason::Inferred), ("times.resolved", Reason::Contradicted)]);
}

#[test]
fn new_front_matter_is_in_the_language_of_its_folder_or_of_its_file() {
    let config = Config::default();
    let usual = |texts: &[&str]| {
        let context = Context::new(&config, &[]);
        let read = |text: &&str| parse(&SourceFile::new("a.md", *text), &context).postmortem;
        usual_format(&Archive::new(texts.iter().map(read)))
    };
    let (yaml, toml) = ("---\ntitle: x\n---\n", "+++\n+++\n");
    assert_eq!([usual(&[]), usual(&["# x"]), usual(&[yaml, toml])], [Format::Toml; 3]);
    assert_eq!(usual(&[yaml, yaml, toml]), Format::Yaml);
    assert_eq!(needed_format("a/2026.html.md.erb"), Some(Format::Yaml));
    assert_eq!(needed_format("a/erb.md"), None);
}
