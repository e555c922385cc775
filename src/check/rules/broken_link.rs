//! A link within the archive that leads nowhere.

use crate::{
    check::{
        fixes,
        rule::{Document, Group, Rule, Scope, Stage},
        targets::{Target, exists, is_in_archive, target, way},
    },
    data::nearest,
    diagnostic::{Aspect, Finding, Fix, Level},
    model::{Link, Postmortem, Section},
    source::Edit,
};

pub(super) const RULE: Rule = Rule {
    name: "broken-link",
    group: Group::Links,
    default_level: Level::Warning,
    stage: Stage::Always,
    summary: "A link leads to a document, file or heading that is not there",
    docs: include_str!("broken_link.md"),
    scope: Scope::Document(check),
};

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    for link in document.postmortem.links.iter().filter(|link| !link.is_image) {
        let Target::File { path, anchor } = target(document, link) else { continue };
        if path == document.postmortem.path && !document.archive.is_log(&path) {
            findings.extend(missing_anchor(document, link, document.postmortem, &anchor));
        } else if let Some(other) = document.archive.at_address(&path, &anchor) {
            findings.extend(missing_anchor(document, link, other, &anchor));
        } else if !exists(document, &path) && is_in_archive(document, &path) {
            findings.push(missing_file(document, link, &path));
        }
    }
}

fn missing_file(document: &Document<'_>, link: &Link, path: &str) -> Finding {
    let finding = Finding::new(RULE.name, link.span, format!("there is no file `{path}`"));
    if let Some(other) = document.files.other_case(path) {
        return finding
            .help(format!("`{other}` is spelled with other capitals; not every system ignores that"))
            .fix(retargeted(document, link, other).map(|(edit, title)| Fix::safe(title, edit, LINKS)));
    }
    if let Some(address) = without_scheme(&link.target) {
        return finding.help(format!("a link to a site begins with its scheme: `{address}`"));
    }
    let moved = document.files.moved(path).and_then(|other| retargeted(document, link, other));
    let moved = moved.map(|(edit, title)| Fix::needs_review(title, edit, LINKS));
    finding.fix(moved).help(nearest_other(document, path).map_or_else(
        || "correct the link; it is read from the folder of this document".to_owned(),
        |near| format!("is `{near}` meant?"),
    ))
}

/// The file whose path is most like one; a document hardly means to link to itself.
fn nearest_other<'a>(document: &Document<'a>, path: &str) -> Option<&'a str> {
    document.files.nearest(path).filter(|near| *near != document.postmortem.path)
}

const LINKS: &[Aspect] = &[Aspect::Links];

/// The link with another file in it, and the words for that. What stands behind `#` stays.
fn retargeted(document: &Document<'_>, link: &Link, path: &str) -> Option<(Vec<Edit>, String)> {
    let way = way(document, path);
    let written = link.target.split(['#', '?']).next().unwrap_or_default();
    let edit = fixes::replacement(document, link.span, written, &way)?;
    Some((vec![edit], format!("link to `{way}`")))
}

/// The address that was meant where a link begins with the name of a host: `status.example.com/history`.
fn without_scheme(target: &str) -> Option<String> {
    const ENDINGS: [&str; 12] =
        ["ai", "app", "cloud", "com", "dev", "edu", "eu", "gov", "info", "io", "net", "org"];
    let host = target.split(['/', '?', '#']).next()?;
    let (name, ending) = host.rsplit_once('.')?;
    let is_host = name.starts_with(char::is_alphanumeric) && ENDINGS.contains(&ending);
    is_host.then(|| format!("https://{target}"))
}

fn missing_anchor(document: &Document<'_>, link: &Link, other: &Postmortem, anchor: &str) -> Option<Finding> {
    if anchor.is_empty() || anchor.starts_with("action-") || anchor.starts_with("event-") || anchor == "top" {
        return None;
    }
    let is_own = other.path == document.postmortem.path;
    let anchors: Vec<_> =
        other.sections.iter().map(Section::anchor).filter(|anchor| !anchor.is_empty()).collect();
    if anchors.iter().any(|known| known.eq_ignore_ascii_case(anchor)) {
        return None;
    }
    // The text of other documents is not at hand; an anchor written in HTML there cannot be told from none.
    let html = [
        format!("id=\"{anchor}\""),
        format!("name=\"{anchor}\""),
        format!("id='{anchor}'"),
        format!("[^{anchor}]"),
    ];
    if is_own && html.iter().any(|mark| document.source.text.contains(mark.as_str())) {
        return None;
    }
    let place = if is_own { "this document".to_owned() } else { format!("`{}`", other.path) };
    let finding =
        Finding::new(RULE.name, link.span, format!("no heading of {place} has the anchor `#{anchor}`"));
    Some(match nearest(anchor, anchors.iter().map(|known| &**known)) {
        Some(near) => finding.help(format!("is `#{near}` meant?")).fix(
            fixes::replacement(document, link.span, &format!("#{anchor}"), &format!("#{near}"))
                .map(|edit| Fix::needs_review(format!("link to `#{near}`"), vec![edit], LINKS)),
        ),
        None => finding.help("anchors are made from headings: lower case, with hyphens for spaces"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_host_is_no_file() {
        for (target, address) in [
            ("status.example.com", Some("https://status.example.com")),
            ("example.io/a/b.md", Some("https://example.io/a/b.md")),
            ("pool.md", None),
            ("../pool.html.md", None),
            (".info", None),
            ("graphs/", None),
        ] {
            assert_eq!(without_scheme(target).as_deref(), address, "{target}");
        }
    }
}
