//! Texts → what they say, by itself and together. What was read before need not be read again (`memory`), and what all
//! documents say together follows those that are other ones now (`together`).

use std::{collections::BTreeMap, sync::Arc};

use chrono::NaiveDate;

use super::{
    memory::{Document, Memory},
    together::Together,
    unreadable,
};
use crate::{
    aggregate::{self, Summary},
    audience, check,
    config::{self, Config},
    diagnostic::Finding,
    model::{Archive, Audience, archive::Edited},
    parse::{Context, Usage},
    source::Sources,
};

/// What the sources say, as of a day, before anybody has judged it.
#[derive(Debug, Clone)]
pub struct Reading {
    /// What was read.
    pub sources: Sources,
    /// What the user configured.
    pub config: Config,
    /// All postmortems.
    pub archive: Arc<Archive>,
    /// What they say together.
    pub summary: Arc<Summary>,
    pub(super) usage: Usage,
    /// What is wrong with the files beside the documents, by path.
    pub(super) settings: BTreeMap<String, Vec<Finding>>,
    pub(super) documents: Vec<Arc<Document>>,
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
    let mut one_by_one = OneByOne::read(&sources, &config, memory);
    let edited = one_by_one.edited.take();
    let all =
        || one_by_one.documents.iter().flat_map(|document| document.postmortems.iter().cloned()).collect();
    let together = memory.together.follow(edited, all, (&config, today));
    one_by_one.reading(sources, config, findings, together)
}

/// The same where nobody will read again. `keep` may keep what has been read for another run; then it is forgotten, so
/// that each document is there once.
pub(super) fn read_once(
    sources: Sources,
    config: Config,
    findings: Vec<Finding>,
    today: NaiveDate,
    (mut memory, keep): (Memory, impl FnOnce(&mut Memory)),
) -> Reading {
    let mut one_by_one = OneByOne::read(&sources, &config, &mut memory);
    keep(&mut memory);
    drop(memory);
    let all = one_by_one.documents.iter_mut().flat_map(Document::postmortems).collect();
    let together = Together::once(all, (&config, today));
    one_by_one.reading(sources, config, findings, together)
}

/// What the texts say by themselves.
struct OneByOne {
    about_languages: BTreeMap<String, Vec<Finding>>,
    usage: Usage,
    documents: Vec<Arc<Document>>,
    /// What is different since the last time, when that is known and each stands in the place of another.
    edited: Option<Edited>,
}

impl OneByOne {
    fn read(sources: &Sources, config: &Config, memory: &mut Memory) -> Self {
        let languages = memory.languages(sources, config);
        let known = memory.recall(&sources.documents, &languages, config);
        let usage = Usage::new(config, languages.words.clone(), || known.evidence());
        let context = Context::of(config, usage.clone());
        let (documents, anew) = known.documents(&sources.documents, &context);
        let about_languages = languages.findings.clone();
        let edited = memory.edited(&documents);
        memory.remember(languages, (config, &usage), (&documents, anew));
        Self { about_languages, usage, documents, edited }
    }

    fn reading(
        self,
        sources: Sources,
        config: Config,
        findings: Vec<Finding>,
        (archive, summary): (Arc<Archive>, Arc<Summary>),
    ) -> Reading {
        let Self { about_languages: mut settings, usage, documents, edited: _ } = self;
        let about_folders = config.book.src.findings(&sources.missing_folders);
        settings.insert(check::CONFIGURATION.to_owned(), findings.into_iter().chain(about_folders).collect());
        missing_languages(&sources, &config, &mut settings);
        Reading { sources, config, archive, summary, usage, settings, documents }
    }
}

impl Reading {
    /// The context in which the documents were read.
    pub(super) fn context(&self) -> Context<'_> {
        Context::of(&self.config, self.usage.clone())
    }

    /// What reading has to say, by path.
    pub(super) fn remarks(&self) -> BTreeMap<String, Vec<Finding>> {
        let said = self.documents.iter().map(|document| (&document.source.path, document.findings.clone()));
        self.with_unreadable(self.settings.clone(), said)
    }

    /// The same when nobody asks for it a second time.
    pub(super) fn take_remarks(&mut self) -> BTreeMap<String, Vec<Finding>> {
        let settings = std::mem::take(&mut self.settings);
        let mut documents = std::mem::take(&mut self.documents);
        let said: Vec<_> = documents.iter_mut().map(Document::take_findings).collect();
        self.with_unreadable(settings, documents.iter().map(|document| &document.source.path).zip(said))
    }

    fn with_unreadable<'d>(
        &self,
        mut remarks: BTreeMap<String, Vec<Finding>>,
        said: impl Iterator<Item = (&'d String, Vec<Finding>)>,
    ) -> BTreeMap<String, Vec<Finding>> {
        for (path, findings) in said {
            remarks.entry(path.clone()).or_default().extend(findings);
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
        let summary = Arc::new(aggregate::aggregate(&public, &config, summary.today));
        Self { sources, config, archive: Arc::new(public), summary, usage, settings, documents: Vec::new() }
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
