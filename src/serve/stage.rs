//! Who makes the site puts it here, and every open page hears of it.

use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use axum::body::Bytes;
use tokio::sync::{mpsc, watch};

use super::Status;
use crate::error::{Error, Result};

/// A site whose files are made when they are asked for.
pub trait Site: Send + Sync {
    /// The file at a path below the site; none when there is none.
    fn file(&self, path: &str) -> Result<Option<File>>;
    /// True when there is a page at this path.
    fn has(&self, path: &str) -> bool;
}

/// A file of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// What it holds.
    pub bytes: Bytes,
    /// What went wrong while it was made, for whoever looks at it.
    pub notices: Vec<String>,
}

/// What is shown now.
#[derive(Clone, Default)]
pub(super) struct Current {
    /// None until there is one.
    pub(super) site: Option<Arc<dyn Site>>,
    /// Unlike that of any other site that a page may have come from, earlier runs included. What follows a full stop tells
    /// apart the pages of one site whose other files are the same.
    pub(super) version: Arc<str>,
    /// Why the last site could not be made.
    failure: Option<String>,
    /// What is wrong with the site as a whole.
    notices: Vec<String>,
    /// What went wrong with single pages.
    of_pages: BTreeSet<String>,
}

impl Current {
    /// Everything that a page shows above itself.
    pub(super) fn notices(&self) -> BTreeSet<&str> {
        let all = self.failure.iter().chain(&self.notices).chain(&self.of_pages);
        all.map(String::as_str).collect()
    }
}

/// Where sites are put to be served, and what there is to say about them.
pub struct Stage {
    shown: Arc<watch::Sender<Current>>,
    said: mpsc::UnboundedSender<Status>,
    prefix: String,
    number: AtomicU64,
}

impl Stage {
    pub(super) fn new(
        shown: Arc<watch::Sender<Current>>,
        said: mpsc::UnboundedSender<Status>,
        prefix: String,
    ) -> Self {
        Self { shown, said, prefix, number: AtomicU64::new(0) }
    }

    /// Shows another site, with what is wrong with it as a whole, and gives back the one before.
    pub fn show(&self, site: Arc<dyn Site>, notices: Vec<String>) -> Option<Arc<dyn Site>> {
        let number = self.number.fetch_add(1, Ordering::Relaxed);
        let version = format!("{}-{number}", self.prefix).into();
        let before = self.shown.send_replace(Current {
            site: Some(site),
            version,
            failure: None,
            notices,
            of_pages: BTreeSet::new(),
        });
        before.site
    }

    /// Lets the open pages ask once more for those of a site in which something has changed; nothing when another one is
    /// shown by now.
    pub fn renew(&self, site: &Arc<dyn Site>) {
        let number = self.number.fetch_add(1, Ordering::Relaxed);
        self.shown.send_if_modified(|current| {
            let is_it = current.site.as_ref().is_some_and(|shown| Arc::ptr_eq(shown, site));
            if is_it {
                let of_site = current.version.split('.').next().unwrap_or_default();
                current.version = format!("{of_site}.{number}").into();
            }
            is_it
        });
    }

    /// Says why there is no other site. The old one stands.
    pub fn fail(&self, error: Error) {
        let failure = Some(error.to_string());
        self.shown.send_modify(|current| current.failure = failure);
        self.tell(Status::Failed(error));
    }

    /// Says something in the terminal.
    pub fn say(&self, text: String) {
        self.tell(Status::Said(text));
    }

    fn tell(&self, status: Status) {
        // Nobody listens any more: the server is about to end.
        drop(self.said.send(status));
    }
}

/// Remembers what went wrong while a page of this version was made.
pub(super) fn remark(shown: &watch::Sender<Current>, version: &str, notices: Vec<String>) {
    shown.send_if_modified(|current| {
        let before = current.of_pages.len();
        if *current.version == *version {
            current.of_pages.extend(notices);
        }
        current.of_pages.len() > before
    });
}
