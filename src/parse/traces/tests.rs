//! What is kept of documents, and what is not.

use crate::{
    config::Config,
    model::{MarkKind, Traces},
    parse::{self, Context},
    source::SourceFile,
};

fn traces(text: &str) -> Traces {
    let source = SourceFile::new("2026-03-14-pool.md", text);
    let config = Config::default();
    let context = Context::new(&config, std::slice::from_ref(&source));
    parse::parse(&source, &context).postmortem.traces
}

fn marks(text: &str) -> Vec<(MarkKind, String)> {
    traces(text).marks.iter().map(|mark| (mark.kind, mark.text.to_string())).collect()
}

fn words(text: &str) -> Vec<String> {
    let traces = traces(text);
    (0..traces.keys().count()).map(|at| traces.word(at).to_owned()).collect()
}

fn said(kind: MarkKind, texts: &[&str]) -> Vec<(MarkKind, String)> {
    texts.iter().map(|text| (kind, (*text).to_owned())).collect()
}

#[test]
fn what_stands_beside_the_word_alert_is_the_name_of_one() {
    let found = marks(
        "# Pool\n\n## Timeline\n\n- 13:02 Alert `FerryQueueLag` pages the on-call.\n- 13:04 PoolIsSaturated fired.\n- 13:05 the \
         \"Buffer space ratio\" alert came. `QuietOne` was quiet.\n",
    );
    let mut expected = said(MarkKind::Alert, &["FerryQueueLag", "PoolIsSaturated", "Buffer space ratio"]);
    expected.extend(said(MarkKind::Name, &["QuietOne"]));
    expected.sort();
    let mut found = found;
    found.sort();
    assert_eq!(found, expected);
}

#[test]
fn messages_are_told_from_commands_and_lose_what_differs_each_time() {
    let block = "# P\n\n```\n2026-03-14T13:02:07Z ERROR pool: connection pool exhausted after 30s\nkubectl get pods -n prod\n```\n";
    assert_eq!(marks(block), said(MarkKind::Error, &["connection pool exhausted after 30s"]));
    let twice = "# P\n\nIt said `connection pool exhausted after 31s`, and \"dial tcp 10.0.0.1:443: connect: connection \
                 refused\".\n\n```\nFATAL: connection pool exhausted after 7s\n```\n";
    let expected = said(MarkKind::Error, &["connection pool exhausted after 31s", "connection refused"]);
    assert_eq!(marks(twice), expected);
    assert_eq!(traces(block).marks[0].key, traces(twice).marks[0].key);
}

#[test]
fn names_are_what_is_written_as_code_and_is_neither_number_nor_hash() {
    let found =
        marks("# P\n\n`external_ids` and `dial()`, `v1.2.3`, `a1b2c3d4e5f6`, `--force`, `true`, `db`.\n");
    assert_eq!(found, said(MarkKind::Name, &["external_ids", "dial"]));
}

#[test]
fn what_is_to_be_built_is_no_mark() {
    assert_eq!(marks("# P\n\n## Action items\n\n- Add an alert `PoolSaturated` on `pool.max`\n"), []);
}

#[test]
fn words_come_from_the_title_and_from_what_happened_and_why() {
    let text = "# Søk was slow\n\n## Summary\n\nThe **pool** was exhausted, see https://example.com/wiki.\n\n\
                ## Timeline\n\n- 13:02 Deploy.\n\n## Root cause\n\nPool size 10.\n";
    assert_eq!(words(text), ["søk", "slow", "pool", "exhausted", "size"]);
    assert_eq!(traces(text).keys().filter(|(_, is_of_title)| *is_of_title).count(), 2);
}

#[test]
fn a_compound_is_a_word_beside_its_parts() {
    assert_eq!(words("# Outage of ci.example.com (2026-03-14)\n"), ["ci.example.com", "example", "com"]);
}

#[test]
fn without_such_parts_the_rest_says_it() {
    let text = "# Slow\n\nThe mirror lagged.\n\n## Action items\n\n- Buy disks\n";
    assert_eq!(words(text), ["slow", "mirror", "lagged"]);
}

#[test]
fn scripts_without_spaces_give_pairs() {
    assert_eq!(words("# 証明書 の 期限\n\n本文\n"), ["証明", "明書", "期限", "本文"]);
}

#[test]
fn facts_of_the_front_matter_count_as_text() {
    let text = "+++\ntitle = \"Slow\"\n[root_cause]\nsummary = \"The `pool.max` was small.\"\n[[timeline]]\nat = 2026-03-14T13:02:00Z\nevent = \"Alert `PoolSaturated` fires\"\n+++\n";
    let mut expected = said(MarkKind::Name, &["pool.max"]);
    expected.extend(said(MarkKind::Alert, &["PoolSaturated"]));
    assert_eq!(marks(text), expected);
    assert_eq!(words(text), ["slow", "pool.max", "pool", "max", "small"]);
}
