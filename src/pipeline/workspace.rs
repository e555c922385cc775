//! An archive that is read again and again while somebody works on it.
//!
//! What a change does not touch is neither read from the disk nor parsed a second time; everything that is said about
//! documents together is made anew. The answer is that of a first reading: a test changes archives in every way there is
//! and compares.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use chrono::NaiveDate;

use super::{
    Analysis, base, judge,
    reading::{self, Memory, Reading},
};
use crate::{
    config::Config,
    diagnostic::Finding,
    error::Result,
    load::{self, Place, Root},
    source::Sources,
};

/// An archive and what has been read of it.
#[derive(Debug)]
pub struct Workspace {
    out: Option<PathBuf>,
    today: NaiveDate,
    /// None after an attempt that failed: what had changed then is forgotten.
    last: Option<(PathBuf, Place, Sources)>,
    memory: Memory,
}

impl Workspace {
    /// One of which nothing has been read. `out` is where a site goes, when that is not where the configuration says.
    pub fn new(out: Option<&Path>, today: NaiveDate) -> Self {
        Self { out: out.map(Path::to_path_buf), today, last: None, memory: Memory::default() }
    }

    /// Reads the archive at a root as it is now. `findings` are those of the configuration; `touched` are the paths of
    /// everything that may have changed since the last time, none when nobody knows.
    pub fn read(
        &mut self,
        root: &Root,
        (config, findings): (Config, Vec<Finding>),
        touched: Option<&BTreeSet<PathBuf>>,
    ) -> Result<Reading> {
        // Taken before anything can fail: after a failure nobody knows any more what has changed.
        let last = self.last.take();
        let place = Place::of(root, &config, self.out.as_deref())?;
        let last = last.filter(|(folder, then, _)| *folder == root.folder && *then == place);
        let sources = match (last, touched) {
            (Some((.., before)), Some(touched)) => load::load_again(root, &config, &place, &before, touched)?,
            _ => load::load(root, &config, self.out.as_deref())?,
        };
        self.last = Some((root.folder.clone(), place, sources.clone()));
        Ok(reading::read(sources, config, findings, self.today, &mut self.memory))
    }

    /// The same with what is wrong, compared with a revision of git if one is given.
    pub fn analyze(
        &mut self,
        root: &Root,
        configuration: (Config, Vec<Finding>),
        since: Option<&str>,
        touched: Option<&BTreeSet<PathBuf>>,
    ) -> Result<Analysis> {
        let reading = self.read(root, configuration, touched)?;
        let now = (&reading.sources, &reading.config);
        let base = since.map(|revision| base::base(root, now, revision, self.today)).transpose()?;
        Ok(judge(reading, base))
    }
}
