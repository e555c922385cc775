//! Tasks whose state or ticket only markup sets apart, `**TODO** Cap the queue`, also outside of any list of them.

use super::{Actions, Context, fields, item::Draft};
use crate::{
    model::{ActionItem, ActionStatus, SectionKind},
    parse::{
        blocks::{Block, Body, Item, Kind, Row},
        inline::Inline,
        locale::{ActionColumn, EventColumn},
        outline::Part,
        ranges::Ranges,
    },
    source::Span,
};

impl Actions<'_> {
    /// Reads the marked tasks of a document. Where none of them is open, the marks are the news of a status page.
    pub(super) fn marked(&mut self, body: &Body, parts: &[Part<'_>]) {
        let words = self.context.words;
        let is_one = |part: &&Part<'_>| {
            part.is(SectionKind::ActionItems)
                || part.is(SectionKind::Timeline)
                || words.deeds.is_standing(&part.section.title)
        };
        let entries = Ranges::new(parts.iter().filter(is_one).map(Part::whole).collect());
        let elsewhere = |at: usize| !entries.overlaps(Span::new(at, at + 1));
        let mut found: Vec<(&Inline, ActionStatus)> = Vec::new();
        for block in body.blocks.iter().filter(|block| elsewhere(block.span.start)) {
            match &block.kind {
                Kind::Paragraph(text) => found.extend(self.mark(text).map(|status| (text, status))),
                Kind::List(items) => found.extend(items.iter().filter_map(|item| {
                    match item.blocks.first().map(|first| &first.kind) {
                        Some(Kind::Paragraph(text)) => self.mark(text).map(|status| (text, status)),
                        _ => None,
                    }
                })),
                _ => {}
            }
        }
        if self.items.is_empty() && !found.iter().any(|(_, status)| *status == ActionStatus::Open) {
            self.boxes(body, &elsewhere);
        }
        if found.iter().any(|(_, status)| *status == ActionStatus::Open) {
            self.group = super::Group::default();
            for (text, _) in found {
                self.add(self.group.draft(), text, text.span);
            }
        }
        if self.items.is_empty() {
            self.named(body, &elsewhere);
        }
    }

    /// Reads paragraphs that call themselves an action item, where nothing else does.
    fn named(&mut self, body: &Body, elsewhere: &dyn Fn(usize) -> bool) {
        self.group = super::Group::default();
        for block in body.blocks.iter().filter(|block| elsewhere(block.span.start)) {
            if let Kind::Paragraph(text) = &block.kind
                && let Some(work) = self.named_task(text)
            {
                self.add(self.group.draft(), &work, text.span);
            }
        }
        self.keep_unless_told(0);
    }

    /// What stands behind the words by which a paragraph calls itself an action item: `Action item: cap the queue`.
    pub(super) fn named_task(&self, text: &Inline) -> Option<Inline> {
        const NAME: usize = 24;
        let colon = text.text.bytes().take(NAME).position(|byte| byte == b':')?;
        let name = text.text.get(..colon)?;
        let work = text.from(colon + 1);
        (self.context.words.heads_the_list(name) && !work.is_blank()).then_some(work)
    }

    /// Reads a table that says what is to be done and by whom, where no section holds the action items, or no more than
    /// paragraphs.
    pub(super) fn tables(&mut self, body: &Body, parts: &[Part<'_>]) {
        let is_prose = |item: &ActionItem| {
            let at = body.blocks.partition_point(|block| block.span.end <= item.span.start);
            body.blocks.get(at).is_some_and(|block| matches!(block.kind, Kind::Paragraph(_)))
        };
        if !self.items.iter().all(is_prose) {
            return;
        }
        let prose = std::mem::take(&mut self.items);
        let words = self.context.words;
        let timelines = parts.iter().filter(|part| part.is(SectionKind::Timeline));
        let timelines = Ranges::new(timelines.map(Part::whole).collect());
        let response =
            parts.iter().filter(|part| part.is(SectionKind::Response) || part.is(SectionKind::Resolution));
        let response = Ranges::new(response.map(Part::whole).collect());
        let is_of_response = |at: usize| response.overlaps(Span::new(at, at + 1));
        let is_of_events = |at: usize| timelines.overlaps(Span::new(at, at + 1));
        self.group = super::Group::default();
        for block in body.blocks.iter().filter(|block| !is_of_events(block.span.start)) {
            let Kind::Table { head, rows } = &block.kind else { continue };
            let columns = || head.iter().filter_map(|cell| words.action_column(&cell.text));
            let names = |wanted| columns().any(|column| column == wanted);
            let is_timed = head.iter().any(|cell| words.event_column(&cell.text) == Some(EventColumn::Time));
            let is_followed = || self.shows_states(head, rows) && !is_of_response(block.span.start);
            let is_work =
                names(ActionColumn::Title) && !is_timed && (names(ActionColumn::Owner) || is_followed());
            // Beside paragraphs only one that follows the work up.
            let follows = || {
                let fields = [ActionColumn::Status, ActionColumn::Due, ActionColumn::Tracker];
                fields.into_iter().any(names) && !is_of_response(block.span.start)
            };
            if is_work && (prose.is_empty() || follows()) {
                self.table(head, rows);
            }
        }
        if self.items.is_empty() {
            self.items = prose;
        }
    }

    /// True for a table with a column that calls itself the work, and of whose rows each says how far it has come.
    fn shows_states(&self, head: &[Inline], rows: &[Row]) -> bool {
        let words = self.context.words;
        let column = |cell: &Inline| words.action_column(&cell.text);
        let Some(at) = head.iter().position(|cell| column(cell) == Some(ActionColumn::Status)) else {
            return false;
        };
        let is_state = |row: &Row| {
            row.cells.get(at).is_some_and(|cell| fields::status_with_remark(words, &cell.text).is_some())
        };
        let named = head.iter().find(|cell| column(cell) == Some(ActionColumn::Title));
        named.is_some_and(|name| words.heads_the_list(&name.text)) && rows.iter().all(is_state)
    }

    /// Reads lines and items with a box to tick, where no section holds the action items.
    fn boxes(&mut self, body: &Body, elsewhere: &dyn Fn(usize) -> bool) {
        let words = self.context.words;
        // Where one of the boxes says that nothing applies, they are the choices of a form.
        let is_none = |item: &Item| {
            item.checked.is_some() && item.text().is_some_and(|text| words.is_nothing(text.text.trim()))
        };
        let is_choice = |block: &Block| matches!(&block.kind, Kind::List(items) if items.iter().any(is_none));
        if body.blocks.iter().any(is_choice) {
            return;
        }
        self.group = super::Group::default();
        for block in body.blocks.iter().filter(|block| elsewhere(block.span.start)) {
            match &block.kind {
                Kind::Paragraph(text) if has_box(text) => {
                    let lines = text.lines();
                    if lines.iter().all(|line| has_box(line)) {
                        for line in &lines {
                            self.add(self.group.draft(), line, line.span);
                        }
                    }
                }
                Kind::List(items) => {
                    items.iter().filter(|item| item.checked.is_some()).for_each(|item| self.item(item));
                }
                _ => {}
            }
        }
    }

    /// The state in bold capitals in front of a text.
    fn mark(&self, text: &Inline) -> Option<ActionStatus> {
        let end = text.bold_lead()?;
        let word = text.text.get(..end)?.trim().trim_end_matches(':');
        let is_mark = word.chars().all(|c| c.is_uppercase() || c == ' ') && !text.from(end).is_blank();
        is_mark.then(|| fields::status(self.context.words, word)).flatten()
    }
}

/// True for a line that begins with a box to tick, which Markdown takes for text: `[] Cap the queue`, `☐ Cap it`.
fn has_box(text: &Inline) -> bool {
    let line = text.text.trim_start();
    ["[]", "[ ]", "[x]", "[X]", "☐", "☑"].iter().any(|mark| line.starts_with(mark))
}

impl Draft {
    /// What only its markup sets apart in front: a state in bold, `**DONE** Add an alert`, and a link to a ticket with a
    /// dash behind it, `[K12](https://…) - Add an alert`.
    pub(super) fn marked_front(&mut self, context: &Context<'_>, text: &Inline) -> Option<Inline> {
        let whole = text.text.as_str();
        if let Some(end) = text.bold_lead()
            && let Some(word) = whole.get(..end)
            && word.split_whitespace().count() <= 2
            && !text.from(end).is_blank()
            && (self.set_status(context.words, word, text.source(0..end))
                || self.set_priority(context.words, word, text.source(0..end)))
        {
            let behind = text.from(end);
            let cut = behind.text.trim_start_matches([':', '：', '-', '–', ' ']).len();
            return Some(behind.from(behind.text.len() - cut));
        }
        let (name, rest) = whole.split_once(char::is_whitespace)?;
        let behind = rest.trim_start().strip_prefix(['-', '–', '—', ':'])?;
        let link = context.links.get(*text.links().first()?)?;
        if link.text != name || !fields::is_tracker(&link.target) || behind.trim().is_empty() {
            return None;
        }
        self.add_tracker(&link.target, link.span);
        Some(text.from(whole.len() - behind.len()))
    }

    /// Sets the state that stands in brackets behind a name in bold type, `**Cap the queue.** *(shipped, #12)* It grew.`, and
    /// gives the text without it.
    pub(super) fn marked_behind_name(&mut self, context: &Context<'_>, text: &Inline) -> Option<Inline> {
        let end = text.bold_lead()?;
        let behind = text.from(end);
        let (inside, rest) = behind.text.strip_prefix('(')?.split_once(')')?;
        // What the whole item ends with is read there.
        if rest.trim().is_empty() {
            return None;
        }
        let is_state = self.set_status_with_remark(context.words, inside, behind.source(1..1 + inside.len()));
        let rest = behind.from(behind.text.len() - rest.len());
        is_state.then(|| text.slice(0..end).followed_by(" ", &rest))
    }
}

#[cfg(test)]
mod tests {
    use crate::parse::actions::tests::items;

    #[test]
    fn a_priority_or_a_report_needs_no_name() {
        assert_eq!(
            items(
                "- **HIGH** Cap the queue\n- Test it\n  - This has been done: see the wiki\n- Page on lag\n  - This is hard\n"
            ),
            ["[open] Cap the queue | HIGH", "[done] Test it", "[open] Page on lag"]
        );
        assert_eq!(
            items("- **HIGH** Cap the queue\n- **LOW** Test it\n"),
            ["[open] Cap the queue | HIGH", "[open] Test it | LOW"]
        );
        assert_eq!(items("- **P1:** Cap it\n- **P2:** Test it\n- **P2:** Page on lag\n").len(), 3);
    }

    #[test]
    fn the_state_may_stand_in_brackets_behind_a_name() {
        assert_eq!(
            items(
                "1. **Cap the queue.** *(shipped, [#12](https://example.com/pull/12))* It grew.\n\
                 2. **Page on lag.** *(outstanding — nobody has begun)* It came unseen.\n\
                 3. **Test the restore** (shipped for this index; a habit from now on) It failed.\n\
                 4. **Ask them** (closed beta) How it was.\n"
            ),
            [
                "[done] Cap the queue. It grew. | https://example.com/pull/12",
                "[open] Page on lag. It came unseen.",
                "[done] Test the restore It failed.",
                "[open] Ask them (closed beta) How it was."
            ]
        );
    }

    #[test]
    fn a_table_of_work_and_who_does_it_counts_wherever_it_stands() {
        let elsewhere = |table: &str| items(&format!("none\n\n## Detection\n\nBy chance.\n\n{table}"));
        assert_eq!(
            elsewhere(
                "| Action item | Type | Owner | Bug |\n|---|---|---|---|\n| Pin the compiler | prevent | search | DONE |\n"
            ),
            ["[done] Pin the compiler | search | prevent"]
        );
        let states = "| Action | Keeps away | Status |\n|---|---|---|\n| Pin the compiler | Surprises | Done |\n| Test it | Bugs | In progress |\n";
        assert_eq!(elsewhere(states), ["[done] Pin the compiler", "[in-progress] Test it"]);
        assert_eq!(elsewhere(&format!("## Response\n\n{states}")), Vec::<String>::new());
        assert_eq!(elsewhere(&states.replace("Bugs | In progress", "Bugs | 200")), Vec::<String>::new());
        let table = "| Follow-up | Owner | Status |\n|---|---|---|\n| Pin the compiler | search | Open |\n";
        let beside = |work: &str| items(&format!("{work}\n\n## Review\n\n{table}"));
        assert_eq!(beside("We will pin it."), ["[open] Pin the compiler | search"]);
        assert_eq!(beside("- Test it"), ["[open] Test it"]);
        let roles = table.replace("Status", "Place");
        assert_eq!(items(&format!("We will pin it.\n\n## Review\n\n{roles}")), ["[open] We will pin it."]);
        let moments = "| Time | Action | Owner |\n|---|---|---|\n| 13:02 | Compiler pinned | search |\n";
        assert_eq!(elsewhere(moments), Vec::<String>::new());
        assert_eq!(
            elsewhere("| Action | Meaning |\n|---|---|\n| pin | fixes a version |\n"),
            Vec::<String>::new()
        );
    }

    #[test]
    fn paragraphs_that_call_themselves_action_items_count_where_no_section_holds_any_and_beside_lists() {
        let lessons =
            "none\n\n## Lessons\n\nQueues grow.\n\nAction point: cap the queue.\n\nAction item: test it.\n";
        assert_eq!(items(lessons), ["[open] cap the queue.", "[open] test it."]);
        assert_eq!(
            items("- Cap the queue\n\n**Action item:** Test it. Owner: Kim\n"),
            ["[open] Cap the queue", "[open] Test it | Kim"]
        );
        assert_eq!(items("none\n\n## Response\n\nAction: restarted the index.\n"), Vec::<String>::new());
    }

    #[test]
    fn boxes_of_a_list_that_is_gone_through_each_time_are_no_work() {
        let list = "## Deployment checklist\n\nGo through it.\n\n### Before\n\n- [ ] Logs are clean\n- [ ] Pin is set\n";
        let elsewhere = |list: &str| items(&format!("none\n\n{list}"));
        assert_eq!(elsewhere(list), Vec::<String>::new());
        let later = list.replace("Deployment checklist", "Later");
        assert_eq!(elsewhere(&later).len(), 2);
        let form = "## Area\n\n- [x] Search\n- [ ] Shop\n- [ ] N/A\n\n";
        assert_eq!(elsewhere(&format!("{form}{later}")), Vec::<String>::new());
        assert_eq!(elsewhere(&format!("{}{later}", form.replace("N/A", "…"))).len(), 4);
    }
}
