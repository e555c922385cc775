//! What all pages of a build share: the inputs, and for each postmortem what lists say of it, worked out once.

use std::sync::OnceLock;

use chrono::Datelike;
use serde::Serialize;

use crate::{
    aggregate::{Group, Groups, Ledger, Summary},
    config::Config,
    diagnostic::Level,
    error::Result,
    model::{Archive, Fact, Postmortem, SectionKind, Status, anchor::file_slug},
    render::{
        cards::{self, Card, Cards},
        excerpt,
        markdown::Markdown,
        theme::{Made, Theme},
        tongue,
        urls::{self, Kind},
        view::{EntryKeys, EntryView, Feed, Link, NavItem, Page, Severity, Word},
        words::Words,
    },
    source::Sources,
};

/// What made the site.
pub(crate) const GENERATOR: &str = concat!("Afterword ", env!("CARGO_PKG_VERSION"));

/// Everything that a site is made from.
#[derive(Clone, Copy)]
pub struct Site<'a> {
    /// The postmortems.
    pub archive: &'a Archive,
    /// What they say together.
    pub summary: &'a Summary,
    /// The configuration.
    pub config: &'a Config,
    /// The texts, and the files that they show.
    pub sources: &'a Sources,
    /// What became of the action items, where that is known.
    pub ledger: Option<&'a Ledger>,
    /// The catalogue of checks.
    pub rules: &'a [RulePage<'a>],
}

/// A check as the catalogue shows it.
#[derive(Debug, Clone, Copy)]
pub struct RulePage<'a> {
    /// Its name.
    pub name: &'a str,
    /// The name of its group.
    pub group: &'a str,
    /// Its usual level.
    pub level: Level,
    /// What it reports.
    pub summary: &'a str,
    /// Its page, Markdown.
    pub docs: &'a str,
}

/// What all pages share.
pub(crate) struct Cx<'a> {
    pub(crate) site: Site<'a>,
    pub(crate) theme: &'a Theme,
    pub(crate) words: &'a Words,
    pub(crate) markdown: &'a Markdown,
    /// In the order of the archive.
    pub(crate) cards: Cards<'a>,
    scripts: &'a [String],
    lucky: &'a OnceLock<Vec<usize>>,
}

/// What all pages of one site share that has to be worked out first. It goes with what it was made of, and nothing else.
pub(crate) struct Shared {
    markdown: Markdown,
    cards: cards::Kept,
    scripts: Vec<String>,
    /// The places of the postmortems that tell of luck, as soon as a page asks for them.
    lucky: OnceLock<Vec<usize>>,
}

impl Shared {
    pub(crate) fn new(site: Site<'_>, theme: &Theme) -> Self {
        let scripts = ["words.js", "search.js", "page.js"];
        let scripts = scripts.into_iter().filter(|name| theme.has(name)).map(str::to_owned).collect();
        let markdown = Markdown::new(theme.shared_words());
        Self { markdown, cards: cards::Kept::new(site), scripts, lucky: OnceLock::new() }
    }
}

impl<'a> Cx<'a> {
    pub(crate) fn new(site: Site<'a>, theme: &'a Theme, shared: &'a Shared) -> Self {
        let Shared { markdown, cards, scripts, lucky } = shared;
        Self { site, theme, words: theme.words(), markdown, cards: Cards::new(site, cards), scripts, lucky }
    }

    /// The postmortem and its card at a place in the archive.
    pub(crate) fn at(&self, place: usize) -> Option<(&'a Postmortem, &'a Card)> {
        Some((self.site.archive.postmortems().get(place)?, self.cards.get(place)?))
    }

    /// The places of the postmortems that tell of luck.
    pub(crate) fn lucky(&self) -> &'a [usize] {
        let is_told = |postmortem: &Postmortem| postmortem.section(SectionKind::GotLucky).is_some();
        let postmortems = self.site.archive.postmortems().iter().enumerate();
        self.lucky.get_or_init(|| {
            postmortems.filter(|(_, postmortem)| is_told(postmortem)).map(|(place, _)| place).collect()
        })
    }

    /// The first words of a postmortem.
    pub(crate) fn text(&self, place: usize) -> &'a str {
        let Some((postmortem, card)) = self.at(place) else { return "" };
        card.text.get_or_init(|| {
            let source = self.site.sources.file(&postmortem.path);
            source.map(|source| excerpt::excerpt(postmortem, source)).unwrap_or_default()
        })
    }

    /// The tag of the language of a postmortem where that is not the site's; empty otherwise.
    pub(crate) fn language(&self, place: usize) -> &'static str {
        let Some((postmortem, card)) = self.at(place) else { return "" };
        card.language.get_or_init(|| {
            let source = self.site.sources.file(&postmortem.path);
            let site = self.site.config.book.language.as_str();
            source.map(|source| tongue::of(postmortem, source, site)).unwrap_or_default()
        })
    }

    /// The frame of a page. `part` is the page of the main part of the site that it belongs to; empty for none.
    pub(crate) fn page(&self, path: &str, part: &str, title: &str, description: &str) -> Page {
        let config = self.site.config;
        let name = &config.book.title;
        let today = self.site.summary.today;
        let zone = config.book.zone().map_or_else(|| "UTC".to_owned(), ToString::to_string);
        let words = self.words;
        let nav = [
            (urls::POSTMORTEMS.to_owned(), words.say("nav.postmortems")),
            (urls::ACTIONS.to_owned(), words.say("nav.actions")),
            (urls::INSIGHTS.to_owned(), words.say("nav.insights")),
            (self.browse_page(), words.say("nav.browse")),
        ];
        Page {
            language: config.book.language.value.clone(),
            direction: words.direction(),
            title: if title == name { title.to_owned() } else { format!("{title} · {name}") },
            description: if description.is_empty() {
                config.book.description.clone()
            } else {
                description.to_owned()
            },
            site_title: name.clone(),
            root: urls::root(path),
            canonical: self.address(path),
            published: String::new(),
            feeds: vec![
                Feed { href: urls::FEED, media_type: "application/atom+xml" },
                Feed { href: urls::FEED_JSON, media_type: "application/feed+json" },
            ],
            generator: GENERATOR.to_owned(),
            scripts: self.scripts.to_vec(),
            is_search: false,
            nav: nav
                .into_iter()
                .map(|(href, text)| NavItem {
                    is_current: href == part,
                    current: if href == path { "page" } else { "true" },
                    href,
                    text: text.to_owned(),
                })
                .collect(),
            more: vec![
                Link::to(urls::RULES, words.say("nav.checks")),
                Link::to(urls::FEED, words.say("nav.feed")),
                Link::to("postmortems.json", words.say("nav.postmortems-json")),
                Link::to("actions.json", words.say("nav.actions-json")),
            ],
            repository: config.output.html.git_repository_url.clone(),
            today: today.to_string(),
            today_text: words.day(today),
            zone_note: words.fill("frame.zone", &[("zone", &zone)]),
        }
    }

    /// The page that "Browse" leads to: the first kind of group that has any.
    pub(crate) fn browse_page(&self) -> String {
        let groups = &self.site.summary.groups;
        Kind::ALL.into_iter().find(|kind| !kind.groups(groups).is_empty()).unwrap_or(Kind::Service).index()
    }

    /// The full address of a page, when the site's is known and whole.
    pub(crate) fn address(&self, path: &str) -> Option<String> {
        urls::full(self.site.config, path)
    }

    /// A postmortem in a list on a page with this root.
    pub(crate) fn entry(&self, place: usize, root: &str, with_keys: bool) -> Option<EntryView> {
        let (postmortem, card) = self.at(place)?;
        let mut line = Vec::new();
        line.extend(self.source(postmortem).map(|group| group.name.clone()));
        let services = self.names(Kind::Service, &postmortem.services);
        if !services.is_empty() {
            line.push(services.join(", "));
        }
        if postmortem.near_miss {
            line.push(self.words.say("entry.near-miss").to_owned());
        }
        if let Some(seconds) = card.resolve {
            let duration = self.words.duration(seconds);
            line.push(self.words.fill("entry.resolved-after", &[("duration", &duration)]));
        }
        line.extend(card.actions_in_words(self.words));
        Some(EntryView {
            href: urls::from(root, &card.page),
            title: postmortem.title.value.clone(),
            language: self.language(place),
            date: postmortem.date_text(),
            date_text: self.short_day_of(postmortem),
            severity: card.severity.clone(),
            status: self.unfinished_status(postmortem),
            text: self.text(place).to_owned(),
            line,
            keys: with_keys.then(|| self.keys(postmortem, card)),
        })
    }

    /// A postmortem in a list on the page of a group, as HTML.
    pub(crate) fn entry_html(&self, place: usize, root: &str) -> Result<Option<&'a Made>> {
        #[derive(Serialize)]
        struct Arguments {
            of: EntryView,
            level: u8,
        }
        let Some((_, card)) = self.at(place) else { return Ok(None) };
        if let Some(made) = card.entry.get() {
            return Ok(Some(made));
        }
        let Some(of) = self.entry(place, root, false) else { return Ok(None) };
        let made = self.theme.templates().component("entry", &Arguments { of, level: 3 })?;
        Ok(Some(card.entry.get_or_init(|| made)))
    }

    fn keys(&self, postmortem: &Postmortem, card: &Card) -> EntryKeys {
        EntryKeys {
            severity: severity_key(postmortem),
            service: self.slugs(Kind::Service, &postmortem.services),
            team: self.slugs(Kind::Team, &postmortem.teams),
            factor: self.slugs(Kind::Factor, &postmortem.factors),
            tag: self.slugs(Kind::Tag, &postmortem.tags),
            source: self.source(postmortem).map(|group| group.slug.clone()).unwrap_or_default(),
            year: postmortem.date.as_ref().map(|date| date.value.year().to_string()).unwrap_or_default(),
            status: status_key(postmortem).to_owned(),
            open: if card.unfinished > 0 { "open".to_owned() } else { String::new() },
            rank: card.rank.to_string(),
            seconds: card.resolve.map(|seconds| seconds.to_string()).unwrap_or_default(),
        }
    }

    /// The day of a postmortem in small type; empty when it has none.
    pub(crate) fn short_day_of(&self, postmortem: &Postmortem) -> String {
        postmortem.date.as_ref().map(|date| self.words.short_day(date.value)).unwrap_or_default()
    }

    /// The status, unless it is not stated.
    pub(crate) fn status(&self, postmortem: &Postmortem) -> Option<Word> {
        let key = postmortem.status.as_ref()?.value.key();
        Some(Word { key, word: self.words.of("status", key).to_owned() })
    }

    /// The status, unless it is final or not stated.
    pub(crate) fn unfinished_status(&self, postmortem: &Postmortem) -> Option<Word> {
        self.status(postmortem).filter(|status| status.key != Status::Final.key())
    }

    /// The source of a postmortem, where the archive has several.
    pub(crate) fn source(&self, postmortem: &Postmortem) -> Option<&'a Group> {
        Groups::find(&self.site.summary.groups.sources, postmortem.source.as_deref()?)
    }

    /// What filters know groups by.
    pub(crate) fn slug_list(&self, kind: Kind, ids: &[Fact<String>]) -> Vec<&'a str> {
        let groups = kind.groups(&self.site.summary.groups);
        ids.iter().filter_map(|id| Groups::find(groups, &id.value)).map(|group| group.slug.as_str()).collect()
    }

    /// As [`Cx::slug_list`], in one attribute.
    pub(crate) fn slugs(&self, kind: Kind, ids: &[Fact<String>]) -> String {
        self.slug_list(kind, ids).join(" ")
    }

    /// The names of groups as pages show them.
    pub(crate) fn names(&self, kind: Kind, ids: &[Fact<String>]) -> Vec<String> {
        self.links(kind, ids, "").into_iter().map(|link| link.text).collect()
    }

    /// Links to the pages of groups, for a page with this root.
    pub(crate) fn links(&self, kind: Kind, ids: &[Fact<String>], root: &str) -> Vec<Link> {
        let groups = kind.groups(&self.site.summary.groups);
        ids.iter()
            .filter_map(|id| Groups::find(groups, &id.value))
            .map(|group| Link::to(urls::from(root, &kind.page(group)), group.name.as_str()))
            .collect()
    }
}

/// The severity as the site knows it, else as the document has it.
pub(crate) fn severity_id(postmortem: &Postmortem) -> Option<&str> {
    let written = postmortem.severity.as_ref().map(|severity| severity.value.as_str());
    postmortem.severity_id.as_deref().or(written).filter(|id| !id.is_empty())
}

/// A severity with its place on the ramp.
pub(crate) fn severity(config: &Config, id: &str) -> Severity {
    let rank = config.severity_rank(id);
    let class = if rank < config.severities.len() {
        format!("sev-{}", (rank + 1).min(5))
    } else {
        "sev-none".to_owned()
    };
    Severity { class, word: id.to_owned() }
}

/// What the filter knows the severity by.
pub(crate) fn severity_key(postmortem: &Postmortem) -> String {
    severity_id(postmortem).map_or_else(|| "none".to_owned(), file_slug)
}

/// What the filter knows the status by.
pub(crate) fn status_key(postmortem: &Postmortem) -> &'static str {
    postmortem.status.as_ref().map_or("none", |status| status.value.key())
}
