//! Where a link of a document leads, as far as the archive can tell.

use percent_encoding::percent_decode_str;

use crate::{
    check::rule::Document,
    model::{Link, Postmortem},
};

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// Out of the archive, or to a place that only a web server knows: nothing can be said.
    Elsewhere,
    /// Above the root.
    Outside,
    /// To a path below the root, and perhaps to an anchor there.
    File {
        /// The path, without `.` and `..`.
        path: String,
        /// What stands behind `#`, decoded; empty for none.
        anchor: String,
    },
}

/// Resolves the target of a link against the folder of its document.
pub(super) fn target(document: &Document<'_>, link: &Link) -> Target {
    let written = link.target.trim();
    let has_scheme = written.split_once(':').is_some_and(|(scheme, _)| {
        !scheme.is_empty()
            && scheme.chars().all(|letter| letter.is_ascii_alphanumeric() || "+-.".contains(letter))
    });
    // `/path` belongs to the server, `{{ … }}` to another generator.
    if written.is_empty()
        || has_scheme
        || written.starts_with('/')
        || written.contains("{{")
        || written.contains("{%")
    {
        return Target::Elsewhere;
    }
    let (path, anchor) = written.split_once('#').unwrap_or((written, ""));
    let path = path.split('?').next().unwrap_or_default();
    let anchor = decode(anchor);
    let own = &document.postmortem.path;
    if path.is_empty() {
        return Target::File { path: own.clone(), anchor };
    }
    let folder = own.rsplit_once('/').map_or("", |(folder, _)| folder);
    match join(folder, &decode(path)) {
        Some(path) => Target::File { path, anchor },
        None => Target::Outside,
    }
}

/// The path of `relative` as seen from `folder`; none when it leaves the root.
fn join(folder: &str, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// True when the folders of the archive hold the path, so that a file that is not listed does not exist.
pub(super) fn is_in_archive(document: &Document<'_>, path: &str) -> bool {
    let folders = &document.config.book.src.0;
    let is_below = |path: &str, folder: &str| {
        let folder = folder.trim_start_matches("./").trim_end_matches('/');
        folder.is_empty()
            || folder == "."
            || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
    };
    let home: Vec<&String> =
        folders.iter().filter(|folder| is_below(&document.postmortem.path, folder)).collect();
    // A document outside of the configured folders: the root itself is the archive.
    home.is_empty() || folders.iter().any(|folder| is_below(path, folder))
}

/// The document that a path means; links may leave out `.md` or name the built page.
pub(super) fn document_at<'a>(document: &Document<'a>, path: &str) -> Option<&'a Postmortem> {
    let stem = path.strip_suffix(".html").unwrap_or(path).trim_end_matches('/');
    [
        path.to_owned(),
        format!("{stem}.md"),
        format!("{stem}.markdown"),
        format!("{stem}/index.md"),
        format!("{stem}/README.md"),
    ]
    .iter()
    .find_map(|path| document.archive.at_path(path))
}

/// True when a file or a folder stands at the path.
pub(super) fn exists(document: &Document<'_>, path: &str) -> bool {
    let files = document.files;
    let folder = format!("{}/", path.trim_end_matches('/'));
    path.is_empty()
        || files.contains(path)
        || files.contains(&format!("{path}.md"))
        || files.range(folder.clone()..).next().is_some_and(|file| file.starts_with(&folder))
        || document_at(document, path).is_some()
}

/// A file that differs from the path only by upper and lower case.
pub(super) fn other_case<'a>(document: &Document<'a>, path: &str) -> Option<&'a str> {
    let folded = path.to_lowercase();
    document.files.iter().find(|file| file.to_lowercase() == folded).map(String::as_str)
}
