//! The tables of `book.toml`, one struct each. The doc comment of a field is its description in the JSON Schema.

use std::{collections::BTreeMap, sync::Arc};

use schemars::JsonSchema;
use serde::Deserialize;

use crate::{
    config::{Calendar, Colour, DateOrder, Pattern, Roots, Split, When, ZoneName},
    data::Spanned,
    model::{Milestone, Visibility, Zone},
    source::Span,
};

/// `[book]`: what the archive is.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Book {
    /// The name of the site.
    pub title: String,
    /// One sentence about it.
    pub description: String,
    /// The language of the site, as an IETF tag.
    pub language: Spanned<String>,
    /// The folder of the postmortems below the root, or a list of them; one with a label is a source of its own.
    pub src: Roots,
    /// The zone of times that name none.
    pub zone: Option<ZoneName>,
    /// How `03/04/2026` is meant.
    pub date_order: DateOrder,
    /// The headings that begin an incident in a file that holds many: a log with a heading for each.
    pub split: Split,
}

impl Default for Book {
    fn default() -> Self {
        Self {
            title: "Postmortems".to_owned(),
            description: String::new(),
            language: Spanned::new("en".to_owned(), Span::default()),
            src: Roots::default(),
            zone: None,
            date_order: DateOrder::Auto,
            split: Split::Never,
        }
    }
}

/// `[build]`: where the site goes and who it is for.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Build {
    /// The folder of the built site, below the root.
    pub build_dir: String,
    /// Who may read a document that does not say.
    pub default_visibility: Visibility,
}

impl Default for Build {
    fn default() -> Self {
        Self { build_dir: "book".to_owned(), default_visibility: Visibility::Internal }
    }
}

/// `[output]`: the forms of output.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Output {
    /// The site.
    pub html: Html,
}

/// `[output.html]`: the site.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Html {
    /// The address under which the site is served. Needed only by `404.html`, the feed and the sitemap; every other
    /// link is relative.
    pub site_url: Option<String>,
    /// The look: a folder of `themes/`, or a built-in one.
    pub theme: Spanned<String>,
    /// Colours of the look that are other ones here, by the name of their custom property without `--`.
    pub colours: BTreeMap<String, Spanned<Colour>>,
    /// The address of the git repository.
    pub git_repository_url: Option<String>,
    /// The address at which a document is edited; `{path}` is its path below the root.
    pub edit_url_template: Option<String>,
    /// The address at which a document's source is shown; `{path}` is its path below the root.
    pub source_url_template: Option<String>,
    /// The address at which a document's history is shown; `{path}` is its path below the root.
    pub history_url_template: Option<String>,
    /// The search.
    pub search: Search,
}

/// `[output.html.search]`: the search of the site.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Search {
    /// What a result shows of its document.
    pub snippets: Snippets,
}

/// What a result of the search shows of its document.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Snippets {
    /// The passage that matches. Costs one file for each postmortem, and is needed for words in quotes.
    #[default]
    Full,
    /// Its first words only; no further files.
    Summary,
}

impl Html {
    /// True when the look is another one than without configuration.
    pub fn has_own_look(&self) -> bool {
        let usual = Self::default();
        self.theme.value != usual.theme.value || self.colours != usual.colours
    }
}

impl Default for Html {
    fn default() -> Self {
        Self {
            site_url: None,
            theme: Spanned::new("afterword".to_owned(), Span::default()),
            colours: BTreeMap::new(),
            git_repository_url: None,
            edit_url_template: None,
            source_url_template: None,
            history_url_template: None,
            search: Search::default(),
        }
    }
}

/// One entry of `[[severity]]`; the worst stands first.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Severity {
    /// The severity as the site shows it.
    pub id: String,
    /// What it means, in a sentence.
    pub description: String,
    /// Other ways to write it.
    pub aliases: Vec<String>,
}

impl Severity {
    /// The scale that most teams use, for sites that state none.
    pub fn usual() -> Vec<Self> {
        [
            ("SEV1", ["S1", "P1", "critical"]),
            ("SEV2", ["S2", "P2", "major"]),
            ("SEV3", ["S3", "P3", "minor"]),
            ("SEV4", ["S4", "P4", "low"]),
        ]
        .into_iter()
        .map(|(id, aliases)| Self {
            id: id.to_owned(),
            description: String::new(),
            aliases: aliases.map(str::to_owned).to_vec(),
        })
        .collect()
    }
}

/// One entry of `[[service]]`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Service {
    /// The service as documents name it.
    pub id: String,
    /// Its name on pages.
    pub name: Option<String>,
    /// The team that answers for it.
    pub team: Option<Spanned<String>>,
    /// Other ways to write it.
    pub aliases: Vec<String>,
}

/// One entry of `[[team]]`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Team {
    /// The team as documents name it.
    pub id: String,
    /// Its name on pages.
    pub name: Option<String>,
    /// Other ways to write it.
    pub aliases: Vec<String>,
}

/// One entry of `[[factor]]`: a contributing factor of the taxonomy.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Factor {
    /// The factor as documents name it.
    pub id: String,
    /// Its name on pages.
    pub name: Option<String>,
    /// What it means, in a sentence.
    pub description: String,
    /// Other ways to write it.
    pub aliases: Vec<String>,
}

/// One entry of `[[measure]]`: a named duration between two milestones.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Measure {
    /// Its name on pages.
    pub name: String,
    /// The milestone at which it begins.
    pub from: Milestone,
    /// The milestone at which it ends.
    pub to: Milestone,
    /// Which moment it begins at, where several events are tagged with the milestone.
    #[serde(default)]
    pub from_which: Which,
    /// Which moment it ends at, where several events are tagged with the milestone.
    #[serde(default)]
    pub to_which: Which,
    /// The `[[calendar]]` whose hours alone count; without one, all hours.
    #[serde(default)]
    pub calendar: Option<Spanned<String>>,
    /// The calendar of that name.
    #[serde(skip)]
    pub hours: Option<Arc<Calendar>>,
}

/// Which of several moments of a milestone counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Which {
    /// The one that the document states as the milestone.
    #[default]
    Stated,
    /// The earliest.
    First,
    /// The latest.
    Last,
}

impl Measure {
    /// From one milestone to another, as the document states them, by the clock.
    pub fn between(name: &str, from: Milestone, to: Milestone) -> Self {
        Self {
            name: name.to_owned(),
            from,
            to,
            from_which: Which::Stated,
            to_which: Which::Stated,
            calendar: None,
            hours: None,
        }
    }

    /// Those that need no configuration.
    pub fn built_in() -> impl Iterator<Item = Self> {
        [
            ("Time to detect", Milestone::Started, Milestone::Detected),
            ("Time to acknowledge", Milestone::Detected, Milestone::Acknowledged),
            ("Time to mitigate", Milestone::Started, Milestone::Mitigated),
            ("Time to resolve", Milestone::Started, Milestone::Resolved),
        ]
        .into_iter()
        .map(|(name, from, to)| Self::between(name, from, to))
    }

    /// True for one of them, as it is.
    pub fn is_built_in(&self) -> bool {
        Self::built_in().any(|measure| measure == *self)
    }
}

/// `[sections]`: the parts of a postmortem.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Sections {
    /// The parts that every postmortem must have.
    pub required: Vec<Spanned<String>>,
    /// Files with the words of further languages, below the root; `afterword schema locale` describes them.
    pub locales: Vec<Spanned<String>>,
    /// Further names of a part: `timeline = ["Chronology"]`.
    pub aliases: BTreeMap<String, Vec<String>>,
}

impl Default for Sections {
    fn default() -> Self {
        let required = ["summary", "impact", "timeline", "root cause", "action items"];
        Self {
            required: required.iter().map(|kind| Spanned::new((*kind).to_owned(), Span::default())).collect(),
            locales: Vec::new(),
            aliases: BTreeMap::new(),
        }
    }
}

/// `[check]`: how loud each rule is.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Check {
    /// Rules and groups that are errors.
    pub deny: Vec<Spanned<String>>,
    /// Rules and groups that are warnings.
    pub warn: Vec<Spanned<String>>,
    /// Rules and groups that are hints.
    pub info: Vec<Spanned<String>>,
    /// Rules and groups that are off.
    pub allow: Vec<Spanned<String>>,
    /// The file with the findings that are accepted as they stand, below the root; the check reports only others.
    pub baseline: Option<Spanned<String>>,
    /// The same for some documents only. Later entries win over earlier ones.
    #[serde(rename = "override")]
    pub overrides: Vec<Override>,
}

/// One entry of `[[check.override]]`.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Override {
    /// Which documents; all of the conditions must hold.
    pub when: Spanned<When>,
    /// Rules and groups that are errors there.
    pub deny: Vec<Spanned<String>>,
    /// Rules and groups that are warnings there.
    pub warn: Vec<Spanned<String>>,
    /// Rules and groups that are hints there.
    pub info: Vec<Spanned<String>>,
    /// Rules and groups that are off there.
    pub allow: Vec<Spanned<String>>,
}

/// One entry of `[[tracker]]`: how keys become links.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Tracker {
    /// What a key looks like.
    pub pattern: Pattern,
    /// Its address; `$1` is the first group of the pattern.
    pub url: String,
}

impl Tracker {
    /// The address of a key, if the key is one of this tracker's.
    pub fn link(&self, key: &str) -> Option<String> {
        let found = self.pattern.regex().captures(key.trim())?;
        let whole = found.get(0)?;
        if whole.as_str() != key.trim() {
            return None;
        }
        let mut link = String::new();
        found.expand(&self.url, &mut link);
        Some(link)
    }
}

impl Book {
    /// The zone of times that name none, if the site states one.
    pub fn zone(&self) -> Option<&Zone> {
        self.zone.as_ref().map(|zone| &zone.0)
    }
}
