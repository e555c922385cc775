//! A document that is there gets another text, whole or not at all.
//!
//! The new text is written beside the file and takes its place in one step, with the permissions that the file had. Where
//! a link leads to the file, the file changes and the link stays.

use std::{fs, path::Path};

use crate::{
    error::{Error, Result},
    write::file::in_one_step,
};

/// Replaces the text of a document. `old` is what the change was made from: when the file holds something else by now,
/// somebody else is at work, and it stays as it is.
pub fn replace(file: &Path, old: &str, new: &str) -> Result<()> {
    let real = fs::canonicalize(file).map_err(|error| Error::at("find", file, error))?;
    let found = fs::read(&real).map_err(|error| Error::at("read", file, error))?;
    if found == new.as_bytes() {
        // Another name of the same file came first.
        return Ok(());
    }
    if found != old.as_bytes() {
        return Err(Error::new(format!("`{}` has changed in the meantime", file.display()))
            .help("it was left as it is; run the command again"));
    }
    let permissions = fs::metadata(&real).map_err(|error| Error::at("read", file, error))?.permissions();
    if permissions.readonly() {
        return Err(Error::new(format!("`{}` may not be written to", file.display()))
            .help("it was left as it is; change its permissions"));
    }
    in_one_step(&real, Some(permissions), |out| out.write_all(new.as_bytes()))
        .map_err(|error| Error::at("write", file, error))
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    fn names(folder: &TempDir) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn the_text_changes_and_nothing_is_left_beside_it() {
        let home = TempDir::new().unwrap();
        let file = home.path().join("a.md");
        fs::write(&file, "old\r\n").unwrap();
        replace(&file, "old\r\n", "new").unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        replace(&file, "old\r\n", "new").unwrap();
        assert_eq!(names(&home), ["a.md"]);
    }

    #[test]
    fn what_somebody_else_has_written_meanwhile_stays() {
        let home = TempDir::new().unwrap();
        let file = home.path().join("a.md");
        fs::write(&file, "theirs").unwrap();
        let error = replace(&file, "old", "new").unwrap_err();
        assert!(error.to_string().ends_with("a.md` has changed in the meantime"), "{error}");
        assert_eq!(fs::read_to_string(&file).unwrap(), "theirs");
        assert_eq!(names(&home), ["a.md"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_and_permissions_are_kept() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let home = TempDir::new().unwrap();
        let (file, link) = (home.path().join("a.md"), home.path().join("b.md"));
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        symlink("a.md", &link).unwrap();
        replace(&link, "old", "new").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
        fs::set_permissions(&file, fs::Permissions::from_mode(0o440)).unwrap();
        let error = replace(&link, "new", "newer").unwrap_err();
        assert!(error.to_string().ends_with("b.md` may not be written to"), "{error}");
        assert_eq!((fs::read_to_string(&file).unwrap().as_str(), names(&home).len()), ("new", 2));
    }
}
