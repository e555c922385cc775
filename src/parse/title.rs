//! The title, the id and where they come from.

use chrono::NaiveDate;

use super::{
    assemble::contradiction,
    blocks::{self, Block, Body, Kind},
    inline::Inline,
    locale::Lexicon,
    names, outline, times,
};
use crate::{
    diagnostic::Finding,
    model::{Fact, Origin, anchor::file_slug},
    source::{Span, markdown_stem, names_its_folder},
};

/// A title that the front matter states.
pub(super) struct Stated {
    pub(super) title: Fact<String>,
    /// True when the front matter is also for other tools.
    pub(super) is_of_page: bool,
}

/// The title: stated, the first heading, the line under a first heading that was left as it was, or the file's name. A
/// heading that says something else than what is stated makes a finding.
pub(super) fn title(
    stated: Option<Stated>,
    (body, words, path): (&Body, &Lexicon, &str),
    findings: &mut Vec<Finding>,
) -> Fact<String> {
    let heading = heading(body, words, stem(path));
    match (stated, heading) {
        // Site generators want the day in the title, or a short one for their menus; the heading has the title alone.
        (Some(stated), Some(heading))
            if is_dated(words, &stated.title.value, &heading.value)
                || stated.is_of_page && is_alone(&heading, body) =>
        {
            heading
        }
        (Some(stated), heading) => {
            let title = with_signs(stated.title);
            // Pages of other tools have a title for their menus.
            let other = heading.filter(|heading| !stated.is_of_page && is_alone(heading, body));
            if let Some(heading) = other.filter(|heading| !is_of_one(&title.value, &heading.value)) {
                findings.push(contradiction("title", title.span, heading.span));
            }
            title
        }
        (None, Some(heading)) => heading,
        (None, None) => Fact::new(in_words(words, stem(path)), Span::default(), Origin::FileName),
    }
}

fn heading(body: &Body, words: &Lexicon, stem: &str) -> Option<Fact<String>> {
    let Some(index) = outline::title_heading(&body.blocks, words) else { return bold_line(body, words) };
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
            // `## Date` begins the facts.
            Some(Kind::Heading { text, .. })
                if words.sections(&text.one_line()).is_empty()
                    && words.meaning(&text.one_line()).is_none() =>
            {
                Some(Fact::new(text.one_line(), text.span, Origin::Section))
            }
            _ => None,
        };
    }
    let is_section = words.exact_section(&whole).is_some();
    (!is_section && !name.is_empty()).then(|| Fact::new(name, text.span, Origin::Section))
}

/// A stated title with the signs that pages write by their names: `a&#x2011;b`.
fn with_signs(title: Fact<String>) -> Fact<String> {
    let is_name = |behind: &str| {
        let name = behind.split_once(';').map_or("", |(name, _)| name);
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '#')
    };
    let has_name = title.value.split('&').skip(1).any(is_name);
    let read = |title: &str| match &blocks::read(title, 0).blocks.first()?.kind {
        Kind::Paragraph(text) => Some(text.one_line()),
        _ => None,
    };
    match has_name.then(|| read(&title.value)).flatten() {
        Some(value) => Fact { value, ..title },
        None => title,
    }
}

/// A bold line with which a document begins that has no heading for its title.
fn bold_line(body: &Body, words: &Lexicon) -> Option<Fact<String>> {
    const WORDS: usize = 3;
    let Kind::Paragraph(line) = &body.blocks.first()?.kind else { return None };
    let name = line.one_line();
    let is_title = line.lines().len() == 1
        && line.is_all(|style| style.bold)
        && (WORDS..=4 * WORDS).contains(&name.split_whitespace().count())
        && !name.ends_with([':', '：'])
        && words.sections(&name).is_empty();
    is_title.then(|| Fact::new(name, line.span, Origin::Section))
}

fn is_a_title(line: &Inline) -> bool {
    line.lines().len() == 1 && line.text.split_whitespace().count() <= 16 && outline::label(line).is_none()
}

/// True when the text begins with this heading, and has no other one of the first level.
fn is_alone(heading: &Fact<String>, body: &Body) -> bool {
    let is_title = |block: &&Block| matches!(block.kind, Kind::Heading { level: 1, .. });
    let first = body.blocks.iter().find(|block| !matches!(block.kind, Kind::Html | Kind::Rule));
    first.filter(is_title).is_some_and(|block| block.span.contains(heading.span))
        && body.blocks.iter().filter(is_title).count() == 1
}

/// True for two titles of which one has all words of the other, one after the other: what it says beside them is no
/// contradiction, `Postmortem: slow search`.
fn is_of_one(one: &str, other: &str) -> bool {
    let words = |title: &str| {
        let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.fold(" ".to_owned(), |line, word| line + &word.to_lowercase() + " ")
    };
    let (one, other) = (words(one), words(other));
    one.contains(&other) || other.contains(&one)
}

/// True when the stated title begins with a day, by which site generators sort, and the heading does not.
fn is_dated(words: &Lexicon, stated: &str, heading: &str) -> bool {
    let begins_with_day = |title: &str| {
        times::lead(words, title.trim())
            .is_some_and(|stamp| stamp.is_day_only() && stamp.rest < title.trim().len())
    };
    begins_with_day(stated) && !begins_with_day(heading)
}

/// The severity in a title: `[P0] Search was slow`, `SEV-2: slow search`.
pub(super) fn severity(title: &Fact<String>) -> Option<Fact<String>> {
    let is_mark = |c: char| c.is_whitespace() || matches!(c, '[' | ']' | '(' | ')' | ':' | '|' | ',');
    let mut start = 0;
    for part in title.value.split_inclusive(is_mark) {
        let word = part.trim_end_matches(is_mark);
        let before = title.value.get(..start)?.chars().next_back();
        let is_set_apart = matches!(
            (before, part.chars().next_back()),
            (Some('['), Some(']')) | (Some('('), Some(')')) | (None, Some(':'))
        );
        start += part.len();
        let level = names::letters_of_level(word);
        if level.is_some_and(|letters| letters == "sev" || is_set_apart) {
            return Some(Fact::new(word.to_owned(), title.span, title.origin));
        }
    }
    None
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
    parts.next().filter(|_| names_its_folder(stem)).unwrap_or(stem)
}

/// A file's name as a person would say it: without its day, with spaces.
fn in_words(words: &Lexicon, stem: &str) -> String {
    let is_a_day = |head: &str| {
        times::whole(words, &head.replace('_', "-")).is_some_and(|stamp| stamp.is_day_only())
            || NaiveDate::parse_from_str(head, "%Y%m%d").is_ok()
    };
    let undated = ["2026-03-14".len(), "20260314".len()]
        .into_iter()
        .find(|length| stem.get(..*length).is_some_and(is_a_day))
        .and_then(|length| stem.get(length..))
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
    fn a_severity_may_stand_in_the_title() {
        let severity = |title: &str| {
            let postmortem = read("search.md", &format!("# {title}\n\n## Summary\n\nx\n")).postmortem;
            postmortem.severity.map(|severity| severity.value).unwrap_or_default()
        };
        let titles =
            ["[INC-12][P0] Slow search", "SEV-2: slow search", "Slow search (S1)", "P1: slow search"];
        assert_eq!(titles.map(severity), ["P0", "SEV-2", "S1", "P1"]);
        assert_eq!(["The S3 bucket is full", "Slow P2 queue", "SEV reviews"].map(severity), ["", "", ""]);
    }

    #[test]
    fn a_bold_line_or_the_heading_below_a_placeholder_is_the_title() {
        let title = |text: &str| read("2026-03-14_disk-full.md", text).postmortem.title.value;
        assert_eq!(title("**The disk was full**\n\n## Summary\n\nx\n"), "The disk was full");
        assert_eq!(title("**What happened there**\n\nx\n\n# The disk\n"), "The disk");
        assert_eq!(title("**Note**\n\n## Summary\n\nx\n"), "Disk full");
        assert_eq!(title("# Postmortem\n\n## The disk was full\n\n### Summary\n\nx\n"), "The disk was full");
        assert_eq!(title("# Postmortem\n\n## Summary\n\nx\n"), "Disk full");
        assert_eq!(title("# Postmortem\n\n## Date\n\n14 March 2026\n"), "Disk full");
        let named = |path: &str| read(path, "# Postmortem\n\n## Summary\n\nx\n").postmortem.title.value;
        assert_eq!(
            ["20260314-disk-full.md", "2026_03_14_disk_full.md", "12-disks.md", "3-4-nodes-down.md"]
                .map(named),
            ["Disk full", "Disk full", "12 disks", "3 4 nodes down"]
        );
    }

    #[test]
    fn the_title_of_a_page_gives_way_to_the_only_heading_of_the_first_level() {
        let title = |body: &str| {
            read("disk.md", &format!("---\ntitle: Disk\nlayout: page\n---\n\n{body}")).postmortem.title.value
        };
        assert_eq!(title("# The disk was full\n\n## Summary\n\nx\n"), "The disk was full");
        assert_eq!(title("Text.\n\n# The disk was full\n\nx\n"), "Disk");
        assert_eq!(title("# What went on\n\nx\n\n# What comes next\n\nx\n"), "Disk");
        assert_eq!(title("# Summary\n\nx\n"), "Disk");
    }

    #[test]
    fn signs_that_a_stated_title_has_by_their_names_are_those_signs() {
        let title =
            |title: &str| read("disk.md", &format!("---\ntitle: \"{title}\"\n---\n")).postmortem.title.value;
        assert_eq!(title("Search &amp; index post&#x2011;mortem"), "Search & index post\u{2011}mortem");
        assert_eq!(title("Search & index; `find_rings()`"), "Search & index; `find_rings()`");
    }

    #[test]
    fn a_heading_above_all_others_is_the_title_on_any_level() {
        let title = |text: &str| read("2026-03-14_disk-full.md", text).postmortem.title.value;
        assert_eq!(title("## The disk was full\n\n### Summary\n\nx\n"), "The disk was full");
        assert_eq!(title("## The disk was full\n\n## Summary\n\nx\n"), "The disk was full");
        assert_eq!(title("Text.\n\n## The disk was full\n\n## Summary\n\nx\n"), "Disk full");
        assert_eq!(title("## Summary\n\n### Details\n\nx\n"), "Disk full");
    }
}
