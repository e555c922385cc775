//! Reading with what was kept gives what reading anew gives, whatever has changed in between.

use chrono::NaiveDate;

use super::*;
use crate::pipeline::{Reading, read, reading::read_once};

const PROGRAM: Name = [7; 32];

/// Together they differ in all that decides how a document reads.
const CONFIGURATIONS: [&str; 7] = [
    "",
    "[book]\ntitle = \"Another\"\n",
    "[book]\ndate-order = \"mdy\"\nzone = \"Europe/Oslo\"\n",
    "[book]\nsplit = \"h2\"\n",
    "[[service]]\nid = \"checkout\"\naliases = [\"kasse\"]\n[[severity]]\nid = \"SEV1\"\naliases = [\"P1\"]\n",
    "[sections.aliases]\ntimeline = [\"Chronology\"]\n",
    "[sections]\nlocales = [\"words.toml\"]\n",
];

/// The last one alone shows that the month comes first.
const DOCUMENTS: [(&str, &str); 5] = [
    (
        "a.md",
        "# Pool\n\n**Severity:** P1\n**Services:** kasse\n\n## Chronology\n\n- 03/04/2026 10:00 began\n",
    ),
    ("b.md", "# Log\n\n## 2026-01-02 One\n\nText.\n\n## 2026-02-03 Two\n\n- 14:00 resolved\n"),
    ("c.md", "---\ntitle: [1\n---\n"),
    ("d.md", ""),
    ("e.md", "# Disk\n\n## Timeline\n\n- 03/25/2026 13:02 it began\n"),
];

fn sources(documents: &[(&str, &str)]) -> Sources {
    let documents = documents.iter().map(|(path, text)| SourceFile::new(*path, *text)).collect();
    let locales = vec![Ok(SourceFile::new("words.toml", "[sections]\ntimeline = [\"Chronology\"]\n"))];
    Sources { locales, documents, ..Sources::default() }
}

fn configured(documents: &[(&str, &str)], config: &str) -> (Sources, Config, Vec<Finding>) {
    let (config, findings) = Config::parse(&SourceFile::new("book.toml", config));
    let mut sources = sources(documents);
    sources.locales.truncate(config.sections.locales.len());
    (sources, config, findings)
}

fn reading(documents: &[(&str, &str)], config: &str, memory: &mut Memory) -> Reading {
    let (sources, config, findings) = configured(documents, config);
    read(sources, config, findings, NaiveDate::default(), memory)
}

fn said(reading: &Reading) -> String {
    format!("{:#?}\n{:#?}\n{:?}", reading.archive, reading.remarks(), reading.usage.dates())
}

/// What was read of these documents, as the next run finds it.
fn kept(documents: &[(&str, &str)], config: &str) -> Memory {
    let mut memory = Memory::default();
    reading(documents, config, &mut memory);
    let mut bytes = Vec::new();
    memory.write(&PROGRAM, &mut bytes).unwrap();
    Memory::with(Kept::open(PROGRAM, Box::new(bytes)))
}

#[test]
fn what_was_kept_under_one_configuration_shows_under_no_other() {
    for before in CONFIGURATIONS {
        for after in CONFIGURATIONS {
            let mut memory = kept(&DOCUMENTS, before);
            let again = reading(&DOCUMENTS, after, &mut memory);
            let anew = reading(&DOCUMENTS, after, &mut Memory::default());
            assert_eq!(said(&again), said(&anew), "{after:?} after {before:?}");
            if before == after {
                assert_eq!(memory.anew, 0, "{after:?}");
            }
        }
    }
}

#[test]
fn only_documents_with_another_text_or_name_are_read() {
    let mut changed = DOCUMENTS;
    changed[0].1 = "# Another pool\n";
    changed[3].0 = "f.md";
    let mut memory = kept(&DOCUMENTS, "");
    let again = reading(&changed, "", &mut memory);
    assert_eq!(said(&again), said(&reading(&changed, "", &mut Memory::default())));
    assert_eq!(memory.anew, 2);
}

#[test]
fn what_one_document_tells_of_the_dates_of_others_counts_though_it_is_new_or_gone() {
    let (fewer, all) = (&DOCUMENTS[..4], &DOCUMENTS[..]);
    for (before, after) in [(fewer, all), (all, fewer)] {
        let mut memory = kept(before, "");
        let again = reading(after, "", &mut memory);
        assert_eq!(said(&again), said(&reading(after, "", &mut Memory::default())));
        assert_eq!(memory.anew, after.len());
    }
}

#[test]
fn only_what_the_next_run_would_notice_is_kept() {
    let many: Vec<(String, String)> =
        (0..FEW).map(|at| (format!("{at:03}.md"), format!("# Number {at}\n"))).collect();
    let mut documents: Vec<(&str, &str)> = many.iter().map(|(path, text)| (&**path, &**text)).collect();
    let mut memory = Memory::default();
    reading(&documents[1..], "", &mut memory);
    assert!(!memory.is_worth_keeping());
    reading(&documents, "", &mut memory);
    assert!(memory.is_worth_keeping() && !memory.is_worth_keeping());
    documents[0].1 = "# Another\n";
    reading(&documents, "", &mut memory);
    assert!(!memory.is_worth_keeping());
}

#[test]
fn who_reads_once_reads_and_keeps_the_same() {
    // Two of them have one id.
    let documents = [&DOCUMENTS[..], &[("z/a.md", "# Disk\n\n## Action items\n\n- [ ] Cap it\n")]].concat();
    let written = |memory: &Memory| {
        let mut bytes = Vec::new();
        memory.write(&PROGRAM, &mut bytes).unwrap();
        bytes
    };
    for config in CONFIGURATIONS {
        let mut memory = Memory::default();
        let read = reading(&documents, config, &mut memory);
        let mut kept = Vec::new();
        let (sources, config, findings) = configured(&documents, config);
        let keep = |memory: &mut Memory| kept = written(memory);
        let mut once = read_once(sources, config, findings, NaiveDate::default(), (Memory::default(), keep));
        assert_eq!(said(&once), said(&read));
        assert_eq!(kept, written(&memory));
        assert_eq!(once.take_remarks(), read.remarks());
    }
}
