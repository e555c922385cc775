//! Where the page of a rule can be read in a browser, for consumers that show a link beside a finding.

use crate::check;

/// The page of each rule: on the team's own site when its address is known, else in the source of Afterword.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RulePages {
    /// The address with `{}` for the name of the rule; none when there is nowhere to lead to.
    pattern: Option<String>,
    /// How the name is written there.
    file_name: FileName,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum FileName {
    #[default]
    AsItIs,
    WithUnderscores,
}

impl RulePages {
    /// The pages of a site. `path` is where the page of a rule stands in it, with `{}` for the rule's name. A `site-url`
    /// that names no host leads nowhere from outside; then it is `repository`, the address of Afterword's source, which
    /// may be empty.
    pub fn new(site: Option<&str>, path: &str, repository: &str) -> Self {
        let is_whole = |site: &&str| site.starts_with("https://") || site.starts_with("http://");
        if let Some(site) = site.filter(is_whole) {
            let pattern = Some(format!("{}/{path}", site.trim_end_matches('/')));
            return Self { pattern, file_name: FileName::AsItIs };
        }
        let pattern = (!repository.is_empty())
            .then(|| format!("{}/blob/main/src/check/rules/{{}}.md", repository.trim_end_matches('/')));
        Self { pattern, file_name: FileName::WithUnderscores }
    }

    /// The address of a rule's page. What is found in the site's own templates belongs to no rule and has none.
    pub fn address(&self, rule: &str) -> Option<String> {
        let pattern = self.pattern.as_deref().filter(|_| check::rule(rule).is_some())?;
        Some(match self.file_name {
            FileName::AsItIs => pattern.replace("{}", rule),
            FileName::WithUnderscores => pattern.replace("{}", &rule.replace('-', "_")),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_of_a_rule_is_on_the_site_or_else_in_the_source() {
        let address = |site: Option<&str>, repository: &str| {
            RulePages::new(site, "rules/{}.html", repository).address("vague-action")
        };
        let source = "https://example.com/afterword/";
        assert_eq!(
            address(Some("https://acme.example/pm/"), source).as_deref(),
            Some("https://acme.example/pm/rules/vague-action.html")
        );
        let in_source = Some("https://example.com/afterword/blob/main/src/check/rules/vague_action.md");
        assert_eq!(address(Some("/pm/"), source).as_deref(), in_source);
        assert_eq!(address(None, source).as_deref(), in_source);
        assert_eq!(address(None, ""), None);
        assert_eq!(RulePages::new(Some("https://a.example"), "{}", "").address("no-such-rule"), None);
    }
}
