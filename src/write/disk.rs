//! The few things that writing asks of the file system, as a trait, so that tests can pull the plug between any two.
//!
//! Nothing here decides anything: what is written where, and in which order, is the business of the rest of the folder.

use std::{fs, io, path::Path};

/// What writing asks of the file system. Every call that changes something goes through here.
pub(super) trait Disk: Send + Sync {
    /// Makes a folder and the folders that lead to it.
    fn create_dir_all(&self, path: &Path) -> io::Result<()>;
    /// Writes a whole file; `durable` waits until the disk has it.
    fn write(&self, path: &Path, bytes: &[u8], durable: bool) -> io::Result<()>;
    /// Copies a file, or a link as a link.
    fn copy(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Gives a file another name beside the one that it has.
    fn link(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Gives a folder another name.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Lets two folders change places in one step, so that neither name is ever without a folder.
    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()>;
    /// Removes a folder with all that is in it.
    fn remove_dir_all(&self, path: &Path) -> io::Result<()>;
}

/// The real file system.
pub(super) struct Real;

impl Disk for Real {
    fn create_dir_all(&self, path: &Path) -> io::Result<()> {
        fs::create_dir_all(path)
    }

    fn write(&self, path: &Path, bytes: &[u8], durable: bool) -> io::Result<()> {
        let mut file = fs::File::create(path)?;
        io::Write::write_all(&mut file, bytes)?;
        if durable { file.sync_all() } else { Ok(()) }
    }

    fn copy(&self, from: &Path, to: &Path) -> io::Result<()> {
        #[cfg(unix)]
        if fs::symlink_metadata(from)?.is_symlink() {
            return std::os::unix::fs::symlink(fs::read_link(from)?, to);
        }
        fs::copy(from, to).map(|_| ())
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::hard_link(from, to)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
    }

    #[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
    fn exchange(&self, _one: &Path, _other: &Path) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn remove_dir_all(&self, path: &Path) -> io::Result<()> {
        fs::remove_dir_all(path)
    }
}
