//! What can be made again and is kept to save the time: nobody is told when it cannot be.

use std::{
    fs,
    io::{self, Write},
    path::Path,
};

/// Keeps something in a file, whole or not at all.
pub fn keep(file: &Path, bytes: &[u8]) {
    keep_with(file, |to| to.write_all(bytes));
}

/// The same with what is written piece by piece.
pub fn keep_with(file: &Path, put: impl FnOnce(&mut dyn Write) -> io::Result<()>) {
    let Some(folder) = file.parent() else { return };
    let beside = file.with_extension(format!("{}.tmp", std::process::id()));
    let kept = fs::create_dir_all(folder)
        .and_then(|()| fs::File::create(&beside))
        .and_then(|new| {
            let mut to = io::BufWriter::new(new);
            put(&mut to)?;
            to.flush()
        })
        .and_then(|()| fs::rename(&beside, file));
    if kept.is_err() {
        // It is of no use to anybody.
        drop(fs::remove_file(&beside));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_kept_leaves_nothing_behind() {
        let home = tempfile::TempDir::new().unwrap();
        let file = home.path().join("a/b.json");
        keep(&file, b"one");
        keep(&file, b"two");
        assert_eq!(fs::read(&file).unwrap(), b"two");
        keep(&file.join("c.json"), b"three");
        assert_eq!(fs::read_dir(home.path().join("a")).unwrap().count(), 1);
    }
}
