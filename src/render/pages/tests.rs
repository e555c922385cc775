//! Whole sites, made from values.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::{
    aggregate::aggregate,
    config::Config,
    diagnostic::Level,
    model::Markdown,
    model::{
        ActionStatus, Archive, ImpactWindow, Milestone, Postmortem, TimelineEvent,
        fixture::{action, at, day, event, fact, postmortem, with_times},
    },
    render::{
        Content, RulePage, Site, Theme,
        pages::{self, Job, jobs},
        site::{Cx, Shared},
        urls::Kind,
    },
    source::{SourceFile, Sources, Span},
};

const CONFIG: &str = r#"
[book]
title = "Ferries & fares"
description = "What broke."
[output.html]
site-url = "https://example.com/pm/"
edit-url-template = "https://example.com/edit/{path}"
[[service]]
id = "checkout"
name = "Checkout"
team = "shop"
[[team]]
id = "shop"
[[tracker]]
pattern = "SHOP-(\\d+)"
url = "https://t.example/$1"
"#;

const RULES: &[RulePage<'_>] = &[RulePage {
    name: "missing-title",
    group: "structure",
    level: Level::Warning,
    summary: "the document has no title",
    docs: "# missing-title\n\n## What it checks\n\nText.\n",
}];

const IMPACT: &str = "## Impact\n\nNobody noticed anything at all.\n";

/// Three postmortems that together show every part of every page.
pub(super) fn documents() -> (Vec<Postmortem>, Sources) {
    let body = "## Summary\n\nOne in five checkouts failed; see [the other](b.md#impact) and SHOP-12.\n\n## Lessons\n\n![graph](graph.png) ![gone](gone.png) [log](run.log) [page](evil.html)\n";
    let mut a = with_times(
        postmortem("a", "2026-11-05"),
        &[(Milestone::Started, "2026-11-05 13:02"), (Milestone::Resolved, "2026-11-05 14:20")],
    );
    a.title = fact("Checkout <slow> & late".to_owned());
    a.body = Span::new(0, body.len());
    a.severity_id = Some("SEV2".to_owned());
    a.severity = Some(fact("SEV2".to_owned()));
    a.services = vec![fact("checkout".to_owned())];
    a.factors = vec![fact("config change".to_owned())];
    a.tags = vec![fact("index".to_owned())];
    a.root_cause.summary = Some(fact("The pool was `too small`.".to_owned()));
    a.root_cause.why = vec![fact("Because.".to_owned())];
    a.impact.users = Some(fact("12_400".to_owned()));
    a.impact.windows = vec![ImpactWindow {
        service: Some("checkout".to_owned()),
        start: Some(at("2026-11-05 13:02")),
        end: Some(at("2026-11-05 13:41")),
        ..ImpactWindow::default()
    }];
    let mut page = TimelineEvent {
        markdown: Markdown::new("Page, *loud*.".to_owned(), "Page."),
        milestone: Some(Milestone::Detected),
        ..event(at("2026-11-05 13:09"), "Page.")
    };
    page.set_details(|details| {
        details.kind = Some("alert".to_owned());
        details.service = Some("checkout".to_owned());
        details.links = vec!["https://example.com/d/1".to_owned(), "javascript:alert(1)".to_owned()];
    });
    a.timeline = vec![page];
    let mut late = action("a/late", ActionStatus::InProgress, "2026-11-10");
    late.trackers = vec![fact("SHOP-12".to_owned())];
    late.owner = Some(fact("shop".to_owned()));
    a.actions =
        vec![late, action("a/done", ActionStatus::Done, ""), action("a/idea", ActionStatus::Proposed, "")];
    let mut b = postmortem("b", "2025-11-21");
    b.body = Span::new(0, IMPACT.len());
    b.related = vec![fact("a".to_owned())];
    b.services = vec![fact("checkout".to_owned())];
    b.near_miss = true;
    let undated = postmortem("index", "");
    let mut sources = Sources {
        documents: vec![
            SourceFile::new("a.md", body),
            SourceFile::new("b.md", IMPACT),
            SourceFile::new("index.md", ""),
        ],
        ..Sources::default()
    };
    for asset in ["graph.png", "run.log", "evil.html"] {
        sources.assets.insert(asset.to_owned(), format!("/archive/{asset}").into());
    }
    (vec![a, b, undated], sources)
}

pub(super) fn with_site<T>(
    (postmortems, sources): (Vec<Postmortem>, Sources),
    templates: &[(&str, &str)],
    then: impl FnOnce(Site<'_>, &Theme) -> T,
) -> T {
    let (config, findings) = Config::parse(&SourceFile::new("book.toml", CONFIG));
    assert_eq!(findings, []);
    let archive = Archive::new(postmortems);
    let summary = aggregate(&archive, &config, day("2026-11-21"));
    let files = templates.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().into())).collect();
    let (theme, problems) = Theme::new(&config, &files);
    assert_eq!(problems, []);
    then(
        Site {
            archive: &archive,
            summary: &summary,
            config: &config,
            sources: &sources,
            ledger: None,
            rules: RULES,
        },
        &theme,
    )
}

/// The whole site: texts by path, and the paths of files that are copied.
fn built(documents: (Vec<Postmortem>, Sources)) -> (BTreeMap<String, String>, BTreeMap<String, String>) {
    with_site(documents, &[], |site, theme| {
        let (artifacts, problems) = pages::render_all(site, theme).unwrap();
        assert_eq!(problems, []);
        let mut texts = BTreeMap::new();
        let mut copies = BTreeMap::new();
        for artifact in artifacts {
            match artifact.content {
                Content::Bytes(bytes) => {
                    texts.insert(artifact.path, String::from_utf8_lossy(&bytes).into_owned());
                }
                Content::File(file) => {
                    copies.insert(artifact.path, file.display().to_string());
                }
            }
        }
        (texts, copies)
    })
}

fn is_page(path: &str) -> bool {
    std::path::Path::new(path).extension().is_some_and(|extension| extension == "html")
}

/// The values of an attribute, entities of ampersands undone.
fn attributes<'t>(html: &'t str, name: &str) -> Vec<&'t str> {
    let before = format!(" {name}=\"");
    html.split(&before).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

fn target(page: &str, address: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in address.split('/') {
        match part {
            ".." => {
                assert!(parts.pop().is_some(), "{page} links out of the site: {address}");
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[test]
fn every_link_of_every_page_leads_somewhere() {
    let (texts, copies) = built(documents());
    let mut checked = 0;
    for (page, html) in texts.iter().filter(|(page, _)| is_page(page) && *page != "404.html") {
        for address in attributes(html, "href").into_iter().chain(attributes(html, "src")) {
            if address.starts_with("https://") {
                continue;
            }
            let (path, fragment) = address.split_once('#').unwrap_or((address, ""));
            let path = if path.is_empty() { page.clone() } else { target(page, path) };
            assert!(texts.contains_key(&path) || copies.contains_key(&path), "{page}: {address}");
            if !fragment.is_empty() && !fragment.contains('=') {
                let ids = attributes(&texts[&path], "id");
                assert!(ids.contains(&fragment), "{page}: no id for {address}");
            }
            checked += 1;
        }
    }
    assert!(checked > 300, "{checked}");
}

#[test]
fn no_page_has_an_id_twice_an_inline_script_or_an_inline_style() {
    let (texts, _) = built(documents());
    for (page, html) in texts.iter().filter(|(page, _)| is_page(page)) {
        let ids = attributes(html, "id");
        let unique: BTreeSet<_> = ids.iter().collect();
        assert_eq!(unique.len(), ids.len(), "{page}: {ids:?}");
        assert_eq!(html.matches("<script>").count() + html.matches(" style=").count(), 0, "{page}");
        assert_eq!(html.matches("<h1").count(), 1, "{page}");
        assert!(html.contains("<html lang=\"en\" dir=\"ltr\">") && !html.contains("javascript:"), "{page}");
    }
}

#[test]
fn a_title_is_text_wherever_it_stands() {
    let (texts, _) = built(documents());
    for page in ["index.html", "postmortems/index.html", "postmortems/a.html", "actions.html", "feed.xml"] {
        let text = &texts[page];
        assert!(text.contains("Checkout &lt;slow&gt; &amp; late"), "{page}");
        assert!(!text.contains("<slow>"), "{page}");
    }
}

#[test]
fn what_a_document_shows_is_copied_unless_a_browser_would_run_it() {
    let (texts, copies) = built(documents());
    assert_eq!(
        copies,
        BTreeMap::from([
            ("files/graph.png".to_owned(), "/archive/graph.png".to_owned()),
            ("files/run.log".to_owned(), "/archive/run.log".to_owned()),
        ])
    );
    let page = &texts["postmortems/a.html"];
    assert!(page.contains("src=\"../files/graph.png\""));
    assert!(
        page.contains("href=\"b.html#impact\"") || page.contains("href=\"../postmortems/b.html#impact\"")
    );
    assert!(page.contains("href=\"https://t.example/12\""));
    assert!(!page.contains("evil.html"));
}

#[test]
fn a_postmortem_whose_id_is_index_does_not_take_the_place_of_the_list() {
    let (texts, _) = built(documents());
    assert!(texts["postmortems/index.html"].contains("id=\"entries\""));
    assert!(texts["postmortems/index-1.html"].contains("<h1>index</h1>"));
}

#[test]
fn the_same_inputs_give_the_same_bytes() {
    assert_eq!(built(documents()), built(documents()));
}

#[test]
fn an_archive_without_postmortems_is_a_site_that_says_what_to_do() {
    let (texts, _) = built((Vec::new(), Sources::default()));
    assert!(texts["index.html"].contains("afterword new"));
    assert!(texts["actions.html"].contains("[[action_items]]"));
    assert!(texts.contains_key("services/index.html") && texts.contains_key("insights.html"));
}

#[test]
fn a_template_that_fails_is_reported_once_and_every_page_is_made() {
    let template =
        "{% extends \"builtin/postmortem.html\" %}{% block main %}{{ nothing }}{% endblock main %}";
    with_site(documents(), &[("templates/postmortem.html", template)], |site, theme| {
        let (artifacts, problems) = pages::render_all(site, theme).unwrap();
        let paths: Vec<_> = problems.iter().map(|problem| problem.path.as_str()).collect();
        assert_eq!(paths, ["templates/postmortem.html"]);
        assert_eq!(artifacts.iter().filter(|artifact| artifact.path.starts_with("postmortems/")).count(), 4);
    });
}

#[test]
fn the_page_that_is_served_anywhere_counts_its_links_from_the_site() {
    let (texts, _) = built(documents());
    assert!(texts["404.html"].contains("href=\"/pm/assets/style.css\""));
    assert!(texts["404.html"].contains("href=\"/pm/postmortems/index.html\""));
    assert!(texts["404.html"].contains("href=\"#main\""));
    assert!(texts["index.html"].contains("href=\"assets/style.css\""));
}

#[test]
fn the_sitemap_names_every_page_in_full() {
    let (texts, _) = built(documents());
    let listed: BTreeSet<_> = texts["sitemap.xml"]
        .split("<loc>https://example.com/pm/")
        .skip(1)
        .filter_map(|rest| rest.split("</loc>").next())
        .collect();
    let pages: BTreeSet<_> = texts
        .keys()
        .map(String::as_str)
        .filter(|path| is_page(path) && *path != "404.html" && !path.starts_with("rules/missing"))
        .collect();
    assert_eq!(listed, pages);
}

#[test]
fn both_feeds_tell_of_the_same_postmortems_under_addresses_that_are_found() {
    let (texts, _) = built(documents());
    let feed: serde_json::Value = serde_json::from_str(&texts["feed.json"]).unwrap();
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(feed["feed_url"], "https://example.com/pm/feed.json");
    let items = feed["items"].as_array().unwrap();
    assert!(!items.is_empty());
    for item in items {
        let [id, url] = ["id", "url"].map(|key| item[key].as_str().unwrap());
        assert!(texts["feed.xml"].contains(&format!("<id>{id}</id>")), "{id}");
        assert!(texts.contains_key(url.strip_prefix("https://example.com/pm/").unwrap()), "{url}");
    }
    assert_eq!(items.len(), texts["feed.xml"].matches("<entry>").count());
    assert!(texts["robots.txt"].ends_with("Sitemap: https://example.com/pm/sitemap.xml\n"));
    let page = &texts["postmortems/a.html"];
    assert!(page.contains("<meta property=\"og:type\" content=\"article\">"), "{page}");
}

/// Holds a template against its view: what the first line names, and which variables there are.
fn hold<V: Serialize>(theme: &Theme, template: &str, view: &V) {
    let name = std::any::type_name::<V>().rsplit("::").next().unwrap();
    let source = theme.templates().source(template);
    assert!(
        source.starts_with(&format!("{{# view: {name} -#}}")),
        "the first line of {template} does not name {name}"
    );
    let fields = serde_json::to_value(view).unwrap();
    let fields: BTreeSet<String> = fields.as_object().unwrap().keys().cloned().collect();
    let variables = theme.templates().variables(template);
    let unknown: Vec<_> = variables.difference(&fields).collect();
    assert!(unknown.is_empty(), "{template} uses {unknown:?}, which {name} does not have");
}

#[test]
fn every_variable_of_a_template_is_in_its_view() {
    with_site(documents(), &[], |site, theme| {
        let shared = &Shared::new(site, theme);
        let cx = &Cx::new(site, theme, shared);
        let group = &site.summary.groups.services[0];
        for job in jobs(cx) {
            match job {
                Job::Home => hold(theme, "home.html", &pages::home::view(cx)),
                Job::List => hold(theme, "postmortems.html", &pages::list::view(cx)),
                Job::Actions => hold(theme, "actions.html", &pages::actions::view(cx)),
                Job::Weekly => hold(theme, "weekly.html", &pages::actions::weekly(cx)),
                Job::Insights => hold(theme, "insights.html", &pages::insights::view(cx)),
                Job::Register(kind, page) => {
                    hold(theme, "register.html", &pages::register::view(cx, kind, page));
                }
                Job::Postmortem(place) => {
                    hold(theme, "postmortem.html", &pages::postmortem::view(cx, place).unwrap().1.view);
                }
                Job::Groups(kind) => hold(theme, "groups.html", &pages::group::index(cx, kind)),
                Job::Group(..) => {
                    let (view, problem) = pages::group::view(cx, Kind::Service, group, 0).unwrap();
                    assert_eq!(problem, None);
                    hold(theme, "group.html", &view);
                }
                Job::Rules => hold(theme, "rules.html", &pages::rules::index(cx)),
                Job::Rule(place) => hold(theme, "rule.html", &pages::rules::view(cx, place).unwrap().1),
                Job::NotFound => hold(theme, "404.html", &pages::not_found::view(cx)),
                Job::Feed => hold(theme, "feed.xml", &pages::files::feed(cx)),
                Job::Sitemap => hold(theme, "sitemap.xml", &pages::files::sitemap(cx).unwrap()),
                Job::Search => hold(theme, "search.html", &pages::search::view(cx)),
                Job::Data(_) | Job::SearchIndex | Job::JsonFeed | Job::Robots | Job::Manifest => {}
            }
        }
    });
}
