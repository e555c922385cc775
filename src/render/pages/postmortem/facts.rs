//! The facts at the side of a postmortem: what it states beyond its text.

use crate::{
    aggregate::Minutes,
    config::Config,
    explain,
    model::{Fact as Stated, Milestone, Origin, Postmortem, SloCost},
    render::{
        excerpt,
        pages::places,
        site::Cx,
        urls::{self, Kind},
        view::{Fact, Link},
        words::Words,
    },
};

pub(super) fn facts(cx: &Cx<'_>, postmortem: &Postmortem, root: &str) -> Vec<Fact> {
    let mut facts = Facts::default();
    let words = cx.words;
    let term = |key: &str| words.of("fact", key);
    facts.text(term("date"), postmortem.date.as_ref().map(|date| words.day(date.value)));
    if postmortem.is_date_inferred() {
        facts.mark(term("inferred-date"));
    }
    let detected_by = postmortem.detected_by.as_ref();
    let detected_by = detected_by.map(|by| words.of("detected-by", by.value.key()).to_owned());
    facts.text(term("detected-by"), detected_by);
    facts.text(term("trigger"), said(postmortem.root_cause.trigger.as_ref()));
    let impact = &postmortem.impact;
    let number = |fact: &Option<Stated<String>>| fact.as_ref().map(|fact| words.number(&fact.value));
    facts.text(term("users"), number(&impact.users));
    facts.text(term("requests"), number(&impact.requests));
    facts.text(term("failed-requests"), number(&impact.failed_requests));
    facts.text(term("revenue"), number(&impact.revenue));
    facts.text(term("data-lost"), said(impact.data_loss.as_ref()));
    facts.links(
        term("error-budget"),
        impact.slo.iter().map(|cost| Link::plain(budget(words, cx.site.config, postmortem, cost))).collect(),
    );
    for (term, kind, ids) in [
        (words.of("kinds", "services"), Kind::Service, &postmortem.services),
        (words.of("kinds", "teams"), Kind::Team, &postmortem.teams),
        (term("factors"), Kind::Factor, &postmortem.factors),
        (words.of("kinds", "tags"), Kind::Tag, &postmortem.tags),
    ] {
        facts.links(term, cx.links(kind, ids, root));
    }
    let source = cx.source(postmortem);
    let page = |group| Link::to(urls::from(root, &Kind::Source.page(group)), group.name.as_str());
    facts.links(words.of("kind", "sources"), source.map(page).into_iter().collect());
    let authors: Vec<String> = postmortem.authors.iter().map(|author| author.value.clone()).collect();
    facts.text(term("authors"), (!authors.is_empty()).then(|| words.row(&authors)));
    let readers = postmortem.visibility.as_ref();
    let readers = readers.map(|readers| words.of("visibility", readers.value.key()).to_owned());
    facts.text(term("readers"), readers);
    facts.links(term("document"), document_links(cx, postmortem));
    facts.0
}

/// The milestones, each with its time.
pub(super) fn times(words: &Words, postmortem: &Postmortem) -> Vec<Fact> {
    let mut facts = Facts::default();
    let day = postmortem.date.as_ref().map(|date| date.value);
    for milestone in Milestone::ALL {
        let Some(fact) = postmortem.times.get(&milestone).filter(|fact| !fact.value.is_unknown()) else {
            continue;
        };
        let moment = &fact.value;
        let mut text = Vec::new();
        if let Some(date) = moment.date.filter(|date| Some(*date) != day || moment.clock.is_none()) {
            text.push(words.short_day(date));
        }
        if moment.clock.is_some() {
            text.push(super::clock(moment));
        }
        text.extend(moment.zone.as_ref().filter(|_| moment.clock.is_some()).map(ToString::to_string));
        facts.text(words.of("milestone", milestone.key()), Some(text.join(" ")));
        facts.moment(moment.instant_iso().unwrap_or_default());
        let by_words = (fact.origin == Origin::Inferred).then(|| words.of("fact", "by-words").to_owned());
        let day = explain::day_mark(moment)
            .map(|mark| words.fill("fact.day-by", &[("mark", &words.of("mark", mark.key()))]));
        let marks: Vec<String> = [by_words, day].into_iter().flatten().collect();
        if !marks.is_empty() {
            facts.mark(&words.fill("fact.inferred", &[("marks", &words.row(&marks))]));
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
            self.0.push(Fact { term: term.to_owned(), links, ..Fact::default() });
        }
    }

    /// Says of the last fact which moment it is.
    fn moment(&mut self, iso: String) {
        if let Some(fact) = self.0.last_mut() {
            fact.iso = iso;
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
    fact.map(|fact| excerpt::plain(&fact.value))
}

/// What the incident cost of an error budget: bad minutes, against those that its window allows where it is known.
fn budget(words: &Words, config: &Config, postmortem: &Postmortem, cost: &SloCost) -> String {
    let name = &cost.slo;
    let slo = config.slo(name);
    let spent = Minutes::of(postmortem, cost, slo, config);
    let text = match (spent.known(), cost.error_rate, slo) {
        (Some(minutes), _, Some(slo)) => {
            let allowed = slo.allowed_minutes(slo.window_days);
            let days = words.count("count.days", usize::try_from(slo.window_days).unwrap_or_default(), &[]);
            words.fill(
                "fact.budget-share",
                &[
                    ("slo", name),
                    ("minutes", &words.decimal(minutes)),
                    ("allowed", &words.decimal(allowed)),
                    ("days", &days),
                ],
            )
        }
        (Some(minutes), _, None) => {
            words.fill("fact.budget-minutes", &[("slo", name), ("minutes", &words.decimal(minutes))])
        }
        (None, Some(rate), _) => {
            words.fill("fact.budget-rate", &[("slo", name), ("rate", &words.decimal(rate * 100.0))])
        }
        (None, None, _) => name.clone(),
    };
    match spent {
        Minutes::Computed(_) => words.fill("fact.budget-computed", &[("cost", &text)]),
        Minutes::Stated(_) | Minutes::Unknown => text,
    }
}

fn document_links(cx: &Cx<'_>, postmortem: &Postmortem) -> Vec<Link> {
    let (config, path) = (cx.site.config, postmortem.path.as_str());
    [
        ("source", places::source_address(config, path)),
        ("edit", places::edit_address(config, path)),
        ("history", places::history_address(config, path)),
    ]
    .into_iter()
    .filter_map(|(text, address)| Some(Link::to(address?, cx.words.of("fact", text))))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        config::Slo,
        model::fixture::{postmortem, with_times},
        render::words::english,
    };

    #[test]
    fn bad_minutes_stand_against_those_that_the_objective_allows() {
        let slo = Slo { id: "checkout".to_owned(), target: 99.9, window_days: 30, ..Slo::default() };
        let cost = SloCost { slo: "checkout".to_owned(), bad_minutes: Some(41.0), ..SloCost::default() };
        let words = english();
        let config = Config { slos: vec![slo], ..Config::default() };
        let plain = postmortem("a", "2026-03-14");
        let budget = |config: &Config, postmortem: &Postmortem, cost: &SloCost| {
            budget(&words, config, postmortem, cost).replace('\u{a0}', " ")
        };
        assert_eq!(budget(&config, &plain, &cost), "checkout: 41 of the 43.2 bad minutes that 30 days allow");
        assert_eq!(budget(&Config::default(), &plain, &cost), "checkout: 41 bad minutes");
        let rate = SloCost { slo: "checkout".to_owned(), error_rate: Some(0.215), ..SloCost::default() };
        assert_eq!(budget(&config, &plain, &rate), "checkout: 21.5 % of requests failed");
        let times = [(Milestone::Started, "2026-03-14 13:00"), (Milestone::Ended, "2026-03-14 13:40")];
        assert_eq!(
            budget(&config, &with_times(plain, &times), &rate),
            "checkout: 8.6 of the 43.2 bad minutes that 30 days allow, computed from the impact"
        );
    }
}
