//! Front matter that was written for another tool: what it says is used, what concerns only that tool is passed over.

use crate::data::{Entry, Node, Value};

/// Keys that other site generators read and that say nothing about an incident.
const PASSED_OVER: &[&str] = &[
    "layout",
    "parent",
    "grand_parent",
    "nav_order",
    "has_children",
    "has_toc",
    "weight",
    "slug",
    "aliases",
    "path",
    "template",
    "extra",
    "section",
    "taxonomies",
    "permalink",
    "redirect_from",
    "menu",
    "toc",
    "lang",
    "language",
    "description",
    "summary",
    "excerpt",
    "image",
    "images",
    "cover",
    "hide",
    "search",
    "robots",
    "sitemap",
    "comments",
    "math",
    "mermaid",
    "lastmod",
    "updated",
    "last_updated",
    "publishdate",
    "publishDate",
    "expiryDate",
    "expirydate",
    "informational",
    "pin",
    "series",
    "format",
    "sidebar_position",
    "sidebar_label",
    "editor",
    "execute",
    "jupyter",
    "owner_slack",
    "last_reviewed_on",
    "review_in",
    "url",
    "hidden",
    "type",
    "outputs",
    "resources",
    "cascade",
    "linkTitle",
    "icon",
    "subtitle",
];

/// Turns the keys of other tools into ours.
pub(super) fn adapt(node: &mut Node) {
    let Value::Table(entries) = &mut node.value else { return };
    let has = |entries: &[Entry], key: &str| entries.iter().any(|entry| entry.key == key);
    // cState: an incident with the services that it affects and the moment at which it was over.
    if has(entries, "affected") || has(entries, "resolvedWhen") {
        if let Some(date) = entries.iter().find(|entry| entry.key == "date").cloned() {
            add_time(entries, "started", date);
        }
        if let Some(at) = entries.iter().position(|entry| entry.key == "resolvedWhen") {
            let entry = entries.remove(at);
            add_time(entries, "resolved", entry);
        }
        if !has(entries, "services")
            && let Some(entry) = entries.iter_mut().find(|entry| entry.key == "affected")
        {
            "services".clone_into(&mut entry.key);
        }
        entries.retain(|entry| !matches!(entry.key.as_str(), "resolved" | "affected"));
    }
    // Hugo, Zola and Jekyll: a draft is not published.
    if let Some(at) = entries.iter().position(|entry| entry.key == "draft") {
        let mut entry = entries.remove(at);
        if entry.value.value == Value::Bool(true) && !has(entries, "status") {
            "status".clone_into(&mut entry.key);
            entry.value.value = Value::String("draft".to_owned());
            entries.push(entry);
        }
    }
    entries.retain(|entry| !PASSED_OVER.contains(&entry.key.as_str()));
}

/// Adds a milestone to the table `times`, which may not be there yet.
fn add_time(entries: &mut Vec<Entry>, milestone: &str, from: Entry) {
    let time = Entry { key: milestone.to_owned(), ..from };
    match entries.iter_mut().find(|entry| entry.key == "times").map(|entry| &mut entry.value.value) {
        Some(Value::Table(times)) if times.iter().all(|entry| entry.key != milestone) => times.push(time),
        Some(_) => {}
        None => entries.push(Entry {
            key: "times".to_owned(),
            key_span: time.key_span,
            value: Node::new(time.value.span, Value::Table(vec![time])),
        }),
    }
}
