//! Footnotes: collected where they are written, numbered in the order of their first use, set at the end.

use std::collections::{BTreeMap, BTreeSet};

use pulldown_cmark::{Event, Tag};

use crate::render::{
    markdown::{escape::escaped, outline::Ids, places::Located},
    sanitise::Marks,
    words::Words,
};

/// The footnotes of one document.
pub(crate) struct Footnotes<'a> {
    words: &'a Words,
    defined: BTreeSet<String>,
    used: Vec<Used>,
    contents: BTreeMap<String, String>,
}

#[derive(Debug)]
struct Used {
    label: String,
    note_id: String,
    reference_id: String,
}

impl<'a> Footnotes<'a> {
    /// Knows which labels have a definition.
    pub(crate) fn of(events: &[Located<'_>], words: &'a Words) -> Self {
        let defined = events
            .iter()
            .filter_map(|(event, _)| match event {
                Event::Start(Tag::FootnoteDefinition(label)) => Some(label.to_string()),
                _ => None,
            })
            .collect();
        Self { words, defined, used: Vec::new(), contents: BTreeMap::new() }
    }

    /// Keeps the content of a definition.
    pub(crate) fn define(&mut self, label: String, html: String) {
        self.contents.entry(label).or_insert(html);
    }

    /// Appends a reference; false when the label has no definition.
    pub(crate) fn push_reference(
        &mut self,
        out: &mut String,
        marks: &mut Marks,
        ids: &mut Ids<'_>,
        label: &str,
    ) -> bool {
        if !self.defined.contains(label) {
            return false;
        }
        let known = self.used.iter().position(|used| used.label == label);
        let number = known.unwrap_or(self.used.len()) + 1;
        if known.is_none() {
            self.used.push(Used {
                label: label.to_owned(),
                note_id: ids.unique(&format!("fn-{number}")),
                reference_id: ids.unique(&format!("fnref-{number}")),
            });
        }
        let Some(used) = self.used.get(number - 1) else { return false };
        let id = if known.is_none() { format!(" id=\"{}\"", used.reference_id) } else { String::new() };
        marks.push_tag(out, "sup", &format!("{id} class=\"footnote-ref\""));
        let label = escaped(&self.words.fill("text.footnote", &[("number", &number)]));
        let link = format!(" href=\"#{}\" aria-label=\"{label}\"", used.note_id);
        marks.push_tag(out, "a", &link);
        out.push_str(&number.to_string());
        out.push_str("</a></sup>");
        true
    }

    /// Appends the notes. One that nothing refers to stands last, so that nothing written is lost.
    pub(crate) fn push_notes(mut self, out: &mut String, marks: &mut Marks) {
        if self.contents.is_empty() {
            return;
        }
        let label = escaped(self.words.say("text.footnotes"));
        marks.push_tag(out, "section", &format!(" class=\"footnotes\" aria-label=\"{label}\""));
        out.push_str("<ol>\n");
        for (index, used) in self.used.iter().enumerate() {
            let content = self.contents.remove(&used.label).unwrap_or_default();
            marks.push_tag(out, "li", &format!(" id=\"{}\"", used.note_id));
            let content = content.trim_end();
            let (content, end) =
                content.strip_suffix("</p>").map_or((content, ""), |content| (content, "</p>"));
            out.push_str(content);
            out.push_str(" <a");
            let label = escaped(&self.words.fill("text.footnote-back", &[("number", &(index + 1))]));
            let back =
                format!(" class=\"footnote-back\" href=\"#{}\" aria-label=\"{label}\"", used.reference_id);
            marks.push_attributes(out, &back);
            out.push_str(">↩</a>");
            out.push_str(end);
            out.push_str("</li>\n");
        }
        for content in self.contents.values() {
            out.push_str("<li>");
            out.push_str(content.trim_end());
            out.push_str("</li>\n");
        }
        out.push_str("</ol></section>\n");
    }
}
