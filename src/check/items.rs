//! What the rules about action items and the gate share: what may be asked of an item, where it is underlined, and how
//! many lines a list that lacks something everywhere gets.

use chrono::NaiveDate;

use crate::{
    aggregate::ActionEntry,
    check::rule::{Document, first_line},
    config::Config,
    diagnostic::Finding,
    model::{ActionItem, Postmortem},
    source::{SourceFile, Span},
};

/// An action item with all that a judgement about it needs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item<'a> {
    pub(super) action: &'a ActionItem,
    pub(super) entry: &'a ActionEntry,
    pub(super) config: &'a Config,
    pub(super) today: NaiveDate,
}

/// Something that may be asked of an action item. One judgement stands behind the rule, which reports it document by
/// document, and behind the gate, which reports it item by item.
#[derive(Debug)]
pub(super) struct Asked {
    /// The rule that asks it.
    pub(super) rule: &'static str,
    /// What the item lacks, in a few words; none when it lacks nothing, or is in a state in which it need not have it.
    pub(super) lack: fn(&Item<'_>) -> Option<String>,
    /// The next step.
    pub(super) help: &'static str,
}

/// The items of a document, in its order.
pub(super) fn all<'a>(document: &'a Document<'a>) -> Vec<Item<'a>> {
    let mut items: Vec<Item<'_>> = document
        .entries
        .iter()
        .filter_map(|entry| {
            let action = document.postmortem.actions.get(entry.action)?;
            Some(Item { action, entry, config: document.config, today: document.today })
        })
        .collect();
    items.sort_by_key(|item| item.entry.action);
    items
}

/// Where an item is underlined: its title where that stands word for word, else the first line of the item without its
/// marker. A table of the front matter is known by its header alone, so its title is looked for behind it.
pub(super) fn place(document: &Document<'_>, item: &ActionItem) -> Span {
    place_in(document.postmortem, document.source, item)
}

/// The same where there is no document of the check.
pub(super) fn place_in(postmortem: &Postmortem, source: &SourceFile, item: &ActionItem) -> Span {
    let front_matter = postmortem.front_matter.filter(|front_matter| front_matter.span.contains(item.span));
    // In front matter the title is Markdown, of which the plain text may stand nowhere.
    let (end, titles) = match &front_matter {
        Some(front_matter) => (front_matter.content.end, vec![item.title.as_str(), item.markdown()]),
        None => (item.span.end, vec![item.title.as_str()]),
    };
    let text = source.slice(Span::new(item.span.start, end));
    let found = titles.into_iter().find_map(|title| {
        let title = title.lines().next().filter(|title| !title.is_empty())?;
        Some(Span::new(0, title.len()).shift(item.span.start + text.find(title)?))
    });
    match found {
        Some(place) => place,
        None => without_marker(source, first_line(source, item.span)),
    }
}

/// A line of a list without its bullet or number and its check box.
fn without_marker(source: &SourceFile, line: Span) -> Span {
    let text = source.slice(line);
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
    asked: &Asked,
    what: &str,
    findings: &mut Vec<Finding>,
) {
    const FEW: usize = 2;
    const SHOWN: usize = 4;
    let items = all(document);
    let lacking: Vec<&Item<'_>> = items.iter().filter(|item| (asked.lack)(item).is_some()).collect();
    if lacking.len() <= FEW {
        findings.extend(lacking.iter().map(|lacking| {
            let message = format!("action item `{}` has no {what}", shorten(&lacking.action.title));
            Finding::new(asked.rule, place(document, lacking.action), message).help(asked.help)
        }));
        return;
    }
    let (all, some) = (unfinished(document).len(), lacking.len());
    let message = if some == all {
        format!("none of the {all} open action items has {} {what}", article(what))
    } else {
        format!("{some} of the {all} open action items have no {what}")
    };
    let Some((first, others)) = lacking.split_first() else { return };
    let finding = Finding::new(asked.rule, place(document, first.action), message).help(asked.help);
    findings.push(
        others
            .iter()
            .take(SHOWN)
            .fold(finding, |finding, item| finding.also(place(document, item.action), "")),
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
