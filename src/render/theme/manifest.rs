//! `theme.toml`.

use serde::Deserialize;

use crate::{config::RULE, diagnostic::Finding, render::theme::builtin, source::Span};

/// What a theme says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Manifest {
    /// Its name for people.
    #[serde(default)]
    name: String,
    /// What it is like, in a sentence.
    #[serde(default)]
    description: String,
    /// Its stylesheets, in the order in which they are joined.
    #[serde(default)]
    stylesheets: Vec<String>,
    /// True when its stylesheets come behind those of the built-in theme, not in their place.
    #[serde(default)]
    extends: bool,
}

impl Manifest {
    pub(super) fn parse(text: &str) -> Result<Self, Box<Finding>> {
        toml::from_str(text).map_err(|error| {
            let span = error.span().map_or(Span::empty(0), Span::from);
            Box::new(
                Finding::new(RULE, span, error.message().to_owned())
                    .help("a theme has `name`, `description`, `stylesheets` and `extends`"),
            )
        })
    }

    /// The manifest of a built-in theme; empty for any other name.
    pub(super) fn builtin(theme: &str) -> Self {
        builtin::theme_file(theme, "theme.toml")
            .and_then(|bytes| Self::parse(&String::from_utf8_lossy(&bytes)).ok())
            .unwrap_or_default()
    }

    /// The stylesheets to join. A theme that names none, or extends, has those of `basis` first.
    pub(super) fn stylesheets_over<'a>(&'a self, basis: &'a Self) -> Vec<&'a str> {
        let first: &[String] =
            if self.extends || self.stylesheets.is_empty() { &basis.stylesheets } else { &[] };
        first.iter().chain(&self.stylesheets).map(String::as_str).collect()
    }
}
