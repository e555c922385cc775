//! The stages, composed. One function stands behind `check`, `build`, `serve`, `actions`, `stats` and `export`, so that
//! no two of them can disagree.

mod base;
mod fix;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use chrono::NaiveDate;
use rayon::prelude::*;

pub use fix::{Fixed, Options, fix};

use crate::{
    adopt::{self, Adoption},
    aggregate::{self, Summary},
    audience,
    change::Base,
    check::{self, Accepted, Baseline, Verdict},
    config::{self, Config},
    diagnostic::{Diagnostic, Finding},
    error::Result,
    load::{self, Root},
    model::{Archive, Format},
    parse::{self, Locale},
    source::{SourceFile, Sources, Span},
};

/// What the sources say, as of a day.
#[derive(Debug, Clone)]
pub struct Analysis {
    /// What was read.
    pub sources: Sources,
    /// What the user configured.
    pub config: Config,
    /// How it was settled whether the day or the month comes first.
    pub dates: parse::Dates,
    /// All postmortems.
    pub archive: Archive,
    /// What they say together.
    pub summary: Summary,
    /// What is wrong with them, in the order of reports, without what the baseline accepts.
    pub diagnostics: Vec<Diagnostic>,
    /// What the baseline accepts.
    pub accepted: Accepted,
    /// What the archive was at the revision that it is compared with, if it is.
    pub base: Option<Base>,
}

/// Reads the archive at a root and analyses it. `out` is where a site goes, when that is not where the configuration
/// says.
pub fn open(root: &Root, out: Option<&Path>, today: NaiveDate) -> Result<Analysis> {
    let (config, findings) = configuration(root);
    open_with(root, config, findings, None, out, today)
}

/// The same with a configuration that is not, or not quite, that of the root, and compared with a revision of git, if one
/// is given.
pub fn open_with(
    root: &Root,
    config: Config,
    findings: Vec<Finding>,
    since: Option<&str>,
    out: Option<&Path>,
    today: NaiveDate,
) -> Result<Analysis> {
    let sources = load::load(root, &config, out)?;
    let base = since.map(|revision| base::base(root, (&sources, &config), revision, today)).transpose()?;
    Ok(analyze_since(sources, config, findings, base, today))
}

/// The configuration of a root, and what is wrong with it.
pub fn configuration(root: &Root) -> (Config, Vec<Finding>) {
    root.config.as_ref().map(Config::parse).unwrap_or_default()
}

/// Texts to analysis. Pure and total: whatever the texts hold, every document is in the archive. `findings` are those of
/// the configuration.
pub fn analyze(sources: Sources, config: Config, findings: Vec<Finding>, today: NaiveDate) -> Analysis {
    analyze_since(sources, config, findings, None, today)
}

/// The same with what the archive was before.
fn analyze_since(
    sources: Sources,
    config: Config,
    findings: Vec<Finding>,
    base: Option<Base>,
    today: NaiveDate,
) -> Analysis {
    let (locales, mut reading) = languages(&sources, &config, findings);
    let context = parse::Context::with_locales(&config, &sources.documents, &locales);
    let dates = context.dates();
    let parsed: Vec<_> =
        sources.documents.par_iter().flat_map_iter(|source| parse::parse_all(source, &context)).collect();
    let mut postmortems = Vec::with_capacity(parsed.len());
    for parsed in parsed {
        reading.entry(parsed.postmortem.path.clone()).or_default().extend(parsed.findings);
        postmortems.push(parsed.postmortem);
    }
    for (path, reason) in &sources.unreadable {
        // What could not be read is not also empty.
        reading.insert(path.clone(), vec![unreadable(reason)]);
    }
    let baseline = baseline(&sources, &config, &mut reading);
    let archive = Archive::new(postmortems);
    let summary = aggregate::aggregate(&archive, &config, today);
    let files: BTreeSet<String> = sources
        .assets
        .keys()
        .cloned()
        .chain(sources.documents.iter().map(|source| source.path.clone()))
        .collect();
    let templates: Vec<&str> = sources.templates_of_documents().collect();
    let mut diagnostics = check::check(&check::Input {
        archive: &archive,
        summary: &summary,
        sources: &sources.documents,
        files: &files,
        templates: &templates,
        reading: &reading,
        config: &config,
        context: &context,
        today,
        base: base.as_ref(),
    });
    let accepted = baseline.accept(&mut diagnostics, |path| sources.file(path));
    Analysis { sources, config, dates, archive, summary, diagnostics, accepted, base }
}

/// The findings that the site accepts as they stand. A file that is missing or cannot be read accepts none, and says so.
fn baseline(sources: &Sources, config: &Config, reading: &mut BTreeMap<String, Vec<Finding>>) -> Baseline {
    let (path, finding) = match (&sources.baseline, &config.check.baseline) {
        (Some(file), _) => match Baseline::parse(file) {
            Ok(baseline) => return baseline,
            Err(finding) => (file.path.clone(), *finding),
        },
        (None, Some(name)) => {
            let message = format!("the baseline `{}` is not there", name.value);
            let finding = Finding::new(config::RULE, name.span, message)
                .help("write it with `afterword check --update-baseline`, or remove the key");
            (check::CONFIGURATION.to_owned(), finding)
        }
        (None, None) => return Baseline::default(),
    };
    reading.entry(path).or_default().push(finding);
    Baseline::default()
}

/// What the policy of the site says about the action items of the documents with these paths.
pub fn gate(analysis: &Analysis, is_chosen: impl Fn(&str) -> bool) -> Verdict<'_> {
    let archive = (&analysis.archive, &analysis.summary, &analysis.config);
    check::gate(archive, |path| analysis.sources.file(path), is_chosen)
}

/// What of an analysis everybody may read, and made of nothing else. The findings are those of the whole archive about
/// the documents and settings that are left: a public document that names an internal one is still found out.
pub fn publish(analysis: &Analysis) -> Analysis {
    let Analysis { mut sources, mut config, dates, archive, summary, mut diagnostics, mut accepted, base: _ } =
        analysis.clone();
    let (locales, _) = languages(&sources, &config, Vec::new());
    let context = parse::Context::with_locales(&config, &sources.documents, &locales);
    let (documents, public) = audience::publish(&sources.documents, &archive, &config, &context);
    let kept: BTreeSet<&str> = documents.iter().map(|file| file.path.as_str()).collect();
    let withheld: BTreeSet<String> = sources
        .documents
        .iter()
        .filter(|file| !kept.contains(file.path.as_str()))
        .map(|file| file.path.clone())
        .collect();
    drop(kept);
    diagnostics.retain(|found| !withheld.contains(&*found.path));
    accepted.diagnostics.retain(|found| !withheld.contains(&*found.path));
    sources.unreadable.retain(|path, _| !withheld.contains(path));
    sources.documents = documents;
    audience::forget_unmentioned(&mut config, &public);
    // What is private to its readers lies in a repository that is: its address leads others nowhere.
    let html = &mut config.output.html;
    let templates =
        [&mut html.source_url_template, &mut html.edit_url_template, &mut html.history_url_template];
    for address in templates.into_iter().chain([&mut html.git_repository_url]) {
        *address = None;
    }
    let summary = aggregate::aggregate(&public, &config, summary.today);
    Analysis { sources, config, dates, archive: public, summary, diagnostics, accepted, base: None }
}

/// What `adopt` makes of the documents with these paths. `format` is the language of a front matter that has to be begun,
/// when that is not to be what the archive uses.
pub fn adopt(
    analysis: &Analysis,
    is_chosen: impl Fn(&str) -> bool + Sync,
    format: Option<Format>,
    inferred: bool,
) -> Vec<Adoption> {
    let sources = &analysis.sources;
    let (locales, _) = languages(sources, &analysis.config, Vec::new());
    let context = parse::Context::with_locales(&analysis.config, &sources.documents, &locales);
    let usual = adopt::usual_format(&analysis.archive);
    let adopt = |source: &&SourceFile| {
        if let Some(reason) = sources.unreadable.get(&source.path) {
            return Adoption::untouched(&source.path, format!("it cannot be read: {reason}"));
        }
        if analysis.archive.is_log(&source.path) {
            return Adoption::untouched(
                &source.path,
                "it holds several incidents, and has one front matter".to_owned(),
            );
        }
        let format = format.or_else(|| adopt::needed_format(&source.path)).unwrap_or(usual);
        adopt::adopt(source, &context, adopt::Options { format, inferred })
    };
    let chosen: Vec<_> = sources.documents.iter().filter(|source| is_chosen(&source.path)).collect();
    chosen.par_iter().map(adopt).collect()
}

/// The site's own languages, and by file what is wrong with the configuration and with them.
fn languages(
    sources: &Sources,
    config: &Config,
    mut about_configuration: Vec<Finding>,
) -> (Vec<Locale>, BTreeMap<String, Vec<Finding>>) {
    let mut locales = Vec::new();
    let mut reading = BTreeMap::new();
    for (name, file) in config.sections.locales.iter().zip(&sources.locales) {
        match file {
            Ok(file) => {
                let (locale, findings) = Locale::parse(file);
                locales.push(locale);
                reading.insert(file.path.clone(), findings);
            }
            Err(reason) => about_configuration.push(
                Finding::new(config::RULE, name.span, format!("`{}` cannot be read: {reason}", name.value))
                    .help("correct the path, which begins at the folder of `book.toml`"),
            ),
        }
    }
    reading.insert(check::CONFIGURATION.to_owned(), about_configuration);
    (locales, reading)
}

fn unreadable(reason: &str) -> Finding {
    Finding::new("unreadable-text", Span::empty(0), format!("the document cannot be read: {reason}"))
        .help("mend the file or its permissions; its page holds nothing but its name until then")
}
