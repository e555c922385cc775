//! The page of charts: how often, how long, found by whom, why, and where luck helped.

use crate::{
    aggregate::{Distribution, MeasureSummary, Reading},
    model::SectionKind,
    render::{
        pages::numbers::decimal,
        passages,
        site::Cx,
        urls::{self, Kind},
        view::{Budget, BudgetRow, InsightsView, Lucky, MeasureRow, ShareRow, Shares},
        words,
    },
};

/// How many rows a list of shares has.
const ROWS: usize = 12;
/// How many strokes of luck the register shows, and how much of each.
const LUCKY: usize = 12;
const LUCKY_TEXTS: usize = 3;

pub(super) fn view(cx: &Cx<'_>) -> InsightsView {
    let total = cx.cards.len();
    let sentence = format!("{}{}.", words::count(total, "postmortem"), super::list::span_of_time(cx));
    InsightsView {
        page: cx.page(urls::INSIGHTS, urls::INSIGHTS, "Insights", &sentence),
        sentence,
        empty: if total == 0 {
            "There is nothing to compare yet. This page fills with the first postmortems that state their times.".to_owned()
        } else {
            String::new()
        },
        measures: cx.site.summary.measures.iter().map(measure).collect(),
        shares: vec![detection(cx), groups(cx, Kind::Factor), groups(cx, Kind::Service)],
        budgets: budgets(cx),
        lucky: lucky(cx),
        near_misses: cx
            .site
            .summary
            .frequency
            .near_misses
            .iter()
            .filter_map(|place| cx.entry(*place, "", false))
            .collect(),
    }
}

fn measure(summary: &MeasureSummary) -> MeasureRow {
    let spread = &summary.distribution;
    let say = |seconds: Option<i64>| seconds.map(words::duration).unwrap_or_default();
    let count = |is: fn(Reading) -> bool, what: &str| {
        let count = summary.count(is);
        (count > 0).then(|| format!("{count} {what}"))
    };
    let without = [
        count(|reading| reading == Reading::Missing, "without times"),
        count(|reading| reading == Reading::Pending, "pending"),
        count(|reading| reading == Reading::Invalid, "invalid"),
    ];
    let word = |milestone: crate::model::Milestone| milestone.words().to_lowercase();
    MeasureRow {
        name: summary.measure.name.clone(),
        span: format!("{} to {}", word(summary.measure.from), word(summary.measure.to)),
        n: spread.n(),
        median: say(spread.median()),
        // Of a handful, the ninetieth percentile is just the longest.
        p90: if spread.n() >= 2 * Distribution::ENOUGH { say(spread.p90()) } else { String::new() },
        range: match spread.range() {
            Some((shortest, longest)) if shortest != longest => {
                format!("{} to {}", words::duration(shortest), words::duration(longest))
            }
            _ => String::new(),
        },
        without: without.into_iter().flatten().collect::<Vec<_>>().join(", "),
    }
}

fn detection(cx: &Cx<'_>) -> Shares {
    let shares = &cx.site.summary.frequency.detected_by;
    let stated: Vec<_> = shares.iter().filter(|share| !share.id.is_empty()).collect();
    let silent: usize = shares.iter().filter(|share| share.id.is_empty()).map(|share| share.count).sum();
    let n: usize = stated.iter().map(|share| share.count).sum();
    let rows = stated.iter().map(|share| (words::capitalised(&share.id), String::new(), share.count));
    Shares {
        anchor: "found-by",
        title: "Who noticed first",
        note: match silent {
            0 => format!("n = {n}"),
            1 => format!("n = {n}; 1 does not say"),
            silent => format!("n = {n}; {silent} do not say"),
        },
        empty: if n == 0 {
            "No postmortem says it. Write detected_by = \"alert\" in the front matter.".to_owned()
        } else {
            String::new()
        },
        rows: bars(rows.collect()),
    }
}

fn groups(cx: &Cx<'_>, kind: Kind) -> Shares {
    let groups = kind.groups(&cx.site.summary.groups);
    let mut used: Vec<_> = groups.iter().filter(|group| !group.postmortems.is_empty()).collect();
    used.sort_by_key(|group| (std::cmp::Reverse(group.postmortems.len()), group.name.clone()));
    let mut places: Vec<usize> = used.iter().flat_map(|group| group.postmortems.iter().copied()).collect();
    places.sort_unstable();
    places.dedup();
    let left = used.len().saturating_sub(ROWS);
    let more = if left > 0 { format!("; {left} more have fewer") } else { String::new() };
    let rows = used
        .iter()
        .take(ROWS)
        .map(|group| (group.name.clone(), urls::from("", &kind.page(group)), group.postmortems.len()));
    Shares {
        anchor: kind.folder(),
        title: if kind == Kind::Factor { "What contributed" } else { "What was affected" },
        note: format!("n = {}; one postmortem may name several{more}", places.len()),
        empty: if used.is_empty() {
            format!("No postmortem says it. Write {} = [\"…\"] in the front matter.", kind.folder())
        } else {
            String::new()
        },
        rows: bars(rows.collect()),
    }
}

/// The counts with bars, the longest as long as there is room.
fn bars(rows: Vec<(String, String, usize)>) -> Vec<ShareRow> {
    let most = rows.iter().map(|(_, _, count)| *count).max().unwrap_or(1).max(1);
    rows.into_iter()
        .map(|(text, href, count)| {
            let tenths = count * 1_000 / most;
            ShareRow { text, href, count, width: format!("{}.{}%", tenths / 10, tenths % 10) }
        })
        .collect()
}

fn budgets(cx: &Cx<'_>) -> Vec<Budget> {
    let budget = |slo: &crate::config::Slo| {
        let allowed = f64::from(slo.window_days) * 1_440.0 * (100.0 - slo.target) / 100.0;
        let rows: Vec<BudgetRow> = (0..cx.cards.len())
            .filter_map(|place| {
                let (postmortem, card) = cx.at(place)?;
                let cost = postmortem.impact.slo.iter().find(|cost| cost.slo == slo.id)?;
                let (text, share) = match (cost.bad_minutes, cost.error_rate) {
                    (Some(minutes), _) => {
                        let share = if allowed > 0.0 {
                            format!("{} % of budget", decimal(minutes / allowed * 100.0))
                        } else {
                            String::new()
                        };
                        (format!("{} bad minutes", decimal(minutes)), share)
                    }
                    (None, Some(rate)) => {
                        (format!("{} % of requests failed", decimal(rate * 100.0)), String::new())
                    }
                    (None, None) => return None,
                };
                Some(BudgetRow {
                    href: urls::from("", &card.page),
                    title: postmortem.title.value.clone(),
                    date: postmortem
                        .date
                        .as_ref()
                        .map(|date| words::short_day(date.value))
                        .unwrap_or_default(),
                    cost: text,
                    share,
                })
            })
            .collect();
        Budget {
            name: slo.id.clone(),
            allows: format!(
                "{} % over {} days allows {} bad minutes",
                slo.target,
                slo.window_days,
                decimal(allowed)
            ),
            rows,
        }
    };
    cx.site.config.slos.iter().map(budget).filter(|budget| !budget.rows.is_empty()).collect()
}

fn lucky(cx: &Cx<'_>) -> Vec<Lucky> {
    (0..cx.cards.len())
        .filter_map(|place| {
            let (postmortem, card) = cx.at(place)?;
            let section = postmortem.section(SectionKind::GotLucky)?;
            let source = cx.site.sources.file(&postmortem.path)?;
            let texts: Vec<String> =
                passages::texts(postmortem, source, section.body).into_iter().take(LUCKY_TEXTS).collect();
            let page = urls::from("", &card.page);
            (!texts.is_empty()).then(|| Lucky {
                href: if section.anchor.is_empty() {
                    page
                } else {
                    format!("{page}#{}", urls::encoded(&section.anchor))
                },
                title: postmortem.title.value.clone(),
                date: postmortem.date.as_ref().map(|date| words::short_day(date.value)).unwrap_or_default(),
                texts,
            })
        })
        .take(LUCKY)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_bar_is_as_long_as_there_is_room() {
        let rows = bars(vec![("a".to_owned(), String::new(), 3), ("b".to_owned(), String::new(), 1)]);
        let widths: Vec<_> = rows.iter().map(|row| row.width.as_str()).collect();
        assert_eq!(widths, ["100.0%", "33.3%"]);
        assert_eq!(bars(Vec::new()), []);
    }
}
