//! The file by which Afterword knows its own output: `.afterword`, with the list of the files that it wrote.
//!
//! A folder without it is never replaced. A file that is not on the list belongs to somebody else (a `CNAME`, the
//! `.git` of a published branch) and survives every build.

use std::{collections::BTreeSet, fs, io, path::Path};

use walkdir::WalkDir;

/// The name of the file.
pub const NAME: &str = ".afterword";

const HEAD: &str = "\
# Afterword wrote this folder and replaces it with every build.
# The files listed here are its own; any other file in the folder is kept.
version 1
";

/// The text for a folder that holds these files.
pub(super) fn text<'a>(files: impl IntoIterator<Item = &'a String>) -> String {
    let mut out = HEAD.to_owned();
    for file in files {
        out.push_str(file);
        out.push('\n');
    }
    out
}

/// The files that Afterword wrote into a folder; none when the folder is not one of its own.
pub(super) fn read(folder: &Path) -> io::Result<Option<BTreeSet<String>>> {
    let text = match fs::read_to_string(folder.join(NAME)) {
        Ok(text) => text,
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        Err(error) => return Err(error),
    };
    let Some((_, files)) = text.split_once("\nversion 1\n") else { return Ok(None) };
    let mut files: BTreeSet<String> = files.lines().map(str::to_owned).collect();
    files.insert(NAME.to_owned());
    Ok(Some(files))
}

/// True when Afterword wrote this folder. An unreadable marker counts: better to skip a site than to read it as one.
pub fn is_output(folder: &Path) -> bool {
    !matches!(read(folder), Ok(None))
}

/// The files below a folder that are not on the list, with `/` between the parts of their paths.
pub(super) fn foreign(folder: &Path, own: &BTreeSet<String>) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    for entry in WalkDir::new(folder).follow_links(false) {
        let entry = entry?;
        if entry.file_type().is_dir() {
            continue;
        }
        let below = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        let path = parts.join("/");
        if !own.contains(&path) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
