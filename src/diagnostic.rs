//! What Afterword has to say about a document.
//!
//! A [`Finding`] is what a reader or a rule saw: which rule, where, what, what next. A [`Diagnostic`] is a finding with
//! a path and the level that the configuration gives it. Only `check` turns one into the other, so that no reader and
//! no rule can decide how loud it is.

use serde::{Deserialize, Serialize};

use crate::source::Span;

/// How much a finding matters. The order is from quiet to loud.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Not reported.
    Allow,
    /// A hint. It never fails a build.
    Info,
    /// Something a careful reader would want changed; fails only with `--deny-warnings`.
    Warning,
    /// The document is wrong or unsafe to publish; the exit status is 1.
    Error,
}

impl Level {
    /// The word that stands in messages and in machine formats.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A further place that belongs to a finding, in the same file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is to be seen there.
    pub text: String,
}

/// What a reader or a rule saw in one file, before the configuration has its say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule's name, kebab-case.
    pub rule: &'static str,
    /// Where.
    pub span: Span,
    /// What is wrong here: lower case, no final dot, values in backticks. It must do alone.
    pub message: String,
    /// A few words under the caret; empty for none.
    pub label: String,
    /// Further places in the same file.
    pub others: Vec<Label>,
    /// The next step.
    pub help: Option<String>,
}

impl Finding {
    /// A finding with nothing but its message.
    pub fn new(rule: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self { rule, span, message: message.into(), label: String::new(), others: Vec::new(), help: None }
    }

    /// Says something under the caret.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.label = text.into();
        self
    }

    /// Points at a second place.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.others.push(Label { span, text: text.into() });
        self
    }

    /// Names the next step.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }
}

/// A finding that will be reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The file, below the root.
    pub path: String,
    /// What the configuration makes of it. Never [`Level::Allow`].
    pub level: Level,
    /// What was seen.
    pub finding: Finding,
}

impl Diagnostic {
    /// The order of every report: by file, by place, loudest first, then by rule.
    pub fn sort_key(&self) -> (&str, usize, usize, std::cmp::Reverse<Level>, &str, &str) {
        let finding = &self.finding;
        (
            &self.path,
            finding.span.start,
            finding.span.end,
            std::cmp::Reverse(self.level),
            finding.rule,
            &finding.message,
        )
    }
}
