//! What a reader wants to know first, beside how bad it was and how long: who felt it, what fixed it, what is open.

use crate::{
    model::{Milestone, Postmortem, SectionKind},
    render::{
        excerpt,
        site::Cx,
        urls,
        view::{ActionsSection, Brief},
    },
};

/// The answers that the document gives.
pub(super) fn brief(cx: &Cx<'_>, place: usize, actions: Option<&ActionsSection>) -> Vec<Brief> {
    let Some((postmortem, card)) = cx.at(place) else { return Vec::new() };
    let entry = |key: &str, (text, href): (String, String)| Brief {
        term: cx.words.of("brief", key).to_owned(),
        text,
        href,
    };
    let open = actions
        .filter(|_| card.committed > 0)
        .map(|section| (section.sentence.clone(), format!("#{}", section.anchor)));
    [
        felt(cx, postmortem).map(|text| entry("felt", (text, String::new()))),
        fixed(cx, postmortem).map(|answer| entry("fixed", answer)),
        open.map(|answer| entry("open", answer)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn felt(cx: &Cx<'_>, postmortem: &Postmortem) -> Option<String> {
    let users = cx.words.number(&postmortem.impact.users.as_ref()?.value);
    let is_number = users.chars().all(|letter| !letter.is_alphabetic());
    Some(if is_number { cx.words.fill("brief.users", &[("users", &users)]) } else { users })
}

/// A sentence that only announces what stands below it says nothing here.
fn without_lead_in(text: String) -> String {
    if !text.ends_with([':', '：']) {
        return text;
    }
    text.rsplit_once(". ").map(|(before, _)| format!("{before}.")).unwrap_or_default()
}

/// The first words of the resolution, else what happened when it was mitigated.
fn fixed(cx: &Cx<'_>, postmortem: &Postmortem) -> Option<(String, String)> {
    let source = cx.site.sources.file(&postmortem.path)?;
    let said = postmortem.section(SectionKind::Resolution).and_then(|section| {
        let text = without_lead_in(excerpt::opening(postmortem, source, section.body));
        (!text.is_empty()).then(|| (text, urls::of_section("", section)))
    });
    said.or_else(|| {
        let is_fix = |milestone| matches!(milestone, Some(Milestone::Mitigated | Milestone::Resolved));
        let (number, event) = (1..).zip(&postmortem.timeline).find(|(_, event)| is_fix(event.milestone))?;
        let text = excerpt::shortened(&event.text);
        (!text.is_empty()).then(|| (text, format!("#{}", super::event_anchor(number))))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_announces_is_left_out() {
        let said = ["Retries were off. The change:", "The change:", "It was restarted."]
            .map(|text| without_lead_in(text.to_owned()));
        assert_eq!(said, ["Retries were off.", "", "It was restarted."]);
    }
}
