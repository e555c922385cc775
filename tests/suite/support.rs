//! What the tests stand on: a folder to work in, the program to run in it, and files to compare with.

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use similar::{ChangeTag, TextDiff};
use tempfile::TempDir;

/// The day that every test calls today, so that nothing changes overnight.
pub const TODAY: &str = "2026-11-20";

/// The folder of the project.
pub fn project() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A file of the project as text, with its path in the message when it is not there.
pub fn read(path: impl AsRef<Path>) -> String {
    let path = project().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// All files below a folder: path with `/` between its parts, and bytes.
pub fn tree(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    files
}

/// A folder of its own for one test, gone when the test ends.
pub struct Workspace {
    folder: TempDir,
}

impl Workspace {
    /// An empty folder.
    pub fn new() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Adds a file and the folders that lead to it.
    pub fn file(self, path: &str, contents: impl AsRef<[u8]>) -> Self {
        self.write(path, contents);
        self
    }

    /// Writes a file in the middle of a test.
    pub fn write(&self, path: &str, contents: impl AsRef<[u8]>) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, contents).unwrap();
    }

    /// The text of a file in it.
    pub fn read(&self, path: &str) -> String {
        let path = self.path().join(path);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// Runs `afterword` there.
    pub fn run(&self, arguments: &[&str]) -> Output {
        run_in(self.path(), arguments)
    }
}

/// Runs git in a folder as nobody in particular: without the settings of whoever runs the tests, at one moment.
#[track_caller]
pub fn git(folder: &Path, arguments: &[&str]) -> String {
    git_on("2026-11-01", folder, arguments)
}

/// The same on another day.
#[track_caller]
pub fn git_on(day: &str, folder: &Path, arguments: &[&str]) -> String {
    let moment = format!("{day}T12:00:00Z");
    let output = git_command(folder, arguments)
        .envs([("GIT_AUTHOR_DATE", &moment), ("GIT_COMMITTER_DATE", &moment)])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "git {arguments:?}: {said}");
    String::from_utf8(output.stdout).unwrap()
}

fn git_command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    for (name, _) in env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("GIT_")) {
        command.env_remove(name);
    }
    command
        .envs([("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_SYSTEM", "/dev/null")])
        .args(["-c", "user.name=Nobody", "-c", "user.email=nobody@example.com"])
        .args(["-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always"])
        .args(arguments)
        .current_dir(folder);
    command
}

/// What a run of the program left behind.
#[derive(Debug)]
pub struct Output {
    /// The exit status.
    pub code: i32,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

impl Output {
    /// Fails the test, with all that was printed, unless the status is `code`.
    #[track_caller]
    pub fn expect_code(self, code: i32) -> Self {
        assert_eq!(self.code, code, "\nstdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }

    /// Both streams, for messages of which it does not matter where they stand.
    pub fn text(&self) -> String {
        format!("{}{}", self.stdout, self.stderr)
    }
}

/// Runs `afterword` in a folder: no terminal, no input, nothing from the environment that could change what it says.
pub fn run_in(folder: &Path, arguments: &[&str]) -> Output {
    outcome(command(folder, arguments))
}

/// Runs Bash in a folder, with variables beside those of [`run_in`].
pub fn bash(folder: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    let mut bash = program("bash", folder, arguments);
    bash.envs(variables.iter().copied());
    outcome(bash)
}

fn outcome(mut command: Command) -> Output {
    let output = command.output().unwrap();
    Output {
        code: output.status.code().unwrap_or(-1),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The command that [`run_in`] runs, for tests that want to hold the process.
pub fn command(folder: &Path, arguments: &[&str]) -> Command {
    program(env!("CARGO_BIN_EXE_afterword"), folder, arguments)
}

/// Any program, to be run as [`run_in`] runs this one.
pub fn program(name: &str, folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(name);
    command.args(arguments).current_dir(folder).stdin(Stdio::null());
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if ["AFTERWORD_", "CLICOLOR", "GIT_", "GITHUB_"].iter().any(|prefix| text.starts_with(prefix))
            || ["CI", "COLUMNS", "FORCE_COLOR", "NO_COLOR", "TERM"].contains(&&*text)
        {
            command.env_remove(&name);
        }
    }
    command
}

/// Compares with a file below `tests/golden/` and shows the lines that differ. `UPDATE=1` writes the file instead.
#[track_caller]
pub fn golden(name: &str, actual: &str) {
    let path = project().join("tests/golden").join(name);
    if env::var_os("UPDATE").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, actual).unwrap();
        return;
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        expected == actual,
        "{} differs (`UPDATE=1 cargo test` rewrites it):\n{}",
        path.display(),
        diff(&expected, actual)
    );
}

/// The lines in which two texts differ, with two lines around each.
pub fn diff(expected: &str, actual: &str) -> String {
    let diff = TextDiff::from_lines(expected, actual);
    let mut out = String::new();
    for group in diff.grouped_ops(2) {
        out.push_str("...\n");
        for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
            out.push_str(match change.tag() {
                ChangeTag::Delete => "-",
                ChangeTag::Insert => "+",
                ChangeTag::Equal => " ",
            });
            out.push_str(change.value().trim_end_matches('\n'));
            out.push('\n');
        }
    }
    out
}
