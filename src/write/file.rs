//! Single files and folders that somebody asked for by their names.

use std::{fs, io, path::Path};

use crate::error::{Error, Result};

/// Makes a folder and the folders that lead to it, if they are not there.
pub fn create_folder(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).map_err(|error| Error::at("create", folder, error))
}

/// True when something stands at a path already.
pub fn is_taken(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Writes a file that somebody asked for by its name, in place of what is there. One that says the same already is not
/// touched, so that whoever watches it sees no change where there is none.
pub fn output(file: &Path, text: &str) -> Result<()> {
    if fs::read(file).is_ok_and(|held| held == text.as_bytes()) {
        return Ok(());
    }
    fs::write(file, text).map_err(|error| Error::at("write", file, error))
}

/// Adds to the end of a file, which is made if it is not there.
pub fn append(file: &Path, text: &str) -> Result<()> {
    let added = fs::File::options()
        .append(true)
        .create(true)
        .open(file)
        .and_then(|mut file| io::Write::write_all(&mut file, text.as_bytes()));
    added.map_err(|error| Error::at("write", file, error))
}

/// Writes a new file and the folders that lead to it. A file that is there already stays as it is, and is an error.
pub fn create(file: &Path, text: &str) -> Result<()> {
    if let Some(folder) = file.parent() {
        create_folder(folder)?;
    }
    let created =
        fs::File::create_new(file).and_then(|mut file| io::Write::write_all(&mut file, text.as_bytes()));
    created.map_err(|error| {
        if error.kind() == io::ErrorKind::AlreadyExists {
            Error::new(format!("`{}` is already there", file.display()))
                .help("nothing was changed; choose another name, or move the file away")
        } else {
            Error::at("write", file, error)
        }
    })
}
