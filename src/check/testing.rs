//! Checks a document in a test, in one line: `check(markdown)` gives the findings as lines.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::{
    aggregate::{Summary, aggregate},
    change::{Base, Changes, FileChange, Lines},
    check::{CONFIGURATION, Input, check as check_archive},
    config::Config,
    diagnostic::{Applicability, Diagnostic, Finding},
    edit,
    model::Archive,
    parse::{Context, parse},
    source::{SourceFile, Sources},
};

/// The path of a document that does not say.
pub(super) const PATH: &str = "2026-05-04-checkout.md";

/// A site in which a document is checked. The day is 2026-06-01; `images/graph.png` exists.
#[derive(Debug, Clone, Default)]
pub(super) struct Case {
    configuration: String,
    beside: Vec<SourceFile>,
    before: Option<String>,
    template: Option<String>,
}

impl Case {
    /// With this book.toml.
    pub(super) fn configuration(mut self, text: &str) -> Self {
        text.clone_into(&mut self.configuration);
        self
    }

    /// With another document in the archive.
    pub(super) fn beside(mut self, path: &str, text: &str) -> Self {
        self.beside.push(SourceFile::new(path, text));
        self
    }

    /// With what the document was, at the revision that it is compared with.
    pub(super) fn before(mut self, text: &str) -> Self {
        self.before = Some(text.to_owned());
        self
    }

    /// With a template of the site's own.
    pub(super) fn template(mut self, text: &str) -> Self {
        self.template = Some(text.to_owned());
        self
    }

    /// Without the other documents, and those of before.
    pub(super) fn clear_beside(&mut self) {
        self.beside.clear();
        self.before = None;
    }

    /// The findings of a document and of the configuration: `LINE:COLUMN: level[rule]: message`.
    pub(super) fn check(&self, text: &str) -> Vec<String> {
        self.check_at(PATH, text)
    }

    /// The same for a document at a path.
    pub(super) fn check_at(&self, path: &str, text: &str) -> Vec<String> {
        self.run(&SourceFile::new(path, text))
    }

    /// The same for a document that may not be text.
    pub(super) fn check_bytes(&self, path: &str, bytes: &[u8]) -> Vec<String> {
        self.run(&SourceFile::from_bytes(path, bytes))
    }

    /// A document after all fixes of a rule, one after the other, and the least sure of them; none when there is no fix.
    pub(super) fn fixed_at(&self, path: &str, text: &str, rule: &str) -> Option<(String, Applicability)> {
        let mut fixed = None;
        for _ in 0..20 {
            let text = fixed.as_ref().map_or(text, |(text, _): &(String, _)| text);
            let found = self.diagnostics(&SourceFile::new(path, text));
            let mut own = found.iter().filter(|one| one.path == path && one.finding.rule == rule);
            let Some(fix) = own.find_map(|one| one.finding.fix.as_deref()) else { break };
            let least_sure =
                fixed.as_ref().map_or(fix.applicability, |(_, before)| fix.applicability.max(*before));
            fixed = Some((edit::apply(text, &fix.edits).unwrap(), least_sure));
        }
        fixed
    }

    fn run(&self, document: &SourceFile) -> Vec<String> {
        let book = SourceFile::new(CONFIGURATION, self.configuration.as_str());
        self.diagnostics(document)
            .into_iter()
            .filter_map(|found| {
                let file = [document, &book].into_iter().find(|file| file.path == found.path)?;
                let at = file.position(found.finding.span.start);
                Some(format!(
                    "{at}: {}[{}]: {}",
                    found.level.word(),
                    found.finding.rule,
                    found.finding.message
                ))
            })
            .collect()
    }

    /// Everything that is found, in all files.
    pub(super) fn diagnostics(&self, document: &SourceFile) -> Vec<Diagnostic> {
        let base = self.before.as_ref().map(|before| {
            let before = SourceFile::new(document.path.as_str(), before.as_str());
            let lines = Lines::changed(&before.text, &document.text);
            let change = FileChange { before: Some(before.path.clone()), lines };
            let read = self.read(&before);
            Base {
                revision: "main".to_owned(),
                commit: String::new(),
                diagnostics: read.check(None),
                sources: Sources { documents: read.sources, ..Sources::default() },
                archive: read.archive,
                summary: read.summary,
                changes: Changes {
                    files: BTreeMap::from([(document.path.clone(), change)]),
                    ..Changes::default()
                },
            }
        });
        self.read(document).check(base.as_ref())
    }

    fn read(&self, document: &SourceFile) -> Read {
        let book = SourceFile::new(CONFIGURATION, self.configuration.as_str());
        let (config, wrong) = Config::parse(&book);
        let mut reading: BTreeMap<String, Vec<Finding>> = BTreeMap::from([(CONFIGURATION.to_owned(), wrong)]);
        let mut sources = self.beside.clone();
        sources.push(document.clone());
        let context = Context::new(&config, &sources);
        let mut postmortems = Vec::new();
        for source in &sources {
            let parsed = parse(source, &context);
            reading.insert(source.path.clone(), parsed.findings);
            postmortems.push(parsed.postmortem);
        }
        let archive = Archive::new(postmortems);
        let today = NaiveDate::from_ymd_opt(2026, 6, 1).unwrap();
        let summary = aggregate(&archive, &config, today);
        let template = self.template.clone();
        Read { archive, summary, sources, reading, config, today, template }
    }
}

/// An archive, read.
struct Read {
    archive: Archive,
    summary: Summary,
    sources: Vec<SourceFile>,
    reading: BTreeMap<String, Vec<Finding>>,
    config: Config,
    today: NaiveDate,
    template: Option<String>,
}

impl Read {
    fn check(&self, base: Option<&Base>) -> Vec<Diagnostic> {
        let mut files: BTreeSet<String> = self.sources.iter().map(|source| source.path.clone()).collect();
        files.insert("images/graph.png".to_owned());
        let context = Context::new(&self.config, &self.sources);
        let templates: Vec<&str> = self.template.as_deref().into_iter().collect();
        let input = Input {
            archive: &self.archive,
            summary: &self.summary,
            sources: &self.sources,
            files: &files,
            templates: &templates,
            config: &self.config,
            context: &context,
            today: self.today,
            base,
        };
        check_archive(&input, self.reading.clone())
    }
}

/// The findings of a document without any configuration.
pub(super) fn check(text: &str) -> Vec<String> {
    Case::default().check(text)
}
