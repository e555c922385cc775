//! The title, the id and where they come from.

use super::{
    blocks::{Body, Kind},
    inline::Inline,
    locale::Lexicon,
    outline, times,
};
use crate::{
    model::{Fact, Origin, anchor::file_slug},
    source::{Span, markdown_stem},
};

/// The title: stated, the first heading, the line under a first heading that was left as it was, or the file's name.
pub(super) fn title(stated: Option<Fact<String>>, body: &Body, words: &Lexicon, path: &str) -> Fact<String> {
    let heading = heading(body, words, stem(path));
    match (stated, heading) {
        // Site generators want the day in the title; the heading has the title alone.
        (Some(stated), Some(heading)) if is_dated(words, &stated.value, &heading.value) => heading,
        (Some(stated), _) => stated,
        (None, Some(heading)) => heading,
        (None, None) => Fact::new(in_words(words, stem(path)), Span::default(), Origin::FileName),
    }
}

fn heading(body: &Body, words: &Lexicon, stem: &str) -> Option<Fact<String>> {
    let index = outline::title_heading(&body.blocks)?;
    let Kind::Heading { text, .. } = &body.blocks.get(index)?.kind else { return None };
    let name = text.one_line();
    // The file's name as a heading may stand above the title.
    let is_slug = || !name.contains(' ') && name.matches(['-', '_']).count() >= 2;
    if (name == stem || is_slug())
        && let Some(Kind::Heading { level: 1, text, .. }) =
            body.blocks.get(index + 1).map(|block| &block.kind)
    {
        return Some(Fact::new(text.one_line(), text.span, Origin::Section));
    }
    let whole = outline::whole(&name);
    if words.is_placeholder(&whole) {
        return match body.blocks.get(index + 1).map(|block| &block.kind) {
            Some(Kind::Paragraph(line)) if is_a_title(line) => {
                let title = line.one_line();
                Some(Fact::new(title.trim_end_matches('.').to_owned(), line.span, Origin::Section))
            }
            _ => None,
        };
    }
    let is_section = words.exact_section(&whole).is_some();
    (!is_section && !name.is_empty()).then(|| Fact::new(name, text.span, Origin::Section))
}

fn is_a_title(line: &Inline) -> bool {
    line.lines().len() == 1 && line.text.split_whitespace().count() <= 16 && outline::label(line).is_none()
}

/// True when the stated title begins with a day, by which site generators sort, and the heading does not.
fn is_dated(words: &Lexicon, stated: &str, heading: &str) -> bool {
    let begins_with_day = |title: &str| {
        times::lead(words, title.trim())
            .is_some_and(|stamp| stamp.is_day_only() && stamp.rest < title.trim().len())
    };
    begins_with_day(stated) && !begins_with_day(heading)
}

/// The id of a document that states none.
pub(super) fn id(path: &str) -> Fact<String> {
    Fact::new(file_slug(stem(path)), Span::default(), Origin::FileName)
}

/// The name of a file without its folders and endings; the folder's name for an index.
fn stem(path: &str) -> &str {
    let mut parts = path.rsplit('/');
    let name = parts.next().unwrap_or(path);
    let stem = markdown_stem(path).unwrap_or(name);
    match (stem.to_lowercase().as_str(), parts.next()) {
        ("index" | "readme" | "_index", Some(folder)) => folder,
        _ => stem,
    }
}

/// A file's name as a person would say it: without its day, with spaces.
fn in_words(words: &Lexicon, stem: &str) -> String {
    let undated = times::lead(words, stem.get(..10).unwrap_or_default())
        .filter(times::Stamp::is_day_only)
        .and_then(|_| stem.get(10..))
        .unwrap_or(stem)
        .trim_matches(|c: char| !c.is_alphanumeric());
    let words = undated.replace(['-', '_'], " ");
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => "Untitled".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::parse::tests::read;

    #[test]
    fn a_label_or_the_second_heading_has_the_title_where_the_first_has_none() {
        let title = |text: &str| read("2026-03-14_disk-full.md", text).postmortem.title.value;
        assert_eq!(title("# 2026-03-14_disk-full\n\n# The disk was full\n"), "The disk was full");
        assert_eq!(
            title("| **Event** | `disk-1` |\n|---|---|\n| Team | web |\n\n## Summary\n\nx\n"),
            "disk-1"
        );
        assert_eq!(title("**Title:** The disk\n\n## Summary\n\n**Event:** a write\n"), "The disk");
        assert_eq!(title("## Summary\n\n**Event:** a write\n"), "Disk full");
    }

    #[test]
    fn a_heading_above_all_others_is_the_title_on_any_level() {
        let title = |text: &str| read("2026-03-14_disk-full.md", text).postmortem.title.value;
        assert_eq!(title("## The disk was full\n\n### Summary\n\nx\n"), "The disk was full");
        assert_eq!(title("## The disk was full\n\n## Summary\n\nx\n"), "Disk full");
        assert_eq!(title("## Summary\n\n### Details\n\nx\n"), "Disk full");
    }
}
