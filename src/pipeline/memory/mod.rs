//! What has been read before: in this run, and in earlier ones as far as they have kept it.
//!
//! A memory can make reading faster and never different: what is taken out of it was made from the same text, in a
//! context in which every document reads the same.

#[cfg(test)]
mod tests;

use std::{
    collections::BTreeMap,
    io::{self, Write},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use rayon::prelude::*;

use crate::{
    config::{Config, DateOrder},
    diagnostic::Finding,
    model::{Postmortem, archive::Edited},
    parse::{self, Context, Evidence, Locale, Usage, Words},
    pipeline::{
        kept::{self, Kept, Manner, Name, Page, Writer},
        together::Together,
    },
    source::{SourceFile, Sources},
};

/// Fewer documents are read again before anybody has noticed.
const FEW: usize = 200;

/// As long as no more than one of so many documents is missing, what is kept will do.
const SHARE: usize = 20;

/// So many documents are written in memory at a time.
const AT_ONCE: usize = 256;

/// A document that has been read.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) source: SourceFile,
    evidence: Evidence,
    pub(super) postmortems: Vec<Arc<Postmortem>>,
    pub(super) findings: Vec<Finding>,
}

/// What was read before.
#[derive(Debug, Default)]
pub struct Memory {
    languages: Option<Languages>,
    context: Option<(Config, Usage)>,
    /// Sorted by path.
    documents: Vec<Arc<Document>>,
    /// What an earlier run has kept; nobody asks for it twice.
    kept: Option<Kept>,
    /// What the documents say together.
    pub(super) together: Together,
    /// How many documents were read that are not kept.
    anew: usize,
}

/// The words of an archive, and the files that they come from.
#[derive(Debug, Clone)]
pub(super) struct Languages {
    aliases: BTreeMap<String, Vec<String>>,
    files: Vec<Result<SourceFile, String>>,
    pub(super) words: Words,
    pub(super) findings: BTreeMap<String, Vec<Finding>>,
}

/// What is remembered of the documents of an archive, in their order.
pub(super) struct Recall<'m> {
    /// None when every document has to be read anew because of something that is not in it.
    context: Option<Context<'m>>,
    kept: Option<Kept>,
    documents: Vec<(Known<'m>, Evidence)>,
}

/// What is known of a document of this text.
enum Known<'m> {
    Read(&'m Arc<Document>),
    Kept(Name),
    Nothing,
}

impl Memory {
    /// One that has what an earlier run has kept.
    pub(super) fn with(kept: Option<Kept>) -> Self {
        Self { kept, ..Self::default() }
    }

    /// Looks these documents up. What an earlier run has kept is given away with the answer.
    pub(super) fn recall(
        &mut self,
        documents: &[SourceFile],
        languages: &Languages,
        config: &Config,
    ) -> Recall<'_> {
        let kept = self.kept.take().filter(|kept| kept.is_of(&languages.settings(config)));
        let context = self.context.as_ref().map(|(config, usage)| Context::of(config, usage.clone()));
        let is_shown = config.book.date_order == DateOrder::Auto;
        let was_shown =
            self.context.as_ref().is_some_and(|(then, _)| then.book.date_order == DateOrder::Auto);
        let look = |(at, source): (usize, &SourceFile)| {
            let known = match (self.document(at, source), &kept) {
                (Some(document), _) => Known::Read(document),
                (None, Some(_)) => Known::Kept(kept::name(source)),
                (None, None) => Known::Nothing,
            };
            let evidence = match &known {
                _ if !is_shown => Some(Evidence::default()),
                Known::Read(document) if was_shown => Some(document.evidence),
                Known::Kept(name) => kept.as_ref().and_then(|kept| kept.evidence(name)),
                Known::Read(_) | Known::Nothing => None,
            };
            (known, evidence.unwrap_or_else(|| parse::evidence(source)))
        };
        let documents = documents.par_iter().enumerate().map(look).collect();
        Recall { context, kept, documents }
    }

    /// The postmortems that are other ones in these documents than they were, where each stands in the place of another.
    pub(super) fn edited(&self, documents: &[Arc<Document>]) -> Option<Edited> {
        let pairs = || self.documents.iter().zip(documents).filter(|(was, is)| !Arc::ptr_eq(was, is));
        let is_edited = |(was, is): (&Arc<Document>, &Arc<Document>)| {
            was.source.path == is.source.path && was.postmortems.len() == is.postmortems.len()
        };
        let postmortems = |(was, is): (&Arc<Document>, &Arc<Document>)| {
            was.postmortems.iter().cloned().zip(is.postmortems.iter().cloned()).collect::<Edited>()
        };
        let is_all = self.documents.len() == documents.len() && pairs().all(is_edited);
        is_all.then(|| pairs().flat_map(postmortems).collect())
    }

    /// Remembers what has been read of an archive. `anew` is for how many of the documents nothing was remembered.
    pub(super) fn remember(
        &mut self,
        languages: Languages,
        (config, usage): (&Config, &Usage),
        (documents, anew): (&[Arc<Document>], usize),
    ) {
        *self = Self {
            languages: Some(languages),
            context: Some((config.clone(), usage.clone())),
            documents: documents.to_vec(),
            kept: None,
            together: std::mem::take(&mut self.together),
            anew: self.anew + anew,
        };
    }

    /// True when the next run would notice that what has been read is kept. It is asked once for everything read.
    pub(super) fn is_worth_keeping(&mut self) -> bool {
        let is_worth_it = self.anew >= FEW && self.anew >= self.documents.len() / SHARE;
        if is_worth_it {
            self.anew = 0;
        }
        is_worth_it
    }

    /// Writes all that is remembered, for the next run of this program.
    pub(super) fn write(&self, program: &Name, to: &mut dyn Write) -> io::Result<()> {
        let (Some(languages), Some((config, usage))) = (&self.languages, &self.context) else {
            return Ok(());
        };
        let order = order(&Context::of(config, usage.clone()));
        let mut writer = Writer::new(program, Manner { settings: languages.settings(config), order }, to);
        let page = |document: &'_ Arc<Document>| {
            let Document { source, evidence, postmortems, findings } = &**document;
            kept::written(program, &Page { source, evidence: *evidence, postmortems, findings })
        };
        for documents in self.documents.chunks(AT_ONCE) {
            for written in documents.par_iter().filter_map(page).collect::<Vec<_>>() {
                writer.put(&written)?;
            }
        }
        writer.finish()
    }

    /// What is remembered of a document with this very text. Mostly it stands where it stood.
    fn document(&self, place: usize, source: &SourceFile) -> Option<&Arc<Document>> {
        let there = self.documents.get(place);
        if there.is_some_and(|known| known.source.is(source)) {
            return there;
        }
        let path = source.path.as_str();
        let there = there.filter(|known| known.source.path == path);
        let known = there.or_else(|| {
            let at = self.documents.binary_search_by(|known| known.source.path.as_str().cmp(path)).ok()?;
            self.documents.get(at)
        })?;
        is_same_text(&known.source, source).then_some(known)
    }

    /// The site's own languages beside the built-in ones.
    pub(super) fn languages(&self, sources: &Sources, config: &Config) -> Languages {
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

impl Languages {
    /// Stands for everything but their own texts that decides how documents read, the order of day and month apart.
    fn settings(&self, config: &Config) -> Name {
        let file = |file: &Result<SourceFile, String>| match file {
            Ok(file) => Ok((file.path.clone(), Arc::clone(&file.text), file.invalid_utf8)),
            Err(reason) => Err(reason.clone()),
        };
        let files: Vec<_> = self.files.iter().map(file).collect();
        *blake3::hash(format!("{:?}", (config.of_reading(), &self.aliases, files)).as_bytes()).as_bytes()
    }
}

impl Recall<'_> {
    /// What the dates of all documents show of their order.
    pub(super) fn evidence(&self) -> Evidence {
        self.documents.iter().map(|(_, evidence)| *evidence).fold(Evidence::default(), |a, b| a + b)
    }

    /// The same documents as they read in a context, and for how many nothing was remembered.
    pub(super) fn documents(
        self,
        sources: &[SourceFile],
        context: &Context<'_>,
    ) -> (Vec<Arc<Document>>, usize) {
        let is_same = self.context.is_some_and(|then| then.reads_like(context));
        let kept = self.kept.filter(|kept| kept.has_order(&order(context)));
        let anew = AtomicUsize::new(0);
        let document = |(source, (known, evidence)): (&SourceFile, (Known<'_>, Evidence))| {
            let said = match &known {
                Known::Read(document) if is_same => return Arc::clone(document),
                Known::Kept(name) => kept.as_ref().and_then(|kept| kept.said(name)),
                Known::Read(_) | Known::Nothing => None,
            };
            let (postmortems, findings) = said.unwrap_or_else(|| {
                anew.fetch_add(1, Ordering::Relaxed);
                Document::read(source, context)
            });
            Arc::new(Document { source: source.clone(), evidence, postmortems, findings })
        };
        let documents = sources.par_iter().zip(self.documents).map(document).collect();
        (documents, anew.into_inner())
    }
}

impl Document {
    /// Its postmortems. Nobody else has those of a document that nobody else holds.
    pub(super) fn postmortems(document: &mut Arc<Self>) -> Vec<Arc<Postmortem>> {
        match Arc::get_mut(document) {
            Some(own) => std::mem::take(&mut own.postmortems),
            None => document.postmortems.clone(),
        }
    }

    /// What reading it has to say, in the same way.
    pub(super) fn take_findings(document: &mut Arc<Self>) -> Vec<Finding> {
        match Arc::get_mut(document) {
            Some(own) => std::mem::take(&mut own.findings),
            None => document.findings.clone(),
        }
    }

    fn read(source: &SourceFile, context: &Context<'_>) -> (Vec<Arc<Postmortem>>, Vec<Finding>) {
        let (mut postmortems, mut findings) = (Vec::new(), Vec::new());
        for parsed in parse::parse_all(source, context) {
            postmortems.push(Arc::new(parsed.postmortem));
            findings.extend(parsed.findings);
        }
        (postmortems, findings)
    }
}

fn order(context: &Context<'_>) -> String {
    format!("{:?}", context.order())
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
