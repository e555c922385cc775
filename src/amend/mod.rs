//! What an action item says, changed in its document: in front matter, a row of a table, a check box, a bullet, a
//! paragraph, whichever form is there.
//!
//! The proof is in the reading. Each form has several ways to say a thing; one after the other is tried, and the first
//! after which the document says exactly what was meant, and nothing else in another way, is taken. Where none does, the
//! document stays as it is. Nothing here touches a file.

mod body;
mod front_matter;
mod words;

#[cfg(test)]
mod tests;

use std::fmt;

use chrono::NaiveDate;

use crate::{
    diagnostic::Finding,
    edit::apply,
    model::{ActionItem, ActionStatus, Due, Fact, Markdown, Origin, Postmortem, Section},
    parse::{Context, Parsed, parse_all},
    source::{Edit, SourceFile, Span},
};

/// Something that an action item is to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Its state.
    Status(ActionStatus),
    /// Who answers for it.
    Owner(String),
    /// When it is due.
    Due(Due),
    /// How urgent it is.
    Priority(String),
    /// The day on which it was closed.
    Closed(NaiveDate),
    /// That it is not closed: no day is stated any more.
    NotClosed,
    /// What shows that it is done.
    Evidence(String),
}

impl Change {
    /// What it is about, in a word.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Status(_) => "status",
            Self::Owner(_) => "owner",
            Self::Due(_) => "due",
            Self::Priority(_) => "priority",
            Self::Closed(_) | Self::NotClosed => "closed",
            Self::Evidence(_) => "evidence",
        }
    }

    /// True when the item says so already.
    pub fn is_said(&self, item: &ActionItem) -> bool {
        let is =
            |fact: Option<&Fact<String>>, wanted: &String| fact.is_some_and(|fact| fact.value == *wanted);
        match self {
            Self::Status(status) => item.status.value == *status,
            Self::Owner(owner) => is(item.owner.as_ref(), owner),
            Self::Due(due) => item.due.as_ref().is_some_and(|fact| fact.value == *due),
            Self::Priority(priority) => is(item.priority.as_ref(), priority),
            Self::Closed(day) => item.closed.as_ref().is_some_and(|fact| fact.value == *day),
            Self::NotClosed => item.closed.is_none(),
            Self::Evidence(evidence) => is(item.evidence.as_deref(), evidence),
        }
    }

    /// Makes the item say so.
    fn make(&self, item: &mut ActionItem) {
        match self {
            Self::Status(status) => item.status.value = *status,
            Self::Owner(owner) => item.owner = Some(bare(owner.clone())),
            Self::Due(due) => item.due = Some(bare(*due)),
            Self::Priority(priority) => item.priority = Some(bare(priority.clone())),
            Self::Closed(day) => item.closed = Some(bare(*day)),
            Self::NotClosed => item.closed = None,
            Self::Evidence(evidence) => item.evidence = Some(Box::new(bare(evidence.clone()))),
        }
    }
}

/// A fact without a place, as [`Postmortem::unplaced`] leaves it.
fn bare<T>(value: T) -> Fact<T> {
    Fact::new(value, Span::default(), Origin::FrontMatter)
}

/// Why nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// The document is not text as it stands, or its front matter cannot be read.
    Unreadable(String),
    /// It cannot be said there without saying something else in another way.
    Entangled(&'static str),
    /// It is said for several items at once: in the heading or the line above them, or in the row of all tasks of a cell.
    Shared(&'static str),
    /// With it, other documents would be read in another way.
    FarReaching,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(reason) => f.write_str(reason),
            Self::Entangled(name) => {
                write!(f, "`{name}` cannot be written there without changing what else the document says")
            }
            Self::Shared(name) => {
                write!(f, "its `{name}` stands above or beside several items and holds for all of them")
            }
            Self::FarReaching => f.write_str("with it, other documents would be read in another way"),
        }
    }
}

/// Which action item is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The place of its postmortem in the file.
    pub postmortem: usize,
    /// Its place in that postmortem.
    pub action: usize,
}

/// The text of a document with changes made to one of its action items. What the item says already changes nothing.
pub fn amend(
    source: &SourceFile,
    context: &Context<'_>,
    place: Place,
    changes: &[Change],
) -> Result<String, Refused> {
    if source.invalid_utf8.is_some() {
        return Err(Refused::Unreadable("the document is not valid UTF-8".to_owned()));
    }
    let mut work = Work { context, place, source: source.clone(), parsed: parse_all(source, context) };
    for change in changes {
        work.change(change)?;
    }
    Ok(work.source.text.to_string())
}

/// A document on the way.
struct Work<'w> {
    context: &'w Context<'w>,
    place: Place,
    source: SourceFile,
    parsed: Vec<Parsed>,
}

impl Work<'_> {
    fn change(&mut self, change: &Change) -> Result<(), Refused> {
        let Some((postmortem, item)) = self.item() else {
            return Err(Refused::Unreadable("the action item is not there any more".to_owned()));
        };
        if change.is_said(item) {
            return Ok(());
        }
        let candidates = if item.origin == Origin::FrontMatter {
            front_matter::candidates(&self.source.text, postmortem, self.place.action, change)
                .map_err(|reason| Refused::Unreadable(reason.to_string()))?
        } else {
            body::candidates(&self.source, self.context, postmortem, item, change)
        };
        let meant = self.meant(change);
        for edits in candidates {
            if let Some((source, parsed)) = self.attempt(&edits, change, &meant) {
                (self.source, self.parsed) = (source, parsed);
                return Ok(());
            }
        }
        let is_shared = shared(change, item).is_some_and(|span| !item.span.contains(span));
        Err(if is_shared { Refused::Shared(change.name()) } else { Refused::Entangled(change.name()) })
    }

    fn item(&self) -> Option<(&Postmortem, &ActionItem)> {
        let postmortem = &self.parsed.get(self.place.postmortem)?.postmortem;
        Some((postmortem, postmortem.actions.get(self.place.action)?))
    }

    /// What every postmortem of the file has to say after a change.
    fn meant(&self, change: &Change) -> Vec<Postmortem> {
        let mut meant: Vec<Postmortem> =
            self.parsed.iter().map(|one| one.postmortem.clone().unplaced()).collect();
        if let Some(postmortem) = meant.get_mut(self.place.postmortem)
            && let Some(item) = postmortem.actions.get_mut(self.place.action)
        {
            change.make(item);
        }
        for postmortem in &mut meant {
            without_side_effects(postmortem, change);
        }
        meant
    }

    /// Makes edits, if the document then says what it is meant to say.
    fn attempt(
        &self,
        edits: &[Edit],
        change: &Change,
        meant: &[Postmortem],
    ) -> Option<(SourceFile, Vec<Parsed>)> {
        let text = apply(&self.source.text, edits)?;
        let source = SourceFile::new(self.source.path.clone(), text);
        let parsed = parse_all(&source, self.context);
        let is_meant = parsed.len() == meant.len()
            && parsed.iter().zip(meant).all(|(one, meant)| {
                let mut is = one.postmortem.clone().unplaced();
                without_side_effects(&mut is, change);
                is == *meant
            });
        let says_more = || {
            let findings = |all: &[Parsed]| -> Vec<Finding> {
                all.iter().flat_map(|one| one.findings.iter().cloned()).collect()
            };
            Finding::is_any_new(&findings(&self.parsed), &findings(&parsed))
        };
        (is_meant && !says_more()).then_some((source, parsed))
    }
}

/// Leaves out what a change may do beside itself: a state takes the strokes off the work; a field below the heading of an
/// item is the first thing that stands there, and in the section around it.
fn without_side_effects(postmortem: &mut Postmortem, change: &Change) {
    let is_item =
        |section: &Section| postmortem.actions.iter().any(|item| section.title.ends_with(&item.title));
    if postmortem.sections.iter().any(is_item) {
        postmortem.sections.iter_mut().for_each(|section| section.is_empty = false);
    }
    if matches!(change, Change::Status(_)) {
        for item in &mut postmortem.actions {
            item.markdown = Markdown::new(item.markdown().replace("~~", ""), &item.title);
        }
    }
}

/// Where an item has what a change is about.
fn shared(change: &Change, item: &ActionItem) -> Option<Span> {
    match change {
        Change::Status(_) => Some(item.status.span),
        Change::Owner(_) => item.owner.as_ref().map(|fact| fact.span),
        Change::Due(_) => item.due.as_ref().map(|fact| fact.span),
        Change::Priority(_) => item.priority.as_ref().map(|fact| fact.span),
        Change::Closed(_) | Change::NotClosed => item.closed.as_ref().map(|fact| fact.span),
        Change::Evidence(_) => item.evidence.as_ref().map(|fact| fact.span),
    }
}
