//! The ways to take a field of an action item away.

use super::{BETWEEN, CLOSING, Ways, name_in};
use crate::{
    edit::{line_start, next_line},
    parse::ActionColumn,
    source::{Edit, Span},
};

impl Ways<'_> {
    /// Without a field: its cell emptied, its line gone, or its part of the brackets.
    pub(super) fn without(&self, stated: Span) -> Vec<Vec<Edit>> {
        if !self.item.span.contains(stated) {
            return Vec::new();
        }
        let is_own = |(known, cell): &&(Option<ActionColumn>, Span)| {
            *known == Some(ActionColumn::Closed) && cell.contains(stated)
        };
        if let Some((_, cell)) = self.form.cells.iter().find(is_own) {
            return vec![vec![Edit::delete(self.trimmed(*cell))]];
        }
        let (first, next) = (line_start(self.text, stated.start), next_line(self.text, stated.end));
        let before = self.text.get(first..stated.start).unwrap_or_default();
        let words = self.context.words();
        let is_name = |(from, to): &(usize, usize)| {
            before.get(*from..*to).is_some_and(|name| words.action_column(name).is_some())
        };
        let Some((name, _)) = name_in(before).filter(is_name) else { return Vec::new() };
        let mut ways = Vec::new();
        if stated.start >= self.form.text.end {
            ways.push(vec![Edit::delete(Span::new(first, next))]);
        }
        let start = first + name;
        let head = self.text.get(..start).unwrap_or_default();
        if let Some(bold) = head.strip_suffix("**") {
            let kept = bold.trim_end_matches([' ', '|']).len();
            ways.push(vec![Edit::delete(Span::new(kept, stated.end))]);
        }
        let head = head.trim_end();
        let rest = self.text.get(stated.end..).unwrap_or_default();
        let opens = head.ends_with(['(', '[', '（', '【']);
        let closes = rest.starts_with(CLOSING);
        let cut = if opens && closes {
            let open = head.trim_end_matches(['(', '[', '（', '【']).trim_end().len();
            Span::new(open, stated.end + rest.chars().next().map_or(0, char::len_utf8))
        } else if head.ends_with(BETWEEN) {
            Span::new(head.trim_end_matches(BETWEEN).len(), stated.end)
        } else {
            let behind = rest.trim_start_matches(BETWEEN).trim_start_matches(' ');
            Span::new(start, stated.end + (rest.len() - behind.len()))
        };
        ways.push(vec![Edit::delete(cut)]);
        ways
    }
}
