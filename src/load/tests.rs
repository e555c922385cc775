//! Which files are read as what, in folders as people have them.

use std::collections::BTreeMap;

use tempfile::TempDir;

use super::*;

/// A folder with files, each with its own path as its text.
fn archive(paths: &[&str]) -> TempDir {
    let home = TempDir::new().unwrap();
    for path in paths {
        put(&home, path, path);
    }
    home
}

fn put(home: &TempDir, path: &str, text: impl AsRef<[u8]>) {
    let file = home.path().join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

fn config(text: &str) -> Config {
    Config::parse(&SourceFile::new(CONFIG, text)).0
}

fn load_with(home: &TempDir, text: &str) -> Sources {
    load(&Root::at(home.path()).unwrap(), &config(text), None).unwrap()
}

fn documents(home: &TempDir) -> Vec<String> {
    load_with(home, "").documents.into_iter().map(|document| document.path.clone()).collect()
}

#[test]
fn documents_and_assets_are_found_in_order_and_the_rest_is_passed_over() {
    let home = archive(&[
        "postmortems/b.md",
        "postmortems/a.MARKDOWN",
        "postmortems/img/graph.png",
        "postmortems/.drafts/secret.md",
        "postmortems/node_modules/x/y.md",
        "postmortems/target/CACHEDIR.TAG",
        "postmortems/target/doc.md",
        "postmortems/old-site/.afterword",
        "postmortems/old-site/page.md",
        "elsewhere/c.md",
    ]);
    let loaded = load_with(&home, "");
    let texts: BTreeMap<_, _> = loaded.documents.iter().map(|file| (&*file.path, &*file.text)).collect();
    let expected = ["postmortems/a.MARKDOWN", "postmortems/b.md"];
    assert_eq!(texts, expected.map(|path| (path, path)).into());
    let graph = "postmortems/img/graph.png".to_owned();
    let place = fs::canonicalize(home.path()).unwrap().join(&graph);
    assert_eq!(loaded.assets, BTreeMap::from([(graph, place)]));
    assert_eq!(loaded.unreadable, BTreeMap::new());
}

#[test]
fn the_dialects_of_generators_and_markdown_without_an_ending_are_documents() {
    let home = archive(&["2020-08-04.html.md.erb", "disk.qmd", "page.html", "own.mdx"]);
    put(&home, "INC-7", "# Disk full\n\nOn Monday.\n\n## Timeline\n");
    put(&home, "INC-8", "---\ntitle: DNS\n---\n\nText.\n");
    put(&home, "INC-9", "DNS was slow\n============\n\nCause\n-----\n\nA record.\n");
    put(&home, "Makefile", "# Build\n\n## Targets\n");
    put(&home, "run", "#!/bin/sh\n# Start\n## All\n");
    put(&home, "CODEOWNERS", "# Owners\n\n## Docs\n* @docs\n");
    put(&home, "todo", "# Only a heading\n");
    put(&home, "core", [0x7f, b'E', b'L', b'F', 0xff]);
    assert_eq!(
        documents(&home),
        ["2020-08-04.html.md.erb", "INC-7", "INC-8", "INC-9", "disk.qmd", "own.mdx"]
    );
}

#[test]
fn without_a_folder_called_postmortems_the_root_is_the_archive_and_its_site_is_not() {
    let home = archive(&["x/a.md", "b.md", "book/c.md", "README.md", "templates/new/own.md"]);
    assert_eq!(documents(&home), ["b.md", "x/a.md"]);
}

#[test]
fn several_folders_may_be_given_inside_and_outside_the_root() {
    let home = archive(&["site/one/a.md", "two/b.md", "two/c/d.md", "site/three/e.md"]);
    let root = Root::at(&home.path().join("site")).unwrap();
    let config = config("[book]\nsrc = [\"one\", \"../two\", \"../two/c\"]\n");
    let loaded = load(&root, &config, None).unwrap();
    let paths: Vec<_> = loaded.documents.iter().map(|document| document.path.as_str()).collect();
    assert_eq!(paths, ["../two/b.md", "../two/c/d.md", "one/a.md"]);
}

#[test]
fn a_folder_that_is_named_and_missing_is_an_error() {
    let home = archive(&["a.md"]);
    let root = Root::at(home.path()).unwrap();
    let error = load(&root, &config("[book]\nsrc = \"incidents\"\n"), None).unwrap_err();
    assert_eq!(error.to_string(), "the folder `incidents` is not there");
}

#[test]
fn housekeeping_and_templates_are_no_postmortems_and_their_namesakes_are() {
    let home = archive(&[
        "CONTRIBUTING.md",
        "_draft.md",
        "postmortem-template.md",
        "Template for reviews.md",
        "x/_templates/sre.md",
        "web/templates/blog/018-2025-07-30-search.html.md",
        "broken email template.md",
        "template-2024-01-02.md",
        "support-desk-down.md",
    ]);
    assert_eq!(
        documents(&home),
        [
            "broken email template.md",
            "support-desk-down.md",
            "template-2024-01-02.md",
            "web/templates/blog/018-2025-07-30-search.html.md"
        ]
    );
    let assets = load_with(&home, "").assets;
    assert_eq!(assets.len(), 5);
}

#[test]
fn a_readme_is_a_postmortem_where_its_folder_stands_for_one_incident() {
    let home = archive(&[
        "README.md",
        "incidents/README.md",
        "incidents/2024-01-02/README.md",
        "incidents/disk-full/index.md",
        "incidents/disk-full/graph.png",
        "incidents/INC-7/README.md",
        "incidents/INC-7/notes.md",
        "2024/README.md",
        "2024/03/a.md",
    ]);
    assert_eq!(
        documents(&home),
        [
            "2024/03/a.md",
            "incidents/2024-01-02/README.md",
            "incidents/INC-7/README.md",
            "incidents/INC-7/notes.md",
            "incidents/disk-full/index.md",
        ]
    );
}

#[test]
fn bytes_that_are_not_text_and_files_too_large_to_be_one_are_still_documents() {
    let home = archive(&["fine.md"]);
    put(&home, "latin.md", b"caf\xe9");
    fs::File::create(home.path().join("huge.md")).unwrap().set_len(LARGEST + 1).unwrap();
    let loaded = load_with(&home, "");
    let invalid: Vec<_> =
        loaded.documents.iter().map(|file| (file.path.as_str(), file.invalid_utf8)).collect();
    assert_eq!(invalid, [("fine.md", None), ("huge.md", None), ("latin.md", Some(3))]);
    let reason = "it is larger than 16 MB".to_owned();
    assert_eq!(loaded.unreadable, BTreeMap::from([("huge.md".to_owned(), reason)]));
}

#[cfg(unix)]
#[test]
fn links_are_followed_within_the_root_only_and_nothing_is_read_twice() {
    use std::os::unix::fs::symlink;
    let home = archive(&["root/postmortems/a.md", "root/common/b.md", "outside/c.md"]);
    let folder = home.path().join("root/postmortems");
    symlink("a.md", folder.join("latest.md")).unwrap();
    symlink("../common", folder.join("common")).unwrap();
    symlink("../../outside", folder.join("outside")).unwrap();
    symlink("/etc/hostname", folder.join("host.md")).unwrap();
    symlink("..", folder.join("circle")).unwrap();
    symlink("nowhere.md", folder.join("dangling.md")).unwrap();
    let root = Root::at(&home.path().join("root")).unwrap();
    let paths: Vec<_> = load(&root, &Config::default(), None)
        .unwrap()
        .documents
        .into_iter()
        .map(|document| document.path.clone())
        .collect();
    assert_eq!(paths, ["postmortems/a.md", "postmortems/common/b.md"]);
}

#[test]
fn the_root_is_the_folder_given_or_the_nearest_configured_one_above() {
    let home = archive(&["kb/book.toml", "kb/postmortems/2024/a.md", "repo/.git/HEAD", "repo/docs/b.md"]);
    let real = fs::canonicalize(home.path()).unwrap();
    let find = |given: Option<&str>, current: &str| {
        let root = Root::find(given.map(Path::new), &real.join(current)).unwrap();
        (root.folder.strip_prefix(&real).unwrap().to_string_lossy().into_owned(), root.config.is_some())
    };
    assert_eq!(find(None, "kb/postmortems/2024"), ("kb".to_owned(), true));
    assert_eq!(find(Some("postmortems"), "kb"), ("kb/postmortems".to_owned(), false));
    assert_eq!(find(None, "repo/docs"), ("repo/docs".to_owned(), false));
    assert!(Root::find(Some(Path::new("nowhere")), &real).is_err());
    let error = Root::at(&home.path().join("kb/book.toml")).unwrap_err();
    assert!(error.to_string().ends_with("book.toml` is a file, not a folder"), "{error}");
}

#[test]
fn the_look_of_a_site_is_read_from_its_folder_and_may_be_missing() {
    let home = archive(&["templates/new/own.md", "templates/base.html", "templates/.swp"]);
    let root = Root::at(home.path()).unwrap();
    let files: Vec<_> = load_look(&root, "templates").unwrap().into_iter().map(|file| file.path).collect();
    assert_eq!(files, ["templates/base.html", "templates/new/own.md"]);
    assert_eq!(load_look(&root, "themes/none").unwrap(), []);
}
