//! What reading one document needs to know beside the document: the configuration, and what the folder shows as a whole.

use std::{ops::Add as _, sync::Arc};

use rayon::prelude::*;

use super::{
    locale::{Lexicon, Locale, Meaning},
    times::{self, Evidence, Given, Order},
};
use crate::{
    config::{Config, DateOrder},
    model::{Audience, Carrier, Zone},
    source::{SourceFile, Span},
};

/// The context in which the documents of one archive are read. Made once for all of them.
#[derive(Debug, Clone)]
pub struct Context<'c> {
    config: &'c Config,
    usage: Usage,
    order: Order,
    audience: Audience,
}

/// The words of the languages in which documents are written.
#[derive(Debug, Clone)]
pub struct Words(Arc<Lexicon>);

impl Words {
    /// Those of a configuration, of the site's own languages, and the built-in ones.
    pub fn new(config: &Config, locales: &[Locale]) -> Self {
        Self(Lexicon::new(&config.sections.aliases, locales))
    }
}

/// What the documents of an archive have in common: what a [`Context`] holds beside the configuration.
#[derive(Debug, Clone)]
pub struct Usage {
    words: Words,
    dates: Dates,
}

impl Usage {
    /// The words, and what the dates of each document show; nobody asks for that when the configuration settles it.
    pub fn new(config: &Config, words: Words, shown: impl FnOnce() -> Evidence) -> Self {
        let dates = match config.book.date_order {
            DateOrder::Dmy | DateOrder::Mdy => Dates::Configured,
            DateOrder::Auto => Dates::Shown(shown()),
        };
        Self { words, dates }
    }

    /// How it was settled whether `03/04/2026` is in March or April.
    pub fn dates(&self) -> Dates {
        self.dates
    }
}

/// What the dates of a document show of their order.
pub fn evidence(source: &SourceFile) -> Evidence {
    times::evidence(&source.path, &source.markdown)
}

/// What settles the order of day and month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dates {
    /// The key `date-order` of `book.toml`.
    Configured,
    /// What the dates of the whole folder show.
    Shown(Evidence),
}

impl<'c> Context<'c> {
    /// The context of documents in the built-in languages.
    pub fn new(config: &'c Config, sources: &[SourceFile]) -> Self {
        Self::with_locales(config, sources, &[])
    }

    /// The context of documents in these languages as well. Looks through all documents for what one of them alone does
    /// not show: whether `03/04/2026` is in March or April.
    pub fn with_locales(config: &'c Config, sources: &[SourceFile], locales: &[Locale]) -> Self {
        let words = Words::new(config, locales);
        let shown = || sources.par_iter().map(evidence).reduce(Evidence::default, Evidence::add);
        Self::of(config, Usage::new(config, words, shown))
    }

    /// The context of documents of which it is known already what they have in common.
    pub fn of(config: &'c Config, usage: Usage) -> Self {
        let order = match (config.book.date_order, usage.dates) {
            (DateOrder::Dmy, _) => Order::DayFirst,
            (DateOrder::Mdy, _) => Order::MonthFirst,
            (DateOrder::Auto, Dates::Shown(found)) => found.order(),
            (DateOrder::Auto, Dates::Configured) => Order::default(),
        };
        Self { config, usage, order, audience: Audience::Internal }
    }

    /// True when every document reads in this context as it does in the other one. The words have to be the very same:
    /// equal ones that were put together anew are taken for others, which costs time and nothing else.
    pub fn reads_like(&self, other: &Context<'_>) -> bool {
        Arc::ptr_eq(&self.usage.words.0, &other.usage.words.0)
            && self.order == other.order
            && self.audience == other.audience
            && self.config.reads_like(other.config)
    }

    /// The same for readers of whom some may not see what is marked internal.
    #[must_use]
    pub(crate) fn for_audience(&self, audience: Audience) -> Self {
        Self { audience, ..self.clone() }
    }

    /// True when what is marked internal is to be read.
    pub(crate) fn reads_internal(&self) -> bool {
        self.audience == Audience::Internal
    }

    /// How it was settled whether `03/04/2026` is in March or April.
    pub fn dates(&self) -> Dates {
        self.usage.dates
    }

    pub(crate) fn config(&self) -> &'c Config {
        self.config
    }

    /// The words of its languages.
    pub(crate) fn words(&self) -> &Lexicon {
        &self.usage.words.0
    }

    /// True for a heading or a label below which services are named.
    pub(crate) fn names_services(&self, heading: &str) -> bool {
        self.words().meaning(heading) == Some(Meaning::Services)
    }

    pub(crate) fn order(&self) -> Order {
        self.order
    }

    /// The zone of times that name none.
    pub(crate) fn zone(&self) -> Option<Given<Zone>> {
        let zone = self.config.book.zone()?.clone();
        Some(Given::new(zone, Carrier::Site, Span::default()))
    }
}
