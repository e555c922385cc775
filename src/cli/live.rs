//! The site while somebody writes: read again after every change, its pages made when a browser asks for them.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    sync::{Arc, PoisonError, RwLock},
};

use crate::{
    aggregate::Ledger,
    cli::{Io, site, watching},
    diagnostic::{Diagnostic, Level},
    error::{Error, Result},
    load::{self, Root},
    model::{Audience, Postmortem},
    pipeline::{self, Reading, Workspace},
    render::{OnDemand, Problem, Site, Theme, urls},
    report::{self, Format, Here, Report, RulePages},
    serve::{self, File},
    source::SourceFile,
    watch::Watched,
};

/// A site whose pages are made when they are asked for.
pub(super) struct Live {
    reading: Arc<Reading>,
    theme: Arc<Theme>,
    pages: OnDemand,
    teller: Teller,
    /// None until somebody has looked it up.
    ledger: RwLock<Option<Arc<Ledger>>>,
}

impl Live {
    fn site<'a>(&'a self, ledger: Option<&'a Ledger>) -> Site<'a> {
        let Reading { sources, config, archive, summary, .. } = &*self.reading;
        Site { archive, summary, config, sources, ledger, rules: site::rules() }
    }

    /// What became of the action items, as far as that is known.
    pub(super) fn ledger(&self) -> Option<Arc<Ledger>> {
        self.ledger.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Looks up what became of the action items; true when pages show something else with it.
    pub(super) fn look_up(&self, root: &Root, audience: Audience) -> bool {
        let now = Arc::new(pipeline::ledger_of(root, &self.reading, audience));
        let mut ledger = self.ledger.write().unwrap_or_else(PoisonError::into_inner);
        let is_another = ledger.as_ref() != Some(&now);
        *ledger = Some(now);
        is_another
    }

    /// True when places of action items in the other site are those of this one.
    fn has_places_of(&self, reading: &Reading) -> bool {
        let (own, others) = (self.reading.archive.postmortems(), reading.archive.postmortems());
        let is_same = |(one, other): (&Arc<Postmortem>, &Arc<Postmortem>)| {
            one.path == other.path
                && one.id.value == other.id.value
                && one.actions.len() == other.actions.len()
        };
        own.len() == others.len() && own.iter().zip(others).all(is_same)
    }
}

impl serve::Site for Live {
    fn file(&self, path: &str) -> Result<Option<File>> {
        let ledger = self.ledger();
        let site = self.site(ledger.as_deref());
        let Some(made) = self.pages.make(site, &self.theme, path)? else { return Ok(None) };
        let notices = self.teller.tell(&self.reading, Vec::new(), made.problems);
        match site::bytes(path, made.content)? {
            Ok(bytes) => Ok(Some(File { bytes: bytes.into(), notices })),
            Err(Problem { path, finding, .. }) => Err(Error::new(format!("{path}: {}", finding.message))),
        }
    }

    fn has(&self, path: &str) -> bool {
        self.pages.has(self.site(None), &self.theme, path)
    }
}

/// Says in a line each what is wrong with a site.
#[derive(Debug, Clone)]
struct Teller {
    here: Here,
}

impl Teller {
    fn tell(&self, reading: &Reading, mut found: Vec<Diagnostic>, problems: Vec<Problem>) -> Vec<String> {
        if found.is_empty() && problems.is_empty() {
            return Vec::new();
        }
        let mut look: Vec<SourceFile> = Vec::new();
        for Problem { path, level, finding } in problems {
            if let Some(bytes) = reading.sources.site_files.get(&path) {
                look.push(SourceFile::from_bytes(path.clone(), bytes));
            }
            found.push(Diagnostic { path, level, finding });
        }
        let files = reading.sources.settings().chain(&look);
        let report = Report {
            diagnostics: &found,
            sources: files.map(|file| (file.path.as_str(), file)).collect::<BTreeMap<_, _>>(),
            documents: BTreeSet::new(),
            accepted: 0,
            here: self.here.clone(),
            repository: self.here.clone(),
            pages: RulePages::new(None, &urls::rule("{}"), ""),
            denied: Level::Error,
            since: None,
            about: None,
        };
        let plain = report::Look { color: false, width: 100, quiet: false };
        report.to_text(Format::Short, plain).lines().map(str::to_owned).collect()
    }
}

/// Makes one site after another out of a folder.
pub(super) struct Maker {
    folder: PathBuf,
    teller: Teller,
    audience: Audience,
    workspace: Workspace,
    look: Option<Look>,
    /// The last site.
    live: Option<Arc<Live>>,
}

/// The look of the last site, and what it was made of.
struct Look {
    config: String,
    site_files: BTreeMap<String, Arc<[u8]>>,
    theme: Arc<Theme>,
    problems: Vec<Problem>,
}

impl Look {
    fn new(reading: &Reading) -> Self {
        let (theme, problems) = site::theme(&reading.config, &reading.sources);
        let site_files = reading.sources.site_files.clone();
        Self { config: Self::settings(reading), site_files, theme: Arc::new(theme), problems }
    }

    fn is_of(&self, reading: &Reading) -> bool {
        self.site_files == reading.sources.site_files && self.config == Self::settings(reading)
    }

    /// All that a look may depend on. Two that differ in nothing of it are written alike.
    fn settings(reading: &Reading) -> String {
        let config = &reading.config;
        format!("{:?}", (&config.book.language, &config.output))
    }
}

/// A site that has been made.
pub(super) struct Made {
    /// The root and what was read there, for every audience.
    pub(super) root: Root,
    /// See above.
    pub(super) reading: Arc<Reading>,
    /// The site.
    pub(super) live: Arc<Live>,
    /// What is wrong with it as a whole.
    pub(super) notices: Vec<String>,
}

impl Maker {
    pub(super) fn new(root: &Root, audience: Audience, io: &Io<'_>) -> Self {
        let current = &io.current;
        let current = load::resolve(current).unwrap_or_else(|_| current.clone());
        Self {
            folder: root.folder.clone(),
            teller: Teller { here: Here::new(&root.folder, &current) },
            audience,
            workspace: Workspace::new(None, io.today).keeping_in(io.caches.as_deref()),
            look: None,
            live: None,
        }
    }

    /// Keeps what has been read for the next start.
    pub(super) fn keep(&mut self) {
        self.workspace.keep();
    }

    /// What a site of this folder is made of, to be watched.
    pub(super) fn watched(&self) -> Result<Watched> {
        let root = Root::at(&self.folder)?;
        let (config, _) = pipeline::configuration(&root);
        Ok(watching::watched(&root, &config, None))
    }

    /// Makes the site as the files are now. `touched` are the paths of those that may have changed since the last one,
    /// none when that is not known.
    pub(super) fn make(&mut self, touched: Option<&BTreeSet<PathBuf>>) -> Result<Made> {
        let root = Root::at(&self.folder)?;
        let (mut config, findings) = pipeline::configuration(&root);
        // The page for what is not found has absolute links, and this site is at the top of its host.
        config.output.html.site_url = Some("/".to_owned());
        let whole = Arc::new(self.workspace.read(&root, (config, findings), touched)?);
        let reading = match self.audience {
            Audience::Internal => Arc::clone(&whole),
            Audience::Public => Arc::new(Reading::clone(&whole).of(Audience::Public)),
        };
        let look =
            self.look.take().filter(|look| look.is_of(&reading)).unwrap_or_else(|| Look::new(&reading));
        let look = self.look.insert(look);
        let theme = Arc::clone(&look.theme);
        let mut wrong = pipeline::about_settings(&whole);
        wrong.retain(|found| found.level == Level::Error);
        let notices = self.teller.tell(&whole, wrong, look.problems.clone());
        let Reading { sources, config, archive, summary, .. } = &*reading;
        let site = Site { archive, summary, config, sources, ledger: None, rules: site::rules() };
        let pages = OnDemand::new(site, &theme);
        // What was known of the last site will do until it is looked up again: what has changed since is in no commit.
        let ledger =
            self.live.as_ref().filter(|last| last.has_places_of(&reading)).and_then(|last| last.ledger());
        let ledger = RwLock::new(ledger);
        let live = Arc::new(Live { reading, theme, pages, teller: self.teller.clone(), ledger });
        self.live = Some(Arc::clone(&live));
        Ok(Made { root, reading: whole, live, notices })
    }
}
