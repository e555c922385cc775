//! What writing promises, with disks that fail and processes that die at every single step.

//! The edge against a real disk, and against one that fails at a chosen moment.

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicUsize, Ordering},
};

use tempfile::TempDir;

use super::*;

/// A disk that stops working at a given operation and stays dead: as after a kill, nothing is tidied up either.
struct Dying {
    left: AtomicUsize,
    can_exchange: bool,
    reason: io::ErrorKind,
    recovers: bool,
}

impl Dying {
    fn after(operations: usize, can_exchange: bool) -> Self {
        Self {
            left: AtomicUsize::new(operations),
            can_exchange,
            reason: io::ErrorKind::Other,
            recovers: false,
        }
    }

    /// A disk on which one single operation fails, as when it is full.
    fn failing_once(operation: usize, reason: io::ErrorKind, can_exchange: bool) -> Self {
        Self { left: AtomicUsize::new(operation), can_exchange, reason, recovers: true }
    }

    fn spend(&self) -> io::Result<()> {
        let left =
            self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| match (left, self.recovers) {
                (0, false) => None,
                (0, true) => Some(usize::MAX),
                (left, _) => Some(left - 1),
            });
        if left == Ok(0) || left.is_err() { Err(self.reason.into()) } else { Ok(()) }
    }
}

impl Disk for Dying {
    fn create_dir_all(&self, path: &Path) -> io::Result<()> {
        self.spend()?;
        Real.create_dir_all(path)
    }
    fn write(&self, path: &Path, bytes: &[u8], durable: bool) -> io::Result<()> {
        if let Err(error) = self.spend() {
            // A write that fails half way leaves half a file.
            Real.write(path, bytes.split_at(bytes.len() / 2).0, durable)?;
            return Err(error);
        }
        Real.write(path, bytes, durable)
    }
    fn copy(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.spend()?;
        Real.copy(from, to)
    }
    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.spend()?;
        Real.link(from, to)
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.spend()?;
        Real.rename(from, to)
    }
    fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        if !self.can_exchange {
            return Err(io::ErrorKind::Unsupported.into());
        }
        self.spend()?;
        Real.exchange(one, other)
    }
    fn remove_dir_all(&self, path: &Path) -> io::Result<()> {
        self.spend()?;
        Real.remove_dir_all(path)
    }
}

type Site = [(&'static str, &'static str)];
const OLD: &Site = &[("index.html", "old"), ("a/old.html", "old page"), ("b/d.css", "{}")];
const NEW: &Site = &[("index.html", "new"), ("a/new.html", "new page"), ("b/d.css", "{}")];

fn write_site(out: &Path, site: &Site) -> Result<Written> {
    write_on(Arc::new(Real), out, site)
}

fn write_on(disk: Arc<dyn Disk>, out: &Path, site: &Site) -> Result<Written> {
    let staging = Staging::begin_on(disk, out, &[])?;
    for (path, text) in site {
        staging.put(path, text.as_bytes())?;
    }
    staging.commit()
}

/// All files below a folder but the marker, with their text.
fn files(folder: &Path) -> BTreeMap<String, String> {
    marker::foreign(folder, &BTreeSet::from([marker::NAME.to_owned()]))
        .unwrap_or_default()
        .into_iter()
        .map(|path| (path.clone(), fs::read_to_string(folder.join(&path)).unwrap()))
        .collect()
}

fn expected(site: &Site) -> BTreeMap<String, String> {
    site.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn message(result: Result<Written>) -> String {
    let error = result.unwrap_err();
    format!("{error} / {}", error.next_step().unwrap_or("no help"))
}

#[test]
fn a_site_replaces_the_one_before_it_and_nothing_else_is_left() {
    let home = TempDir::new().unwrap();
    let out = home.path().join("deep/book");
    write_site(&out, OLD).unwrap();
    let written = write_site(&out, NEW).unwrap();
    assert_eq!(files(&out), expected(NEW));
    assert_eq!((written.files, written.bytes, written.kept), (3, 13, Vec::<String>::new()));
    assert_eq!(written.changed, 2);
    assert_eq!(names(&home.path().join("deep")), ["book"]);
    let marker = fs::read_to_string(out.join(".afterword")).unwrap();
    assert_eq!(marker.split_once("version 1\n").unwrap().1, "a/new.html\nb/d.css\nindex.html\n");
}

#[cfg(unix)]
#[test]
fn a_file_that_is_as_it_was_is_not_written_again() {
    use std::os::unix::fs::MetadataExt as _;
    let home = TempDir::new().unwrap();
    let out = home.path().join("book");
    let place = |path: &str| {
        let file = fs::metadata(out.join(path)).unwrap();
        (file.ino(), file.mtime(), file.mtime_nsec())
    };
    write_site(&out, OLD).unwrap();
    fs::write(out.join("CNAME"), "example.com").unwrap();
    let before = ["index.html", "a/old.html", "CNAME"].map(place);
    let written = write_site(&out, &[("index.html", "old"), ("a/old.html", "new page")]).unwrap();
    let after = ["index.html", "a/old.html", "CNAME"].map(place);
    assert_eq!((written.files, written.changed, written.kept), (2, 1, vec!["CNAME".to_owned()]));
    assert_eq!((before[0], before[2]), (after[0], after[2]));
    assert_ne!(before[1].0, after[1].0);
    assert_eq!(fs::read_to_string(out.join("a/old.html")).unwrap(), "new page");
}

#[cfg(unix)]
#[test]
fn a_link_in_the_place_of_a_page_is_replaced_and_what_it_leads_to_stays() {
    let home = TempDir::new().unwrap();
    let out = home.path().join("book");
    write_site(&out, OLD).unwrap();
    let elsewhere = home.path().join("mine.html");
    fs::write(&elsewhere, "old").unwrap();
    fs::remove_file(out.join("index.html")).unwrap();
    std::os::unix::fs::symlink(&elsewhere, out.join("index.html")).unwrap();
    assert_eq!(write_site(&out, OLD).unwrap().changed, 1);
    assert!(fs::symlink_metadata(out.join("index.html")).unwrap().is_file());
    assert_eq!(fs::read_to_string(elsewhere).unwrap(), "old");
}

#[test]
fn killed_at_any_moment_the_old_site_or_the_new_one_stands_and_the_next_build_tidies_up() {
    for can_exchange in [true, false] {
        let mut operations = 0;
        loop {
            let home = TempDir::new().unwrap();
            let out = home.path().join("book");
            write_site(&out, OLD).unwrap();
            fs::write(out.join("CNAME"), "example.com").unwrap();
            let outcome = write_on(Arc::new(Dying::after(operations, can_exchange)), &out, NEW);
            let mut seen = files(&out);
            if !can_exchange && !out.exists() {
                // Between the two renames; the old site waits beside and comes back with the next build.
                let aside = names(home.path()).into_iter().find(|name| name.starts_with(".book.old-"));
                seen = files(&home.path().join(aside.unwrap()));
            }
            assert_eq!(seen.remove("CNAME").as_deref(), Some("example.com"));
            assert!(
                seen == expected(OLD) || seen == expected(NEW),
                "after {operations} operations: {seen:?}"
            );
            drop(Staging::begin(&out, &[]).unwrap());
            assert_eq!(names(home.path()), ["book"]);
            let mut seen = files(&out);
            assert_eq!(seen.remove("CNAME").as_deref(), Some("example.com"));
            assert!(seen == expected(OLD) || seen == expected(NEW));
            operations += 1;
            if outcome.is_ok() && operations > 14 {
                break;
            }
        }
    }
}

#[test]
fn a_single_failure_leaves_the_old_site_and_no_leftovers() {
    for can_exchange in [true, false] {
        for operation in 0..12 {
            let home = TempDir::new().unwrap();
            let out = home.path().join("book");
            write_site(&out, OLD).unwrap();
            let disk = Dying::failing_once(operation, io::ErrorKind::StorageFull, can_exchange);
            match write_on(Arc::new(disk), &out, NEW) {
                Ok(_) => assert_eq!(files(&out), expected(NEW)),
                Err(error) => {
                    assert_eq!(files(&out), expected(OLD), "operation {operation}");
                    assert_eq!(names(home.path()), ["book"], "operation {operation}");
                    assert!(error.next_step().unwrap().starts_with("make room on the disk"));
                }
            }
        }
    }
}

#[test]
fn a_folder_of_somebody_else_is_refused_and_an_empty_one_is_taken() {
    let home = TempDir::new().unwrap();
    let out = home.path().join("book");
    fs::create_dir(&out).unwrap();
    write_site(&out, OLD).unwrap();
    let other = home.path().join("thesis");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("chapter.md"), "years of work").unwrap();
    let text = message(write_site(&other, NEW));
    assert!(text.contains("thesis` holds files that Afterword did not write"), "{text}");
    assert_eq!(files(&other), BTreeMap::from([("chapter.md".to_owned(), "years of work".to_owned())]));
    assert_eq!(names(home.path()), ["book", "thesis"]);
}

#[test]
fn files_that_others_put_into_the_site_stay_there() {
    let home = TempDir::new().unwrap();
    let out = home.path().join("book");
    write_site(&out, OLD).unwrap();
    fs::create_dir_all(out.join(".git/refs")).unwrap();
    fs::write(out.join(".git/HEAD"), "ref: refs/heads/pages").unwrap();
    for _ in 0..2 {
        assert_eq!(write_site(&out, NEW).unwrap().kept, [".git/HEAD"]);
        assert_eq!(files(&out).remove(".git/HEAD").as_deref(), Some("ref: refs/heads/pages"));
    }
    fs::write(out.join("a/old.html"), "hand-made").unwrap();
    let text = message(write_site(&out, OLD));
    assert!(text.contains("a/old.html` was not written by Afterword, and the new site has a page there"));
    assert_eq!(files(&out).remove("a/old.html").as_deref(), Some("hand-made"));
}

#[cfg(unix)]
#[test]
fn a_link_that_others_put_into_the_site_stays_a_link() {
    let home = TempDir::new().unwrap();
    let out = home.path().join("book");
    write_site(&out, OLD).unwrap();
    std::os::unix::fs::symlink("index.html", out.join("latest")).unwrap();
    write_site(&out, NEW).unwrap();
    assert_eq!(fs::read_link(out.join("latest")).unwrap(), Path::new("index.html"));
}

#[test]
fn the_documents_are_never_inside_the_folder_that_is_replaced() {
    let home = TempDir::new().unwrap();
    let documents = home.path().join("site/postmortems");
    fs::create_dir_all(&documents).unwrap();
    let out = home.path().join("site");
    let sources = [documents.clone()];
    let error = Staging::begin(&out, &sources).err().unwrap();
    assert!(error.to_string().starts_with("the site would replace `"), "{error}");
    assert!(Staging::begin(&documents.join("book"), &sources).is_ok());
}

#[test]
fn a_file_where_the_folder_should_be_is_an_error_that_says_so() {
    let home = TempDir::new().unwrap();
    let file = home.path().join("book");
    fs::write(&file, "").unwrap();
    assert!(message(write_site(&file, NEW)).ends_with("give a folder for the site with `--out`"));
    let below = message(write_site(&file.join("site"), NEW));
    assert!(below.contains("a file stands where a folder is needed"), "{below}");
}

#[test]
fn two_builds_do_not_write_to_one_folder_at_the_same_time() {
    let home = TempDir::new().unwrap();
    let out = home.path().join("book");
    let first = Staging::begin(&out, &[]).unwrap();
    let second = Staging::begin(&out, &[]).err().unwrap();
    assert!(second.to_string().starts_with("another build is writing to `"), "{second}");
    first.put("index.html", b"first").unwrap();
    first.commit().unwrap();
    assert_eq!(write_site(&out, NEW).unwrap().files, 3);
    assert_eq!(names(home.path()), ["book"]);
}

#[test]
fn leftovers_are_known_by_their_marker_and_not_by_their_name_alone() {
    let home = TempDir::new().unwrap();
    fs::create_dir_all(home.path().join(".book.new-77")).unwrap();
    fs::write(home.path().join(".book.new-77/diary.txt"), "not a leftover").unwrap();
    fs::create_dir_all(home.path().join(".book.new-78")).unwrap();
    write_site(&home.path().join("book"), NEW).unwrap();
    assert_eq!(names(home.path()), [".book.new-77", "book"]);
}

#[test]
fn a_path_that_leads_out_or_comes_twice_is_refused() {
    let home = TempDir::new().unwrap();
    let staging = Staging::begin(&home.path().join("book"), &[]).unwrap();
    for path in ["../evil", "/etc/passwd", "a//b", "a/./b", "", ".afterword", "a\nb", "a\\..\\b"] {
        assert!(staging.put(path, b"").is_err(), "{path}");
    }
    staging.put("a/b", b"").unwrap();
    assert_eq!(staging.put("a/b", b"").unwrap_err().to_string(), "two parts of the site want to be `a/b`");
}

#[test]
fn many_files_are_written_at_once() {
    let home = TempDir::new().unwrap();
    let out = home.path().join("book");
    let texts: Vec<(String, String)> =
        (0..500).map(|n| (format!("d{}/{n}.html", n % 7), format!("page {n}"))).collect();
    let artifacts: Vec<_> = texts.iter().map(|(path, text)| (path.as_str(), text.as_bytes())).collect();
    assert_eq!(write(&out, &[], artifacts).unwrap().files, 500);
    assert_eq!(files(&out), texts.into_iter().collect());
}

#[test]
fn a_new_file_never_takes_the_place_of_another() {
    let home = TempDir::new().unwrap();
    let file = home.path().join("a/b/new.md");
    create(&file, "first").unwrap();
    let error = create(&file, "second").unwrap_err();
    assert!(error.to_string().ends_with("new.md` is already there"), "{error}");
    assert_eq!(fs::read_to_string(file).unwrap(), "first");
}
