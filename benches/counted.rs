//! The stages one after the other, over documents that are always the same, as far as the argument says: what
//! `benches/counts.sh` has its instructions counted of. Adding up is done as often as a second argument says: once is too
//! little to be told from what two runs of one program differ by. No clock is asked.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stderr,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a program of its own, over documents that it makes itself"
)]
#![allow(unreachable_pub, reason = "nobody links to an example")]

mod generate;

use std::{
    collections::{BTreeMap, BTreeSet},
    process::ExitCode,
    sync::atomic::{AtomicUsize, Ordering},
};

use afterword::{
    aggregate,
    check::{self, Input},
    config::Config,
    error::Error,
    model::Archive,
    parse::{self, Context},
    render::{self, Site, Theme},
    search,
    source::{SourceFile, Sources},
};
use chrono::NaiveDate;

const DOCUMENTS: u64 = 30;

/// What can be asked for; each does all that stands before it, but rendering needs no index of its own.
const STAGES: [&str; 6] = ["make", "read", "aggregate", "check", "index", "render"];

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let asked = arguments.next().and_then(|name| STAGES.into_iter().find(|stage| *stage == name));
    let times = arguments.next().map_or(Some(1), |times| times.parse().ok());
    let (Some(last), Some(times)) = (asked, times) else {
        eprintln!("usage: counted {} [TIMES]", STAGES.join("|"));
        return ExitCode::FAILURE;
    };
    match run(last, times) {
        Ok(count) => {
            // Printed, so that nothing is left out as unused.
            println!("{count}");
            ExitCode::SUCCESS
        }
        // A stage that ends halfway takes fewer instructions, and would pass for a gain.
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Does the stages up to one, adding up so many times, and tells how much the last gave.
fn run(last: &str, times: u32) -> Result<usize, Error> {
    let config = Config::parse(&SourceFile::new("book.toml", generate::book())).0;
    let mut documents: Vec<SourceFile> =
        (0..DOCUMENTS).map(generate::document).map(|made| SourceFile::new(made.path, made.text)).collect();
    documents.sort_by(|a, b| a.path.cmp(&b.path));
    if last == "make" {
        return Ok(documents.len());
    }
    let context = Context::new(&config, &documents);
    let postmortems: Vec<_> =
        documents.iter().map(|source| parse::parse(source, &context).postmortem).collect();
    if last == "read" {
        return Ok(postmortems.len());
    }
    let today = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap_or_default();
    let archive = Archive::new(postmortems);
    let mut summary = aggregate::aggregate(&archive, &config, today);
    for _ in 1..times {
        summary = aggregate::aggregate(&archive, &config, today);
    }
    if last == "aggregate" {
        return Ok(summary.actions.entries.len());
    }
    let files: BTreeSet<String> = documents.iter().map(|source| source.path.clone()).collect();
    let input = Input {
        archive: &archive,
        summary: &summary,
        sources: &documents,
        files: &files,
        templates: &[],
        config: &config,
        context: &context,
        today,
        base: None,
    };
    let found = check::check(&input, BTreeMap::new()).len();
    match last {
        "check" => Ok(found),
        "index" => Ok(index(&archive, &documents)),
        _ => {
            let sources = Sources { documents, ..Sources::default() };
            let site = Site {
                archive: &archive,
                summary: &summary,
                config: &config,
                sources: &sources,
                ledger: None,
                rules: &[],
            };
            rendered(site)
        }
    }
}

/// The files of the search index over the bare texts.
fn index(archive: &Archive, sources: &[SourceFile]) -> usize {
    let plain = |postmortem: &afterword::model::Postmortem| search::Document {
        id: postmortem.id.value.clone(),
        title: postmortem.title.value.clone(),
        url: format!("{}.html", postmortem.id.value),
        date: None,
        summary: String::new(),
        blocks: sources
            .iter()
            .filter(|source| source.path == postmortem.path)
            .map(|source| search::Block {
                weight: search::Weight::Body,
                text: source.markdown_of(postmortem.body).to_owned(),
            })
            .collect(),
        facets: BTreeMap::new(),
    };
    let documents: Vec<search::Document> =
        archive.postmortems().iter().map(|postmortem| plain(postmortem)).collect();
    search::build(&documents, &search::Options::default()).len()
}

/// The files of a whole site, its index among them.
fn rendered(site: Site<'_>) -> Result<usize, Error> {
    let (theme, _) = Theme::new(site.config, &BTreeMap::new());
    let files = AtomicUsize::new(0);
    let put = |_| {
        files.fetch_add(1, Ordering::Relaxed);
        Ok(())
    };
    render::render(site, &theme, put)?;
    Ok(files.into_inner())
}
