//! Search indexes on disk for `tests/search/*.test.mjs`, which read them with the reader scripts of the site.
//!
//! They lie in Cargo's folder for the files of tests. What the reader finds in them is asserted there; here only that
//! they can be built, twice alike, and within bounds.

use crate::support::read;
use afterword::search::{Block, Document, Facet, IndexFile, Options, Snippets, Weight, build};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// A document of `tests/search/archive.json`.
#[derive(Deserialize)]
struct Written {
    id: String,
    title: String,
    date: String,
    summary: String,
    facets: BTreeMap<String, Vec<String>>,
    /// Lines; a heading after `# `, code after `> `.
    body: Vec<String>,
}

fn options() -> Options {
    let facet = |key: &str, label: &str, order: &[&str]| Facet {
        key: key.to_owned(),
        label: label.to_owned(),
        order: order.iter().map(ToString::to_string).collect(),
        searched: true,
    };
    let facets = vec![
        facet("severity", "Severity", &["SEV1", "SEV2", "SEV3", "SEV4"]),
        facet("service", "Service", &[]),
        facet("factor", "Factor", &[]),
        facet("tag", "Tag", &[]),
        facet("year", "Year", &[]),
    ];
    Options { facets, ..Options::default() }
}

fn archive() -> Vec<Document> {
    let written: Vec<Written> = serde_json::from_str(&read("tests/search/archive.json")).unwrap();
    written.into_iter().map(document).collect()
}

fn document(written: Written) -> Document {
    let body = written.body.iter().map(|line| match (line.strip_prefix("# "), line.strip_prefix("> ")) {
        (Some(text), _) => Block { weight: Weight::Heading, text: text.to_owned() },
        (_, Some(text)) => Block { weight: Weight::Code, text: text.to_owned() },
        _ => Block { weight: Weight::Body, text: line.clone() },
    });
    let summary = Block { weight: Weight::Body, text: written.summary.clone() };
    Document {
        blocks: [summary].into_iter().chain(body).collect(),
        url: format!("postmortems/{}.html", written.id),
        id: written.id,
        title: written.title,
        date: Some(written.date),
        summary: written.summary,
        facets: written.facets,
    }
}

/// Words that occur as words do, a few often and most of them rarely, the same ones every time.
struct Babble {
    state: u64,
    words: Vec<String>,
}

impl Babble {
    fn new() -> Self {
        const SYLLABLES: [&str; 16] = [
            "ba", "con", "de", "fi", "gu", "ha", "ing", "jo", "ka", "le", "mo", "nu", "pro", "re", "tion",
            "ver",
        ];
        let mut babble = Self { state: 0x2545_f491_4f6c_dd1d, words: Vec::new() };
        babble.words = (0..12_000)
            .map(|_| (0..2 + babble.below(3)).map(|_| SYLLABLES[babble.below(SYLLABLES.len())]).collect())
            .collect();
        babble
    }

    fn below(&mut self, limit: usize) -> usize {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        usize::try_from(self.state % limit as u64).unwrap()
    }

    fn word(&mut self) -> String {
        let bound = 1 + self.below(self.words.len());
        let bound = 1 + self.below(bound);
        let rank = self.below(bound);
        self.words[rank].clone()
    }

    fn text(&mut self, words: usize) -> String {
        (0..words).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }
}

/// `count` documents of about 5 KB each; each names an incident, a host and a hash of its own.
fn synthetic(count: usize) -> Vec<Document> {
    let mut babble = Babble::new();
    let one = |number: usize| {
        let mut blocks = Vec::new();
        for section in 0..6 {
            blocks.push(Block { weight: Weight::Heading, text: babble.text(2) });
            blocks.push(Block { weight: Weight::Body, text: babble.text(110 + section) });
        }
        let code = format!(
            "INC-{number:05} on db-{}.prod.example.com at {:016x}a1",
            number % 300,
            number * 7_919_317
        );
        blocks.push(Block { weight: Weight::Code, text: code });
        let year = 2010 + number * 16 / count;
        Document {
            id: format!("{year}-{number:05}"),
            title: babble.text(5),
            url: format!("postmortems/{year}-{number:05}.html"),
            date: Some(format!("{year}-01-01")),
            summary: babble.text(20),
            blocks,
            facets: BTreeMap::from([
                ("severity".to_owned(), vec![format!("SEV{}", 1 + babble.below(4))]),
                ("service".to_owned(), vec![format!("service-{}", babble.below(40))]),
                (
                    "tag".to_owned(),
                    (0..babble.below(4)).map(|_| format!("tag-{}", babble.below(90))).collect(),
                ),
                ("year".to_owned(), vec![year.to_string()]),
            ]),
        }
    };
    (0..count).map(one).collect()
}

/// Writes an index where the tests of the reader look for it, whole or not at all.
fn keep(name: &str, files: &[IndexFile]) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("search").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).unwrap();
    }
    for file in files {
        let path = folder.join(&file.path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, &file.bytes).unwrap();
    }
}

#[test]
fn a_small_archive_gets_one_index_file() {
    let files = build(&archive(), &options());
    keep("small", &files);
    assert_eq!(files.len(), 1 + archive().len());
}

#[test]
fn the_same_archive_can_be_sharded() {
    let files = build(&archive(), &Options { inline_limit: 0, ..options() });
    keep("sharded", &files);
    assert!(files.iter().any(|file| file.path == "search/t/0.js"));
}

#[test]
fn an_archive_can_do_without_texts() {
    let files =
        build(&archive(), &Options { snippets: Snippets::Summary, language: "nb".to_owned(), ..options() });
    keep("summaries", &files);
    assert_eq!(files.len(), 1);
}

#[test]
fn ten_thousand_documents_are_indexed_within_bounds() {
    let files = build(&synthetic(10_000), &options());
    let size = |kind: &str| {
        let prefix = format!("search/{kind}/");
        files
            .iter()
            .filter(|file| file.path.starts_with(&prefix))
            .map(|file| file.bytes.len())
            .collect::<Vec<_>>()
    };
    let (terms, titles, texts) = (size("t"), size("d"), size("x"));
    assert_eq!((titles.len(), texts.len()), (625, 10_000));
    assert!(terms.iter().sum::<usize>() < 12_000_000, "the terms take {} bytes", terms.iter().sum::<usize>());
    assert!(
        terms.iter().all(|bytes| *bytes < 48_000),
        "the largest shard has {:?} bytes",
        terms.iter().max()
    );
    keep("large", &files);
}
