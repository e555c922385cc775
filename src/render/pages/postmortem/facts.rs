//! The facts at the side of a postmortem: what it states beyond its text.

use crate::{
    config::Slo,
    explain,
    model::{Fact as Stated, Milestone, Origin, Postmortem, SloCost},
    render::{
        pages::{numbers::decimal, places::filled},
        site::Cx,
        urls::Kind,
        view::{Fact, Link},
        words,
    },
};

pub(super) fn facts(cx: &Cx<'_>, postmortem: &Postmortem, root: &str) -> Vec<Fact> {
    let mut facts = Facts::default();
    facts.text("Date", postmortem.date.as_ref().map(|date| words::day(date.value)));
    if postmortem.is_date_inferred() {
        facts.mark("inferred, no date is stated");
    }
    facts.text("Detected by", postmortem.detected_by.as_ref().map(|by| by.value.key().to_owned()));
    facts.text("Trigger", said(postmortem.root_cause.trigger.as_ref()));
    let impact = &postmortem.impact;
    let number = |fact: &Option<Stated<String>>| fact.as_ref().map(|fact| words::number(&fact.value));
    facts.text("Users", number(&impact.users));
    facts.text("Requests", number(&impact.requests));
    facts.text("Failed requests", number(&impact.failed_requests));
    facts.text("Revenue", number(&impact.revenue));
    facts.text("Data lost", said(impact.data_loss.as_ref()));
    let objective = |cost: &SloCost| cx.site.config.slos.iter().find(|slo| slo.id == cost.slo);
    facts.links(
        "Error budget",
        impact.slo.iter().map(|cost| Link::plain(budget(cost, objective(cost)))).collect(),
    );
    for (term, kind, ids) in [
        ("Services", Kind::Service, &postmortem.services),
        ("Teams", Kind::Team, &postmortem.teams),
        ("Factors", Kind::Factor, &postmortem.factors),
        ("Tags", Kind::Tag, &postmortem.tags),
    ] {
        facts.links(term, cx.links(kind, ids, root));
    }
    let authors: Vec<String> = postmortem.authors.iter().map(|author| author.value.clone()).collect();
    facts.text("Written by", (!authors.is_empty()).then(|| authors.join(", ")));
    facts.text("Readers", postmortem.visibility.as_ref().map(|visibility| visibility.value.key().to_owned()));
    facts.links("Document", document_links(cx, postmortem));
    facts.0
}

/// The milestones, each with its time.
pub(super) fn times(postmortem: &Postmortem) -> Vec<Fact> {
    let mut facts = Facts::default();
    let day = postmortem.date.as_ref().map(|date| date.value);
    for milestone in Milestone::ALL {
        let Some(fact) = postmortem.times.get(&milestone).filter(|fact| !fact.value.is_unknown()) else {
            continue;
        };
        let moment = &fact.value;
        let mut text = Vec::new();
        if let Some(date) = moment.date.filter(|date| Some(*date) != day || moment.clock.is_none()) {
            text.push(words::short_day(date));
        }
        if moment.clock.is_some() {
            text.push(super::clock(moment));
        }
        text.extend(moment.zone.as_ref().filter(|_| moment.clock.is_some()).map(ToString::to_string));
        facts.text(milestone.words(), Some(text.join(" ")));
        let words = (fact.origin == Origin::Inferred).then_some("from the words of an event");
        let day = explain::day_mark(moment).map(|mark| format!("day: {mark}"));
        let marks: Vec<String> = [words.map(str::to_owned), day].into_iter().flatten().collect();
        if !marks.is_empty() {
            facts.mark(&format!("inferred {}", marks.join(", ")));
        }
    }
    facts.0
}

#[derive(Default)]
struct Facts(Vec<Fact>);

impl Facts {
    fn text(&mut self, term: &str, text: Option<String>) {
        if let Some(text) = text.filter(|text| !text.trim().is_empty()) {
            self.links(term, vec![Link::plain(text)]);
        }
    }

    fn links(&mut self, term: &str, links: Vec<Link>) {
        if !links.is_empty() {
            self.0.push(Fact { term: term.to_owned(), links, mark: String::new() });
        }
    }

    /// Says of the last fact what it is concluded from.
    fn mark(&mut self, mark: &str) {
        if let Some(fact) = self.0.last_mut() {
            mark.clone_into(&mut fact.mark);
        }
    }
}

fn said(fact: Option<&Stated<String>>) -> Option<String> {
    fact.map(|fact| fact.value.clone())
}

/// What the incident cost of an error budget: of an objective over time, bad minutes against those that it allows.
fn budget(cost: &SloCost, slo: Option<&Slo>) -> String {
    let name = &cost.slo;
    match (cost.bad_minutes, cost.error_rate, slo) {
        (Some(minutes), _, Some(slo)) => {
            let allowed = f64::from(slo.window_days) * 1_440.0 * (100.0 - slo.target) / 100.0;
            format!(
                "{name}: {} of the {} bad minutes that {} days allow",
                decimal(minutes),
                decimal(allowed),
                slo.window_days
            )
        }
        (Some(minutes), _, None) => format!("{name}: {} bad minutes", decimal(minutes)),
        (None, Some(rate), _) => format!("{name}: {} % of requests failed", decimal(rate * 100.0)),
        (None, None, _) => name.clone(),
    }
}

fn document_links(cx: &Cx<'_>, postmortem: &Postmortem) -> Vec<Link> {
    let html = &cx.site.config.output.html;
    [
        ("source", &html.source_url_template),
        ("edit", &html.edit_url_template),
        ("history", &html.history_url_template),
    ]
    .into_iter()
    .filter_map(|(text, template)| Some(Link::to(filled(template.as_deref()?, &postmortem.path), text)))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_minutes_stand_against_those_that_the_objective_allows() {
        let slo = Slo { id: "checkout".to_owned(), target: 99.9, window_days: 30, ..Slo::default() };
        let cost = SloCost { slo: "checkout".to_owned(), bad_minutes: Some(41.0), ..SloCost::default() };
        assert_eq!(budget(&cost, Some(&slo)), "checkout: 41 of the 43.2 bad minutes that 30 days allow");
        assert_eq!(budget(&cost, None), "checkout: 41 bad minutes");
        let rate = SloCost { slo: "checkout".to_owned(), error_rate: Some(0.215), ..SloCost::default() };
        assert_eq!(budget(&rate, Some(&slo)), "checkout: 21.5 % of requests failed");
    }
}
