//! `theme.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::{config::RULE, diagnostic::Finding, render::theme::builtin, source::Span};

/// What a theme says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct Manifest {
    /// Its name for people.
    #[serde(default)]
    pub(super) name: String,
    /// What it is like, in a sentence.
    #[serde(default)]
    pub(super) description: String,
    /// Its stylesheets, in the order in which they are joined.
    #[serde(default)]
    stylesheets: Vec<String>,
    /// Scripts and the parts that each is joined from, in their order.
    #[serde(default)]
    scripts: BTreeMap<String, Vec<String>>,
    /// The built-in theme whose style sheets come in front of its own, and whose other files it has as well.
    #[serde(default)]
    pub(super) extends: Option<String>,
}

impl Manifest {
    pub(super) fn parse(text: &str) -> Result<Self, Box<Finding>> {
        toml::from_str(text).map_err(|error| {
            let span = error.span().map_or(Span::empty(0), Span::from);
            Box::new(
                Finding::new(RULE, span, error.message().to_owned())
                    .help("a theme has `name`, `description`, `stylesheets`, `scripts` and `extends`"),
            )
        })
    }

    /// The manifest of a built-in theme; empty for any other name.
    pub(super) fn builtin(theme: &str) -> Self {
        builtin::theme_file(theme, "theme.toml")
            .and_then(|bytes| Self::parse(&String::from_utf8_lossy(&bytes)).ok())
            .unwrap_or_default()
    }

    /// The scripts to join: those that every site has, and its own in their place or beside them.
    pub(super) fn all_scripts(&self) -> BTreeMap<String, Vec<String>> {
        let mut scripts = Self::builtin(builtin::THEME).scripts;
        scripts.extend(self.scripts.clone());
        scripts
    }

    /// The stylesheets to join. A theme that names none has those of the theme that every site falls back on.
    pub(super) fn all_stylesheets(&self) -> Vec<String> {
        let first = match &self.extends {
            Some(basis) => Self::builtin(basis).all_stylesheets(),
            None if self.stylesheets.is_empty() => Self::builtin(builtin::THEME).stylesheets,
            None => Vec::new(),
        };
        first.into_iter().chain(self.stylesheets.iter().cloned()).collect()
    }
}
