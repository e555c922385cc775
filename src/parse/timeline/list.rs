//! The entries of a list: most begin with their times, in some lists each ends with its own.

use super::{
    entry::{LABEL_WORDS, label_before},
    reader::Reader,
};
use crate::parse::{
    blocks::Item,
    inline::Inline,
    times::{self, Stamp},
};

/// So many entries that end with their times show that it is the way of the list.
const SEVERAL: usize = 3;

impl Reader<'_> {
    pub(super) fn list(&mut self, items: &[Item]) {
        let texts = || items.iter().filter_map(Item::text);
        self.begin(texts().map(|text| text.text.as_str()));
        let all_end = |ended: &Vec<(Inline, Stamp)>| ended.len() >= SEVERAL && ended.len() == items.len();
        // Short ones may be names of moments, which are read as those.
        let is_said = |(label, _): &(Inline, Stamp)| label.text.split_whitespace().nth(LABEL_WORDS).is_some();
        let ended: Option<Vec<_>> = texts().map(|text| self.ends_with_time(text)).collect();
        match ended.filter(|ended| all_end(ended) && ended.iter().any(is_said)) {
            Some(ended) => {
                for ((label, stamp), item) in ended.into_iter().zip(items) {
                    if let Some(text) = item.text() {
                        self.push(&stamp, text, &label, item.span);
                    }
                }
            }
            None => items.iter().for_each(|item| self.item(item)),
        }
    }

    /// What happened and the time behind it: `The index was rebuilt at 2026-03-14 13:02 UTC`.
    fn ends_with_time(&self, text: &Inline) -> Option<(Inline, Stamp)> {
        if self.lead(&text.text).is_some() {
            return None;
        }
        let stamp = times::tail(self.words, &text.text).filter(|stamp| stamp.clock.is_some())?;
        let before = text.text.get(..stamp.start)?.trim_end();
        let label = label_before(text, &stamp);
        (!label.is_blank() && !before.ends_with([':', '：'])).then_some((label, stamp))
    }
}

#[cfg(test)]
mod tests {
    use crate::parse::tests::read;

    fn events(list: &str) -> Vec<String> {
        let text = format!("# Search\n\n## Timeline\n\n{list}");
        let events = read("2026-03-14-search.md", &text).postmortem.timeline;
        events.into_iter().map(|event| format!("{} | {}", event.at, event.text)).collect()
    }

    #[test]
    fn entries_may_end_with_their_times_where_all_of_a_list_do() {
        let list = "- The nodes of the index run out of memory at 2026-03-14 8:55 AM UTC\n- Pager at 2026-03-14 09:10 UTC\n\
                    - Kim, who was on call, restarts all of them one by one (2026-03-14 10:00 UTC)\n";
        assert_eq!(
            events(list),
            [
                "2026-03-14 08:55 UTC | The nodes of the index run out of memory",
                "2026-03-14 09:10 UTC | Pager",
                "2026-03-14 10:00 UTC | Kim, who was on call, restarts all of them one by one",
            ]
        );
        let mixed = format!("{list}- 11:00 All of the searches are answered as before\n");
        assert_eq!(events(&mixed), ["2026-03-14 11:00 UTC | All of the searches are answered as before"]);
    }
}
