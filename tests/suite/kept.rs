//! What a run keeps for the next one changes no answer: not when it is there, damaged, gone, or cannot be written.

use std::{fs, path::PathBuf, process::Command};

use crate::support::{TODAY, Workspace, git, program};

/// Enough for something to be kept.
const DOCUMENTS: usize = 220;

fn archive() -> Workspace {
    let text = |number: usize| {
        format!(
            "# Number {number}\n\n**Severity:** SEV{}\n\n## Action items\n\n- [ ] Cap it\n",
            number % 4 + 1
        )
    };
    (0..DOCUMENTS).fold(Workspace::new(), |archive, number| {
        archive.file(&format!("postmortems/2026-03-01-number-{number}.md"), text(number))
    })
}

/// `check` with a folder of caches, not yet started.
fn command(archive: &Workspace, more: &[&str]) -> Command {
    let mut command =
        program(env!("CARGO_BIN_EXE_afterword"), archive.path(), &["check", "--format", "json"]);
    command.args(["--today", TODAY]).args(more).env("XDG_CACHE_HOME", archive.path().join("caches"));
    command
}

fn check(archive: &Workspace, more: &[&str]) -> String {
    let output = command(archive, more).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    String::from_utf8(output.stdout).unwrap()
}

/// The files in a folder.
fn files(folder: PathBuf) -> Vec<PathBuf> {
    fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn what_is_kept_changes_no_answer_whatever_becomes_of_it() {
    let archive = archive();
    let caches = || files(archive.path().join("caches/afterword"));
    let anew = check(&archive, &["--no-cache"]);
    assert_eq!(caches(), Vec::<PathBuf>::new());
    assert_eq!(check(&archive, &[]), anew);
    let [kept] = &caches()[..] else { panic!("{:?}", caches()) };
    let whole = fs::read(kept).unwrap();
    assert_eq!(check(&archive, &[]), anew);
    for at in (0..whole.len()).step_by(whole.len() / 5) {
        let mut damaged = whole.clone();
        damaged[at] ^= 0x10;
        for bytes in [&damaged, &whole[..at]] {
            fs::write(kept, bytes).unwrap();
            assert_eq!(check(&archive, &[]), anew);
        }
    }
    fs::remove_file(kept).unwrap();
    // Nothing can be written where a file stands.
    fs::remove_dir_all(archive.path().join("caches")).unwrap();
    archive.write("caches", "");
    assert_eq!(check(&archive, &[]), anew);
}

#[test]
fn a_document_that_has_changed_is_read_and_so_are_others_under_another_configuration() {
    let archive = archive();
    check(&archive, &[]);
    archive.write("postmortems/2026-03-01-number-7.md", "# Number 7\n\nThe operator failed to look.\n");
    archive.write("postmortems/new.md", "");
    assert_eq!(check(&archive, &[]), check(&archive, &["--no-cache"]));
    archive.write("book.toml", "[[severity]]\nid = \"SEV1\"\naliases = [\"SEV2\"]\n");
    assert_eq!(check(&archive, &[]), check(&archive, &["--no-cache"]));
}

#[test]
fn with_a_history_it_lies_beside_that_and_two_runs_at_once_do_not_disturb_each_other() {
    let archive = archive();
    git(archive.path(), &["init", "--quiet"]);
    let anew = check(&archive, &["--no-cache"]);
    let both = [(); 2].map(|()| {
        let mut command = command(&archive, &[]);
        std::thread::spawn(move || String::from_utf8(command.output().unwrap().stdout).unwrap())
    });
    for ran in both {
        assert_eq!(ran.join().unwrap(), anew);
    }
    let kept = files(archive.path().join(".git/afterword"));
    assert!(kept.len() == 1 && kept[0].extension().is_some_and(|ending| ending == "bin"), "{kept:?}");
    assert!(!archive.path().join("caches").exists());
    assert_eq!(check(&archive, &[]), anew);
}
