//! What a rule is: a constant with a name, a page, a level and a function.
//!
//! Rules know nothing of levels, suppressions and output; the engine in [`check`](crate::check) knows nothing of any
//! single rule.

use std::{cell::OnceCell, collections::BTreeMap};

use chrono::NaiveDate;

use crate::{
    aggregate::{ActionEntry, Summary},
    change::Base,
    check::{
        prompts::Prompts,
        prose::Prose,
        targets::Files,
        wording::{self, Hit},
    },
    config::Config,
    diagnostic::{Finding, Level},
    model::{Archive, Postmortem, Zone},
    parse::Context,
    source::{SourceFile, Span},
};

/// What a rule is about; a group can be named wherever a rule can.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "`summary` says what each is about")]
pub enum Group {
    Structure,
    Clock,
    Action,
    Blameless,
    Data,
    Links,
    Publish,
    Archive,
    Configuration,
}

impl Group {
    /// All of them, in the order of the documentation.
    pub const ALL: [Self; 9] = [
        Self::Structure,
        Self::Clock,
        Self::Action,
        Self::Blameless,
        Self::Data,
        Self::Links,
        Self::Publish,
        Self::Archive,
        Self::Configuration,
    ];

    /// The word in configuration and on pages.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Structure => "structure",
            Self::Clock => "clock",
            Self::Action => "action",
            Self::Blameless => "blameless",
            Self::Data => "data",
            Self::Links => "links",
            Self::Publish => "publish",
            Self::Archive => "archive",
            Self::Configuration => "configuration",
        }
    }

    /// What its rules are about, in a sentence without a dot.
    pub const fn summary(self) -> &'static str {
        match self {
            Self::Structure => "Is the document whole: its front matter, its parts, no placeholder left",
            Self::Clock => "Do the times make sense: their order, their zone, the durations that are stated",
            Self::Action => {
                "Can the follow-up work be done and followed: owner, due date, tracker, a clear end"
            }
            Self::Blameless => "Does the text speak of systems and conditions, not of people's faults",
            Self::Data => "Are impact and cause concrete, and names those of the configuration",
            Self::Links => "Do links and images lead somewhere",
            Self::Publish => "Is there anything that must not leave the company",
            Self::Archive => "Do the documents agree with each other",
            Self::Configuration => {
                "Do the configuration and the suppressions say something that has an effect"
            }
        }
    }
}

/// How the level of a rule depends on how far the writing has come, where the configuration says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The same level in every document.
    Always,
    /// A hint in a draft, the rule's level elsewhere: for what is wrong with something that stands there.
    AfterDraft,
    /// A hint until the document says that it is in review or final, and one level louder in a final document of the
    /// worst severity: for what is missing.
    WhenFinished,
}

/// What a rule looks at.
#[derive(Debug, Clone, Copy)]
pub enum Scope {
    /// Found while the document is read; the rule's file holds its page and its level.
    Reading,
    /// Found by the engine itself, in suppressions and in the configuration.
    Engine,
    /// One document.
    Document(fn(&Document<'_>, &mut Vec<Finding>)),
    /// The wording of one document, by the phrases of a TOML text.
    Wording {
        /// The phrases.
        phrases: &'static str,
        /// The message; `{}` is the phrase that was found.
        message: &'static str,
    },
    /// All documents together.
    Archive(fn(&Whole<'_>, &mut Findings)),
    /// All documents beside what they were; only where the archive is compared with an earlier one.
    Change(fn(&Whole<'_>, &Base, &mut Findings)),
}

/// One check.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// The name, kebab-case; also the name of its files.
    pub name: &'static str,
    /// What it is about.
    pub group: Group,
    /// How loud it is where neither the configuration nor the [`Stage`] says otherwise.
    pub default_level: Level,
    /// How the level depends on how far the writing has come.
    pub stage: Stage,
    /// What it reports, in a sentence without a dot.
    pub summary: &'static str,
    /// Its page, in Markdown.
    pub docs: &'static str,
    /// What it looks at, and how.
    pub scope: Scope,
}

/// Findings of archive rules, by the path of their document.
pub type Findings = BTreeMap<String, Vec<Finding>>;

/// All that an archive rule sees.
#[derive(Debug, Clone, Copy)]
pub struct Whole<'a> {
    /// All documents.
    pub archive: &'a Archive,
    /// What they say as a whole.
    pub summary: &'a Summary,
    /// Their texts, by path.
    pub sources: &'a BTreeMap<&'a str, &'a SourceFile>,
    /// The files below the root.
    pub files: &'a Files<'a>,
    /// What the templates ask for.
    pub(super) prompts: &'a Prompts,
    /// The zone that all documents state which state one, when several do.
    pub zone: Option<&'a Zone>,
    /// What the user configured.
    pub config: &'a Config,
    /// How the documents were read.
    pub context: &'a Context<'a>,
    /// The day on which the check is made.
    pub today: NaiveDate,
}

/// All that a document rule sees.
#[derive(Debug)]
pub struct Document<'a> {
    /// The document as it was read.
    pub postmortem: &'a Postmortem,
    /// Its text.
    pub source: &'a SourceFile,
    /// All documents, for links.
    pub archive: &'a Archive,
    /// Its action items as the archive counts them, due dates from the configuration included.
    pub entries: Vec<&'a ActionEntry>,
    /// The files below the root, for links and images.
    pub files: &'a Files<'a>,
    /// What the templates ask for.
    pub(super) prompts: &'a Prompts,
    /// The zone that all documents state which state one, when several do.
    pub zone: Option<&'a Zone>,
    /// What the user configured.
    pub config: &'a Config,
    /// How the documents were read.
    pub context: &'a Context<'a>,
    /// The day on which the check is made.
    pub today: NaiveDate,
    prose: OnceCell<Prose>,
    hits: OnceCell<Vec<Hit>>,
}

impl<'a> Document<'a> {
    /// A document in its archive.
    pub(super) fn new(
        postmortem: &'a Postmortem,
        source: &'a SourceFile,
        whole: Whole<'a>,
        entries: Vec<&'a ActionEntry>,
    ) -> Self {
        Self {
            postmortem,
            source,
            archive: whole.archive,
            entries,
            files: whole.files,
            prompts: whole.prompts,
            zone: whole.zone,
            config: whole.config,
            context: whole.context,
            today: whole.today,
            prose: OnceCell::new(),
            hits: OnceCell::new(),
        }
    }

    /// The running text. Read on first use, once for all rules.
    pub fn prose(&self) -> &Prose {
        self.prose.get_or_init(|| Prose::of(self.postmortem, self.source))
    }

    /// What the wording rules found. Read on first use, once for all rules.
    pub(super) fn hits(&self) -> &[Hit] {
        self.hits.get_or_init(|| wording::hits(self.prose(), self.source))
    }

    /// The text of a span.
    pub fn text(&self, span: Span) -> &'a str {
        self.source.slice(span)
    }

    /// Where a finding about the whole document points: its title, else its beginning.
    pub fn head(&self) -> Span {
        first_line(self.source, self.postmortem.title.span)
    }
}

/// The first line of a span, without the space around it: what a caret should underline of something long.
pub fn first_line(source: &SourceFile, span: Span) -> Span {
    let text = source.slice(span);
    let start = span.start + (text.len() - text.trim_start().len());
    let line = text.trim_start().lines().next().unwrap_or_default();
    Span::new(start, start + line.trim_end().len())
}
