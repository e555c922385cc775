//! A document as everybody may read it.
//!
//! What is marked internal is taken out of the text before it is read, so that nothing that is made of the text or of
//! the facts can hold it. The marks of a part in the body stay: they are comments, and keep the words beside them from
//! being taken for code. Every byte stands where it stood, so that findings about the whole document fit this one.

use super::{Parsed, context::Context, incidents, parse, parse_incident, split};
use crate::{
    model::{Audience, Postmortem},
    source::{SourceFile, Span},
};

/// A file as everybody may read it.
#[derive(Debug, Clone)]
pub struct Published {
    /// The text without its private parts.
    pub source: SourceFile,
    /// What it says; none for an incident that is private as a whole.
    pub postmortems: Vec<Postmortem>,
}

/// Reads a file without what is marked internal in it. Whether it may be published at all is for the caller to say.
pub fn publish(source: &SourceFile, context: &Context<'_>) -> Published {
    let context = &context.for_audience(Audience::Public);
    let split = split::split(&source.markdown);
    // Which incidents a log holds is told by all of it: one that is left may not turn into another kind of document.
    let log = incidents::read(&source.markdown, context);
    let internal = match &log {
        Some(log) => log.internal.clone(),
        None => parse(source, context).postmortem.internal,
    };
    let mut hidden: Vec<Span> = internal.iter().map(|part| inside(&source.markdown, *part)).collect();
    if let Some(front_matter) = split.front_matter {
        hidden.extend(marked(&source.markdown, front_matter.content));
    }
    let source = source.without(&hidden);
    let parsed: Vec<Parsed> = match log.map(|log| log.published(&source.markdown, split.body.start)) {
        None => vec![parse(&source, context)],
        Some(log) => (0..log.incidents.len()).map(|at| parse_incident(&source, context, &log, at)).collect(),
    };
    Published { source, postmortems: parsed.into_iter().map(|parsed| parsed.postmortem).collect() }
}

const OPEN: &str = "internal";
const CLOSE: &str = "/internal";

/// A private part of the body without the marks around it.
fn inside(text: &str, part: Span) -> Span {
    let marks = marks(text, part);
    let start = marks.first().filter(|mark| mark.word == OPEN && mark.span.start == part.start);
    let end = marks.last().filter(|mark| mark.word == CLOSE && mark.span.end == part.end);
    Span::new(start.map_or(part.start, |mark| mark.span.end), end.map_or(part.end, |mark| mark.span.start))
}

/// The private parts of the values of a front matter, marks included: there they are no comments. One that is not closed
/// goes on to the end, at the cost of a front matter that cannot be read: what may be private stays private.
fn marked(text: &str, place: Span) -> Vec<Span> {
    let mut parts = Vec::new();
    let mut open = None;
    let mut depth = 0_usize;
    for mark in marks(text, place) {
        if mark.word == OPEN {
            depth += 1;
            open.get_or_insert(mark.span.start);
        } else {
            depth = depth.saturating_sub(1);
            if depth == 0
                && let Some(start) = open.take()
            {
                parts.push(Span::new(start, mark.span.end));
            }
        }
    }
    parts.extend(open.map(|start| Span::new(start, place.end)));
    parts
}

struct Mark {
    word: &'static str,
    span: Span,
}

/// All marks of private parts in a part of a text, wherever they stand.
fn marks(text: &str, part: Span) -> Vec<Mark> {
    let inside = text.get(part.start..part.end).unwrap_or_default();
    let comments = inside.match_indices("<!--").filter_map(|(at, open)| {
        let (word, _) = inside.get(at + open.len()..)?.split_once("-->")?;
        let known = [OPEN, CLOSE].into_iter().find(|known| word.trim().eq_ignore_ascii_case(known))?;
        let start = part.start + at;
        Some(Mark { word: known, span: Span::new(start, start + open.len() + word.len() + "-->".len()) })
    });
    comments.collect()
}
