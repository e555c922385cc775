//! The ways to say another state.

use super::{Ways, words};
use crate::{
    model::ActionStatus,
    parse::{ActionColumn, StatusSign, status_sign},
    source::{Edit, Span},
};

impl Ways<'_> {
    /// A state: the box, the sign or the word that says it, else a field.
    pub(super) fn status(&self, status: ActionStatus) -> Vec<Vec<Edit>> {
        let stated = self.with_strokes(self.trimmed(self.item.status.span));
        let is_named = self.item.span.contains(stated) && stated != self.item.span && !stated.is_empty();
        let mut ways = Vec::new();
        if let Some(tick) = self.form.tick {
            let is_ticked = !self.slice(tick).trim().is_empty();
            let is_done = status == ActionStatus::Done;
            let marked = (is_ticked != is_done).then(|| Edit::new(tick, if is_done { "x" } else { " " }));
            let with = |mut edits: Vec<Edit>| {
                edits.extend(marked.clone());
                edits
            };
            if is_named {
                ways.extend(self.replaced_state(stated, status).into_iter().map(&with));
            }
            if matches!(status, ActionStatus::Done | ActionStatus::Open) {
                ways.push(with(Vec::new()));
            }
            ways.extend(self.field(None, ActionColumn::Status, status.key()).into_iter().map(with));
            return ways;
        }
        if is_named {
            ways.extend(self.replaced_state(stated, status));
        }
        ways.extend(self.trailing_state(status));
        ways.extend(self.field(None, ActionColumn::Status, self.word(status, "").as_str()));
        ways.extend(self.field(None, ActionColumn::Status, status.key()));
        ways
    }

    /// A place with the strokes around it.
    fn with_strokes(&self, span: Span) -> Span {
        let around = span.start.checked_sub(2).map(|start| Span::new(start, span.end + 2));
        let is_struck = |around: &Span| {
            let written = self.slice(*around);
            written.len() > 4 && written.starts_with("~~") && written.ends_with("~~")
        };
        around.filter(is_struck).unwrap_or(span)
    }

    fn word(&self, status: ActionStatus, before: &str) -> String {
        let words = words::of(status, before, self.text, &self.postmortem.actions, self.context);
        words.into_iter().next().unwrap_or_default()
    }

    /// Another state in the place of one that is said.
    fn replaced_state(&self, stated: Span, status: ActionStatus) -> Vec<Vec<Edit>> {
        let written = self.slice(stated);
        let mut ways = Vec::new();
        if let Some(inner) = written.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'))
            && matches!(inner.trim(), "" | "x" | "X" | "~" | "/" | "-")
        {
            // Who knows boxes for more than two states has one for these.
            let knows_more = matches!(inner, "~" | "/" | "-");
            let mark = match status {
                ActionStatus::Done => "x",
                ActionStatus::InProgress if knows_more => "~",
                ActionStatus::WontDo if knows_more => "-",
                _ => " ",
            };
            let inside = Span::new(stated.start + 1, stated.end - 1);
            ways.push(vec![Edit::new(inside, mark)]);
            return ways;
        }
        let sign = status_sign(written).map(|sign| self.other_sign(stated, sign, status));
        // What was decided against may stay struck through.
        if status != ActionStatus::WontDo
            && let Some(inner) = written.strip_prefix("~~").and_then(|rest| rest.strip_suffix("~~"))
        {
            let unmarked = vec![
                Edit::delete(Span::new(stated.start, stated.start + 2)),
                Edit::delete(Span::new(stated.start + 2 + inner.len(), stated.end)),
            ];
            ways.push(unmarked.clone());
            let fields = self.field(None, ActionColumn::Status, status.key());
            ways.extend(fields.into_iter().map(|edits| [unmarked.clone(), edits].concat()));
            return ways;
        }
        let parts = self.state_words(written);
        for part in &parts {
            let place = Span::new(part.start, part.end).shift(stated.start);
            let before = self.slice(place);
            let words = words::of(status, before, self.text, &self.postmortem.actions, self.context);
            // The sign beside a word must not go on saying what was.
            ways.extend(
                words.into_iter().map(|word| sign.iter().cloned().chain([Edit::new(place, word)]).collect()),
            );
        }
        if parts.is_empty() {
            ways.extend(sign.map(|sign| vec![sign]));
        }
        ways
    }

    /// A sign in a text that says another state; none where no sign says it.
    fn other_sign(&self, stated: Span, old: StatusSign, status: ActionStatus) -> Edit {
        let start = stated.start + old.at;
        let behind = self.slice(Span::new(start + old.sign.len_utf8(), stated.end));
        let selector = behind.strip_prefix('\u{fe0f}').unwrap_or(behind);
        let end = stated.end - selector.len();
        match words::counterpart(old.sign, status) {
            Some(new) => Edit::new(Span::new(start, end), new),
            None => Edit::delete(Span::new(start, end + (selector.len() - selector.trim_start().len()))),
        }
    }

    /// The words in a text that are the name of a state, without the remark behind them; the longest first.
    fn state_words(&self, written: &str) -> Vec<Span> {
        let start = written.find(char::is_alphanumeric).unwrap_or_default();
        let is_end = |at: &usize| {
            let rest = written.get(*at..).unwrap_or_default();
            !rest.starts_with(char::is_alphanumeric)
        };
        let ends = written.char_indices().map(|(at, letter)| at + letter.len_utf8()).filter(is_end);
        let mut found: Vec<Span> = ends
            .filter(|end| {
                let part = written.get(start..*end).unwrap_or_default();
                part.ends_with(char::is_alphanumeric) && self.context.words().action_status(part).is_some()
            })
            .map(|end| Span::new(start, end))
            .collect();
        found.reverse();
        found
    }

    /// A state behind a dash, where other items of the document have theirs so.
    fn trailing_state(&self, status: ActionStatus) -> Option<Vec<Edit>> {
        let (lead, word) = self.postmortem.actions.iter().find_map(|other| {
            let span = other.status.span;
            let lead = self.text.get(span.start.checked_sub(3)?..span.start)?;
            let is_dash = [" - ", " – "].contains(&lead);
            (is_dash && other.span.contains(span)).then(|| (lead, self.slice(span)))
        })?;
        let word = self.word(status, word);
        Some(vec![Edit::insert(self.form.text.end, format!("{lead}{word}"))])
    }
}
