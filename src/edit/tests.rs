//! What becomes of front matter as people write it.

use super::*;
use crate::{
    config::Config,
    model::{Format, FrontMatter},
    parse::{Context, parse},
    source::SourceFile,
};

fn place(document: &str) -> Option<FrontMatter> {
    let config = Config::default();
    parse(&SourceFile::new("a.md", document), &Context::new(&config, &[])).postmortem.front_matter
}

fn editor(document: &str) -> Result<FrontMatterEditor, Refused> {
    FrontMatterEditor::open(document, place(document).unwrap())
}

fn path(keys: &str) -> Vec<Step<'_>> {
    keys.split('.').map(|key| key.parse().map_or(Step::Key(key), Step::Item)).collect()
}

fn word(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn plain(text: &str) -> Value {
    Value::Plain(text.to_owned())
}

/// The document with some keys set.
fn set(document: &str, changes: &[(&str, Value)]) -> Result<String, Refused> {
    let mut editor = editor(document)?;
    for (keys, value) in changes {
        editor.set(&path(keys), value)?;
    }
    Ok(apply(document, &[editor.finish()]).unwrap())
}

/// Sets keys in a content and gives the content.
#[track_caller]
fn content(fence: &str, content: &str, changes: &[(&str, Value)]) -> String {
    let document = format!("{fence}\n{content}{fence}\n\n# Body\n");
    let after = set(&document, changes).unwrap();
    let body = format!("{fence}\n\n# Body\n");
    after.strip_prefix(&format!("{fence}\n")).unwrap().strip_suffix(&body).unwrap().to_owned()
}

#[test]
fn a_key_comes_where_the_documentation_has_it_and_nothing_else_moves() {
    assert_eq!(
        content(
            "+++",
            "# ours\ntitle = \"x\" # kept\nteam-key = 1\ntags = [\n  \"a\", # one\n]\n",
            &[
                ("severity", word("SEV2")),
                ("date", plain("2026-03-14")),
                ("authors", Value::List(vec!["Kim".into()]))
            ]
        ),
        "# ours\ntitle = \"x\" # kept\ndate = 2026-03-14\nseverity = \"SEV2\"\nteam-key = 1\ntags = [\n  \"a\", # one\n]\nauthors = [\"Kim\"]\n"
    );
    assert_eq!(
        content(
            "---",
            "# ours\ntitle: x # kept\nlayout: post\nbig: |\n  a\n\n  b\n\nlast: 'z'\n",
            &[("severity", word("SEV2")), ("date", plain("2026-03-14"))]
        ),
        "# ours\ntitle: x # kept\ndate: 2026-03-14\nseverity: SEV2\nlayout: post\nbig: |\n  a\n\n  b\n\nlast: 'z'\n"
    );
}

#[test]
fn tables_are_begun_extended_and_kept_in_order() {
    let times = [
        ("times.zone", word("UTC")),
        ("times.resolved", plain("2026-03-14T14:20:00Z")),
        ("times.started", plain("2026-03-14T13:02:00Z")),
    ];
    assert_eq!(
        content("+++", "title = \"x\"\n\n# what follows\n[[action_items]]\ntitle = \"y\"\n", &times),
        "title = \"x\"\n\n[times]\nzone = \"UTC\"\nstarted = 2026-03-14T13:02:00Z\nresolved = 2026-03-14T14:20:00Z\n\n# what follows\n[[action_items]]\ntitle = \"y\"\n"
    );
    assert_eq!(
        content("---", "title: x\ntags: [a]\naction_items:\n  - title: y\n", &times),
        "title: x\ntags: [a]\ntimes:\n  zone: UTC\n  started: 2026-03-14T13:02:00Z\n  resolved: 2026-03-14T14:20:00Z\naction_items:\n  - title: y\n"
    );
    assert_eq!(
        content("+++", "[impact]\nusers = 3\n# end\n", &[("times.zone", word("UTC")), ("title", word("x"))]),
        "title = \"x\"\n\n[times]\nzone = \"UTC\"\n\n[impact]\nusers = 3\n# end\n"
    );
}

#[test]
fn every_way_to_write_a_table_is_extended_in_its_own_way() {
    let zone = [("times.zone", word("UTC"))];
    let times = "started = 2026-03-14T13:02:00Z";
    for (before, after) in [
        (format!("times = {{ {times} }}\n"), format!("times = {{ {times}, zone = \"UTC\" }}\n")),
        (format!("times.{times} # t\nx = 1\n"), format!("times.{times} # t\ntimes.zone = \"UTC\"\nx = 1\n")),
        ("times = {}\n".to_owned(), "times = { zone = \"UTC\" }\n".to_owned()),
        (
            "[times] # t\n[times.own]\na = 1\n".to_owned(),
            "[times] # t\nzone = \"UTC\"\n[times.own]\na = 1\n".to_owned(),
        ),
    ] {
        assert_eq!(content("+++", &before, &zone), after);
    }
    for (before, after) in [
        ("times: {started: 13:02}\nx: 1\n", "times: {started: 13:02, zone: UTC}\nx: 1\n"),
        ("times: {}\n", "times: {zone: UTC}\n"),
        ("times: # none yet\nx: 1\n", "times: # none yet\n  zone: UTC\nx: 1\n"),
        (
            "times:\n    # when\n    started: 13:02\n\nx: 1\n",
            "times:\n    # when\n    started: 13:02\n    zone: UTC\n\nx: 1\n",
        ),
        ("times:\n  resolved: 13:02\nx: 1\n", "times:\n  zone: UTC\n  resolved: 13:02\nx: 1\n"),
    ] {
        assert_eq!(content("---", before, &zone), after);
    }
}

#[test]
fn an_item_of_a_list_is_changed_where_it_stands() {
    let done = [("action_items.1.status", word("done")), ("action_items.1.closed", plain("2026-04-01"))];
    assert_eq!(
        content(
            "+++",
            "[[action_items]]\ntitle = \"a\"\n\n[[action_items]]\ntitle = \"b\"\nstatus = 'open' # soon\n",
            &done
        ),
        "[[action_items]]\ntitle = \"a\"\n\n[[action_items]]\ntitle = \"b\"\nstatus = \"done\" # soon\nclosed = 2026-04-01\n"
    );
    assert_eq!(
        content("---", "action_items:\n- title: a\n- title: b\n  status: open # soon\nx: 1\n", &done),
        "action_items:\n- title: a\n- title: b\n  status: done # soon\n  closed: 2026-04-01\nx: 1\n"
    );
}

#[test]
fn an_empty_value_is_filled_and_comments_behind_it_stay() {
    let severity = [("severity", word("SEV2")), ("tags", Value::List(vec!["a".into(), "b".into()]))];
    assert_eq!(
        content("+++", "severity = \"\" # how bad\ntags = []\n", &severity),
        "severity = \"SEV2\" # how bad\ntags = [\"a\", \"b\"]\n"
    );
    assert_eq!(
        content("---", "severity: # how bad\ntags: ~\n", &severity),
        "severity: SEV2 # how bad\ntags: [a, b]\n"
    );
    let editor = editor("---\nseverity: \"\"\ntags: []\ntimes:\nstatus: x\n---\n").unwrap();
    let blank = |keys: &str| editor.is_blank(&path(keys));
    assert_eq!(
        [
            blank("severity"),
            blank("tags"),
            blank("times"),
            blank("times.zone"),
            blank("date"),
            blank("status")
        ],
        [true, true, true, true, true, false]
    );
}

#[test]
fn line_ends_and_the_mark_of_a_file_are_kept() {
    let before = "\u{feff}---\r\ntitle: x\r\n---\r\nBody\r\nwithout end";
    let after = set(before, &[("times.zone", word("UTC")), ("severity", word("2"))]).unwrap();
    assert_eq!(
        after,
        "\u{feff}---\r\ntitle: x\r\nseverity: \"2\"\r\ntimes:\r\n  zone: UTC\r\n---\r\nBody\r\nwithout end"
    );
}

#[test]
fn a_document_without_front_matter_gets_one_in_front() {
    let made = |document: &str, format| {
        let mut editor = FrontMatterEditor::create(document, format).unwrap();
        editor.set(&path("severity"), &word("SEV2")).unwrap();
        editor.set(&path("times.zone"), &word("UTC")).unwrap();
        apply(document, &[editor.finish()]).unwrap()
    };
    assert_eq!(
        made("# T\n", Format::Toml),
        "+++\nseverity = \"SEV2\"\n\n[times]\nzone = \"UTC\"\n+++\n\n# T\n"
    );
    assert_eq!(made("# T", Format::Yaml), "---\nseverity: SEV2\ntimes:\n  zone: UTC\n---\n\n# T");
    assert_eq!(
        made("\u{feff}# T\r\n", Format::Yaml),
        "\u{feff}---\r\nseverity: SEV2\r\ntimes:\r\n  zone: UTC\r\n---\r\n\r\n# T\r\n"
    );
    assert_eq!(
        set("---\n---\n# T\n", &[("date", plain("2026-03-14"))]).unwrap(),
        "---\ndate: 2026-03-14\n---\n# T\n"
    );
    assert_eq!(
        set("+++\n+++\n# T\n", &[("times.zone", word("UTC"))]).unwrap(),
        "+++\n[times]\nzone = \"UTC\"\n+++\n# T\n"
    );
}

#[test]
fn lists_take_the_shape_of_those_that_are_there() {
    let services = [("services", Value::List(vec!["a".into(), "b: c".into()]))];
    assert_eq!(content("---", "tags:\n  - x\n", &services), "services:\n  - a\n  - \"b: c\"\ntags:\n  - x\n");
    assert_eq!(content("---", "tags:\n- x\n", &services), "services:\n- a\n- \"b: c\"\ntags:\n- x\n");
    assert_eq!(content("---", "tags: [x]\n", &services), "services: [a, \"b: c\"]\ntags: [x]\n");
}

#[test]
fn what_cannot_be_changed_in_place_is_refused_and_stays() {
    let zone = [("times.zone", word("UTC"))];
    for broken in
        ["+++\na = = 1\n+++\n", "---\na: b: c\n---\n", "---\n- a\n---\n", "+++\na = 1\na = 2\n+++\n"]
    {
        assert_eq!(set(broken, &zone), Err(Refused::Broken), "{broken}");
    }
    for form in [
        "---\nx: &t\n  a: 1\ntimes: *t\n---\n",
        "---\ntimes: 3\n---\n",
        "---\n{title: x}\n---\n",
        "+++\ntimes = 3\n+++\n",
        "+++\n[[times]]\na = 1\n+++\n",
    ] {
        assert_eq!(set(form, &zone), Err(Refused::Form), "{form}");
    }
    let tags = [("tags", Value::List(vec!["a".into()]))];
    for comment in ["+++\ntags = [\n  # none\n]\n+++\n", "---\ntags: [\n  # none\n  ]\n---\n"] {
        assert_eq!(set(comment, &tags), Err(Refused::Form), "{comment}");
    }
    assert_eq!(set("+++\n[times]\na = 1\n+++\n", &[("times", word("x"))]), Err(Refused::Form));
    assert_eq!(set("---\na: |\n  b\n---\n", &[("a", word("x"))]), Err(Refused::Form));
}

#[test]
fn a_key_goes_with_its_line_or_with_its_comma() {
    let without = |document: &str, keys: &str| {
        let mut editor = editor(document)?;
        editor.remove(&path(keys))?;
        Ok::<_, Refused>(apply(document, &[editor.finish()]).unwrap())
    };
    let toml = "+++\n[[action_items]]\ntitle = \"x\"\nclosed = 2026-04-02 # at last\nowner = \"kim\"\n+++\n";
    assert_eq!(
        without(toml, "action_items.0.closed").unwrap(),
        toml.replace("closed = 2026-04-02 # at last\n", "")
    );
    let yaml =
        "---\naction_items:\n- closed: 2026-04-02\n  title: x\n- title: y\n  closed: 2026-04-02\n---\n";
    assert_eq!(
        without(yaml, "action_items.1.closed").unwrap(),
        yaml.replace("- title: y\n  closed: 2026-04-02\n", "- title: y\n")
    );
    assert_eq!(without(yaml, "action_items.0.closed"), Err(Refused::Form));
    assert_eq!(without(yaml, "action_items.0.owner"), Err(Refused::Form));
    for (inline, key, after) in [
        ("+++\na = [{ b = \"x\", c = 2026-04-02 }]\n+++\n", "a.0.c", "+++\na = [{ b = \"x\" }]\n+++\n"),
        ("+++\na = [{ b = \"x # y\", c = 1 }]\n+++\n", "a.0.b", "+++\na = [{ c = 1 }]\n+++\n"),
        ("+++\na = { b = 1 }\n+++\n", "a.b", "+++\na = {  }\n+++\n"),
        ("---\na: [{b: x, c: 2026-04-02}, d]\n---\n", "a.0.c", "---\na: [{b: x}, d]\n---\n"),
        ("---\na:\n  - {b: x, c: \"1\",\n     d: 2}\n---\n", "a.0.c", "---\na:\n  - {b: x, d: 2}\n---\n"),
    ] {
        assert_eq!(without(inline, key).as_deref(), Ok(after), "{inline}");
    }
    let remarked = "---\na: {\n  b: 1, # why\n  c: 2\n}\n---\n";
    assert_eq!(without(remarked, "a.b"), Err(Refused::Form));
}
