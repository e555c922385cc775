//! An action item of the body: the places where a change can be made, the most natural one first.
//!
//! Nothing here knows whether a way works; whoever tries them reads the document again.

mod state;
mod without;

use crate::{
    amend::{Change, words},
    edit::{line_end, line_start, next_line},
    model::{ActionItem, Postmortem},
    parse::{ActionColumn, Context, Form, form},
    source::{Edit, SourceFile, Span},
    words::capitalised,
};

/// What ends a list of fields.
const CLOSING: [char; 4] = [')', ']', '）', '】'];
/// What stands between two fields.
const BETWEEN: [char; 5] = [',', ';', '|', '·', '、'];

/// The ways to make a change, each a set of edits.
pub(super) fn candidates(
    source: &SourceFile,
    context: &Context<'_>,
    postmortem: &Postmortem,
    item: &ActionItem,
    change: &Change,
) -> Vec<Vec<Edit>> {
    let form = form(source, context, postmortem, item).unwrap_or(Form {
        text: item.span,
        tick: None,
        cells: Vec::new(),
        is_heading: false,
    });
    let ways = Ways { text: &source.text, context, postmortem, item, form };
    match change {
        Change::Status(status) => ways.status(*status),
        Change::Owner(owner) => {
            ways.field(item.owner.as_ref().map(|fact| fact.span), ActionColumn::Owner, owner)
        }
        Change::Due(due) => {
            ways.field(item.due.as_ref().map(|fact| fact.span), ActionColumn::Due, &due.to_string())
        }
        Change::Priority(priority) => {
            ways.field(item.priority.as_ref().map(|fact| fact.span), ActionColumn::Priority, priority)
        }
        Change::Closed(day) => {
            ways.field(item.closed.as_ref().map(|fact| fact.span), ActionColumn::Closed, &day.to_string())
        }
        Change::Evidence(evidence) => {
            ways.field(item.evidence.as_ref().map(|fact| fact.span), ActionColumn::Evidence, evidence)
        }
        Change::NotClosed => item.closed.as_ref().map(|closed| ways.without(closed.span)).unwrap_or_default(),
    }
}

/// The name under which a field is written where the document has none for it.
const fn label(column: ActionColumn) -> &'static str {
    match column {
        ActionColumn::Owner => "owner",
        ActionColumn::Priority => "priority",
        ActionColumn::Due => "due",
        ActionColumn::Closed => "closed",
        ActionColumn::Evidence => "evidence",
        _ => "status",
    }
}

struct Ways<'w> {
    text: &'w str,
    context: &'w Context<'w>,
    postmortem: &'w Postmortem,
    item: &'w ActionItem,
    form: Form,
}

impl Ways<'_> {
    fn slice(&self, span: Span) -> &str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }

    /// A field: in the place of the one that is there, in its cell, among those in brackets, on a line below its
    /// like, or in brackets of its own.
    fn field(&self, stated: Option<Span>, column: ActionColumn, value: &str) -> Vec<Vec<Edit>> {
        let value = if self.form.cells.is_empty() { value.to_owned() } else { value.replace('|', "\\|") };
        let mut ways = Vec::new();
        if let Some(stated) = stated.filter(|span| self.item.span.contains(*span) && !span.is_empty()) {
            ways.push(vec![Edit::new(self.trimmed(stated), value.clone())]);
        }
        let cell = self.form.cells.iter().find(|(known, _)| *known == Some(column));
        if let Some((_, cell)) = cell {
            ways.push(vec![self.filled(*cell, &value)]);
        }
        if self.form.is_heading {
            ways.extend(self.line_below(column, &value));
            return ways;
        }
        // A name that only its place makes an owner gives way to one that says so.
        let cut = stated.and_then(|stated| self.marked(stated));
        let is_in_front = cut.is_some_and(|cut| cut.start == self.form.text.start);
        let mut added: Vec<Vec<Edit>> = self.in_brackets(column, &value).into_iter().collect();
        // The bold name of an owner is no name of a field.
        added.extend(self.behind_bold_names(column, &value).filter(|_| !is_in_front));
        if stated.is_none() {
            added.extend(self.line_below(column, &value));
        }
        added.push(vec![Edit::insert(self.form.text.end, format!(" ({}: {value})", label(column)))]);
        if let Some(cut) = cut {
            let moved = |edits: &Vec<Edit>| {
                let kept = edits.iter().all(|edit| edit.span.start < cut.start || edit.span.end >= cut.end);
                kept.then(|| [vec![Edit::delete(cut)], edits.clone()].concat())
            };
            ways.extend(added.iter().filter_map(moved).collect::<Vec<_>>());
        }
        ways.extend(added);
        ways
    }

    /// A field with the mark that sets it off from the work: `[Kim] ` and `**Kim**: ` in front, ` - @kim` and ` (Kim)`
    /// behind.
    fn marked(&self, stated: Span) -> Option<Span> {
        let text = self.form.text;
        if !text.contains(stated) {
            return None;
        }
        let before = self.slice(Span::new(text.start, stated.start));
        let behind = self.slice(Span::new(stated.end, text.end));
        if let ("[", Some(rest)) = (before, behind.strip_prefix(']')) {
            return Some(Span::new(text.start, text.end - rest.trim_start().len()));
        }
        if before.trim_start_matches(['*', '_', '@']).is_empty() {
            let rest = behind.trim_start_matches(['*', '_']);
            let rest = match rest.strip_prefix([':', '：']) {
                Some(rest) => rest.trim_start_matches(['*', '_']),
                None => self.slice(stated).starts_with('@').then_some(rest)?,
            };
            let rest = rest.trim_start();
            return Some(Span::new(text.start, text.end - rest.len()));
        }
        if let (Some(work), true) = (before.strip_suffix('('), behind.starts_with(')')) {
            return Some(Span::new(text.start + work.trim_end().len(), stated.end + 1));
        }
        let dash = [" - ", " – ", " — "].iter().find(|dash| before.ends_with(**dash))?;
        let is_last = behind.is_empty() || behind.starts_with(" (");
        is_last.then(|| Span::new(stated.start - dash.len(), stated.end))
    }

    fn trimmed(&self, span: Span) -> Span {
        let written = self.slice(span);
        let start = span.start + (written.len() - written.trim_start().len());
        Span::new(start, start + written.trim().len())
    }

    /// A cell with something in it.
    fn filled(&self, cell: Span, value: &str) -> Edit {
        let there = self.trimmed(cell);
        if !there.is_empty() {
            return Edit::new(there, value);
        }
        let (first, next) = (line_start(self.text, cell.start), next_line(self.text, cell.start));
        let (left, right) =
            (self.slice(Span::new(first, cell.start)), self.slice(Span::new(cell.start, next)));
        let blank = Span::new(
            first + left.trim_end_matches([' ', '\t']).len(),
            cell.start + (right.len() - right.trim_start_matches([' ', '\t']).len()),
        );
        // As wide as it was where the value fits, with a space on either side.
        let width = (blank.end - blank.start).saturating_sub(1).max(value.chars().count() + 1);
        Edit::new(blank, format!(" {value:width$}"))
    }

    /// Among the fields in brackets at the end of the words.
    fn in_brackets(&self, column: ActionColumn, value: &str) -> Option<Vec<Edit>> {
        let written = self.slice(self.form.text).trim_end_matches(['.', '。']);
        let close = CLOSING.iter().find_map(|close| written.strip_suffix(*close))?;
        let open = close.rfind(['(', '[', '（', '【'])?;
        let inner = close.get(open..)?;
        let has_fields = inner.contains([':', '：']) || inner.contains(BETWEEN);
        has_fields.then(|| {
            vec![Edit::insert(self.form.text.start + close.len(), format!(", {}: {value}", label(column)))]
        })
    }

    /// Behind fields with bold names on the line of the work: `Cap the queue **Owner:** Kim`.
    fn behind_bold_names(&self, column: ActionColumn, value: &str) -> Option<Vec<Edit>> {
        let written = self.slice(self.form.text);
        let name = capitalised(label(column));
        let field = if written.contains(":** ") {
            format!(" **{name}:** {value}")
        } else if written.contains("**: ") {
            format!(" **{name}**: {value}")
        } else {
            return None;
        };
        // Where something stands between two of them, it does here too.
        let bar = if written.contains("| **") { " |" } else { "" };
        Some(vec![Edit::insert(self.form.text.end, format!("{bar}{field}"))])
    }

    /// On a line of its own, as the line of another field of the item is written; for a heading also without such.
    fn line_below(&self, column: ActionColumn, value: &str) -> Vec<Vec<Edit>> {
        let end = line_end(self.text);
        let words = self.context.words();
        let item = &self.item;
        let facts = [
            item.owner.as_ref().map(|fact| fact.span),
            item.due.as_ref().map(|fact| fact.span),
            item.priority.as_ref().map(|fact| fact.span),
            item.kind.as_ref().map(|fact| fact.span),
            item.closed.as_ref().map(|fact| fact.span),
            item.evidence.as_ref().map(|fact| fact.span),
            Some(item.status.span),
        ];
        let mut ways = Vec::new();
        let below = |span: &Span| item.span.contains(*span) && span.start >= self.form.text.end;
        let facts = facts.into_iter().flatten().map(|span| self.trimmed(span));
        let mut facts: Vec<Span> = facts.filter(below).collect();
        // The last line of them first: what is new comes behind what was there.
        facts.sort_by_key(|span| std::cmp::Reverse(span.start));
        for span in facts {
            let (start, next) = (line_start(self.text, span.start), next_line(self.text, span.start));
            let lead = self.text.get(start..span.start).unwrap_or_default();
            let Some((from, to)) = name_in(lead).filter(|(from, to)| {
                lead.get(*from..*to).is_some_and(|name| words.action_column(name).is_some())
            }) else {
                continue;
            };
            let name = label(column);
            let name = if lead.get(from..).is_some_and(|name| name.starts_with(char::is_uppercase)) {
                capitalised(name)
            } else {
                name.to_owned()
            };
            let (head, tail) = (lead.get(..from).unwrap_or_default(), lead.get(to..).unwrap_or_default());
            // A row of a table ends as the others do.
            let bar = self.text.get(span.end..next).map(str::trim).filter(|rest| *rest == "|");
            let bar = bar.map(|bar| format!(" {bar}")).unwrap_or_default();
            let joined = self.end_of_line(next);
            ways.push(vec![Edit::insert(next, format!("{joined}{head}{name}{tail}{value}{bar}{end}"))]);
        }
        if self.form.is_heading {
            let next = next_line(self.text, self.form.text.start);
            let joined = self.end_of_line(next);
            ways.push(vec![Edit::insert(next, format!("{joined}{end}{}: {value}{end}", label(column)))]);
        }
        ways
    }

    /// What the last line of a text still needs before another one.
    fn end_of_line(&self, next: usize) -> &'static str {
        if self.text.get(..next).is_some_and(|text| text.ends_with('\n')) { "" } else { line_end(self.text) }
    }
}

/// Where in the beginning of a line the name of its field stands: the last words in front of the sign that ends it.
fn name_in(lead: &str) -> Option<(usize, usize)> {
    let end = lead.rfind(|letter: char| letter.is_alphanumeric())?;
    let end = end + lead.get(end..)?.chars().next()?.len_utf8();
    let start = lead.get(..end)?.rfind(|letter: char| !letter.is_alphanumeric() && letter != ' ');
    let start = start
        .map_or(0, |at| at + lead.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8));
    let blank = lead.get(start..end)?.len() - lead.get(start..end)?.trim_start().len();
    Some((start + blank, end))
}
