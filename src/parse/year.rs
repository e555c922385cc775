//! The year of dates that state none.

use chrono::{Datelike, NaiveDate};

use super::{assemble, blocks::Body, context::Context, text, times::Given};
use crate::{
    model::{Carrier, Fact, Origin, Postmortem},
    source::Span,
};

/// The year in the title or the path, or the only one that dates in the text state.
pub(super) fn of_document(postmortem: &Postmortem, body: &Body, context: &Context<'_>) -> Option<Given<i32>> {
    let year = |text: &str| {
        let mut digits = text.split(|c: char| !c.is_ascii_digit());
        digits.find(|run| run.len() == 4 && (run.starts_with("19") || run.starts_with("20")))?.parse().ok()
    };
    let title = &postmortem.title;
    let in_title = || Some(Given::new(year(&title.value)?, Carrier::Title, title.span));
    let in_path = || Some(Given::new(year(&postmortem.path)?, Carrier::FileName, Span::default()));
    in_title().or_else(in_path).or_else(|| only_one(body, context))
}

/// The year of all dates in the text that state one, when it is the same.
fn only_one(body: &Body, context: &Context<'_>) -> Option<Given<i32>> {
    let mut found: Vec<Fact<NaiveDate>> = Vec::new();
    text::collect(&body.blocks, &mut |text, _| {
        found.extend(assemble::dated(text, context, Origin::Inferred));
    });
    let first = found.first()?;
    let year = first.value.year();
    found.iter().all(|date| date.value.year() == year).then(|| Given::new(year, Carrier::Line, first.span))
}

#[cfg(test)]
mod tests {
    use crate::parse::tests::read;

    fn first_event(path: &str, text: &str) -> Option<String> {
        let text = format!("# Search\n\n{text}\n\n## Timeline\n\n- Mar 14 13:02 Slow\n");
        read(path, &text).postmortem.timeline.first().map(|event| event.at.iso())
    }

    #[test]
    fn a_date_without_a_year_has_that_of_all_others() {
        assert_eq!(first_event("search.md", "Created: 2026-03-20").as_deref(), Some("2026-03-14T13:02"));
        assert_eq!(
            first_event("search.md", "Created: 2026-03-20\n\nThe index is of 1 May 2024.").as_deref(),
            Some("13:02")
        );
        assert_eq!(first_event("2025-search.md", "Created: 2026-03-20").as_deref(), Some("2025-03-14T13:02"));
    }

    #[test]
    fn a_window_without_a_year_has_that_of_the_name() {
        let read =
            read("2026-search.md", "# Search\n\n**Duration:** March 14, 13:02 – March 15, 02:10 UTC\n");
        assert_eq!(read.postmortem.date.map(|date| date.value.to_string()).as_deref(), Some("2026-03-14"));
    }
}
