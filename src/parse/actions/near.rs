//! The day near which dates without a year are. It is asked for by few documents, and working it out takes longer than
//! reading all action items does: who needs those alone reads them first, and works it out when it was asked for.

use std::cell::Cell;

use chrono::NaiveDate;

use crate::parse::times::{Order, Written};

/// A day, and whether anybody has asked for it.
#[derive(Debug, Default)]
pub(crate) struct Near {
    day: Option<NaiveDate>,
    is_asked: Cell<bool>,
}

impl Near {
    /// This day.
    pub(crate) fn new(day: Option<NaiveDate>) -> Self {
        Self { day, is_asked: Cell::new(false) }
    }

    /// The day.
    pub(super) fn day(&self) -> Option<NaiveDate> {
        self.is_asked.set(true);
        self.day
    }

    /// The day that a date means.
    pub(super) fn resolve(&self, written: Written, order: Order) -> Option<NaiveDate> {
        written.resolve(order, if written.has_year() { None } else { self.day() })
    }

    /// True when something that was read may read differently near another day.
    pub(crate) fn is_asked(&self) -> bool {
        self.is_asked.get()
    }
}
