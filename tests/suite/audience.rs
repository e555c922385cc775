//! What is private stays private: archives full of secrets, and not one of them in anything that is made for everybody.
//!
//! Every private word holds `zqx`, which is no part of any other word. It must be in no byte and no name of the output.
//! Every public word of the same places holds `pqv`, which must be there: or the test would only show that nothing is.

use crate::support::{Workspace, diff, tree};

const SECRET: &str = "zqx";

const BOOK: &str = "\
[book]
title = \"Ferries\"
src = \"docs\"

[output.html]
git-repository-url = \"https://zqxforge.example/ops\"
edit-url-template = \"https://zqxforge.example/ops/edit/{path}\"

[[service]]
id = \"pqvbooking\"
team = \"pqvalias\"

[[service]]
id = \"zqxservice\"

[[team]]
id = \"pqvdesk\"
aliases = [\"pqvalias\"]

[[team]]
id = \"zqxteam\"

[[factor]]
id = \"zqxfactor\"

[[slo]]
id = \"zqxobjective\"
service = \"zqxservice\"
target = 99.9
window-days = 30
";

const PUBLIC: &str = "\
+++
title = \"Pqvtitle <!-- internal -->zqxtitle<!-- /internal -->\"
date = 2026-03-14
visibility = \"public\"
severity = \"SEV2\"
services = [\"pqvbooking\"]
teams = [\"pqvdesk\"]
related = [\"zqx-private\", \"2026-04-01-pqvother\"]

[times]
zone = \"UTC\"
started = 2026-03-14T13:02:00Z

[impact]
summary = \"\"\"Pqvimpact
<!-- Internal -->
zqximpact <!-- internal -->zqxnested<!-- /internal --> zqxafter
<!-- /internal -->\"\"\"

[[timeline]]
at = 2026-03-14T13:02:00Z
event = \"pqvevent\"

[[timeline]]
at = 2026-03-14T03:33:00Z
event = \"zqxevent\"
milestone = \"introduced\"
internal = true

[[action_items]]
title = \"pqvaction\"
owner = \"pqvdesk\"
status = \"open\"

[[action_items]]
title = \"zqxaction\"
owner = \"zqxteam\"
status = \"open\"
tracker = \"ZQX-1\"
internal = true
# zqxcomment
+++

# Pqvtitle

Pqvtext <!-- internal -->zqxinline **zqxbold** `zqxcode`<!-- /internal --> pqvbehind.

<!-- internal -->zqxatstart<!-- /internal --> pqvlinestart goes on.

<!-- a zqxremark for authors -->

<!-- internal -->

## Zqxheading

zqxparagraph with a note[^zqxnote], [a link][zqxref] and ![zqxpicture](zqx.png)

[^zqxnote]: zqxnotetext

[zqxref]: https://zqxhost.example/

```sh
curl zqxcommand
```

<!-- /internal -->

## Timeline

| Time (UTC) | Event |
|---|---|
| 13:05 | pqvrow |
| 13:06 | pqvcell <!-- internal -->zqxcell<!-- /internal --> |

- 13:10 pqvitem
<!-- internal -->
- 13:11 zqxitem resolved
<!-- /internal -->

- pqvouter

  <!-- internal -->
  zqxinner
  <!-- /internal -->

  pqvinner

<div>
pqvhtml
<!-- internal -->
<p title=\"zqxattribute\">zqxhtml</p>
<!-- /internal -->
</div>

See [pqvlink](zqx-private.md), [pqvwords](../docs/zqx-private.md#zqxheading) and <a href=\"zqx-private.md\">pqvraw</a>.

## Action items

- [ ] pqvtask (owner: pqvdesk)
- [ ] pqvtodo <!-- internal -->ask zqxcustomer<!-- /internal -->
<!-- internal -->
- [ ] zqxtask (owner: zqxperson)
<!-- /internal -->

<!-- internal -->
zqxopen to the end
";

const PRIVATE: &str = "\
+++
title = \"Zqxsecret\"
date = 2026-03-15
services = [\"zqxservice\"]
teams = [\"zqxteam\"]
factors = [\"zqxfactor\"]
tags = [\"zqxtag\"]
related = [\"2026-03-14-pqvfirst\"]
+++

# Zqxsecret

The same words as in the public one: pqvtext, pqvevent. ![zqx](zqxfile.png)
";

/// Every form of the archive as data.
const FORMATS: &[&[&str]] = &[
    &["json"],
    &["jsonl"],
    &["csv", "documents"],
    &["csv", "actions"],
    &["csv", "events"],
    &["ics"],
    &["openmetrics"],
    &["sql"],
];

fn archive() -> Workspace {
    Workspace::new()
        .file("book.toml", BOOK)
        .file("docs/2026-03-14-pqvfirst.md", PUBLIC)
        .file("docs/zqx-private.md", PRIVATE)
        .file("docs/zqxfile.png", b"zqx")
        .file("docs/zqx.png", b"zqx")
        .file("docs/2026-04-01-pqvother.md", "---\nvisibility: public\n---\n\n# Pqvother\n\nPqvtext too.\n")
        .file(
            "docs/2026-05-01-zqx-open.md",
            "+++\ntitle = \"Zqx <!-- internal -->\"\nvisibility = \"public\"\n+++\n\nzqx\n",
        )
}

/// Everything that is published about the archive, by name.
fn published(archive: &Workspace, allow: &[&str]) -> Vec<(String, String)> {
    // The rules about publishing would stop it for good reasons; here it is to be seen what happens when they are off.
    let allowed = allow.iter().map(|rule| format!("\"{rule}\"")).collect::<Vec<_>>().join(", ");
    archive.write("book.toml", archive.read("book.toml") + &format!("\n[check]\nallow = [{allowed}]\n"));
    let built = archive.run(&["build", "--audience", "public", "--out", "site"]).expect_code(0);
    assert!(built.stderr.contains("left out"), "{}", built.stderr);
    let mut files: Vec<_> = tree(&archive.path().join("site"))
        .into_iter()
        .map(|(path, bytes)| (path, String::from_utf8_lossy(&bytes).to_lowercase()))
        .collect();
    for format in FORMATS {
        let arguments = [&["export"], *format, &["--audience", "public"]].concat();
        let exported = archive.run(&arguments).expect_code(0);
        files.push((format!("export {}", format.join(" ")), exported.stdout.to_lowercase()));
    }
    files
}

fn assert_nothing_private(files: &[(String, String)]) {
    for (path, text) in files {
        assert!(!path.to_lowercase().contains(SECRET), "{path} has a private name");
        if let Some(at) = text.find(SECRET) {
            let around: String =
                text.get(at.saturating_sub(80)..).unwrap_or(text).chars().take(160).collect();
            panic!("{path} holds private text: {around}");
        }
    }
}

#[test]
fn no_byte_of_private_text_is_in_anything_made_for_everybody() {
    let files = published(&archive(), &["visibility-leak", "unclosed-internal"]);
    assert_nothing_private(&files);
    let page = &files.iter().find(|(path, _)| path.ends_with("2026-03-14-pqvfirst.html")).unwrap().1;
    let index: String =
        files.iter().filter(|(path, _)| path.starts_with("search/")).map(|(_, text)| text.as_str()).collect();
    for word in ["impact", "event", "action", "text", "behind", "linestart", "row", "cell", "item"] {
        assert!(page.contains(&format!("pqv{word}")), "pqv{word} is gone from the page");
        assert!(index.contains(&format!("pqv{word}")), "pqv{word} is gone from the index");
    }
    for (name, word) in
        [("csv documents", "impact"), ("csv events", "event"), ("csv actions", "action"), ("sql", "action")]
    {
        let text = &files.iter().find(|(path, _)| path.strip_prefix("export ") == Some(name)).unwrap().1;
        assert!(text.contains(&format!("pqv{word}")), "pqv{word} is gone from `export {name}`");
    }
    for word in ["title", "outer", "inner", "html", "link", "words", "raw", "task", "todo", "desk", "booking"]
    {
        assert!(page.contains(&format!("pqv{word}")), "pqv{word} is gone from the page");
    }
    let service = &files.iter().find(|(path, _)| path.ends_with("services/pqvbooking.html")).unwrap().1;
    assert!(service.contains("pqvdesk"), "the team that a service names by an alias is gone");
    // The moment of a private event is as private as its words, and what only it told is not known.
    assert!(!page.contains("03:33"), "the time of an internal event is on the page");
}

#[test]
fn other_secrets_give_the_same_site_byte_for_byte() {
    // What is packed or hashed shows no words; but it cannot depend on them either.
    let made = |secret: &str| {
        let other = Workspace::new();
        for (path, bytes) in tree(archive().path()) {
            let told = String::from_utf8(bytes).unwrap().replace(SECRET, secret).replace("Zqx", secret);
            other.write(&path.replace(SECRET, secret), told);
        }
        published(&other, &["visibility-leak", "unclosed-internal"])
    };
    for ((path, one), (other_path, other)) in made("abc").into_iter().zip(made("xyz")) {
        assert_eq!(path, other_path);
        assert!(one == other, "{path} depends on private text:\n{}", diff(&one, &other));
    }
}

#[test]
fn of_a_log_the_private_incidents_are_not_there_and_the_others_keep_their_pages() {
    let log = "\
---
visibility: public
---

# Incidents

## 2026-03-14 Pqvfirst <!-- internal -->zqxname<!-- /internal -->

pqvone

<!-- internal -->
## 2026-04-02 Zqxsecond

zqxtwo

## 2026-04-03 Zqxthird
<!-- /internal -->

## 2026-05-06 Pqvlast

pqvthree
";
    let archive = Workspace::new()
        .file("book.toml", "[book]\nsrc = \"docs\"\nsplit = \"h2\"\n")
        .file("docs/log.md", log)
        .file("docs/other.md", "# Zqxother\n\nzqx\n");
    let files = published(&archive, &[]);
    assert_nothing_private(&files);
    let pages: Vec<_> = files
        .iter()
        .filter_map(|(path, _)| path.strip_prefix("postmortems/")?.strip_suffix(".html"))
        .filter(|name| *name != "index")
        .collect();
    assert_eq!(pages, ["log-2026-03-14-pqvfirst", "log-2026-05-06-pqvlast"]);
}

#[test]
fn what_the_rules_about_publishing_forbid_keeps_everything_from_being_published() {
    let archive = archive();
    let built = archive.run(&["build", "--audience", "public", "--out", "site"]).expect_code(1);
    assert!(built.stderr.contains("nothing was published"), "{}", built.stderr);
    assert!(built.stderr.contains("`zqx-private` is internal"), "{}", built.stderr);
    assert!(!archive.path().join("site").exists());
    assert_eq!(archive.run(&["export", "json", "--audience", "public"]).expect_code(1).stdout, "");
}

#[test]
fn an_archive_without_public_documents_has_nothing_to_publish() {
    let archive =
        Workspace::new().file("docs/a.md", "# A\n\ntext\n").file("book.toml", "[book]\nsrc = \"docs\"\n");
    let built = archive.run(&["build", "--audience", "public"]).expect_code(2);
    assert!(
        built.stderr.contains("no postmortem is public") && built.stderr.contains("visibility"),
        "{}",
        built.stderr
    );
}
