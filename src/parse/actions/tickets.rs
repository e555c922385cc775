//! Items of the front matter that name tickets and nothing else.

use super::fields;
use crate::model::ActionItem;

/// True where every item is the key of a ticket: `actions: [SHOP-12, SHOP-14]`.
pub(crate) fn are_tickets(items: &[ActionItem]) -> bool {
    items.iter().all(|item| {
        let title = item.title.trim();
        matches!(fields::keys(title).as_slice(), [key] if key.len() == title.len())
    })
}

/// True where the text tells the work of every ticket: its table of them says more than their keys.
pub(crate) fn are_told(tickets: &[ActionItem], told: &[ActionItem]) -> bool {
    tickets.iter().all(|ticket| {
        let mut trackers = told.iter().flat_map(|told| &told.trackers);
        // The address of a ticket ends with its key.
        trackers.any(|tracker| tracker.value.ends_with(ticket.title.trim()))
    })
}

#[cfg(test)]
mod tests {
    use crate::parse::tests::read;

    #[test]
    fn the_text_tells_more_of_tickets_that_the_front_matter_only_names() {
        let titles = |tickets: &str| {
            let table =
                "| Issue | Action |\n|---|---|\n| SHOP-12 | Cap the queue |\n| SHOP-14 | Add an alert |\n";
            let text = format!("---\nactions: [{tickets}]\n---\n\n# Search\n\n## Action items\n\n{table}");
            let items = read("search.md", &text).postmortem.actions;
            items.into_iter().map(|item| item.title).collect::<Vec<_>>()
        };
        assert_eq!(titles("SHOP-12, SHOP-14"), ["Cap the queue", "Add an alert"]);
        assert_eq!(titles("SHOP-12"), ["Cap the queue", "Add an alert"]);
        assert_eq!(titles("SHOP-12, SHOP-15"), ["SHOP-12", "SHOP-15"]);
        assert_eq!(titles("SHOP-12, Fewer shards"), ["SHOP-12", "Fewer shards"]);
    }
}
