//! How long the stages take: `cargo bench --bench stages`. A thousand documents each, so that one of them is a
//! microsecond for each millisecond shown.
#![expect(clippy::indexing_slicing, reason = "a program of its own, over documents that it makes itself")]
#![allow(unreachable_pub, reason = "nobody links to a benchmark")]

mod generate;

use std::collections::{BTreeMap, BTreeSet};

use afterword::{
    aggregate,
    check::{self, Input},
    config::Config,
    model::Archive,
    parse::{self, Context},
    pipeline,
    source::{SourceFile, Sources},
};
use chrono::NaiveDate;
use divan::Bencher;

const DOCUMENTS: u64 = 1_000;

fn main() {
    divan::main();
}

fn sources() -> Vec<SourceFile> {
    let mut sources: Vec<SourceFile> = (0..DOCUMENTS)
        .map(generate::document)
        .map(|document| SourceFile::new(document.path, document.text))
        .collect();
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    sources
}

fn config() -> Config {
    Config::parse(&SourceFile::new("book.toml", generate::book())).0
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 21).unwrap_or_default()
}

fn archive(sources: &[SourceFile], config: &Config) -> Archive {
    let context = Context::new(config, sources);
    Archive::new(sources.iter().map(|source| parse::parse(source, &context).postmortem))
}

/// What the folder shows as a whole: the order of day and month.
#[divan::bench]
fn context(bencher: Bencher<'_, '_>) {
    let (sources, config) = (sources(), config());
    bencher.bench_local(|| Context::new(&config, &sources));
}

/// Texts to postmortems, on one thread.
#[divan::bench]
fn parse(bencher: Bencher<'_, '_>) {
    let (sources, config) = (sources(), config());
    let context = Context::new(&config, &sources);
    bencher.bench_local(|| {
        sources.iter().map(|source| parse::parse(source, &context).postmortem.timeline.len()).sum::<usize>()
    });
}

/// Postmortems to the summary of the archive.
#[divan::bench]
fn aggregate(bencher: Bencher<'_, '_>) {
    let (sources, config) = (sources(), config());
    let archive = archive(&sources, &config);
    bencher.bench_local(|| aggregate::aggregate(&archive, &config, today()));
}

/// All rules over all documents, on all threads.
#[divan::bench]
fn check(bencher: Bencher<'_, '_>) {
    let (sources, config) = (sources(), config());
    let context = Context::new(&config, &sources);
    let archive = archive(&sources, &config);
    let summary = aggregate::aggregate(&archive, &config, today());
    let files: BTreeSet<String> = sources.iter().map(|source| source.path.clone()).collect();
    let input = Input {
        archive: &archive,
        summary: &summary,
        sources: &sources,
        files: &files,
        templates: &[],
        config: &config,
        context: &context,
        today: today(),
        base: None,
    };
    bencher.bench_local(|| check::check(&input, BTreeMap::new()));
}

/// All of it, as every command begins.
#[divan::bench]
fn analyze(bencher: Bencher<'_, '_>) {
    let sources = Sources { documents: sources(), ..Sources::default() };
    bencher
        .with_inputs(|| (sources.clone(), config()))
        .bench_local_values(|(sources, config)| pipeline::analyze(sources, config, Vec::new(), today()));
}
