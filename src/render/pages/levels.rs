//! What goes up and down over time, drawn: open action items, and what is left of an error budget.

use crate::{
    aggregate::{
        Budget, Month,
        ledger::{Basis, NoHistory},
    },
    render::{
        charts::{
            real_size,
            steps::{self, Step, StepsView},
        },
        site::Cx,
        view::BudgetLevel,
        words::Words,
    },
};

/// So many months are drawn.
const MONTHS: usize = 120;

/// How many action items were open at the end of each month, and how many were opened and closed in it.
pub(super) fn work(cx: &Cx<'_>) -> Option<StepsView> {
    let words = cx.words;
    let today = cx.site.summary.today;
    let flow = cx.site.ledger?.flow(today);
    let months: Vec<_> = flow.iter().skip(flow.len().saturating_sub(MONTHS)).collect();
    let (opened, closed): (usize, usize) = months
        .iter()
        .fold((0, 0), |(opened, closed), (_, work)| (opened + work.opened, closed + work.closed));
    let most = months.iter().map(|(_, work)| work.open).max()?;
    let name = |month: &Month| words.month_of(month.year, month.month);
    let unit = words.say("flow.unit");
    let caption = words.fill("chart.caption", &[("unit", &unit), ("n", &words.whole(opened))]);
    steps::steps(
        &steps::Input {
            id: "flow".to_owned(),
            title: words.say("flow.table").to_owned(),
            description: words.fill(
                "flow.description",
                &[
                    ("opened", &words.whole(opened)),
                    ("closed", &words.whole(closed)),
                    ("most", &words.whole(most)),
                ],
            ),
            caption: [caption, note(cx)].join(" "),
            steps: months
                .iter()
                .filter_map(|(month, work)| {
                    Some(Step {
                        from: chrono::NaiveDate::from_ymd_opt(month.year, month.month, 1)?,
                        level: real_size(work.open),
                        text: words.fill(
                            "flow.step",
                            &[
                                ("month", &name(month)),
                                ("open", &words.whole(work.open)),
                                ("opened", &words.whole(work.opened)),
                                ("closed", &words.whole(work.closed)),
                            ],
                        ),
                        change: Some((work.opened, work.closed)),
                    })
                })
                .collect(),
            until: today,
            marks: if most > 0 { vec![(real_size(most), words.whole(most))] } else { Vec::new() },
            names: Some(["flow.open", "flow.opened", "flow.closed"].map(|key| words.say(key).to_owned())),
            headings: ["month", "opened", "closed", "slipped", "open"]
                .map(|key| words.of("flow", key).to_owned())
                .to_vec(),
            rows: months
                .iter()
                .rev()
                .map(|(month, work)| {
                    let counts = [work.opened, work.closed, work.slipped, work.open];
                    [name(month)].into_iter().chain(counts.map(|count| words.whole(count))).collect()
                })
                .collect(),
        },
        words,
    )
}

/// Where it is known from.
fn note(cx: &Cx<'_>) -> String {
    let words = cx.words;
    match cx.site.ledger.map(|ledger| &ledger.basis) {
        None => String::new(),
        Some(Basis::History { without, .. }) => {
            let apart = without.iter().map(|of| {
                words.fill("flow.apart", &[("folders", &of.folders), ("reason", &why(words, &of.reason))])
            });
            let sentences: Vec<String> =
                [words.say("flow.history").to_owned()].into_iter().chain(apart).collect();
            sentences.join(" ")
        }
        Some(Basis::Documents { reason }) => words.fill("flow.documents", &[("reason", &why(words, reason))]),
    }
}

/// Why there is no history, a clause.
fn why<'a>(words: &'a Words, reason: &'a NoHistory) -> &'a str {
    match reason {
        NoHistory::Failed(message) => message,
        reason => words.of("no-history", reason.key()),
    }
}

/// What was left of an error budget at the end of each day on which that changed. `id` begins the ids of the drawing.
pub(super) fn budget(cx: &Cx<'_>, of: &Budget, id: &str) -> Option<StepsView> {
    let words = cx.words;
    if of.costs.iter().all(|cost| cost.minutes.known().is_none()) {
        return None;
    }
    let days = words.count("count.days", usize::try_from(of.window_days).unwrap_or_default(), &[]);
    let unit = words.fill("budget.unit", &[("days", &days)]);
    let lowest = of.left.iter().map(|(_, left)| *left).fold(of.allowed, f64::min);
    let mut marks = vec![(of.allowed, words.decimal(of.allowed))];
    if lowest < 0.0 {
        marks.push((lowest, words.decimal(lowest)));
    }
    steps::steps(
        &steps::Input {
            id: id.to_owned(),
            title: words.fill("budget.title", &[("slo", &of.slo)]),
            description: words.fill(
                "budget.description",
                &[
                    ("allowed", &words.decimal(of.allowed)),
                    ("lowest", &words.decimal(lowest)),
                    ("left", &words.decimal(of.left_today())),
                ],
            ),
            caption: words.fill("chart.caption", &[("unit", &unit), ("n", &words.whole(of.costs.len()))]),
            steps: of
                .left
                .iter()
                .map(|(day, left)| Step {
                    from: *day,
                    level: *left,
                    text: words.fill(
                        "budget.step",
                        &[("day", &words.short_day(*day)), ("left", &words.decimal(*left))],
                    ),
                    change: None,
                })
                .collect(),
            until: cx.site.summary.today,
            marks,
            names: None,
            headings: ["day", "left"].map(|key| words.of("budget", key).to_owned()).to_vec(),
            rows: of
                .left
                .iter()
                .rev()
                .map(|(day, left)| vec![words.short_day(*day), words.decimal(*left)])
                .collect(),
        },
        words,
    )
}

/// What an objective allows, what is left of it, and that over time.
pub(super) fn of_service(cx: &Cx<'_>, service: &str) -> Vec<BudgetLevel> {
    let own = cx.site.summary.budgets.iter().filter(|budget| budget.service.as_deref() == Some(service));
    own.zip(1..)
        .filter_map(|(budget, number)| {
            Some(BudgetLevel {
                name: budget.slo.clone(),
                allows: allows(cx, budget),
                left: self::budget(cx, budget, &format!("budget-{number}"))?,
            })
        })
        .collect()
}

/// What an objective allows, in a sentence.
pub(super) fn allows(cx: &Cx<'_>, of: &Budget) -> String {
    let days = cx.words.count("count.days", usize::try_from(of.window_days).unwrap_or_default(), &[]);
    cx.words.fill(
        "insights.budget-allows",
        &[
            ("target", &cx.words.exact(of.target)),
            ("days", &days),
            ("minutes", &cx.words.decimal(of.allowed)),
            ("left", &cx.words.decimal(of.left_today())),
            ("over", &of.months_over()),
            ("months", &of.months.len()),
        ],
    )
}
