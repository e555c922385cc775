//! Single files and folders that somebody asked for by their names.

use std::{
    fs, io,
    io::{BufRead as _, Write},
    path::Path,
};

use crate::error::{Error, Result};

/// Makes a folder and the folders that lead to it, if they are not there.
pub fn create_folder(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).map_err(|error| Error::at("create", folder, error))
}

/// True when something stands at a path already.
pub fn is_taken(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Writes a file that somebody asked for by its name, in place of what is there: whole or not at all. One that says the
/// same already is not touched, so that whoever watches it sees no change where there is none.
pub fn output(file: &Path, text: &str) -> Result<()> {
    output_by(file, |out| out.write_all(text.as_bytes()))
}

/// The same for what is made while it is written.
pub fn output_by(file: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<()> {
    let real = fs::canonicalize(file).unwrap_or_else(|_| file.to_path_buf());
    let held = fs::metadata(&real).ok();
    let written = match &held {
        // A pipe or a device: nothing can come in its place.
        Some(held) if !held.is_file() => fs::File::options().write(true).open(&real).and_then(|out| {
            let mut out = io::BufWriter::new(out);
            write(&mut out)?;
            out.flush()
        }),
        held => in_one_step(&real, held.as_ref().map(fs::Metadata::permissions), write),
    };
    written.map_err(|error| Error::at("write", file, error))
}

/// Writes beside a file what then takes its place.
pub(super) fn in_one_step(
    file: &Path,
    permissions: Option<fs::Permissions>,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let beside = file.with_file_name(format!(".{name}.{}", std::process::id()));
    let written = fs::File::create_new(&beside).and_then(|out| {
        let mut out = io::BufWriter::new(out);
        write(&mut out)?;
        let out = out.into_inner()?;
        if let Some(permissions) = permissions {
            out.set_permissions(permissions)?;
        }
        out.sync_all()
    });
    let placed = written.and_then(|()| {
        if is_same(file, &beside).unwrap_or(false) {
            fs::remove_file(&beside)
        } else {
            fs::rename(&beside, file)
        }
    });
    placed.inspect_err(|_| {
        // What was begun is of no use to anybody; if it cannot be removed either, the first error says more.
        drop(fs::remove_file(&beside));
    })
}

/// True when two files hold the same bytes.
fn is_same(one: &Path, other: &Path) -> io::Result<bool> {
    if fs::metadata(one)?.len() != fs::metadata(other)?.len() {
        return Ok(false);
    }
    let open = |path| fs::File::open(path).map(io::BufReader::new);
    let (mut one, mut other) = (open(one)?, open(other)?);
    loop {
        let (a, b) = (one.fill_buf()?, other.fill_buf()?);
        let length = a.len().min(b.len());
        if length == 0 {
            return Ok(a.len() == b.len());
        }
        if a.iter().take(length).ne(b.iter().take(length)) {
            return Ok(false);
        }
        one.consume(length);
        other.consume(length);
    }
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

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    #[test]
    fn a_file_is_replaced_whole_or_stays_as_it_is() {
        let home = TempDir::new().unwrap();
        let file = home.path().join("archive.json");
        output(&file, "one").unwrap();
        let failed = output_by(&file, |out| {
            out.write_all(b"half of tw")?;
            Err(io::Error::other("the disk is full"))
        });
        assert!(failed.unwrap_err().to_string().contains("archive.json"));
        assert_eq!(fs::read_to_string(&file).unwrap(), "one");
        output(&file, "two").unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "two");
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_says_the_same_already_is_not_touched() {
        let home = TempDir::new().unwrap();
        let file = home.path().join("archive.json");
        let text = "0123456789".repeat(3_000);
        output(&file, &text).unwrap();
        let before = fs::metadata(&file).unwrap().modified().unwrap();
        output(&file, &text).unwrap();
        assert_eq!(fs::metadata(&file).unwrap().modified().unwrap(), before);
        let other = home.path().join("other.json");
        fs::write(&other, format!("{}x", &text[1..])).unwrap();
        assert!(!is_same(&file, &other).unwrap());
        fs::write(&other, &text).unwrap();
        assert!(is_same(&file, &other).unwrap());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_one_and_a_device_stays_what_it_is() {
        let home = TempDir::new().unwrap();
        let (file, link) = (home.path().join("a.json"), home.path().join("b.json"));
        fs::write(&file, "old").unwrap();
        std::os::unix::fs::symlink("a.json", &link).unwrap();
        output(&link, "new").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        output(Path::new("/dev/null"), "gone").unwrap();
        assert!(!fs::metadata("/dev/null").unwrap().is_file());
    }
}
