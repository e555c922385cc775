//! Status updates: `Update 14:05 UTC: …`, and those whose time stands at their end, `*Resolved* - … 2026-03-14 14:05`.
//!
//! Status pages write what is known at the moment, each update under a word for where things stand.

use crate::parse::{
    inline::Inline,
    locale::{Lexicon, TimeWord},
    outline,
    text::DASHES,
    times::{self, Stamp, Written},
};

/// The longest label, in words.
const LABEL_WORDS: usize = 3;

/// The longest moment, in bytes.
const MOMENT: usize = 60;

/// One update.
#[derive(Debug)]
pub(super) struct Update {
    pub(super) stamp: Stamp,
    /// The text that the stamp was read from.
    pub(super) whole: Inline,
    /// The word for where things stand.
    pub(super) label: Inline,
    /// What it says.
    pub(super) text: Inline,
}

/// Reads a text that is an update; one that begins with its time is none.
pub(super) fn read(words: &Lexicon, text: &Inline) -> Option<Update> {
    let update = labelled(words, text).or_else(|| stamped_below(words, text))?;
    (!update.text.is_blank() || is_bold_heading(text, &update)).then_some(update)
}

/// True for a line in bold type that stands above the text of an update: `**Update at 2026-03-14 13:02**`.
pub(super) fn is_bold_heading(text: &Inline, update: &Update) -> bool {
    let is_whole = update.stamp.clock.is_some() && update.stamp.date.is_some_and(Written::has_year);
    is_whole && update.text.is_blank() && text.is_all(|style| style.bold)
}

/// A text with a whole moment on a line of its own below it, whatever it begins with.
fn stamped_below(words: &Lexicon, text: &Inline) -> Option<Update> {
    let (above, below) = text.text.trim_end().rsplit_once('\n')?;
    // Hardly any paragraph ends with a short line that has a clock.
    if below.len() > MOMENT || !below.contains(':') {
        return None;
    }
    let is_whole = |stamp: &Stamp| stamp.clock.is_some() && stamp.date.is_some_and(Written::has_year);
    let stamp = times::whole(words, below).filter(is_whole)?;
    let whole = text.slice(above.len() + 1..above.len() + 1 + below.len());
    let label = outline::label(text).map(|(label, _)| label);
    let label = label.unwrap_or_else(|| text.slice(0..0));
    Some(Update { stamp, whole, label, text: text.slice(0..above.len()) })
}

/// Reads a line that stands above the text of an update: `### Investigating (13:02 UTC)`.
pub(super) fn read_heading(words: &Lexicon, text: &Inline) -> Option<Update> {
    labelled(words, text)
}

/// A label, and a time behind it, at the end or on the last line.
fn labelled(words: &Lexicon, text: &Inline) -> Option<Update> {
    let end = label(words, text)?;
    let label = text.slice(0..end);
    let behind = text.from(end);
    if let Some(stamp) = times::lead(words, &behind.text).filter(|stamp| stamp.clock.is_some()) {
        let text = behind.from(stamp.rest);
        return Some(Update { stamp, whole: behind, label, text });
    }
    let lines = behind.lines();
    let (last, _) = lines.split_last()?;
    let whole = times::whole(words, &last.text).filter(|stamp| stamp.clock.is_some());
    // Behind a sentence only a moment that is complete is the time of the update.
    let in_sentence = |stamp: &Stamp| {
        let written = last.text.get(stamp.start..).unwrap_or_default();
        let word = written.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        words.times.around(&word.to_lowercase()) == Some(TimeWord::Before)
    };
    let stamp = whole.or_else(|| {
        times::tail(words, &last.text)
            .filter(|stamp| stamp.clock.is_some() && stamp.date.is_some() && !in_sentence(stamp))
    })?;
    let text = behind.slice(0..behind.text.len().saturating_sub(last.text.len()) + stamp.start);
    Some(Update { stamp, whole: last.clone().into_owned(), label, text: without_separator(&text) })
}

/// The end of the label that a text begins with.
fn label(words: &Lexicon, text: &Inline) -> Option<usize> {
    if !words.may_begin_an_update(&text.text) {
        return None;
    }
    let mut end = 0;
    let mut found = None;
    // The time may stand in brackets right behind it: `更新情報(14:05)`.
    let is_end = |c: char| c.is_whitespace() || matches!(c, '(' | '（');
    for word in text.text.split_inclusive(is_end).take(LABEL_WORDS) {
        let whole = end + word.trim_end_matches(is_end).len();
        end += word.len();
        let name = text.text.get(..whole)?.trim_end_matches([':', '-', '–', '—', ' ']);
        // What stands behind a colon or a dash is said and no part of the name.
        if name.contains([':', '\n']) || DASHES.iter().any(|dash| name.contains(dash)) {
            break;
        }
        if name.ends_with(char::is_alphabetic) && words.is_update(name) {
            found = Some(name.len());
        }
    }
    found
}

fn without_separator(text: &Inline) -> Inline {
    let said = text.text.trim_start_matches([' ', ':', '-', '–', '—', '|']);
    text.from(text.text.len() - said.len())
}

#[cfg(test)]
mod tests {
    use crate::parse::timeline::tests::events;

    #[test]
    fn the_time_of_an_update_may_stand_below_its_heading() {
        let page = "## Updates\n\n### Investigating\n\n14 March 2026, 13:02 UTC\n\nSearch is slow.\n\n\
                    ### Resolved\n\n14 March 2026, 13:09 UTC\n\nIt is fast.\n";
        assert_eq!(
            events(page),
            ["2026-03-14T13:02Z Search is slow.", "2026-03-14T13:09Z It is fast. [resolved]"]
        );
    }

    #[test]
    fn a_moment_in_bold_type_on_a_line_of_its_own_is_an_update() {
        let update = "Search is slow.\n\n**2026-03-14T13:02:00Z**\n\nIndex rebuilt\n";
        assert_eq!(events(update), ["2026-03-14T13:02Z Index rebuilt"]);
        assert_eq!(events(&update.replace("T13:02:00Z", "")), Vec::<String>::new());
    }

    #[test]
    fn an_update_with_its_time_may_be_a_line_in_bold_type() {
        let updates = "**Update at 2026-03-14 13:40 UTC**\n\nSearch is fast.\n\n\
                       **Initial message at 2026-03-14 13:02 UTC**\n\nSearch is slow.\n";
        assert_eq!(
            events(updates),
            ["2026-03-14T13:40Z Search is fast.", "2026-03-14T13:02Z Search is slow."]
        );
        assert_eq!(events(&updates.replace("**", "")), Vec::<String>::new());
    }

    #[test]
    fn updates_have_their_names_in_many_languages() {
        let french =
            "Mise à jour de 18h15 : tout va bien.\n\n---\n\nMise à jour de 17h55 : le disque est plein.\n";
        assert_eq!(
            events(french),
            ["2026-03-14T18:15 tout va bien.", "2026-03-14T17:55 le disque est plein."]
        );
        let japanese = "## 更新情報(2026-03-14 18:33 JST)\n\n復旧しています。\n\n## 更新情報(2026-03-14 22:18 JST)\n\n停止しました。\n";
        assert_eq!(
            events(japanese),
            ["2026-03-14T18:33+09:00 復旧しています。", "2026-03-14T22:18+09:00 停止しました。"]
        );
    }

    #[test]
    fn a_whole_moment_below_a_text_is_that_of_an_update_whatever_it_is_called() {
        let page = "**Service restored**:\nSearch is fast.\n{{< track \"2026-03-14 13:09:00\" >}}\n\n\
                    **New index**:\nIt is being built.\n{{< track \"2026-03-14 13:02:00\" >}}\n";
        assert_eq!(
            events(page),
            [
                "2026-03-14T13:09 Service restored: Search is fast. [resolved]",
                "2026-03-14T13:02 New index: It is being built."
            ]
        );
        assert_eq!(events("Search was slow.\nKim, 2026-03-14 13:09\n\nBye.\n"), Vec::<String>::new());
    }

    #[test]
    fn a_time_that_belongs_to_its_sentence_is_none_of_an_update() {
        let facts = "## Facts\n\n- **Identified**: Kim saw failed searches at 2026-03-14 13:02\n";
        assert_eq!(events(facts), Vec::<String>::new());
    }

    #[test]
    fn a_day_in_bold_type_with_the_number_of_an_update_is_one() {
        assert_eq!(
            events(
                "**2026-03-15 10:27 Update 2**\n\nIt is fast.\n\n**2026-03-14 Update 1**\n\nSearch is slow.\n\n---\n\nSearch is down.\n"
            ),
            ["2026-03-15T10:27 Update 2", "2026-03-14 Update 1"]
        );
        assert_eq!(
            events("**2026-03-15 UPDATE2**:\n\nIt is fast.\n\n**2026-03-14 UPDATE1**:\n\nIt is slow.\n"),
            ["2026-03-15 UPDATE2:", "2026-03-14 UPDATE1:"]
        );
        assert_eq!(events("**2026-03-14 Update of the index**\n\nSearch is slow.\n"), Vec::<String>::new());
    }

    #[test]
    fn among_updates_with_times_one_may_have_the_day_alone() {
        assert_eq!(
            events(
                "## 16.03.2026\n\n- Over\n\n## 14.03.2026 - 16:00\n\n- Found\n\n## 14.03.2026 - 13:02\n\nSearch is slow.\n"
            ),
            ["2026-03-16 Over", "2026-03-14T16:00 Found", "2026-03-14T13:02 Search is slow."]
        );
    }
}
