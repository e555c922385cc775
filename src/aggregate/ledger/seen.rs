//! What a document said about an action item at some time: as much as its history needs.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    aggregate::identity::Known,
    model::{ActionItem, ActionStatus, Due, Postmortem},
};

/// An action item as a document had it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// The name that the document states.
    pub name: Option<String>,
    /// What is to be done.
    pub title: String,
    /// Its tickets.
    pub trackers: Vec<String>,
    /// Its state.
    pub status: ActionStatus,
    /// When it is due, as stated.
    pub due: Option<Due>,
    /// When it was opened, as stated.
    pub opened: Option<NaiveDate>,
    /// When it was closed, as stated.
    pub closed: Option<NaiveDate>,
}

impl Seen {
    /// The items of a postmortem.
    pub fn all(postmortem: &Postmortem) -> impl Iterator<Item = Self> {
        postmortem.actions.iter().map(Self::of)
    }

    /// What its document says of an item.
    pub fn of(item: &ActionItem) -> Self {
        Self {
            name: item.own_name().map(str::to_owned),
            title: item.title.clone(),
            trackers: item.trackers.iter().map(|tracker| tracker.value.clone()).collect(),
            status: item.status.value,
            due: item.due.as_ref().map(|due| due.value),
            opened: item.opened.as_ref().map(|day| day.value),
            closed: item.closed.as_ref().map(|day| day.value),
        }
    }
}

impl Known for Seen {
    fn own_name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    fn title(&self) -> &str {
        &self.title
    }

    fn trackers(&self) -> impl Iterator<Item = &str> {
        self.trackers.iter().map(String::as_str)
    }
}
