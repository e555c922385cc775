//! What most commands begin with: the archive, read and analysed, and its findings in a form that can be printed.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use crate::{
    aggregate::Ledger,
    cli::{Global, Io, progress::Progress},
    config::Config,
    diagnostic::{Diagnostic, Level},
    error::{Error, Result},
    load::{self, CONFIG, Root},
    pipeline::{self, Analysis, Workspace},
    render::{Problem, urls},
    report::{About, Here, Look, Report, RulePages, visible},
    source::{SourceFile, markdown_stem},
    words::Count,
};

/// An archive and where it is.
pub(super) struct Session {
    pub(super) root: Root,
    pub(super) analysis: Analysis,
    /// From where the user looks at it.
    here: Here,
    /// From where a forge looks at it.
    repository: Here,
    /// The site's own templates and theme files about which there is something to say.
    look: Vec<SourceFile>,
}

/// A workspace to read in.
pub(super) enum Opened<'w> {
    /// By a command that ends with what it says of it.
    Once(Box<Workspace>),
    /// By one that goes on. The paths are those that may have changed since the last time; none when nobody knows.
    Again(&'w mut Workspace, Option<&'w BTreeSet<PathBuf>>),
}

impl Session {
    /// Reads and analyses the archive that the command line means. `out` is where a site will go.
    pub(super) fn open(global: &Global, io: &mut Io<'_>, out: Option<&Path>) -> Result<Self> {
        let root = Root::find(global.root.as_deref(), &io.current)?;
        Self::open_with(root, |_| (), None, global, io, out)
    }

    /// The same at a root, with a configuration that the command line has changed.
    pub(super) fn open_with(
        root: Root,
        change: impl FnOnce(&mut Config),
        since: Option<&str>,
        global: &Global,
        io: &mut Io<'_>,
        out: Option<&Path>,
    ) -> Result<Self> {
        let workspace = Workspace::new(out, io.today).keeping_in(io.caches.as_deref());
        Self::open_in(Opened::Once(Box::new(workspace)), root, change, since, global, io)
    }

    /// The same in a workspace.
    pub(super) fn open_in(
        workspace: Opened<'_>,
        root: Root,
        change: impl FnOnce(&mut Config),
        since: Option<&str>,
        global: &Global,
        io: &mut Io<'_>,
    ) -> Result<Self> {
        let (mut config, findings) = pipeline::configuration(&root);
        change(&mut config);
        let progress = Progress::start("Reading the archive", global, io);
        let analysis = match workspace {
            Opened::Once(workspace) => workspace.analyze_once(&root, (config, findings), since),
            Opened::Again(workspace, touched) => workspace.analyze(&root, (config, findings), since, touched),
        }?;
        drop(progress);
        let session = Self::new(root, analysis, &io.current);
        if global.verbose {
            session.tell(io)?;
        }
        Ok(session)
    }

    /// Says what was read and what was not, for `--verbose`.
    fn tell(&self, io: &mut Io<'_>) -> Result<()> {
        let sources = &self.analysis.sources;
        io.err.line(&format!("root: {}", visible(&self.root.folder.display().to_string())))?;
        let configuration = if self.root.config.is_some() { CONFIG } else { "none" };
        io.err.line(&format!("configuration: {configuration}"))?;
        for path in sources.assets.keys().filter(|path| markdown_stem(path).is_some()) {
            io.err.line(&format!("not taken for a postmortem: {}", visible(path)))?;
        }
        let (documents, files) =
            (Count(sources.documents.len(), "document"), Count(sources.assets.len(), "other file"));
        io.err.line(&format!("read: {documents}, {files}"))
    }

    /// An analysis that is there already.
    pub(super) fn new(root: Root, analysis: Analysis, current: &Path) -> Self {
        let current = load::resolve(current).unwrap_or_else(|_| current.to_path_buf());
        let here = Here::new(&root.folder, &current);
        let repository = load::repository(&root.folder);
        let repository = repository.map_or_else(|| here.clone(), |top| Here::new(&root.folder, top));
        Self { root, analysis, here, repository, look: Vec::new() }
    }

    /// Adds what is wrong with the site's own templates and theme to the findings.
    pub(super) fn add_problems(&mut self, problems: Vec<Problem>) {
        for Problem { path, level, finding } in problems {
            let sources = &self.analysis.sources;
            let is_new = sources.file(&path).is_none() && self.look.iter().all(|file| file.path != path);
            if let Some(bytes) = sources.site_files.get(&path).filter(|_| is_new) {
                self.look.push(SourceFile::from_bytes(path.clone(), bytes));
            }
            self.analysis.diagnostics.push(Diagnostic { path, level, finding });
        }
        self.analysis.diagnostics.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
        self.analysis.diagnostics.dedup();
    }

    /// The same, for commands that have nothing to say about an empty archive.
    pub(super) fn open_some(global: &Global, io: &mut Io<'_>) -> Result<Self> {
        let session = Self::open(global, io, None)?;
        if session.analysis.archive.postmortems().is_empty() {
            return Err(session.empty());
        }
        Ok(session)
    }

    /// The error for an archive without documents.
    pub(super) fn empty(&self) -> Error {
        let folders = self.root.source_folders(&self.analysis.config).unwrap_or_default();
        let folders: Vec<String> = folders.iter().map(|folder| format!("`{}`", folder.display())).collect();
        Error::new(format!("there is no postmortem in {}", folders.join(" and ")))
            .help("write the first one with `afterword new`, or name another folder with `--root`")
    }

    /// A path of the archive as it is written from where the user is.
    pub(super) fn path_from_here(&self, path: &str) -> String {
        self.here.path(path)
    }

    /// A path of the archive as a forge writes it.
    pub(super) fn path_in_repository(&self, path: &str) -> String {
        self.repository.path(path)
    }

    /// Adds what became of the action items to the analysis.
    pub(super) fn ask_history(&mut self) {
        self.analysis.ledger = Some(self.ledger());
    }

    /// What became of the action items, as far as the audience of the analysis may know.
    pub(super) fn ledger(&self) -> Ledger {
        pipeline::ledger(&self.root, &self.analysis)
    }

    /// The findings with the texts that they are about.
    pub(super) fn report(&self) -> Report<'_> {
        let sources = &self.analysis.sources;
        let all = sources.documents.iter().chain(sources.settings()).chain(&self.look);
        let by_path: BTreeMap<&str, &SourceFile> = all.map(|file| (file.path.as_str(), file)).collect();
        Report {
            diagnostics: &self.analysis.diagnostics,
            sources: by_path,
            accepted: self.analysis.accepted.diagnostics.len(),
            here: self.here.clone(),
            repository: self.repository.clone(),
            pages: self.pages(),
            denied: Level::Error,
            since: None,
            about: Some(About {
                archive: &self.analysis.archive,
                summary: &self.analysis.summary,
                config: &self.analysis.config,
            }),
            documents: sources.documents.iter().map(|file| file.path.as_str()).collect::<BTreeSet<_>>(),
        }
    }

    /// Where the page of a rule can be read.
    fn pages(&self) -> RulePages {
        let site = self.analysis.config.output.html.site_url.as_deref();
        RulePages::new(site, &urls::rule("{}"), env!("CARGO_PKG_REPOSITORY"))
    }

    /// The folders that a site must not replace.
    pub(super) fn protected(&self) -> Result<Vec<PathBuf>> {
        let mut folders = self.root.source_folders(&self.analysis.config)?;
        folders.push(self.root.folder.clone());
        Ok(folders)
    }
}

/// How a report looks on the stream where answers go.
pub(super) fn look(global: &Global, io: &Io<'_>) -> Look {
    Look { color: io.out.color, width: io.width, quiet: global.quiet }
}
