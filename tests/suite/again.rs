//! An archive that is read again after any sequence of changes is the archive that a first reading gives: what was kept
//! from before never shows.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use afterword::{
    config::Config,
    load::Root,
    pipeline::{self, Analysis, Memory, Workspace},
    render::{self, Artifact, Site, Theme},
    source::{SourceFile, Sources},
};
use chrono::NaiveDate;
use proptest::prelude::*;

use crate::support::{self, TODAY};

/// Where files come and go: documents, one that only its text shows to be one, one that describes its folder, a picture.
const PATHS: [&str; 9] = [
    "postmortems/a.md",
    "postmortems/b.md",
    "postmortems/2026-03-14/README.md",
    "postmortems/2026-03-14/notes.md",
    "postmortems/incident",
    "postmortems/img/graph.png",
    "more/c.md",
    "words.toml",
    "templates/404.html",
];

/// What they may hold. Together they differ in all that one document tells about others: the order of day and month, ids,
/// relations, services, and what is not UTF-8.
const TEXTS: [&[u8]; 9] = [
    b"# Disk full\n\n## Timeline\n\n- 03/14/2026 13:02 UTC it began\n- 14:00 resolved\n\n## Action items\n\n- [ ] Clean up (owner: ada)\n",
    b"# DNS gone\n\nOn 25/12/2025 and again on 26/12/2025 nobody could look names up.\n\n![graph](img/graph.png)\n",
    b"+++\ntitle = \"Pool\"\nid = \"pool\"\ndate = 2026-03-04\nservices = [\"checkout\", \"search\"]\nseverity = \"P1\"\nrelated = [\"a\"]\n+++\n\n## Chronology\n\n- 04/03/2026 10:00 began\n",
    b"+++\ntitle = \"Pool again\"\nid = \"pool\"\nservices = [\"kasse\"]\nseverity = \"worst\"\n+++\n\nSee [the first](a.md#timeline).\n",
    b"# Log\n\n## 2026-01-02 One\n\nText.\n\n## 2026-02-03 Two\n\nMore of it.\n",
    b"# Broken \xff here\n\nText.\n",
    "# Broken \u{fffd} here\n\nText.\n".as_bytes(),
    b"",
    b"not = [\"a\", 1",
];

/// What the configuration may be; the first stands for no file at all.
const CONFIGURATIONS: [&str; 9] = [
    "",
    "[book]\ntitle = \"Another\"\n",
    "[book]\nsrc = [\"postmortems\", \"more\"]\n",
    "[book]\ndate-order = \"mdy\"\nzone = \"Europe/Oslo\"\n",
    "[book]\nsplit = \"h2\"\n",
    "[[service]]\nid = \"checkout\"\naliases = [\"kasse\"]\n[[severity]]\nid = \"SEV1\"\naliases = [\"worst\", \"P1\"]\n",
    "[sections]\nlocales = [\"words.toml\"]\n[sections.aliases]\ntimeline = [\"Chronology\"]\n",
    "[book\ntitle = 1\n",
    "[book]\nsrc = \"gone\"\n",
];

#[derive(Debug, Clone)]
enum Change {
    Write(usize, usize),
    Remove(usize),
    Rename(usize, usize),
    RemoveFolder,
    Configure(usize),
}

fn change() -> impl Strategy<Value = Change> {
    let (paths, texts) = (0..PATHS.len(), 0..TEXTS.len());
    prop_oneof![
        6 => (paths.clone(), texts).prop_map(|(path, text)| Change::Write(path, text)),
        1 => paths.clone().prop_map(Change::Remove),
        2 => (paths.clone(), paths).prop_map(|(from, to)| Change::Rename(from, to)),
        1 => Just(Change::RemoveFolder),
        2 => (0..CONFIGURATIONS.len()).prop_map(Change::Configure),
    ]
}

/// Makes a change, and gives the paths that a watcher would tell of.
fn make(home: &Path, change: &Change) -> BTreeSet<PathBuf> {
    let put = |path: &Path, text: &[u8]| {
        let mut touched = BTreeSet::from([path.to_path_buf()]);
        let above = path.parent().unwrap();
        touched.extend(above.ancestors().take_while(|folder| !folder.exists()).map(Path::to_path_buf));
        fs::create_dir_all(above).unwrap();
        fs::write(path, text).unwrap();
        touched
    };
    match *change {
        Change::Write(path, text) => put(&home.join(PATHS[path]), TEXTS[text]),
        Change::Remove(path) => {
            let path = home.join(PATHS[path]);
            // There may be nothing to remove.
            drop(fs::remove_file(&path));
            BTreeSet::from([path])
        }
        Change::Rename(from, to) => {
            let (from, to) = (home.join(PATHS[from]), home.join(PATHS[to]));
            let Ok(text) = fs::read(&from) else { return BTreeSet::from([from]) };
            fs::remove_file(&from).unwrap();
            let mut touched = put(&to, &text);
            touched.insert(from);
            touched
        }
        Change::RemoveFolder => {
            let folder = home.join("postmortems/2026-03-14");
            drop(fs::remove_dir_all(&folder));
            BTreeSet::from([folder])
        }
        Change::Configure(0) => {
            drop(fs::remove_file(home.join("book.toml")));
            BTreeSet::from([home.join("book.toml")])
        }
        Change::Configure(text) => put(&home.join("book.toml"), CONFIGURATIONS[text].as_bytes()),
    }
}

fn today() -> NaiveDate {
    TODAY.parse().unwrap()
}

fn read(
    workspace: &mut Workspace,
    home: &Path,
    touched: Option<&BTreeSet<PathBuf>>,
) -> Result<Analysis, String> {
    let root = Root::at(home).unwrap();
    let configuration = pipeline::configuration(&root);
    workspace.analyze(&root, configuration, None, touched).map_err(|error| error.to_string())
}

/// Everything that the site consists of.
fn site(analysis: &Analysis) -> Vec<Artifact> {
    let Analysis { archive, summary, config, sources, .. } = analysis;
    let (theme, _) = Theme::new(config, &sources.site_files);
    render::render_all(Site { archive, summary, config, sources, ledger: None, rules: &[] }, &theme)
        .unwrap()
        .0
}

/// What two analyses differ in, for a message that can be read.
fn difference(again: &Analysis, anew: &Analysis) -> Option<String> {
    let differs =
        |what: &str, one: String, other: String| (one != other).then(|| format!("{what}:\n{one}\n{other}"));
    differs("the archive", format!("{:?}", again.archive), format!("{:?}", anew.archive))
        .or_else(|| differs("the summary", format!("{:?}", again.summary), format!("{:?}", anew.summary)))
        .or_else(|| {
            differs("findings", format!("{:?}", again.diagnostics), format!("{:?}", anew.diagnostics))
        })
        .or_else(|| {
            let related = |analysis: &Analysis| analysis.summary.related.all(&analysis.archive).to_vec();
            differs("what belongs together", format!("{:?}", related(again)), format!("{:?}", related(anew)))
        })
        .or_else(|| differs("dates", format!("{:?}", again.dates()), format!("{:?}", anew.dates())))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn an_archive_read_again_is_the_archive_read_anew(changes in prop::collection::vec(change(), 1..14)) {
        let workspace = support::Workspace::new();
        let home = fs::canonicalize(workspace.path()).unwrap();
        make(&home, &Change::Write(0, 0));
        make(&home, &Change::Write(1, 2));
        let mut kept = Workspace::new(None, today());
        let mut again = read(&mut kept, &home, None);
        for change in &changes {
            let touched = make(&home, change);
            again = read(&mut kept, &home, Some(&touched));
            let anew = read(&mut Workspace::new(None, today()), &home, None);
            match (&again, &anew) {
                (Ok(again), Ok(anew)) => prop_assert_eq!(difference(again, anew), None, "after {:?}", change),
                (again, anew) => prop_assert_eq!(again.as_ref().err(), anew.as_ref().err(), "after {:?}", change),
            }
        }
        let anew = read(&mut Workspace::new(None, today()), &home, None);
        if let (Ok(again), Ok(anew)) = (again, anew) {
            prop_assert!(site(&again) == site(&anew), "the sites differ");
        }
    }
}

#[test]
fn nothing_is_kept_of_a_document_whose_text_is_another_one() {
    // The same path, the same length, the same date: only the text itself can tell.
    let mut memory = Memory::default();
    let mut title = |text: &str| {
        let sources = Sources { documents: vec![SourceFile::new("a.md", text)], ..Sources::default() };
        let reading = pipeline::read(sources, Config::default(), Vec::new(), today(), &mut memory);
        reading.archive.postmortems()[0].title.value.clone()
    };
    let (one, other) = ("# One thing\n\n2026-03-04\n", "# Two thing\n\n2026-03-04\n");
    assert_eq!([one, other, one].map(&mut title), ["One thing", "Two thing", "One thing"]);
}
