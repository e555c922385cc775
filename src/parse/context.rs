//! What reading one document needs to know beside the document: the configuration, and what the folder shows as a whole.

use super::{
    sections::Names,
    times::{self, Given, Order},
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
}

impl<'c> Context<'c> {
    /// Looks through all documents for what one of them alone does not show: whether `03/04/2026` is in March or April.
    pub fn new(config: &'c Config, sources: &[SourceFile]) -> Self {
        let order = match config.book.date_order {
            DateOrder::Dmy => Order::DayFirst,
            DateOrder::Mdy => Order::MonthFirst,
            DateOrder::Auto => {
                let balance: i64 = sources.iter().map(|source| times::order_evidence(&source.markdown)).sum();
                if balance < 0 { Order::MonthFirst } else { Order::DayFirst }
            }
        };
        Self { config, names: Names::new(config), order }
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
