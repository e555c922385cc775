//! What headings and lines above a list say about all of its items: who answers for them, how far they have come, by
//! when they are due.
//!
//! A heading passes what it says on to the headings and lines below it, which may say otherwise.

use super::{Actions, Context, fields, item::Draft, owners, owners::Habit, owners::is_a_name, sections};
use crate::{
    model::{ActionStatus, ActionType, Due, Fact, Origin},
    parse::{
        inline::Inline,
        locale::{ActionColumn as Column, Lesser, Lexicon},
    },
    source::Span,
};

/// What the lines above a list say about all of its items.
#[derive(Debug, Clone, Default)]
pub(super) struct Group {
    pub(super) title: Option<String>,
    pub(super) status: Option<Fact<ActionStatus>>,
    pub(super) kind: Option<Fact<ActionType>>,
    pub(super) owner: Option<Fact<String>>,
    pub(super) due: Option<Fact<Due>>,
    pub(super) priority: Option<Fact<String>>,
    /// True when all of it was done, where an item does not say otherwise.
    pub(super) finished: bool,
    /// How the items of the list name who answers for them.
    pub(super) habit: Habit,
}

impl Group {
    pub(super) fn draft(&self) -> Draft {
        Draft { group: self.clone(), ..Draft::default() }
    }

    /// The same for a heading or a line below: all but the words.
    fn passed_on(&self) -> Self {
        Self { title: None, habit: Habit::None, ..self.clone() }
    }

    /// Learns what a heading or a line says about the items below it.
    fn describe(&mut self, context: &Context<'_>, title: &str, span: Span) {
        let words = context.words;
        let title = title.trim().trim_end_matches([':', '：']);
        let remark = sections::remark(title);
        let either = || std::iter::once(title).chain(remark);
        if let Some(owner) = either().find(|text| heads_owners(words, text)) {
            self.owner = Some(Fact::new(owner.to_owned(), span, Origin::Section));
        }
        if let Some(priority) = either().find(|text| fields::is_priority(words, text)) {
            self.priority = Some(Fact::new(priority.to_owned(), span, Origin::Section));
        }
        let status = fields::status(words, title).or_else(|| fields::status(words, remark?));
        let status = status.filter(|_| !fields::has_light(title));
        let is_finished = words.heads_finished_work(title) || words.names_lesser_work(Lesser::Changes, title);
        self.finished = is_finished || self.finished && status.is_none();
        if let Some(status) = status {
            self.status = Some(Fact::new(status, span, Origin::Section));
        }
        if let Some(kind) = words.action_type(title) {
            self.kind = Some(Fact::new(kind, span, Origin::Section));
        }
        if let Some(due) = either().find_map(|text| due(context, text)) {
            self.due = Some(Fact::new(due, span, Origin::Section));
        }
        self.title = Some(title.to_owned());
    }
}

/// True for a heading that names who answers for what stands below it. `Incident management` is a theme.
fn heads_owners(words: &Lexicon, text: &str) -> bool {
    let last = text.split_whitespace().next_back().unwrap_or_default();
    words.are_names(text) && !words.is_theme(last)
}

/// When what stands below a heading is due: `By 2026-04-01`, `Q3 2026`, `Target: end of April 2026`. A lone day may be
/// that of a meeting.
fn due(context: &Context<'_>, text: &str) -> Option<Due> {
    const WORDS: usize = 8;
    if text.split_whitespace().nth(WORDS).is_some() {
        return None;
    }
    let read = |text: &str| fields::due(context.words, text, context.order, context.near);
    let ends = text.match_indices([' ', ':']).map(|(at, _)| at).take(2);
    let named = ends
        .filter_map(|end| text.split_at_checked(end))
        .find(|(name, _)| context.words.action_column(name) == Some(Column::Due));
    match named {
        Some((_, value)) => read(value.trim_start_matches([':', ' '])),
        None => read(text).filter(|due| !matches!(due, Due::Day(_)) && text.split_whitespace().count() <= 2),
    }
}

impl Actions<'_> {
    /// Turns to a section: what its heading says.
    pub(super) fn enter_section(&mut self, title: &str, span: Span) {
        self.group = Group::default();
        let is_named = self.context.words.exact_section(title).is_some();
        // The sign in `✅ Action items` is an ornament.
        let plain: String = if is_named {
            title.chars().filter(|c| c.is_ascii() || c.is_alphanumeric()).collect()
        } else {
            title.to_owned()
        };
        self.group.describe(&self.context, &plain, span);
        self.group.title = None;
        self.heads = vec![(0, self.group.clone())];
    }

    /// Turns to a heading within the section.
    pub(super) fn enter_heading(&mut self, level: u8, text: &Inline) {
        self.heads.retain(|(outer, _)| *outer < level);
        self.group = self.heads.last().map(|(_, group)| group.passed_on()).unwrap_or_default();
        self.group.describe(&self.context, &text.one_line(), text.span);
        self.heads.push((level, self.group.clone()));
    }

    /// Turns to a line above a list: a theme, a state or an owner.
    pub(super) fn enter_line(&mut self, text: &Inline) {
        let line = text.one_line();
        self.group = self.heads.last().map(|(_, group)| group.passed_on()).unwrap_or_default();
        self.group.describe(&self.context, &line, text.span);
        self.name_owner(text);
    }

    /// Turns to a line above a list that holds fields: `**Owner:** Kim`.
    pub(super) fn enter_fields(&mut self, text: &Inline) -> bool {
        let mut draft = Draft::default();
        let all = text.lines().iter().all(|line| draft.field_line(&self.context, line));
        if all {
            self.group.owner = draft.owner.or(self.group.owner.take());
            self.group.due = draft.due.or(self.group.due.take());
            self.group.status = draft.status.or(self.group.status.take());
            self.group.priority = draft.priority.or(self.group.priority.take());
        }
        all
    }

    /// Takes a line for the name of whoever answers for the items below it, when it is one.
    pub(super) fn name_owner(&mut self, text: &Inline) {
        let line = text.one_line();
        let name = line.trim_end_matches([':', '：']).trim();
        let words = self.context.words;
        let named = name
            .split_once([':', '：'])
            .filter(|(label, _)| words.action_column(label) == Some(Column::Owner))
            .map(|(_, owner)| owner.trim());
        let owner = named.or_else(|| {
            let is_name = || is_a_name(words, name) || owners::are_initials(words, name);
            let is_bold_name = || text.is_all(|style| style.bold) && self.owners_head_lists && is_name();
            (words.are_names(name) || is_bold_name()).then_some(name)
        });
        if let Some(owner) = owner.filter(|owner| !owner.is_empty()) {
            self.group.owner = Some(Fact::new(owner.to_owned(), text.span, Origin::Section));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::parse::{actions::tests::items, tests::read};

    #[test]
    fn a_heading_that_names_a_team_gives_it_the_items_also_below_a_line_with_a_colon() {
        assert_eq!(
            items(
                "### Platform team\n\nWe will do these:\n\n- Cap the queue\n- Test it (Kim)\n\n#### Later\n\n- Move it\n\n\
                 ### Incident management\n\n- Call earlier\n"
            ),
            [
                "[open] Cap the queue | Platform team",
                "[open] Test it | Kim",
                "[open] Move it | Platform team",
                "[open] Call earlier",
            ]
        );
    }

    #[test]
    fn a_coloured_light_beside_a_heading_or_a_priority_is_no_state() {
        let headed =
            "### 🔴 Urgent\n\n- Cap the queue\n\n### 🟢 Later\n\n- Move it\n\n### ✅ Done\n\n- Test it\n";
        assert_eq!(items(headed), ["[open] Cap the queue", "[open] Move it", "[done] Test it"]);
        let table = "| Action | Priority | Owner |\n|---|---|---|\n| Cap the queue | 🔴 High | Kim |\n| Move it | 🟢 Low | Sam |\n";
        assert_eq!(items(table), ["[open] Cap the queue | Kim | High", "[open] Move it | Sam | Low"]);
    }

    #[test]
    fn a_section_gives_its_owner_to_what_stands_below_its_lines_and_headings() {
        let text = "# Search\n\n## Action needed (Kim)\n\nBefore the release:\n\n- Cap the queue\n\n### Later\n\n- Test it\n";
        let owners = read("search.md", text)
            .postmortem
            .actions
            .into_iter()
            .map(|item| item.owner.map(|owner| owner.value));
        assert_eq!(owners.collect::<Vec<_>>(), [Some("Kim".to_owned()), Some("Kim".to_owned())]);
    }

    #[test]
    fn headings_say_when_work_is_due_and_how_urgent_it_is() {
        assert_eq!(
            items(
                "### By 2026-04-01\n\n- Cap the queue\n\n### Later (target: Q4 2026 - Q1 2027)\n\n- Test it\n\n### P1\n\n- Move it\n\n\
                 ### 2026-03-20\n\n- Drop it\n"
            ),
            [
                "[open] Cap the queue | 2026-04-01",
                "[open] Test it | 2027-Q1",
                "[open] Move it | P1",
                "[open] Drop it",
            ]
        );
    }

    #[test]
    fn the_states_of_headings_and_lines_are_those_of_their_items_and_no_names() {
        assert_eq!(
            items(
                "### Done\n\nLast week:\n\n- Cap the queue\n\n### In progress\n\n- Test it\n\n### To do\n\n- Move it\n"
            ),
            ["[done] Cap the queue", "[in-progress] Test it", "[open] Move it"]
        );
        assert_eq!(
            items("**Completed:**\n- Cap the queue\n\n**Pending:**\n- Test it\n"),
            ["[done] Cap the queue", "[open] Test it"]
        );
        let signed = read("search.md", "# Search\n\n## ✅ Action items\n\n- Cap the queue\n").postmortem;
        assert_eq!(signed.actions.first().map(|item| item.status.value.key()), Some("open"));
    }

    #[test]
    fn initials_above_lists_are_those_of_the_owners_where_nothing_else_stands_above_any() {
        let list = "**NP**\n\n- Cap the queue\n\n**For later**\n\n**GE/RK**\n\n- Test it\n";
        assert_eq!(items(list), ["[open] Cap the queue | NP", "[open] Test it | GE/RK"]);
        assert_eq!(items(&list.replace("NP", "Queue and index")), ["[open] Cap the queue", "[open] Test it"]);
    }

    #[test]
    fn a_line_of_fields_above_a_list_is_said_of_all_items() {
        assert_eq!(
            items("**Owner:** Kim **Due:** 2026-04-01\n\n- Cap the queue\n- Test it\n"),
            ["[open] Cap the queue | Kim | 2026-04-01", "[open] Test it | Kim | 2026-04-01"]
        );
    }
}
