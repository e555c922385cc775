//! The archive as metrics: the text format of OpenMetrics, in the part of it that Prometheus' older text format shares,
//! so that the textfile collector of the node exporter takes it as well.
//!
//! <https://prometheus.io/docs/specs/om/open_metrics_spec/>. A summary has quantiles and a count and no sum: a sum would
//! invite to a mean. What is not known has no sample; there is no zero in its place.

use std::{
    collections::BTreeMap,
    fmt::{self, Write as _},
};

use super::Input;
use crate::{
    aggregate::{ActionEntry, Budget, MeasureSummary, Reading},
    model::{ActionStatus, Postmortem},
};

/// The labels of a sample, in their order.
type Labels = Vec<(&'static str, String)>;

/// Counts by their labels.
type Samples = BTreeMap<Labels, usize>;

/// The metrics of an archive, as of its day.
pub fn openmetrics(input: Input<'_>) -> String {
    let mut out = String::new();
    let name = "afterword_today_timestamp_seconds";
    head(&mut out, (name, "gauge", "seconds"), "The day for which all of this holds.");
    let today = input.summary.today.and_time(chrono::NaiveTime::MIN).and_utc().timestamp();
    sample(&mut out, name, &Vec::new(), today);
    let kinds = input.archive.postmortems().iter().map(|postmortem| kind_of(postmortem));
    gauge(&mut out, "afterword_postmortems", "Postmortems by severity and status.", &count(kinds));
    actions(&mut out, input);
    measures(&mut out, &input.summary.measures);
    budgets(&mut out, &input.summary.budgets);
    out.push_str("# EOF\n");
    out
}

fn kind_of(postmortem: &Postmortem) -> Labels {
    let status = postmortem.status.as_ref().map(|status| status.value.key().to_owned());
    labels([("severity", postmortem.severity_id.clone()), ("status", status)])
}

fn actions(out: &mut String, input: Input<'_>) {
    let summary = &input.summary.actions;
    let states = ActionStatus::ALL
        .map(|status| (labels([("status", Some(status.key().to_owned()))]), summary.count_of(status)));
    gauge(out, "afterword_actions", "Action items by state.", &Samples::from(states));
    let unfinished = || summary.entries.iter().filter(|entry| entry.status.is_unfinished());
    let of = |entry: &ActionEntry| {
        let item = entry.item(input.archive).map(|(_, item)| item);
        let priority = item.and_then(|item| item.priority.as_ref()).map(|priority| priority.value.clone());
        labels([("team", entry.team.as_deref().map(str::to_owned)), ("priority", priority)])
    };
    gauge(
        out,
        "afterword_unfinished_actions",
        "Action items that are open, in progress or blocked, by team and priority.",
        &count(unfinished().map(of)),
    );
    gauge(
        out,
        "afterword_overdue_actions",
        "Unfinished action items whose day is over, by team and priority.",
        &count(unfinished().filter(|entry| entry.is_overdue).map(of)),
    );
    let unowned = Samples::from([(Labels::new(), summary.unowned)]);
    let help = "Unfinished action items that nobody answers for.";
    gauge(out, "afterword_unowned_actions", help, &unowned);
}

fn measures(out: &mut String, measures: &[MeasureSummary]) {
    let of = |summary: &MeasureSummary, more: (&'static str, Option<&str>)| {
        labels([("measure", Some(summary.measure.name.clone())), (more.0, more.1.map(str::to_owned))])
    };
    let (name, help) = (
        "afterword_measure_seconds",
        "Durations between two milestones of an incident: median and p90 of the recorded ones.",
    );
    head(out, (name, "summary", "seconds"), help);
    for summary in measures {
        let spread = &summary.distribution;
        for (quantile, seconds) in [("0.5", spread.median()), ("0.9", spread.p90())] {
            if let Some(seconds) = seconds {
                sample(out, name, &of(summary, ("quantile", Some(quantile))), seconds);
            }
        }
        sample(out, &format!("{name}_count"), &of(summary, ("quantile", None)), spread.n());
    }
    let name = "afterword_measure_readings";
    let help = "What postmortems say of a measure: recorded, inferred, missing, pending or invalid.";
    head(out, (name, "gauge", ""), help);
    for summary in measures {
        for state in Reading::KEYS {
            let count = summary.count(|reading| reading.key() == state);
            sample(out, name, &of(summary, ("state", Some(state))), count);
        }
    }
}

fn budgets(out: &mut String, budgets: &[Budget]) {
    type Family = (&'static str, &'static str, fn(&Budget) -> f64);
    let families: [Family; 3] = [
        ("budget", "What one window allows, of each objective.", |of| of.allowed),
        (
            "burned",
            "What the window that ends today has cost, as far as that is known.",
            Budget::burned_today,
        ),
        ("left", "What is left of the budget today, below zero when it is overspent.", Budget::left_today),
    ];
    for (what, help, minutes) in families {
        let name = format!("afterword_slo_{what}_seconds");
        head(out, (&name, "gauge", "seconds"), help);
        for budget in budgets {
            let labels = labels([("slo", Some(budget.slo.clone()))]);
            sample(out, &name, &labels, (minutes(budget) * 60.0).round() + 0.0);
        }
    }
    let name = "afterword_slo_unknown_incidents";
    head(out, (name, "gauge", ""), "Incidents that missed an objective by nobody knows how much.");
    for budget in budgets {
        sample(out, name, &labels([("slo", Some(budget.slo.clone()))]), budget.unknown());
    }
}

/// The labels that have a value.
fn labels<const N: usize>(labels: [(&'static str, Option<String>); N]) -> Labels {
    labels
        .into_iter()
        .filter_map(|(name, value)| Some((name, value.filter(|value| !value.is_empty())?)))
        .collect()
}

fn count(each: impl Iterator<Item = Labels>) -> Samples {
    let mut samples = Samples::new();
    for labels in each {
        *samples.entry(labels).or_default() += 1;
    }
    samples
}

/// The head of a family: name, type, unit (none where it is empty).
fn head(out: &mut String, (name, kind, unit): (&str, &str, &str), help: &str) {
    let _ = writeln!(out, "# TYPE {name} {kind}");
    if !unit.is_empty() {
        let _ = writeln!(out, "# UNIT {name} {unit}");
    }
    let _ = writeln!(out, "# HELP {name} {help}");
}

/// A family of numbers that may go up and down.
fn gauge(out: &mut String, name: &str, help: &str, samples: &Samples) {
    head(out, (name, "gauge", ""), help);
    for (labels, count) in samples {
        sample(out, name, labels, count);
    }
}

fn sample(out: &mut String, name: &str, labels: &Labels, value: impl fmt::Display) {
    let labels: Vec<String> =
        labels.iter().map(|(name, value)| format!("{name}=\"{}\"", escaped(value))).collect();
    let labels = if labels.is_empty() { String::new() } else { format!("{{{}}}", labels.join(",")) };
    let _ = writeln!(out, "{name}{labels} {value}");
}

fn escaped(value: &str) -> String {
    value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_says_its_labels_escaped_and_leaves_out_what_is_not_known() {
        let mut out = String::new();
        let of = labels([("team", Some("a \"b\"\\\n".to_owned())), ("priority", None)]);
        gauge(&mut out, "afterword_x", "X.", &count([of, Vec::new(), Vec::new()].into_iter()));
        let samples = out.split_once("X.\n").unwrap().1;
        assert_eq!(samples, "afterword_x 2\nafterword_x{team=\"a \\\"b\\\"\\\\\\n\"} 1\n");
    }
}
