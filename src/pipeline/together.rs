//! What documents say together, following them from one reading to the next.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::{
    aggregate::{Step, Summary, aggregate},
    config::Config,
    model::{Archive, Postmortem, Renamed, archive::Edited},
};

/// The archive of the last reading and what it says as a whole.
#[derive(Debug, Default)]
pub(super) struct Together {
    last: Option<Last>,
    /// What has another id in the archive than in its document.
    renamed: Renamed,
}

#[derive(Debug)]
struct Last {
    archive: Arc<Archive>,
    summary: Arc<Summary>,
    /// The configuration under which it says that.
    config: String,
}

impl Together {
    /// The archive of all these postmortems, and what it says as a whole. `edited` is what is different in it since the last
    /// time, when that is known and each stands in the place of another.
    pub(super) fn follow(
        &mut self,
        edited: Option<Edited>,
        all: impl FnOnce() -> Vec<Arc<Postmortem>>,
        (config, today): (&Config, NaiveDate),
    ) -> (Arc<Archive>, Arc<Summary>) {
        // Two that differ in anything are written differently.
        let written = format!("{config:?}");
        let is_same = |last: &Last| last.config == written && last.summary.today == today;
        let (archive, summary) = match self.last.take() {
            Some(last) if is_same(&last) => {
                let (archive, moves) = last.archive.next(edited, all, &mut self.renamed);
                let step = Step { before: &last.archive, archive: &archive, moves: &moves, config, today };
                let summary = last.summary.follow(step);
                (archive, summary)
            }
            _ => {
                let (archive, _) = Archive::default().next(None, all, &mut self.renamed);
                let summary = aggregate(&archive, config, today);
                (archive, summary)
            }
        };
        let (archive, summary) = (Arc::new(archive), Arc::new(summary));
        let last = Last { archive: Arc::clone(&archive), summary: Arc::clone(&summary), config: written };
        self.last = Some(last);
        (archive, summary)
    }

    /// The same for postmortems that nobody will ask about again.
    pub(super) fn once(
        all: Vec<Arc<Postmortem>>,
        (config, today): (&Config, NaiveDate),
    ) -> (Arc<Archive>, Arc<Summary>) {
        let archive = Archive::new(all);
        let summary = aggregate(&archive, config, today);
        (Arc::new(archive), Arc::new(summary))
    }
}
