//! A link that most readers of a public document cannot follow, and that tells them what is behind the wall.

use crate::{
    check::{
        publicity::{is_public, is_published},
        rule::{Document, Group, Rule, Scope, Stage},
    },
    diagnostic::{Finding, Level},
};

pub(super) const RULE: Rule = Rule {
    name: "private-link-on-public-page",
    group: Group::Publish,
    default_level: Level::Warning,
    stage: Stage::Always,
    summary: "A public document links to a place that is not public",
    docs: include_str!("private_link_on_public_page.md"),
    scope: Scope::Document(check),
};

/// Parts of hosts and paths that are behind a login for nearly everybody.
const PRIVATE: [(&str, &str); 12] = [
    (".slack.com", "/archives"),
    ("docs.google.com", ""),
    ("drive.google.com", ""),
    (".atlassian.net", ""),
    (".pagerduty.com", "/incidents"),
    (".sharepoint.com", ""),
    ("teams.microsoft.com", ""),
    (".zoom.us", "/rec"),
    ("app.datadoghq.", ""),
    (".grafana.net", ""),
    ("console.aws.amazon.com", ""),
    ("console.cloud.google.com", ""),
];

fn check(document: &Document<'_>, findings: &mut Vec<Finding>) {
    if !is_public(document) {
        return;
    }
    for link in document.postmortem.links.iter().filter(|link| is_published(document, link.span)) {
        let Some(host) = private_host(&link.target) else { continue };
        findings.push(
            Finding::new(RULE.name, link.span, format!("this document is public, but `{host}` is not"))
                .help("copy what matters into the text, or put the link between `<!-- internal -->` and `<!-- /internal -->`"),
        );
    }
}

/// The host of an address, when it is one that is not open to everybody.
fn private_host(target: &str) -> Option<&str> {
    let rest = target.strip_prefix("https://").or_else(|| target.strip_prefix("http://"))?;
    let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let name = host.split(':').next().unwrap_or_default();
    let is_intranet = !name.contains('.')
        || [".internal", ".corp", ".local", ".lan", ".intranet"].iter().any(|end| name.ends_with(end));
    let is_listed = PRIVATE
        .iter()
        .any(|(part, start)| (name.ends_with(part) || name.contains(part)) && path.starts_with(start));
    (is_intranet || is_listed).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_behind_a_login_and_hosts_without_a_public_name_are_private() {
        assert_eq!(private_host("https://acme.slack.com/archives/C01/p1"), Some("acme.slack.com"));
        assert_eq!(private_host("http://wiki.corp/x"), Some("wiki.corp"));
        assert_eq!(private_host("http://grafana/d/1"), Some("grafana"));
        assert_eq!(private_host("https://slack.com/help"), None);
        assert_eq!(private_host("https://example.com/"), None);
        assert_eq!(private_host("../other.md"), None);
    }
}
