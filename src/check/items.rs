//! What the rules about action items share: which items are asked, where they are underlined, and how many lines a
//! list that lacks something everywhere gets.

use crate::{
    check::rule::{Document, first_line},
    diagnostic::Finding,
    model::ActionItem,
    source::Span,
};

/// Where an item is underlined: its title where that stands word for word, else the first line of the item without its
/// marker. A table of the front matter is known by its header alone, so its title is looked for behind it.
pub(super) fn place(document: &Document<'_>, item: &ActionItem) -> Span {
    let end = match document.postmortem.front_matter {
        Some(front_matter) if front_matter.span.contains(item.span) => front_matter.content.end,
        _ => item.span.end,
    };
    let title = item.title.lines().next().unwrap_or_default();
    let text = document.text(Span::new(item.span.start, end));
    match text.find(title).filter(|_| !title.is_empty()) {
        Some(at) => Span::new(item.span.start + at, item.span.start + at + title.len()),
        None => without_marker(document, first_line(document.source, item.span)),
    }
}

/// A line of a list without its bullet or number and its check box.
fn without_marker(document: &Document<'_>, line: Span) -> Span {
    let text = document.text(line);
    let number = text.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let bullet = if number.len() < text.len() {
        number.trim_start_matches(['.', ')'])
    } else {
        text.trim_start_matches(['-', '*', '+'])
    };
    let is_marked = bullet.len() < text.len() && bullet.starts_with(' ');
    let rest = if is_marked { bullet.trim_start() } else { text };
    let rest = ["[ ] ", "[x] ", "[X] "].iter().find_map(|mark| rest.strip_prefix(mark)).unwrap_or(rest);
    Span::new(line.start + (text.len() - rest.len()), line.end)
}

/// Items that are committed to and not finished: what owners, due dates and trackers are for.
pub(super) fn unfinished<'a>(document: &Document<'a>) -> Vec<&'a ActionItem> {
    document.postmortem.actions.iter().filter(|item| item.status.value.is_unfinished()).collect()
}

/// Reports items that lack something: one by one when they are few, else all of them in one finding, so that a list
/// that lacks it everywhere is one line of a report.
pub(super) fn report_lacking(
    document: &Document<'_>,
    rule: &'static str,
    what: &str,
    help: &str,
    has: impl Fn(&ActionItem) -> bool,
    findings: &mut Vec<Finding>,
) {
    const FEW: usize = 2;
    const SHOWN: usize = 4;
    let items = unfinished(document);
    let lacking: Vec<&&ActionItem> = items.iter().filter(|item| !has(item)).collect();
    if lacking.len() <= FEW {
        findings.extend(lacking.iter().map(|item| {
            let message = format!("action item `{}` has no {what}", shorten(&item.title));
            Finding::new(rule, place(document, item), message).help(help)
        }));
        return;
    }
    let (all, some) = (items.len(), lacking.len());
    let message = if some == all {
        format!("none of the {all} open action items has {} {what}", article(what))
    } else {
        format!("{some} of the {all} open action items have no {what}")
    };
    let Some((first, others)) = lacking.split_first() else { return };
    let finding = Finding::new(rule, place(document, first), message).help(help);
    findings.push(
        others.iter().take(SHOWN).fold(finding, |finding, item| finding.also(place(document, item), "")),
    );
}

fn article(word: &str) -> &'static str {
    if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}

/// A title that fits a message.
pub(super) fn shorten(title: &str) -> String {
    const MOST: usize = 60;
    let line = title.lines().next().unwrap_or_default().trim();
    if line.chars().count() <= MOST {
        return line.to_owned();
    }
    let short: String = line.chars().take(MOST - 1).collect();
    format!("{}…", short.trim_end())
}

#[cfg(test)]
mod tests {
    use crate::{check::testing::Case, source::SourceFile};

    fn underlined(text: &str) -> Vec<String> {
        let document = SourceFile::new("a.md", text);
        let case = Case::default().configuration("[check]\nallow = [\"structure\", \"data\", \"clock\"]\n[[tracker]]\npattern = \"x\"\nurl = \"y\"");
        let found = case.diagnostics(&document);
        let of_owner = found.iter().filter(|one| one.finding.rule == "action-without-owner");
        of_owner.map(|one| document.slice(one.finding.span).to_owned()).collect()
    }

    #[test]
    fn the_title_is_underlined_wherever_it_stands() {
        let front_matter = "+++\ntitle = \"x\"\n\n[[action_items]]\ntitle = \"Cap the pool\"\ndue = 2026-07-01\n+++\n\nText.\n";
        assert_eq!(underlined(front_matter), ["Cap the pool"]);
        let list = "# x\n\n## Action items\n\n- [ ] Cap the `pool` (due 2026-07-01)\n1. Alert on it\n";
        assert_eq!(underlined(list), ["Cap the `pool` (due 2026-07-01)", "Alert on it"]);
    }
}
