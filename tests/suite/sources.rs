//! One site from several sources: a folder of the archive's own repository and the checkouts of two others, each with a
//! history of its own.

use std::path::Path;

use serde_json::Value;

use crate::support::{Output, TODAY, Workspace, git, git_on, run_in, tree};

const BOOK: &str = "\
[book]
title = \"All postmortems\"
src = [
  \"postmortems\",
  { path = \"../quay/incidents\", label = \"Quay\", description = \"What happens at the quay.\", git-repository-url = \"https://git.example/quay\", edit-url-template = \"https://git.example/quay/edit/trunk/incidents/{path}\" },
  { path = \"../rail\", label = \"Rail & road\" },
]

[output.html]
edit-url-template = \"https://git.example/kb/edit/main/{path}\"
";

fn document(title: &str, more: &str) -> String {
    format!(
        "+++\ntitle = \"{title}\"\nid = \"outage\"\nstatus = \"final\"\nseverity = \"SEV2\"\ndate = 2026-06-01\n{more}+++\n\n## Summary\n\nNothing moved.\n"
    )
}

const ITEM: &str = "[[action_items]]\nid = \"cap\"\ntitle = \"Cap the queue of the gate\"\nowner = \"ops\"\ndue = 2026-07-31\n";

/// `kb` with its own documents, `quay` and `rail` beside it; all three are repositories.
fn three() -> Workspace {
    let work = Workspace::new()
        .file("kb/book.toml", BOOK)
        .file("kb/postmortems/outage.md", document("Login was down", ""))
        .file(
            "quay/incidents/outage.md",
            document("The gate jammed", &format!("visibility = \"public\"\nrelated = [\"fog\"]\n{ITEM}")),
        )
        .file("quay/incidents/fog.md", "# Fog at the quay\n\nDate: 2026-05-02\n\n![The quay](img/quay.png)\n")
        .file("quay/incidents/img/quay.png", "PNG")
        .file("rail/outage.md", document("The points froze", ITEM));
    for (repository, day) in [("kb", "2026-06-02"), ("quay", "2026-06-03"), ("rail", "2026-06-04")] {
        let folder = work.path().join(repository);
        git(&folder, &["init", "--quiet"]);
        commit(&folder, day);
    }
    work
}

fn commit(folder: &Path, day: &str) {
    git(folder, &["add", "--all"]);
    git_on(day, folder, &["commit", "--quiet", "--message", "x"]);
}

fn run(work: &Workspace, arguments: &[&str]) -> Output {
    run_in(&work.path().join("kb"), &[arguments, &["--today", TODAY]].concat())
}

fn json(output: Output) -> Value {
    serde_json::from_str(&output.expect_code(0).stdout).unwrap()
}

#[test]
fn documents_of_one_name_live_side_by_side_and_mean_those_of_their_own_source() {
    let work = three();
    let said = run(&work, &["check", "--format", "short"]);
    assert!(!said.text().contains("duplicate-id") && !said.text().contains("unknown-related"), "{said:?}");

    let archive = json(run(&work, &["export", "json"]));
    let documents: Vec<_> = archive["postmortems"].as_array().unwrap().iter().collect();
    let mut known: Vec<(&str, Option<&str>, &str)> = documents
        .iter()
        .map(|one| (one["id"].as_str().unwrap(), one["source"].as_str(), one["path"].as_str().unwrap()))
        .collect();
    known.sort_unstable();
    assert_eq!(
        known,
        [
            ("outage", None, "postmortems/outage.md"),
            ("quay-fog", Some("quay"), "../quay/incidents/fog.md"),
            ("quay-outage", Some("quay"), "../quay/incidents/outage.md"),
            ("rail-road-outage", Some("rail-road"), "../rail/outage.md"),
        ]
    );

    let items = json(run(&work, &["actions", "list", "--source", "Rail & road", "--format", "json"]));
    let items: Vec<&str> =
        items["actions"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap()).collect();
    assert_eq!(items, ["rail-road-outage/cap"]);
}

#[test]
fn the_site_has_a_page_a_filter_and_addresses_for_each_source() {
    let work = three();
    run(&work, &["build"]).expect_code(0);
    let page = |path: &str| work.read(&format!("kb/book/{path}"));

    let front = page("sources/quay.html");
    assert!(front.contains("<h1>Quay</h1>") && front.contains("What happens at the quay."), "{front}");
    assert!(front.contains("href=\"https://git.example/quay\""), "{front}");
    assert!(
        front.contains("../postmortems/quay-outage.html") && !front.contains("rail-road-outage"),
        "{front}"
    );
    assert!(front.contains("Cap the queue of the gate"), "{front}");
    assert!(page("sources/index.html").contains("href=\"../sources/rail-road.html\""));
    assert!(page("index.html").contains("href=\"sources/quay.html\""));

    let list = page("postmortems/index.html");
    assert!(list.contains("<option value=\"rail-road\">Rail &amp; road (1)</option>"), "{list}");
    assert_eq!(list.matches("data-source=\"quay\"").count(), 2, "{list}");
    assert_eq!(page("actions.html").matches("data-source=\"rail-road\"").count(), 1);

    let outage = page("postmortems/quay-outage.html");
    assert!(outage.contains("https://git.example/quay/edit/trunk/incidents/outage.md"), "{outage}");
    assert!(
        outage.contains("href=\"quay-fog.html\"") || outage.contains("postmortems/quay-fog.html"),
        "{outage}"
    );
    assert!(
        page("postmortems/outage.html").contains("https://git.example/kb/edit/main/postmortems/outage.md")
    );
    assert!(!page("postmortems/rail-road-outage.html").contains("git.example"));

    // What lies outside of the root is copied into the site, and nowhere else.
    let files = tree(&work.path().join("kb/book"));
    assert_eq!(files["files/outside/quay/incidents/img/quay.png"], b"PNG");
    assert!(
        page("postmortems/quay-fog.html").contains("src=\"../files/outside/quay/incidents/img/quay.png\"")
    );
    assert!(!work.path().join("kb/quay").exists() && !work.path().join("kb/book/quay").exists());
}

#[test]
fn a_site_of_one_source_has_no_pages_of_sources() {
    let work = Workspace::new().file("postmortems/a.md", document("A", ITEM));
    work.run(&["build", "--today", TODAY]).expect_code(0);
    let files = tree(&work.path().join("book"));
    assert!(files.keys().all(|path| !path.starts_with("sources/")), "{:?}", files.keys());
    let list = String::from_utf8(files["postmortems/index.html"].clone()).unwrap();
    assert!(!list.contains("data-source") && !list.contains("name=\"source\""), "{list}");
}

#[test]
fn the_history_of_each_source_comes_from_its_own_repository() {
    let work = three();
    let quay = work.path().join("quay");
    work.write("quay/incidents/outage.md", document("The gate jammed", &ITEM.replace("07-31", "09-30")));
    commit(&quay, "2026-07-20");
    let shown = run(&work, &["actions", "show", "quay-outage/cap"]).expect_code(0).stdout;
    assert!(
        shown.contains("2026-06-03") && shown.contains("2026-07-20") && shown.contains("put off by 61 days"),
        "{shown}"
    );
    assert!(!shown.contains("days that the documents state"), "{shown}");

    // A new commit of one repository leaves what is known of the others.
    work.write(
        "rail/outage.md",
        document("The points froze", &ITEM.replace("owner", "status = \"done\"\nowner")),
    );
    commit(&work.path().join("rail"), "2026-08-10");
    let archive = json(run(&work, &["export", "json"]));
    let slips = |id: &str| {
        let all = archive["postmortems"].as_array().unwrap();
        let one = all.iter().find(|one| one["id"] == id).unwrap();
        one["actions"][0]["history"]
            .as_array()
            .unwrap()
            .iter()
            .map(|event| event["day"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(slips("quay-outage"), ["2026-06-03", "2026-07-20"]);
    assert_eq!(slips("rail-road-outage"), ["2026-06-04", "2026-08-10"]);

    // One that is cut off, or is no repository, is told from the days in its documents, and that is said of it alone.
    std::fs::rename(work.path().join("rail/.git"), work.path().join("rail-git")).unwrap();
    let remark = json(run(&work, &["export", "json"]))["history_remark"].clone();
    assert_eq!(
        remark,
        "by the days that the documents state in `../rail`, since they are in no git repository"
    );
}

#[test]
fn a_change_is_found_in_the_repository_that_it_is_made_in() {
    let work = three();
    let since =
        |revision: &str| run(&work, &["check", "--since", revision, "--format", "short", "--deny-warnings"]);
    assert!(since("HEAD").expect_code(0).text().contains("no findings"), "{:?}", since("HEAD"));
    work.write("quay/incidents/outage.md", document("The gate jammed", "related = [\"none\"]\n"));
    work.write("rail/new.md", "");
    let said = since("HEAD").expect_code(1).text();
    assert!(said.contains("../quay/incidents/outage.md") && said.contains("unknown-related"), "{said}");
    assert!(said.contains("../rail/new.md") && said.contains("empty-document"), "{said}");
    assert!(!said.contains("postmortems/outage.md:"), "{said}");
    // A revision that one repository alone has compares with that one.
    git(&work.path().join("rail"), &["branch", "base"]);
    let said = since("base").expect_code(1).text();
    assert!(said.contains("../rail/new.md") && !said.contains("../quay/"), "{said}");
    since("nowhere").expect_code(2);
}

#[test]
fn accepted_findings_are_accepted_in_every_source() {
    let work = three();
    work.write("kb/book.toml", format!("{BOOK}\n[check]\nbaseline = \"baseline.json\"\n"));
    run(&work, &["check", "--update-baseline"]).expect_code(0);
    run(&work, &["check", "--deny-warnings"]).expect_code(0);
    work.write("rail/outage.md", document("The points froze", "services = [\"\"]\nseveritty = \"SEV1\"\n"));
    let said = run(&work, &["check", "--format", "short"]).text();
    assert!(said.contains("../rail/outage.md") && !said.contains("../quay/"), "{said}");
}

#[test]
fn a_public_site_names_no_source_that_has_nothing_public() {
    let work = three();
    // A public document may not name an internal one of its source, by whatever id.
    let leak = run(&work, &["build", "--audience", "public"]).expect_code(1).text();
    assert!(leak.contains("visibility-leak") && leak.contains("`quay-fog` is internal"), "{leak}");
    work.write(
        "quay/incidents/outage.md",
        document("The gate jammed", &format!("visibility = \"public\"\n{ITEM}")),
    );
    run(&work, &["build", "--audience", "public"]).expect_code(0);
    let files = tree(&work.path().join("kb/book"));
    assert!(files.contains_key("sources/quay.html") && files.contains_key("postmortems/quay-outage.html"));
    for (path, bytes) in files {
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        for private in ["rail", "points froze", "git.example", "login was down", "fog"] {
            assert!(!path.contains(private) && !text.contains(private), "{path}: {private}");
        }
    }
}

#[test]
fn folders_that_are_missing_or_in_each_others_way_are_findings_in_the_configuration() {
    let work = three();
    let book = BOOK.replace("../rail\"", "../rial\"").replace(
        "  \"postmortems\",",
        "  \"postmortems\",\n  { path = \"postmortems/old\", label = \"QUAY\" },",
    );
    work.write("kb/book.toml", book);
    let said = run(&work, &["check", "--format", "short"]).expect_code(1).text();
    for expected in [
        "book.toml:5:3: error[invalid-configuration]: the folder `postmortems/old` is not there",
        "book.toml:5:3: error[invalid-configuration]: the folder `postmortems/old` lies in the folder `postmortems`",
        "book.toml:6:3: error[invalid-configuration]: the label `Quay` is that of the folder `postmortems/old` already",
        "book.toml:7:3: error[invalid-configuration]: the folder `../rial` is not there",
    ] {
        assert!(said.contains(expected), "{expected}\n{said}");
    }
    // The sources that are there make a site all the same, and the status says that it is not whole.
    run(&work, &["build"]).expect_code(1);
    assert!(work.path().join("kb/book/postmortems/outage.html").is_file());

    work.write("kb/book.toml", "[book]\nsrc = [\"nowhere\", \"elsewhere\"]\n");
    let said = run(&work, &["check"]).expect_code(2).text();
    assert!(said.contains("the folder `nowhere` is not there"), "{said}");
}
