//! Kinds of triggers: what sort of event set an incident off, told by the words of the stated trigger.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::config::Config;

/// One entry of `[[trigger]]`: a kind of trigger.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Trigger {
    /// The key.
    pub id: String,
    /// Its name on pages.
    pub name: Option<String>,
    /// What words of a trigger begin with that is of this kind.
    pub words: Vec<String>,
}

impl Trigger {
    /// The kinds that most teams tell apart, for sites that state none. What somebody else did comes first: a provider's
    /// release is no release of one's own.
    pub fn usual() -> Vec<Self> {
        let kinds: [(&str, &[&str]); 8] = [
            ("Provider", &["provider", "vendor", "supplier", "upstream", "third party", "third-party"]),
            ("Expiry", &["expir", "notafter", "lapsed"]),
            (
                "Release",
                &[
                    "deploy",
                    "release",
                    "rollout",
                    "roll-out",
                    "rolled out",
                    "upgrade",
                    "merge",
                    "migrat",
                    "new version",
                ],
            ),
            (
                "Configuration",
                &[
                    "config",
                    "setting",
                    "flag",
                    "switched on",
                    "switched off",
                    "enabled",
                    "disabled",
                    "firewall",
                    "rule",
                ],
            ),
            ("Load", &["load", "traffic", "spike", "surge", "peak", "demand", "times the", "times as"]),
            ("Schedule", &["nightly", "cron", "scheduled", "job", "batch", "midnight", "clock", "leap"]),
            ("Hardware", &["disk", "hardware", "power", "cable", "fibre", "fiber", "rack", "memory module"]),
            (
                "Maintenance",
                &["maintenance", "restart", "reboot", "failover", "fail-over", "switchover", "switch-over"],
            ),
        ];
        kinds
            .into_iter()
            .map(|(name, words)| Self {
                id: name.to_lowercase(),
                name: Some(name.to_owned()),
                words: words.iter().map(|word| (*word).to_owned()).collect(),
            })
            .collect()
    }

    /// Its name on pages; the id when it has none.
    pub fn title(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.id)
    }

    fn fits(&self, text: &str) -> bool {
        self.words.iter().any(|word| begins(text, &word.to_lowercase()))
    }
}

/// True when a word of the text begins with this. In writing without spaces, every place may begin a word.
fn begins(text: &str, word: &str) -> bool {
    !word.is_empty()
        && text.match_indices(word).any(|(at, _)| {
            let before = text.get(..at).and_then(|before| before.chars().next_back());
            !word.is_ascii() || before.is_none_or(|letter| !letter.is_alphanumeric())
        })
}

impl Config {
    /// The kind of a trigger by its words: its place in the list, the first kind that fits counting.
    pub fn trigger_of(&self, text: &str) -> Option<usize> {
        let text = text.to_lowercase();
        self.triggers.iter().position(|trigger| trigger.fits(&text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &str) -> Option<String> {
        let config = Config::default();
        config.trigger_of(text).map(|at| config.triggers[at].id.clone())
    }

    #[test]
    fn a_kind_is_told_by_what_a_word_begins_with() {
        let kinds = [
            "Deploy of checkout 1.84.",
            "The certificate expired at noon.",
            "A firewall change at the network provider.",
            "Traffic was three times that of any Monday.",
            "Debug logging switched on.",
            "Somebody unplugged the kettle.",
        ]
        .map(|text| kind(text).unwrap_or_default());
        assert_eq!(kinds, ["release", "expiry", "provider", "load", "configuration", ""]);
    }

    #[test]
    fn the_middle_of_a_word_tells_nothing() {
        assert_eq!(kind("The payload was empty."), None);
        assert_eq!(kind("An undeployed draft."), None);
    }

    #[test]
    fn the_words_of_a_site_may_be_of_any_writing() {
        let config = Config {
            triggers: vec![Trigger { words: vec!["期限切れ".into()], ..Trigger::default() }],
            ..Config::default()
        };
        assert_eq!(config.trigger_of("証明書の期限切れ"), Some(0));
    }
}
