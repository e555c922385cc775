//! Command lines from the first word to the exit status, without a process.

use tempfile::TempDir;

use super::*;

/// What a command line gave.
struct Ran {
    status: ExitStatus,
    out: String,
    err: String,
}

fn run_in(folder: &TempDir, arguments: &[&str]) -> Ran {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut io = Io {
        out: Stream::plain(&mut out),
        err: Stream::plain(&mut err),
        current: folder.path().to_path_buf(),
        today: NaiveDate::from_ymd_opt(2026, 11, 20).unwrap(),
        width: 100,
    };
    let status = run(["afterword"].iter().chain(arguments), &mut io);
    drop(io);
    Ran { status, out: String::from_utf8(out).unwrap(), err: String::from_utf8(err).unwrap() }
}

#[test]
fn the_command_line_contradicts_itself_nowhere() {
    use clap::CommandFactory;
    Cli::command().debug_assert();
}

#[test]
fn help_is_an_answer_and_a_wrong_word_is_a_failure_with_a_hint() {
    let home = TempDir::new().unwrap();
    let help = run_in(&home, &["--help"]);
    assert_eq!(help.status, ExitStatus::Clean);
    assert!(help.out.contains("Exit status") && help.err.is_empty(), "{}", help.out);
    let wrong = run_in(&home, &["comple", "x"]);
    assert_eq!((wrong.status, wrong.out.as_str()), (ExitStatus::Failed, ""));
    assert!(wrong.err.contains("'completions'"), "{}", wrong.err);
    assert!(run_in(&home, &["comple", "--color", "always"]).err.contains('\u{1b}'));
    assert_eq!(run_in(&home, &["new", "x", "--date", "2026-02-30"]).status, ExitStatus::Failed);
}

#[test]
fn a_new_document_stands_in_its_folder_once() {
    let home = TempDir::new().unwrap();
    let first = run_in(&home, &["new", "Checkout", "is", "slow"]);
    assert_eq!((first.status, first.out.as_str()), (ExitStatus::Clean, "2026-11-20-checkout-is-slow.md\n"));
    let again = run_in(&home, &["new", "Checkout is slow"]);
    assert_eq!(again.status, ExitStatus::Failed);
    assert!(again.err.contains("is already there"), "{}", again.err);
    let unknown = run_in(&home, &["new", "x", "--template", "afterwrod"]);
    assert!(unknown.err.contains("did you mean `afterword`?"), "{}", unknown.err);
}
