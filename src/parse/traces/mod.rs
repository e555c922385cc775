//! What of a document can be found again in another one.
//!
//! Words come from the title and from the parts that say what happened and why; where a document has no such parts, from
//! whatever is neither its timeline nor its follow-up. Marks come from all of it but the follow-up: what is to be built
//! is not what broke. Nothing here weighs: that needs all documents.

mod marks;

use ahash::HashSet;
use std::{borrow::Cow, ops::Range};

use crate::{
    model::{Origin, Postmortem, SectionKind, Traces, traces::word_key},
    parse::{
        blocks::{Block, Body, Kind},
        inline::Inline,
        text::words,
    },
    source::Span,
    terms::{fold, is_stop_word, is_unspaced},
};
use marks::Marks;

/// The parts that say what happened and why.
const TOLD: [SectionKind; 5] = [
    SectionKind::Summary,
    SectionKind::RootCause,
    SectionKind::Trigger,
    SectionKind::ContributingFactors,
    SectionKind::FiveWhys,
];

/// The parts that say neither.
const ASIDE: [SectionKind; 7] = [
    SectionKind::Timeline,
    SectionKind::ActionItems,
    SectionKind::WentWell,
    SectionKind::WentWrong,
    SectionKind::GotLucky,
    SectionKind::Lessons,
    SectionKind::References,
];

/// The parts about what is to be built or read, in which nothing broke.
const LATER: [SectionKind; 2] = [SectionKind::ActionItems, SectionKind::References];

/// With fewer words than these in the parts that say it, the rest of the document is asked.
const FEW_WORDS: usize = 40;
/// A document of which so many words are known is known.
const MOST_WORDS: usize = 128;

/// Reads the traces of a document whose facts and sections are known.
pub(super) fn read(text: &str, body: &Body, postmortem: &Postmortem) -> Traces {
    let parts = |kinds: &[SectionKind]| -> Vec<Span> {
        let of_kind = postmortem.sections.iter().filter(|section| kinds.iter().any(|kind| section.is(*kind)));
        of_kind.map(|section| section.body).collect()
    };
    let (told, aside, later) = (parts(&TOLD), parts(&ASIDE), parts(&LATER));
    let holds = |parts: &[Span], place: Span| parts.iter().any(|part| part.contains(place));
    let (mut words, mut marks) = (Words::new(), Marks::default());
    words.add(&postmortem.title.value);
    let of_title = words.keys.len();
    marks.text(&postmortem.title.value, &[]);
    let cause = &postmortem.root_cause;
    for fact in postmortem.impact.summary.iter().chain(&cause.summary).chain(&cause.trigger).chain(&cause.why)
    {
        words.add(&fact.value);
        marks.markdown(&fact.value);
    }
    for event in postmortem.timeline.iter().filter(|event| event.origin == Origin::FrontMatter) {
        marks.markdown(event.markdown());
    }
    let mut rest: Vec<&Inline> = Vec::new();
    walk(&body.blocks, &mut |found| match found {
        Found::Heading(inline) => {
            marks.text(&inline.text, &inline.codes().collect::<Vec<_>>());
        }
        Found::Text(inline) => {
            if holds(&told, inline.span) {
                words.add(&inline.text);
            } else if !holds(&aside, inline.span) {
                rest.push(inline);
            }
            if !holds(&later, inline.span) {
                let codes: Vec<Range<usize>> = inline.codes().collect();
                marks.text(&inline.text, &codes);
            }
        }
        Found::Code(span) => {
            if !holds(&later, span) {
                marks.block(text.get(span.start..span.end).unwrap_or_default());
            }
        }
    });
    if words.keys.len() < of_title + FEW_WORDS {
        for inline in rest {
            words.add(&inline.text);
        }
    }
    Traces::new(marks.into_found(), words.written, words.keys, of_title)
}

/// What stands in a block.
enum Found<'b> {
    /// The name of a part is the same in all documents of a team, and tells nothing of this one.
    Heading(&'b Inline),
    Text(&'b Inline),
    Code(Span),
}

fn walk<'b>(blocks: &'b [Block], visit: &mut dyn FnMut(Found<'b>)) {
    for block in blocks {
        match &block.kind {
            Kind::Heading { text, .. } => visit(Found::Heading(text)),
            Kind::Paragraph(text) => visit(Found::Text(text)),
            Kind::List(items) => items.iter().for_each(|item| walk(&item.blocks, visit)),
            Kind::Quote(blocks) => walk(blocks, visit),
            Kind::Table { head, rows } => {
                head.iter().chain(rows.iter().flat_map(|row| &row.cells)).for_each(|cell| {
                    visit(Found::Text(cell));
                });
            }
            Kind::Code => visit(Found::Code(block.span)),
            Kind::Html | Kind::Rule => {}
        }
    }
}

/// Words as they are written, for people to read, and the keys of their folded forms.
struct Words {
    /// With a space between two.
    written: String,
    keys: Vec<u32>,
    /// The keys of all words that were met, those that say nothing among them.
    met: HashSet<u32>,
}

impl Words {
    fn new() -> Self {
        // With those that say nothing a document has hardly more than twice as many.
        let met = HashSet::with_capacity_and_hasher(2 * MOST_WORDS, ahash::RandomState::default());
        Self { written: String::new(), keys: Vec::new(), met }
    }

    fn add(&mut self, text: &str) {
        for chunk in words(text) {
            if self.keys.len() >= MOST_WORDS {
                return;
            }
            if chunk.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
                self.add_word(chunk);
                continue;
            }
            if chunk.contains(':') && chunk.contains("://") {
                continue;
            }
            let chunk = chunk.trim_matches(|letter: char| !letter.is_alphanumeric());
            // `ci.example.com` is the name of something, and says more than its parts.
            if is_compound(chunk) {
                self.keep(chunk);
            }
            chunk.split(|letter: char| !letter.is_alphanumeric()).for_each(|word| self.add_word(word));
        }
    }

    fn add_word(&mut self, word: &str) {
        if word.len() < 3 || word.starts_with(|letter: char| letter.is_ascii_digit()) {
            return;
        }
        if !word.is_ascii() && word.chars().any(is_unspaced) {
            let letters: Vec<char> = word.chars().collect();
            for pair in letters.windows(2).filter(|pair| pair.iter().all(|letter| is_unspaced(*letter))) {
                let pair: String = pair.iter().collect();
                self.keep(&pair);
            }
            return;
        }
        self.keep(word);
    }

    fn keep(&mut self, word: &str) {
        // Folded, a word of ASCII is the same in lower case. Most have been met, and need no copy of their own.
        let key = if word.is_ascii() {
            word_key(word.bytes().map(|byte| byte.to_ascii_lowercase()))
        } else {
            word_key(fold(word).bytes())
        };
        if !self.met.insert(key) {
            return;
        }
        let folded = fold(word);
        if !is_stop_word(&folded) && self.keys.len() < MOST_WORDS {
            if !self.written.is_empty() {
                self.written.push(' ');
            }
            let lower = if word.is_ascii() { folded } else { Cow::Owned(word.to_lowercase()) };
            self.written.push_str(&lower);
            self.keys.push(key);
        }
    }
}

/// True for words that are joined to one that begins with a letter.
fn is_compound(chunk: &str) -> bool {
    let is_joint = |letter: char| matches!(letter, '-' | '_' | '.' | '@');
    chunk.contains(is_joint)
        && chunk.chars().all(|letter| letter.is_alphanumeric() || is_joint(letter))
        && chunk.starts_with(char::is_alphabetic)
}

#[cfg(test)]
mod tests;
