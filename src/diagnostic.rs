//! What Afterword has to say about a document.
//!
//! A [`Finding`] is what a reader or a rule saw: which rule, where, what, what next. A [`Diagnostic`] is a finding with
//! a path and the level that the configuration gives it. Only `check` turns one into the other, so that no reader and
//! no rule can decide how loud it is.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::source::{Edit, Span};

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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    /// A change that takes care of it.
    pub fix: Option<Box<Fix>>,
}

/// How sure it is that a fix is what the author wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Applicability {
    /// The document says what it said before, in a better form.
    Safe,
    /// It says something else or more, which an author has to look at.
    Unsafe,
}

/// Something of what a document says. A fix names what it may change; whatever it does not name stays as it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Aspect {
    /// The names that facts have: severity, services, teams, factors, related documents, priorities, states.
    Names,
    /// In which zone the times are.
    Zone,
    /// Days, times, and which milestones there are.
    Times,
    /// In which order the timeline tells its events.
    Order,
    /// What the timeline tells.
    Events,
    /// The ids of action items.
    Ids,
    /// The links of the text and of action items.
    Links,
    /// The action items themselves.
    Actions,
    /// The parts of the document, and its comments.
    Sections,
    /// The title.
    Title,
}

/// A change of the document that takes care of a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// Whether it may be made unasked.
    pub applicability: Applicability,
    /// What it does, as an order: "write `checkout`".
    pub title: String,
    /// The edits, all in the file of the finding. They belong together.
    pub edits: Vec<Edit>,
    /// What it may change of what the document says.
    pub changes: Cow<'static, [Aspect]>,
    /// The rules that may then ask the author for the rest.
    pub leaves: &'static [&'static str],
}

impl Fix {
    /// A fix after which the document says the same, but for the aspects that it names.
    pub fn safe(title: impl Into<String>, edits: Vec<Edit>, changes: &'static [Aspect]) -> Self {
        Self {
            applicability: Applicability::Safe,
            title: title.into(),
            edits,
            changes: Cow::Borrowed(changes),
            leaves: &[],
        }
    }

    /// A fix that an author has to look at.
    pub fn needs_review(title: impl Into<String>, edits: Vec<Edit>, changes: &'static [Aspect]) -> Self {
        Self { applicability: Applicability::Unsafe, ..Self::safe(title, edits, changes) }
    }

    /// Names the rules that will ask for what only the author knows.
    #[must_use]
    pub fn leaving(self, leaves: &'static [&'static str]) -> Self {
        Self { leaves, ..self }
    }
}

impl Finding {
    /// A finding with nothing but its message.
    pub fn new(rule: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self {
            rule,
            span,
            message: message.into(),
            label: String::new(),
            others: Vec::new(),
            help: None,
            fix: None,
        }
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

    /// Says how it can be fixed, where that is known.
    #[must_use]
    pub fn fix(mut self, fix: Option<Fix>) -> Self {
        self.fix = fix.map(Box::new);
        self
    }

    /// True when one of the findings after is not among those before, wherever they stand.
    pub fn is_any_new(before: &[Self], after: &[Self]) -> bool {
        let mut before: Vec<(&str, &str)> =
            before.iter().map(|finding| (finding.rule, finding.message.as_str())).collect();
        after.iter().any(|finding| {
            let same = before.iter().position(|known| *known == (finding.rule, finding.message.as_str()));
            same.map(|at| before.swap_remove(at)).is_none()
        })
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
