//! Pages made when somebody asks for them, the same byte for byte as in a site that is made as a whole.

use std::{
    collections::BTreeMap,
    path::PathBuf,
    sync::{Mutex, OnceLock, PoisonError},
};

use rayon::prelude::*;

use super::{INDEX, Job, Kept, Press, others, places};
use crate::{
    error::Result,
    render::{
        Artifact, Content, Problem, Site, Theme,
        site::{Cx, Shared},
        urls::{self, FILES},
    },
};

/// The pages of a site that have not been made. It goes with the site and the theme that it was made for.
pub struct OnDemand {
    shared: Shared,
    /// Those that are no page of a postmortem, once somebody has asked for one of which only they can tell.
    jobs: OnceLock<BTreeMap<String, Job>>,
    /// The files of the search, which are made together.
    index: OnceLock<BTreeMap<String, Vec<u8>>>,
    /// The files that the pages made so far show.
    shown: Mutex<BTreeMap<String, PathBuf>>,
    /// Set once all postmortems have been asked which files they show.
    all_shown: OnceLock<()>,
}

/// A file of the site that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// What it holds.
    pub content: Content,
    /// What went wrong with the site's own templates.
    pub problems: Vec<Problem>,
}

impl OnDemand {
    /// Those of a site.
    pub fn new(site: Site<'_>, theme: &Theme) -> Self {
        Self {
            shared: Shared::new(site, theme),
            jobs: OnceLock::new(),
            index: OnceLock::new(),
            shown: Mutex::default(),
            all_shown: OnceLock::new(),
        }
    }

    /// True when there is a page at this path.
    pub fn has(&self, site: Site<'_>, theme: &Theme, path: &str) -> bool {
        self.job(&Cx::new(site, theme, &self.shared), path).is_some()
    }

    /// What makes the page at a path.
    fn job(&self, cx: &Cx<'_>, path: &str) -> Option<Job> {
        let by_path =
            |jobs: Vec<Job>| jobs.into_iter().filter_map(|job| Some((job.path(cx)?, job))).collect();
        let postmortem = || urls::at(cx.site.archive, path).map(Job::Postmortem);
        let home = || Job::Home.path(cx).filter(|home| home == path).map(|_| Job::Home);
        let others = || self.jobs.get_or_init(|| by_path(others(cx))).get(path).copied();
        home().or_else(postmortem).or_else(others)
    }

    /// Makes the file at a path of the site; none when the site has none there.
    pub fn make(&self, site: Site<'_>, theme: &Theme, path: &str) -> Result<Option<Made>> {
        let plain = |bytes: Vec<u8>| Some(Made { content: Content::Bytes(bytes), problems: Vec::new() });
        if let Some(file) = theme.artifact(path) {
            return Ok(Some(Made { content: file.content, problems: Vec::new() }));
        }
        let cx = Cx::new(site, theme, &self.shared);
        if path.starts_with(INDEX) {
            return Ok(self.index(&cx).get(path).cloned().and_then(plain));
        }
        if path.starts_with(FILES) {
            let file = self.file(&cx, path)?;
            return Ok(file.map(|file| Made { content: Content::File(file), problems: Vec::new() }));
        }
        match self.job(&cx, path) {
            Some(job) => self.page(&cx, path, job),
            None => Ok(None),
        }
    }

    fn page(&self, cx: &Cx<'_>, path: &str, job: Job) -> Result<Option<Made>> {
        let made = Mutex::new(None);
        let put = |artifact: Artifact| {
            if artifact.path == path {
                made.lock().unwrap_or_else(PoisonError::into_inner).replace(artifact.content);
            }
            Ok(())
        };
        let press = Press { cx, put: &put, kept: Mutex::default() };
        press.make(job)?;
        let Kept { problems, files } = press.kept.into_inner().unwrap_or_else(PoisonError::into_inner);
        self.shown.lock().unwrap_or_else(PoisonError::into_inner).extend(files);
        let content = made.into_inner().unwrap_or_else(PoisonError::into_inner);
        Ok(content.map(|content| Made { content, problems: problems.into_values().collect() }))
    }

    fn index(&self, cx: &Cx<'_>) -> &BTreeMap<String, Vec<u8>> {
        self.index.get_or_init(|| {
            let files = super::search::index(cx).into_iter();
            files
                .filter_map(|file| match file.content {
                    Content::Bytes(bytes) => Some((file.path, bytes)),
                    Content::File(_) => None,
                })
                .collect()
        })
    }

    /// A file that some page shows. A browser has asked for that page before; whoever has not, waits until the pages that
    /// may show it have been made, those first whose text has its name.
    fn file(&self, cx: &Cx<'_>, path: &str) -> Result<Option<PathBuf>> {
        let shown = || self.shown.lock().unwrap_or_else(PoisonError::into_inner).get(path).cloned();
        if !places::may_be_shown(path) || !cx.site.sources.assets.keys().any(|file| urls::file(file) == path)
        {
            return Ok(None);
        }
        if self.all_shown.get().is_some() || shown().is_some() {
            return Ok(shown());
        }
        let word = longest_word(path.rsplit('/').next().unwrap_or(path));
        let names_it = |place: usize| {
            let source = cx.at(place).and_then(|(postmortem, _)| cx.site.sources.file(&postmortem.path));
            source.is_some_and(|source| source.text.contains(word))
        };
        let (likely, others): (Vec<_>, Vec<_>) = (0..cx.cards.len()).partition(|place| names_it(*place));
        for pages in [likely, others] {
            let make = |place: usize| {
                let page = cx.cards.get(place).map(|card| card.page.as_str()).unwrap_or_default();
                self.page(cx, page, Job::Postmortem(place)).map(drop)
            };
            pages.into_par_iter().try_for_each(make)?;
            if let Some(file) = shown() {
                return Ok(Some(file));
            }
        }
        self.all_shown.get_or_init(|| ());
        Ok(None)
    }
}

/// The longest part of a name that stands the same in an address, however the rest is written there.
fn longest_word(name: &str) -> &str {
    name.split(|c: char| !c.is_ascii_alphanumeric()).max_by_key(|word| word.len()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::pages::{
        self,
        tests::{documents, with_site},
    };

    #[test]
    fn a_page_that_is_asked_for_is_the_page_of_the_whole_site() {
        with_site(documents(), &[("templates/search.html", "{{ page.nothing.at_all }}")], |site, theme| {
            let (artifacts, problems) = pages::render_all(site, theme).unwrap();
            let one_by_one = || OnDemand::new(site, theme);
            let pages = one_by_one();
            let mut said = Vec::new();
            // The files that pages show come first: nobody has made the pages yet.
            let (files, others): (Vec<_>, Vec<_>) =
                artifacts.iter().partition(|artifact| artifact.path.starts_with("files/"));
            assert_eq!(files.len(), 2);
            for artifact in files.into_iter().chain(others) {
                let made = pages.make(site, theme, &artifact.path).unwrap();
                let made = made.unwrap_or_else(|| panic!("{} is not made", artifact.path));
                assert!(made.content == artifact.content, "{} is another one", artifact.path);
                assert_eq!(
                    pages.has(site, theme, &artifact.path),
                    is_page_or_data(&artifact.path),
                    "{}",
                    artifact.path
                );
                said.extend(made.problems);
            }
            assert_eq!(said, problems);
            assert_eq!(said.len(), 1);
            let nothing =
                ["", "nothing.html", "files/evil.html", "files/none.png", "assets/", "search/none.js"];
            let unknown = one_by_one();
            for path in nothing {
                assert_eq!(unknown.make(site, theme, path).unwrap(), None, "{path}");
            }
        });
    }

    #[test]
    fn a_file_that_no_page_shows_is_not_part_of_the_site() {
        let (postmortems, mut sources) = documents();
        sources.assets.insert("unseen-graph.png".to_owned(), "/archive/unseen-graph.png".into());
        with_site((postmortems, sources), &[], |site, theme| {
            let pages = OnDemand::new(site, theme);
            for _ in 0..2 {
                assert_eq!(pages.make(site, theme, "files/unseen-graph.png").unwrap(), None);
            }
            assert!(pages.make(site, theme, "files/graph.png").unwrap().is_some());
        });
    }

    /// True for what is made of a template or of the whole archive, on its own.
    fn is_page_or_data(path: &str) -> bool {
        !["assets/", "files/", "search/", "offline.js"].iter().any(|other| path.starts_with(other))
    }
}
