//! Texts → what they say, by itself and together. What has been read once is remembered by its text and by the context
//! in which it was read, so that reading an archive again costs what has changed in it.
//!
//! A memory can make reading faster and never different: what is taken out of it was made from the same text, in a
//! context in which every document reads the same. What all documents say together is made anew each time.

use std::{collections::BTreeMap, ops::Add as _, sync::Arc};

use chrono::NaiveDate;
use rayon::prelude::*;

use super::unreadable;
use crate::{
    aggregate::{self, Summary},
    audience, check,
    config::{self, Config},
    diagnostic::Finding,
    model::{Archive, Audience, Postmortem},
    parse::{self, Context, Evidence, Locale, Usage, Words},
    source::{SourceFile, Sources},
};

/// What the sources say, as of a day, before anybody has judged it.
#[derive(Debug, Clone)]
pub struct Reading {
    /// What was read.
    pub sources: Sources,
    /// What the user configured.
    pub config: Config,
    /// All postmortems.
    pub archive: Archive,
    /// What they say together.
    pub summary: Summary,
    pub(super) usage: Usage,
    /// What is wrong with the files beside the documents, by path.
    pub(super) settings: BTreeMap<String, Vec<Finding>>,
    pub(super) documents: Vec<Arc<Document>>,
}

/// A document that has been read.
#[derive(Debug)]
pub(super) struct Document {
    source: SourceFile,
    evidence: Evidence,
    postmortems: Vec<Arc<Postmortem>>,
    findings: Vec<Finding>,
}

/// What was read before.
#[derive(Debug, Default)]
pub struct Memory {
    languages: Option<Languages>,
    context: Option<(Config, Usage)>,
    /// Sorted by path.
    documents: Vec<Arc<Document>>,
}

/// The words of an archive, and the files that they come from.
#[derive(Debug, Clone)]
struct Languages {
    aliases: BTreeMap<String, Vec<String>>,
    files: Vec<Result<SourceFile, String>>,
    words: Words,
    findings: BTreeMap<String, Vec<Finding>>,
}

/// Texts to what they say, pure and total: whatever the texts hold, every document is in the archive. `findings` are those
/// of the configuration; `memory` is what was read before.
pub fn read(
    sources: Sources,
    config: Config,
    findings: Vec<Finding>,
    today: NaiveDate,
    memory: &mut Memory,
) -> Reading {
    let languages = memory.languages(&sources, &config);
    let evidence: Vec<Evidence> =
        sources.documents.par_iter().map(|source| memory.evidence(source, &config)).collect();
    let usage = Usage::new(&config, languages.words.clone(), || {
        evidence.iter().copied().fold(Evidence::default(), Evidence::add)
    });
    let context = Context::of(&config, usage.clone());
    let known = memory.reads_like(&context);
    let documents: Vec<Arc<Document>> = sources
        .documents
        .par_iter()
        .zip(evidence)
        .map(|(source, evidence)| match memory.document(source).filter(|_| known) {
            Some(known) => Arc::clone(known),
            None => Arc::new(Document::read(source, evidence, &context)),
        })
        .collect();
    let archive = Archive::new(documents.iter().flat_map(|document| document.postmortems.iter().cloned()));
    let summary = aggregate::aggregate(&archive, &config, today);
    let mut settings = languages.findings.clone();
    let about_folders = config.book.src.findings(&sources.missing_folders);
    settings.insert(check::CONFIGURATION.to_owned(), findings.into_iter().chain(about_folders).collect());
    missing_languages(&sources, &config, &mut settings);
    *memory = Memory {
        languages: Some(languages),
        context: Some((config.clone(), usage.clone())),
        documents: documents.clone(),
    };
    Reading { sources, config, archive, summary, usage, settings, documents }
}

impl Reading {
    /// The context in which the documents were read.
    pub(super) fn context(&self) -> Context<'_> {
        Context::of(&self.config, self.usage.clone())
    }

    /// What reading has to say, by path.
    pub(super) fn remarks(&self) -> BTreeMap<String, Vec<Finding>> {
        let mut remarks = self.settings.clone();
        for document in &self.documents {
            remarks.entry(document.source.path.clone()).or_default().extend_from_slice(&document.findings);
        }
        for (path, reason) in &self.sources.unreadable {
            // What could not be read is not also empty.
            remarks.insert(path.clone(), vec![unreadable(reason)]);
        }
        remarks
    }

    /// What of it an audience may see, and made of nothing else.
    #[must_use]
    pub fn of(self, audience: Audience) -> Self {
        match audience {
            Audience::Internal => self,
            Audience::Public => self.published(),
        }
    }

    fn published(self) -> Self {
        let (documents, public) =
            audience::publish(&self.sources.documents, &self.archive, &self.config, &self.context());
        let Self { mut sources, mut config, summary, usage, settings, .. } = self;
        sources.documents = documents;
        let kept = &sources.documents;
        let is_kept = |path: &str| kept.binary_search_by(|file| file.path.as_str().cmp(path)).is_ok();
        sources.unreadable.retain(|path, _| is_kept(path));
        audience::forget_unmentioned(&mut config, &public);
        // What is private to its readers lies in a repository that is: its address leads others nowhere.
        let html = &mut config.output.html;
        let templates =
            [&mut html.source_url_template, &mut html.edit_url_template, &mut html.history_url_template];
        for address in templates.into_iter().chain([&mut html.git_repository_url]) {
            *address = None;
        }
        let summary = aggregate::aggregate(&public, &config, summary.today);
        Self { sources, config, archive: public, summary, usage, settings, documents: Vec::new() }
    }
}

impl Document {
    fn read(source: &SourceFile, evidence: Evidence, context: &Context<'_>) -> Self {
        let mut document =
            Self { source: source.clone(), evidence, postmortems: Vec::new(), findings: Vec::new() };
        for parsed in parse::parse_all(source, context) {
            document.postmortems.push(Arc::new(parsed.postmortem));
            document.findings.extend(parsed.findings);
        }
        document
    }
}

impl Memory {
    /// What is remembered of a document with this very text.
    fn document(&self, source: &SourceFile) -> Option<&Arc<Document>> {
        let path = source.path.as_str();
        let at = self.documents.binary_search_by(|known| known.source.path.as_str().cmp(path)).ok()?;
        self.documents.get(at).filter(|known| is_same_text(&known.source, source))
    }

    fn evidence(&self, source: &SourceFile, config: &Config) -> Evidence {
        if config.book.date_order != config::DateOrder::Auto {
            return Evidence::default();
        }
        let is_known =
            self.context.as_ref().is_some_and(|(then, _)| then.book.date_order == config.book.date_order);
        let known = self.document(source).filter(|_| is_known).map(|document| document.evidence);
        known.unwrap_or_else(|| parse::evidence(source))
    }

    fn reads_like(&self, context: &Context<'_>) -> bool {
        let then = self.context.as_ref().map(|(config, usage)| Context::of(config, usage.clone()));
        then.is_some_and(|then| then.reads_like(context))
    }

    /// The site's own languages beside the built-in ones.
    fn languages(&self, sources: &Sources, config: &Config) -> Languages {
        let aliases = &config.sections.aliases;
        if let Some(known) = &self.languages
            && known.aliases == *aliases
            && is_same_files(&known.files, &sources.locales)
        {
            return known.clone();
        }
        let (mut locales, mut findings) = (Vec::new(), BTreeMap::new());
        for file in sources.locales.iter().flatten() {
            let (locale, wrong) = Locale::parse(file);
            locales.push(locale);
            findings.insert(file.path.clone(), wrong);
        }
        Languages {
            aliases: aliases.clone(),
            files: sources.locales.clone(),
            words: Words::new(config, &locales),
            findings,
        }
    }
}

/// Says of each language whose file cannot be read why.
fn missing_languages(sources: &Sources, config: &Config, findings: &mut BTreeMap<String, Vec<Finding>>) {
    for (name, file) in config.sections.locales.iter().zip(&sources.locales) {
        let Err(reason) = file else { continue };
        findings.entry(check::CONFIGURATION.to_owned()).or_default().push(
            Finding::new(config::RULE, name.span, format!("`{}` cannot be read: {reason}", name.value))
                .help("correct the path, which begins at the folder of `book.toml`"),
        );
    }
}

fn is_same_files(one: &[Result<SourceFile, String>], other: &[Result<SourceFile, String>]) -> bool {
    let is_same =
        |(one, other): (&Result<SourceFile, String>, &Result<SourceFile, String>)| match (one, other) {
            (Ok(one), Ok(other)) => one.path == other.path && is_same_text(one, other),
            (Err(one), Err(other)) => one == other,
            _ => false,
        };
    one.len() == other.len() && one.iter().zip(other).all(is_same)
}

/// Equal texts can come from different bytes, of which one was not UTF-8.
fn is_same_text(one: &SourceFile, other: &SourceFile) -> bool {
    one.invalid_utf8 == other.invalid_utf8 && (Arc::ptr_eq(&one.text, &other.text) || one.text == other.text)
}
