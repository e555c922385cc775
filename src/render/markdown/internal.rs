//! `<!-- internal -->` … `<!-- /internal -->`: private parts, marked so that a reader sees that they are.
//!
//! Only the marking. A public build takes private text out long before anything is rendered.
//!
//! The comments may stand anywhere, the HTML must nest. So the mark is opened late, just before the next content, closed
//! when its container ends, and opened again in the next one: rather too much is marked than too little.

use std::borrow::Cow;

/// Stands before a comment so that the parser takes it for inline HTML. No text has this control character.
pub(crate) const INLINE_GUARD: char = '\u{80}';

/// The same text, byte for byte as long, in which a line that begins with the comment and goes on after it is still
/// Markdown. Markdown itself would take the whole line for HTML.
pub(crate) fn guard_inline(text: &str) -> Cow<'_, str> {
    if !text.contains("internal") || !text.contains("<!--") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        match guarded_line(line) {
            Some(guarded) => out.push_str(&guarded),
            None => out.push_str(line),
        }
    }
    Cow::Owned(out)
}

fn guarded_line(line: &str) -> Option<String> {
    let (before, from) = line.split_at(line.find("<!--")?);
    let (inside, after) = from.strip_prefix("<!--")?.split_once("-->")?;
    let name = inside.trim();
    let ours = name.eq_ignore_ascii_case("internal") || name.eq_ignore_ascii_case("/internal");
    let at_line_start =
        before.chars().all(|char| char.is_whitespace() || char.is_ascii_digit() || ">*+-.)".contains(char));
    if !ours || !at_line_start || before.starts_with("    ") || after.trim().is_empty() {
        return None;
    }
    let padding = (inside.len() - name.len()).checked_sub(INLINE_GUARD.len_utf8())?;
    Some(format!("{before}{INLINE_GUARD}<!--{name}{}-->{after}", " ".repeat(padding)))
}

/// What a container may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content {
    /// Blocks.
    Flow,
    /// Text and inline markup.
    Phrasing,
    /// List items or parts of tables only.
    Structure,
}

/// The state of the mark at one place of a document.
#[derive(Debug, Default)]
pub(crate) struct Internal {
    nested: usize,
    state: State,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum State {
    #[default]
    Off,
    /// To be opened before the next content.
    Waiting { inline: bool },
    /// Open, in the container at this depth.
    Open { depth: usize, inline: bool, ending: bool },
}

impl Internal {
    /// The opening comment.
    pub(crate) fn begin(&mut self, inline: bool) {
        match self.state {
            State::Off => self.state = State::Waiting { inline },
            _ => self.nested += 1,
        }
    }

    /// The closing comment, in a container at `depth`.
    pub(crate) fn end(&mut self, out: &mut String, depth: usize) {
        if self.nested > 0 {
            self.nested -= 1;
            return;
        }
        match self.state {
            State::Open { depth: opened, inline, .. } if opened < depth => {
                self.state = State::Open { depth: opened, inline, ending: true };
            }
            State::Open { inline, .. } => {
                close(out, inline);
                self.state = State::Off;
            }
            State::Waiting { .. } | State::Off => self.state = State::Off,
        }
    }

    /// Content is about to be written in a container at `depth`. Gives the tag to open, if any, and whether it is inline.
    pub(crate) fn before_content(&mut self, depth: usize, content: Content) -> Option<bool> {
        let State::Waiting { inline } = self.state else { return None };
        let inline = match content {
            Content::Structure => return None,
            Content::Phrasing => true,
            // In a tight list item text and blocks stand side by side.
            Content::Flow => inline && depth > 0,
        };
        self.state = State::Open { depth, inline, ending: false };
        Some(inline)
    }

    /// The container at `depth` ends.
    pub(crate) fn leave(&mut self, out: &mut String, depth: usize) {
        if let State::Open { depth: opened, inline, ending } = self.state
            && opened == depth
        {
            close(out, inline);
            self.state = if ending { State::Off } else { State::Waiting { inline: false } };
        }
    }

    /// The container at `depth` goes on after something in it has ended.
    pub(crate) fn back_in(&mut self, out: &mut String, depth: usize) {
        if let State::Open { depth: opened, inline, ending: true } = self.state
            && opened == depth
        {
            close(out, inline);
            self.state = State::Off;
        }
    }
}

fn close(out: &mut String, inline: bool) {
    out.push_str(if inline { "</span>" } else { "</div>\n" });
}
