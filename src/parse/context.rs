//! What reading one document needs to know beside the document: the configuration, and what the folder shows as a whole.

use std::ops::Add as _;

use super::{
    sections::Names,
    times::{self, Evidence, Given, Order},
};
use crate::{
    config::{Config, DateOrder},
    model::{Carrier, Zone},
    source::{SourceFile, Span},
};

/// The context in which the documents of one archive are read. Made once for all of them.
#[derive(Debug, Clone)]
pub struct Context<'c> {
    config: &'c Config,
    names: Names,
    order: Order,
    dates: Dates,
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
    /// Looks through all documents for what one of them alone does not show: whether `03/04/2026` is in March or April.
    pub fn new(config: &'c Config, sources: &[SourceFile]) -> Self {
        let (order, dates) = match config.book.date_order {
            DateOrder::Dmy => (Order::DayFirst, Dates::Configured),
            DateOrder::Mdy => (Order::MonthFirst, Dates::Configured),
            DateOrder::Auto => {
                let found = sources
                    .iter()
                    .map(|source| times::evidence(&source.markdown))
                    .fold(Evidence::default(), Evidence::add);
                (found.order(), Dates::Shown(found))
            }
        };
        Self { config, names: Names::new(config), order, dates }
    }

    /// How it was settled whether `03/04/2026` is in March or April.
    pub fn dates(&self) -> Dates {
        self.dates
    }

    pub(crate) fn config(&self) -> &'c Config {
        self.config
    }

    pub(crate) fn names(&self) -> &Names {
        &self.names
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
