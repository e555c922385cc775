//! One document about one incident.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    model::{
        ActionItem, Fact, Impact, Milestone, Moment, Origin, RootCause, Section, SectionKind, TimelineEvent,
        Traces, Zone,
    },
    source::Span,
};

/// How far the writing has come.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Being written; little is asked of it.
    Draft,
    /// Being reviewed.
    InReview,
    /// Reviewed and published to its readers.
    Final,
}

impl Status {
    /// All of them, in their order.
    pub const ALL: [Self; 3] = [Self::Draft, Self::InReview, Self::Final];

    /// The key in documents, configuration and exports.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::InReview => "in-review",
            Self::Final => "final",
        }
    }

    /// The words on a page.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Draft => "Draft",
            Self::InReview => "In review",
            Self::Final => "Final",
        }
    }
}

/// Who noticed the incident first.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum DetectedBy {
    /// An automatic alert.
    #[serde(alias = "alerting", alias = "monitoring", alias = "monitor")]
    Alert,
    /// A customer.
    #[serde(alias = "user", alias = "customers", alias = "users")]
    Customer,
    /// Somebody of the company who happened to see it.
    #[serde(alias = "internal", alias = "engineer")]
    Employee,
    /// A partner or supplier.
    #[serde(alias = "vendor")]
    Partner,
    /// Anything else.
    Other,
}

impl DetectedBy {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Alert, Self::Customer, Self::Employee, Self::Partner, Self::Other];

    /// The key in documents and exports; also the word on a page.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Alert => "alert",
            Self::Customer => "customer",
            Self::Employee => "employee",
            Self::Partner => "partner",
            Self::Other => "other",
        }
    }
}

/// Who may read a postmortem.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Visibility {
    /// The company. A document that does not say is internal: nothing is published by forgetting.
    #[default]
    Internal,
    /// Everybody.
    Public,
}

impl Visibility {
    /// The key in documents, configuration and exports; also the word on a page.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Internal => "internal",
            Self::Public => "public",
        }
    }
}

/// The language of a front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    /// Between lines of `+++`.
    Toml,
    /// Between lines of `---`.
    Yaml,
}

/// The front matter's place in the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrontMatter {
    /// Its language.
    pub format: Format,
    /// The bytes with both fences.
    pub span: Span,
    /// The bytes between the fences.
    pub content: Span,
}

/// A link or an image of the body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The target as written, not decoded.
    pub target: String,
    /// The text of the link, or the alternative text of the image, as plain text.
    pub text: String,
    /// True for an image.
    pub is_image: bool,
    /// The bytes of the whole link.
    pub span: Span,
}

/// One document about one incident, as it was read. Everything is optional but a title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Postmortem {
    /// Path of the document below the root.
    pub path: String,
    /// Unique within the archive and safe in a file name: stated, or the file's stem; behind the source, if it has one.
    pub id: Fact<String>,
    /// The source that it comes from, where its folder is one of its own: the id of the source.
    pub source: Option<String>,
    /// The title: stated, the first heading, or the file's stem in words.
    pub title: Fact<String>,
    /// The day on which the incident began.
    pub date: Option<Fact<NaiveDate>>,
    /// How far the writing has come; none when the document does not say.
    pub status: Option<Fact<Status>>,
    /// The severity as written.
    pub severity: Option<Fact<String>>,
    /// The id of the configured severity that the document's severity means; without a `[[severity]]` table, the
    /// severity as written.
    pub severity_id: Option<String>,
    /// Services, by id where the configuration knows them.
    pub services: Vec<Fact<String>>,
    /// Teams.
    pub teams: Vec<Fact<String>>,
    /// Tags.
    pub tags: Vec<Fact<String>>,
    /// Contributing factors, by id where the configuration knows them.
    pub factors: Vec<Fact<String>>,
    /// Who noticed first.
    pub detected_by: Option<Fact<DetectedBy>>,
    /// Who wrote it, as written.
    pub authors: Vec<Fact<String>>,
    /// Who may read it; none when the document does not say.
    pub visibility: Option<Fact<Visibility>>,
    /// Ids of the postmortems of which this one is a repeat, as written.
    pub repeat_of: Vec<Fact<String>>,
    /// Ids of related postmortems, as written.
    pub related: Vec<Fact<String>>,
    /// True for an incident that did no harm.
    pub near_miss: bool,
    /// The zone in which the document states its times; none when it does not say.
    pub zone: Option<Fact<Zone>>,
    /// The milestones, from front matter, labels or tagged events.
    pub times: BTreeMap<Milestone, Box<Fact<Moment>>>,
    /// What users felt, as far as front matter or labels say.
    pub impact: Impact,
    /// Why, as far as front matter says.
    pub root_cause: RootCause,
    /// What happened, in the order of the document.
    pub timeline: Vec<TimelineEvent>,
    /// Follow-up work, in the order of the document.
    pub actions: Vec<ActionItem>,
    /// The parts of the body, in the order of the document.
    pub sections: Vec<Section>,
    /// Links and images of the body.
    pub links: Vec<Link>,
    /// HTML comments of the body, with their delimiters; suppressions and internal marks are among them.
    pub comments: Vec<Span>,
    /// The parts between `<!-- internal -->` and `<!-- /internal -->`, marks included.
    pub internal: Vec<Span>,
    /// What of the text can be found again in another one.
    pub traces: Traces,
    /// The front matter, if there is one.
    pub front_matter: Option<FrontMatter>,
    /// The bytes of the body: everything behind the front matter.
    pub body: Span,
}

impl Postmortem {
    /// The postmortem of a document of which nothing is known yet but its path, its id and where its body is.
    pub fn new(path: &str, id: Fact<String>, body: Span) -> Self {
        Self {
            path: path.to_owned(),
            id,
            source: None,
            title: Fact::new(String::new(), Span::default(), Origin::FileName),
            date: None,
            status: None,
            severity: None,
            severity_id: None,
            services: Vec::new(),
            teams: Vec::new(),
            tags: Vec::new(),
            factors: Vec::new(),
            detected_by: None,
            authors: Vec::new(),
            visibility: None,
            repeat_of: Vec::new(),
            related: Vec::new(),
            near_miss: false,
            zone: None,
            times: BTreeMap::new(),
            impact: Impact::default(),
            root_cause: RootCause::default(),
            timeline: Vec::new(),
            actions: Vec::new(),
            sections: Vec::new(),
            links: Vec::new(),
            comments: Vec::new(),
            internal: Vec::new(),
            traces: Traces::default(),
            front_matter: None,
            body,
        }
    }

    /// Makes it one of a source: two sources may have documents of one name.
    pub fn enter(&mut self, source: String) {
        self.id.value = in_source(&source, &self.id.value);
        self.source = Some(source);
    }

    /// Gives back the memory that its lists have asked for and do not need.
    pub fn shrink(&mut self) {
        self.word_lists().into_iter().for_each(Vec::shrink_to_fit);
        self.timeline.iter_mut().for_each(TimelineEvent::shrink);
        self.timeline.shrink_to_fit();
        self.actions.iter_mut().for_each(|action| action.trackers.shrink_to_fit());
        self.actions.shrink_to_fit();
        self.sections.shrink_to_fit();
        self.links.shrink_to_fit();
        self.comments.shrink_to_fit();
        self.internal.shrink_to_fit();
    }

    /// The lists of words or sentences that it states one by one.
    pub(super) fn word_lists(&mut self) -> [&mut Vec<Fact<String>>; 8] {
        [
            &mut self.services,
            &mut self.teams,
            &mut self.tags,
            &mut self.factors,
            &mut self.authors,
            &mut self.repeat_of,
            &mut self.related,
            &mut self.root_cause.why,
        ]
    }

    /// Gives it another id, and its action items those below it.
    pub(super) fn rename(&mut self, id: &str) {
        let before = format!("{}/", self.id.value);
        for action in &mut self.actions {
            if let Some(name) = action.id.strip_prefix(&before) {
                action.id = format!("{id}/{name}");
            }
        }
        id.clone_into(&mut self.id.value);
    }

    /// The first section of a kind that holds something.
    pub fn section(&self, kind: SectionKind) -> Option<&Section> {
        self.sections.iter().find(|section| section.is(kind) && !section.is_empty)
    }

    /// The moment of a milestone.
    pub fn time(&self, milestone: Milestone) -> Option<&Moment> {
        self.times.get(&milestone).map(|fact| &fact.value)
    }

    /// True when the day is that of an event or of a mention, because the document states none. A stated beginning
    /// states its day too.
    pub fn is_date_inferred(&self) -> bool {
        let started =
            self.times.get(&Milestone::Started).filter(|started| started.origin != Origin::Inferred);
        self.date.as_ref().is_some_and(|date| {
            date.origin == Origin::Inferred && started.is_none_or(|started| started.span != date.span)
        })
    }

    /// The day as ISO text, or nothing.
    pub fn date_text(&self) -> String {
        self.date.as_ref().map(|date| date.value.to_string()).unwrap_or_default()
    }

    /// True while it is a draft. A document that does not say is not one.
    pub fn is_draft(&self) -> bool {
        self.status.as_ref().is_some_and(|status| status.value == Status::Draft)
    }
}

/// The id that a document of a source has in the archive, from the one that it has among those of the source.
pub(super) fn in_source(source: &str, id: &str) -> String {
    format!("{source}-{id}")
}
