//! One build at a time for each output folder.
//!
//! The lock is what makes leftovers certain: whoever holds it knows that a half-written folder beside the output
//! belongs to nobody who is still alive. The system lets go of it when a process dies, however it dies.

use std::{
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
};

/// How often to try again when another build lets go of the lock while it is being taken.
const ATTEMPTS: usize = 20;

/// The lock on one output folder; given back when dropped.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    file: Option<File>,
}

impl Lock {
    /// Takes the lock at `path`. `None` when somebody else has it.
    pub(super) fn take(path: PathBuf) -> io::Result<Option<Self>> {
        for _ in 0..ATTEMPTS {
            let file = File::options().create(true).write(true).truncate(false).open(&path)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Ok(None),
                // A file system without locks: building unguarded is better than not building.
                Err(TryLockError::Error(_)) => return Ok(Some(Self { path, file: None })),
            }
            if is_the_one_at(&path) {
                return Ok(Some(Self { path, file: Some(file) }));
            }
        }
        Ok(None)
    }
}

/// True when the file at `path` is locked. After a successful lock it is so unless another build has removed the file
/// in between, in which case the lock is on a file that nobody can find any more.
fn is_the_one_at(path: &Path) -> bool {
    File::open(path).is_ok_and(|again| matches!(again.try_lock(), Err(TryLockError::WouldBlock)))
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Removed before it is let go of, so that nobody can hold a lock on a name that is gone.
        let removed = fs::remove_file(&self.path);
        drop((removed, self.file.take()));
    }
}
