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
    words: Arc<Lexicon>,
    order: Order,
    dates: Dates,
    audience: Audience,
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
        let (order, dates) = match config.book.date_order {
            DateOrder::Dmy => (Order::DayFirst, Dates::Configured),
            DateOrder::Mdy => (Order::MonthFirst, Dates::Configured),
            DateOrder::Auto => {
                let found = sources
                    .par_iter()
                    .map(|source| times::evidence(&source.markdown))
                    .reduce(Evidence::default, Evidence::add);
                (found.order(), Dates::Shown(found))
            }
        };
        Self {
            config,
            words: Lexicon::new(&config.sections.aliases, locales),
            order,
            dates,
            audience: Audience::Internal,
        }
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
        self.dates
    }

    pub(crate) fn config(&self) -> &'c Config {
        self.config
    }

    /// The words of its languages.
    pub(crate) fn words(&self) -> &Lexicon {
        &self.words
    }

    /// True for a heading or a label below which services are named.
    pub(crate) fn names_services(&self, heading: &str) -> bool {
        self.words.meaning(heading) == Some(Meaning::Services)
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
