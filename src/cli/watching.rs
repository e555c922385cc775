//! What is watched for commands that go on, and going on.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use crate::{
    cli::{ExitStatus, Global, Io, io},
    config::Config,
    error::Result,
    load::{self, Root},
    pipeline::{self, Workspace},
    watch::{Changes, Watched},
};

/// What clears a terminal, so that what stands there is true.
const CLEAR: &str = "\x1b[2J\x1b[3J\x1b[H";

/// Does something now and after every change, until somebody asks the program to end. `act` is given the root, what has
/// been read of it, and what may have changed since; what it cannot do is said, and tried again after the next change.
pub(super) fn again_and_again(
    out: Option<&Path>,
    global: &Global,
    io: &mut Io<'_>,
    mut act: impl FnMut(Root, (&mut Workspace, Option<&BTreeSet<PathBuf>>), &mut Io<'_>) -> Result<()>,
) -> Result<ExitStatus> {
    let folder = Root::find(global.root.as_deref(), &io.current)?.folder;
    let watched = |root: &Root| watched(root, &pipeline::configuration(root).0, out);
    // Watched before it is read: what is saved in between is not missed.
    let mut changes = Changes::watch(&watched(&Root::at(&folder)?))?;
    changes.end_when_asked()?;
    let mut workspace = Workspace::new(out, io.today).keeping_in(io.caches.as_deref());
    let mut touched = None;
    loop {
        if io.out.is_terminal {
            io.out.print(CLEAR)?;
        }
        let done = Root::at(&folder).and_then(|root| {
            changes.turn_to(&watched(&root))?;
            act(root, (&mut workspace, touched.as_ref()), io)
        });
        let is_done = done.is_ok();
        match done {
            Ok(()) => {}
            Err(error) if error.is_broken_pipe() => return Err(error),
            Err(error) => {
                let text = super::describe(&error, io);
                io.err.print(&text)?;
            }
        }
        if !global.quiet {
            let line = io.err.paint("waiting for changes (Ctrl-C ends it)", io::FAINT);
            io.err.line(&line)?;
        }
        workspace.keep();
        let Some(paths) = changes.wait() else { return Ok(ExitStatus::Clean) };
        // What had changed before an attempt that failed has still to be read.
        touched = is_done.then_some(paths);
    }
}

/// Everything whose change makes another site. `out` is where the site goes, when that is not where the configuration
/// says.
pub(super) fn watched(root: &Root, config: &Config, out: Option<&Path>) -> Watched {
    let at = |name: &String| root.folder.join(name);
    // A folder that is not there is waited for.
    let mut folders = root.source_folders(config).unwrap_or_default();
    folders
        .extend(root.wanted_folders(config).filter(|folder| !folders.contains(folder)).collect::<Vec<_>>());
    folders.extend([load::TEMPLATES, load::THEMES, load::WORDS].map(|name| root.folder.join(name)));
    let files = config.sections.locales.iter().chain(&config.check.baseline).map(|name| at(&name.value));
    let beside: BTreeSet<PathBuf> = files.filter_map(|file| file.parent().map(Path::to_path_buf)).collect();
    folders.extend(beside.into_iter().filter(|folder| *folder != root.folder));
    let out = out.map_or_else(|| at(&config.build.build_dir), Path::to_path_buf);
    Watched { root: root.folder.clone(), folders, out }
}
