//! Commands that go on: what a change makes them say, and how they end.

use std::{
    fs,
    io::Read,
    process::{Child, Command, Stdio},
    sync::mpsc::{self, Receiver},
    thread,
    time::Duration,
};

use crate::support::{TODAY, Workspace, program};

/// Longer than any machine takes; a test that waits so long has failed.
const LIMIT: Duration = Duration::from_secs(60);

/// A command that goes on. It is stopped with the test, however that ends.
struct Running {
    child: Child,
    said: Receiver<String>,
    heard: String,
}

impl Running {
    fn start(workspace: &Workspace, arguments: &[&str]) -> Self {
        // Both streams in one, so that what is said comes in its order.
        let mut command = program("bash", workspace.path(), &["-c", "exec \"$0\" \"$@\" 2>&1"]);
        command.arg(env!("CARGO_BIN_EXE_afterword")).args(arguments).args(["--today", TODAY]);
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let (sender, said) = mpsc::channel();
        let mut stream = child.stdout.take().unwrap();
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(length @ 1..) = stream.read(&mut buffer) {
                // Nobody listens any more when the test is over.
                drop(sender.send(String::from_utf8_lossy(&buffer[..length]).into_owned()));
            }
        });
        Self { child, said, heard: String::new() }
    }

    /// Waits until a text was said, and forgets all that was said until then.
    #[track_caller]
    fn expect(&mut self, text: &str) -> String {
        while !self.heard.contains(text) {
            let more = self.said.recv_timeout(LIMIT).ok();
            assert!(more.is_some(), "`{text}` was not said:\n{}", self.heard);
            self.heard.extend(more);
        }
        let end = self.heard.find(text).unwrap() + text.len();
        let rest = self.heard.split_off(end);
        std::mem::replace(&mut self.heard, rest)
    }

    /// Ends it as Ctrl-C does, and gives the exit status.
    fn interrupt(mut self) -> Option<i32> {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
        self.child.wait().unwrap().code()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It has ended already when all went well.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

const WAITING: &str = "waiting for changes (Ctrl-C ends it)\n";

fn workspace() -> Workspace {
    Workspace::new()
        .file("postmortems/a.md", "# Disk full\n\nLogs were kept for ever.\n")
        .file("postmortems/b.md", "+++\ntitle = 1 2\n+++\n\nText.\n")
}

/// The names of all that is in the folder.
fn names(workspace: &Workspace) -> Vec<String> {
    let entries = fs::read_dir(workspace.path()).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_check_goes_on_until_it_is_stopped_and_says_what_is_wrong_now() {
    let workspace = workspace();
    let mut check = Running::start(&workspace, &["check", "--watch", "--format", "short"]);
    let first = check.expect(WAITING);
    assert!(first.contains("postmortems/b.md:2:"), "{first}");
    workspace.write("postmortems/b.md", "+++\ntitle = \"DNS gone\"\n+++\n\nText.\n");
    let mended = check.expect(WAITING);
    assert!(!mended.contains("invalid-front-matter") && mended.contains("of 2 documents"), "{mended}");
    fs::remove_file(workspace.path().join("postmortems/a.md")).unwrap();
    let fewer = check.expect(WAITING);
    assert!(fewer.contains("of 1 document") && !fewer.contains("a.md"), "{fewer}");
    assert_eq!(check.interrupt(), Some(0));
    assert_eq!(names(&workspace), ["postmortems"]);
}

#[test]
fn what_a_check_writes_is_no_change_to_check_again_for_ever() {
    let workspace = workspace();
    let mut check = Running::start(&workspace, &["check", "--watch", "--format", "markdown=comment.md"]);
    check.expect(WAITING);
    // Its own file is one change, and says the same the second time.
    check.expect(WAITING);
    let before = fs::metadata(workspace.path().join("comment.md")).unwrap().modified().unwrap();
    workspace.write("postmortems/c.txt", "Nothing to check.\n");
    check.expect(WAITING);
    assert_eq!(fs::metadata(workspace.path().join("comment.md")).unwrap().modified().unwrap(), before);
    assert_eq!(check.interrupt(), Some(0));
}

#[test]
fn a_build_goes_on_and_writes_only_what_a_change_has_changed() {
    let workspace = workspace();
    let mut build = Running::start(&workspace, &["build", "--watch"]);
    build.expect(WAITING);
    workspace.write("postmortems/a.md", "# Disk full\n\nLogs were kept for a year.\n");
    let again = build.expect(WAITING);
    assert!(again.contains(" of them changed, "), "{again}");
    assert!(workspace.read("book/postmortems/a.html").contains("kept for a year"));
    workspace.write("book.toml", "[book]\nsrc = \"gone\"\n");
    let failed = build.expect(WAITING);
    assert!(failed.contains("the folder `gone` is not there"), "{failed}");
    assert!(workspace.read("book/postmortems/a.html").contains("kept for a year"));
    fs::remove_file(workspace.path().join("book.toml")).unwrap();
    let mended = build.expect(WAITING);
    assert!(mended.contains("none of them changed"), "{mended}");
    assert_eq!(build.interrupt(), Some(0));
    assert_eq!(names(&workspace), ["book", "postmortems"]);
}

#[test]
fn a_server_ends_when_it_is_asked_to_and_leaves_nothing_behind() {
    let workspace = workspace();
    let mut server = Running::start(&workspace, &["serve", "--port", "0"]);
    server.expect("serving at http://127.0.0.1:");
    server.expect("read 2 postmortems, ready after ");
    workspace.write("postmortems/c.md", "# New\n\nText.\n");
    server.expect("changed, ready after ");
    server.expect("of 3 documents");
    assert_eq!(server.interrupt(), Some(0));
    assert_eq!(names(&workspace), ["postmortems"]);
}
