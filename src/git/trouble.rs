//! What git refuses, said so that the next step is clear: on a laptop, and in continuous integration, where most of it
//! happens.

use std::{io, path::Path};

use crate::error::Error;

/// How continuous integration gets the history.
const HISTORY: &str = "in GitHub Actions `fetch-depth: 0` of actions/checkout fetches the history, in GitLab \
                       `GIT_DEPTH: 0` among the variables of the job";

/// The program cannot be started.
pub(super) fn not_started(error: io::Error) -> Error {
    if error.kind() == io::ErrorKind::NotFound {
        return Error::new("the program `git` is not there")
            .help("install it, or put it on the `PATH`; the history is read with it");
    }
    Error::new("cannot start `git`").because(error)
}

/// The folder is in no repository that may be read.
pub(super) fn no_repository(folder: &Path, said: &str) -> Error {
    let folder = folder.display();
    if said.contains("dubious ownership") {
        let message =
            format!("git does not read the repository of `{folder}`, because it belongs to another user");
        return Error::new(message).because(git_said(said)).help(
            "`git config --global --add safe.directory` with the top of the repository allows it; \
             a container often runs as another user than the one who checked out",
        );
    }
    Error::new(format!("`{folder}` is not in the work tree of a git repository"))
        .because(git_said(said))
        .help("what has changed is known from git; without it, `--baseline` reports only what is new")
}

/// The command line names no revision, or an option.
pub(super) fn no_revision(given: &str) -> Error {
    let message = if given.is_empty() {
        "no revision was given to compare with".to_owned()
    } else {
        format!("`{given}` is not a revision")
    };
    Error::new(message).help("give a branch, a tag or a commit, such as `origin/main`")
}

/// There is nothing to compare.
pub(super) fn no_commit(revision: &str) -> Error {
    Error::new(format!("the repository has no commit yet, so nothing can be compared with `{revision}`"))
        .help("check without comparing, or make the first commit")
}

/// Both are there, and nothing connects them.
pub(super) fn no_common_commit(revision: &str, is_shallow: bool) -> Error {
    if is_shallow {
        return Error::new(format!(
            "the history is cut off (a shallow clone) before the commit where `{revision}` and HEAD part"
        ))
        .help(format!("fetch the rest with `git fetch --unshallow`; {HISTORY}"));
    }
    Error::new(format!("`{revision}` and HEAD have no commit in common"))
        .help("name a revision of the same history; `git log --oneline --graph --all` shows it")
}

/// The revision is not there. `elsewhere` is the same name at the remote, where that is there.
pub(super) fn unknown_revision(
    revision: &str,
    said: &str,
    elsewhere: Option<&str>,
    is_shallow: bool,
) -> Error {
    let error =
        Error::new(format!("the revision `{revision}` is not in this repository")).because(git_said(said));
    if let Some(name) = elsewhere {
        return error.help(format!("`{name}` is there: compare with that"));
    }
    let (remote, name) = revision.split_once('/').unwrap_or(("origin", revision));
    let fetch = format!("fetch it with `git fetch {remote} {name}`");
    error.help(if is_shallow {
        format!("{fetch}, and what is before it, because this clone is shallow: {HISTORY}")
    } else {
        format!("{fetch}; {HISTORY}")
    })
}

/// Something else went wrong.
pub(super) fn failed(job: &str, said: &str) -> Error {
    Error::new(format!("cannot {job}")).because(git_said(said))
}

fn git_said(said: &str) -> String {
    format!("git said: {said}")
}
