//! Charts of an archive: a real one, a large one, an empty one.

use crate::render::charts::{
    bars, dots, matrix,
    months::{self, Month, Series},
    punch_card, stacks, states,
};

/// Numbers that look like chance and are the same every time.
fn noise(seed: usize) -> usize {
    (seed.wrapping_mul(2_654_435_761) >> 7) % 1000
}

fn series() -> Vec<Series> {
    [("SEV1", "sev-1"), ("SEV2", "sev-2"), ("SEV3", "sev-3"), ("not stated", "sev-none")]
        .map(|(name, class)| Series { name: name.into(), class: class.into() })
        .into()
}

fn row_of_months(id: &str, first: usize, count: usize, busy: usize) -> months::Input {
    let months = (first..first + count).map(|at| Month {
        year: 2024 + i32::try_from(at / 12).unwrap(),
        month: u32::try_from(at % 12 + 1).unwrap(),
        counts: (0..4).map(|part| noise(at * 7 + part) * busy * (part + 1) / 2500).collect(),
    });
    months::Input {
        id: id.into(),
        title: "Postmortems by month".into(),
        series: series(),
        months: months.collect(),
        undated: 2,
        dated_by_text: 0,
    }
}

pub(super) fn months() -> Vec<(&'static str, months::Input)> {
    let two = Month { year: 2026, month: 3, counts: vec![1, 0, 1, 0] };
    vec![
        ("A year", row_of_months("m1", 3, 12, 2)),
        ("Two years", row_of_months("m2", 10, 24, 2)),
        ("Eight years", row_of_months("m3", 0, 96, 9)),
        ("Two postmortems", months::Input { months: vec![two], ..row_of_months("m4", 0, 0, 1) }),
    ]
}

pub(super) fn bars() -> Vec<(&'static str, bars::Input)> {
    let bar = |label: &str, count| bars::Bar { label: label.into(), href: "#".into(), count };
    let input = bars::Input {
        title: "Contributing factors".into(),
        heading: "Factor".into(),
        unit: "Postmortems".into(),
        bars: vec![
            bar("Configuration change", 9),
            bar("Missing alert", 6),
            bar("Capacity that nobody had measured since the migration", 3),
            bar("Certificate", 1),
        ],
        n: 17,
        silent: 3,
    };
    vec![
        ("Bars", input.clone()),
        ("Few bars", bars::Input { bars: vec![bar("Certificate", 2)], n: 2, silent: 0, ..input }),
    ]
}

pub(super) fn dots() -> Vec<(&'static str, dots::Input)> {
    let measure = |name: &str, count: usize, scale: i64, spread: u32| {
        let mut values: Vec<(i64, String)> = (0..count)
            .map(|at| {
                (
                    scale * (1 << (noise(at * 31 + name.len()) / (1000 / spread as usize))),
                    format!("Incident {at}"),
                )
            })
            .collect();
        values.sort();
        let at = |percent: usize| {
            values.get((count * percent / 100).min(count.saturating_sub(1))).map(|(seconds, _)| *seconds)
        };
        dots::Measure {
            name: name.into(),
            median: at(50),
            p90: at(90),
            inferred: 3,
            missing: 2,
            pending: 1,
            invalid: 1,
            values,
        }
    };
    let usual = [
        measure("Time to detect", 14, 65, 7),
        measure("Time to acknowledge", 2, 120, 3),
        measure("Time to mitigate", 13, 600, 6),
        measure("Time to resolve", 15, 2000, 8),
    ];
    let many = [measure("Time to detect", 400, 20, 14), measure("Time to resolve", 380, 400, 12)];
    vec![
        ("Durations", dots::Input { id: "d1".into(), title: "Durations".into(), measures: usual.into() }),
        ("Many durations", dots::Input { id: "d2".into(), title: "Durations".into(), measures: many.into() }),
        (
            "No durations",
            dots::Input {
                id: "d3".into(),
                title: "Durations".into(),
                measures: vec![measure("Time to detect", 0, 1, 1)],
            },
        ),
    ]
}

pub(super) fn punch_cards() -> Vec<(&'static str, punch_card::Input)> {
    let starts = |count: usize| {
        (0..count).map(|at| (noise(at) % 7, (noise(at * 3) % 12) + noise(at * 5) % 12)).collect()
    };
    let input = |id: &str, count| punch_card::Input {
        id: id.into(),
        title: "When incidents begin".into(),
        starts: starts(count),
        untimed: 3,
    };
    vec![("Begins", input("p1", 31)), ("Many begins", input("p2", 900)), ("One begin", input("p3", 1))]
}

pub(super) fn states() -> Vec<states::Part> {
    [
        ("overdue", "overdue", 3),
        ("open", "open", 7),
        ("in-progress", "in progress", 4),
        ("blocked", "blocked", 1),
        ("done", "done", 22),
        ("wont-do", "won’t do", 2),
        ("proposed", "proposed", 0),
    ]
    .map(|(key, word, count)| states::Part { key: key.into(), word: word.into(), count })
    .into()
}

pub(super) fn stacks() -> Vec<(&'static str, stacks::Input)> {
    let series = |names: &[(&str, &str)]| {
        names
            .iter()
            .map(|(name, class)| stacks::Series { name: (*name).into(), class: (*class).into() })
            .collect()
    };
    let bars = |labels: &[&str], parts: usize, most: usize| {
        labels
            .iter()
            .enumerate()
            .map(|(at, label)| stacks::Bar {
                label: (*label).into(),
                href: "#".into(),
                counts: (0..parts).map(|part| noise(at * 11 + part) * most / 1000).collect(),
            })
            .collect()
    };
    let severities = [("SEV1", "sev-1"), ("SEV2", "sev-2"), ("SEV3", "sev-3"), ("SEV4", "sev-4")];
    let detected = ["Alert", "Customer", "Employee", "Partner", "Other"];
    let outcomes = [
        ("closed in time", "fill-done"),
        ("closed late", "fill-late"),
        ("closed", "fill-closed"),
        ("decided against", "fill-wont-do"),
        ("open", "fill-in-progress"),
        ("overdue", "fill-overdue"),
    ];
    let input = |title: &str, series, bars| stacks::Input {
        title: title.into(),
        heading: "Row".into(),
        unit: "Postmortems".into(),
        series,
        bars,
        n: 20,
        note: "One may count in several bars.".into(),
    };
    let classes = ["series-1", "series-2", "series-3", "series-4", "series-5"];
    let detected: Vec<(&str, &str)> = detected.into_iter().zip(classes).collect();
    let services =
        ["Storefront", "The pricing engine of the northern region and its caches", "Ledger", "購入手続き"];
    vec![
        ("Services by severity", input("Services", series(&severities), bars(&services, 4, 9))),
        ("Detection by year", input("Years", series(&detected), bars(&["2024", "2025", "2026"], 5, 40))),
        (
            "Outcomes by quarter",
            input("Quarters", series(&outcomes), bars(&["Q1 2026", "Q2 2026", "Q3 2026"], 6, 300)),
        ),
        ("Few stacks", stacks::Input { n: 2, ..input("Few", series(&severities), bars(&["A"], 4, 3)) }),
    ]
}

pub(super) fn matrices() -> Vec<(&'static str, matrix::Input)> {
    let columns = ["Release", "Configuration", "Load", "Expiry", "Provider", "Schedule", "Hardware", "Other"];
    let rows =
        ["Configuration change", "Missing alert", "Work without limit or deadline", "Schema migration"];
    let lines = rows.iter().enumerate().map(|(at, label)| matrix::Line {
        label: (*label).into(),
        href: "#".into(),
        counts: (0..columns.len())
            .map(|column| noise(at * 13 + column * 7).saturating_sub(500) / 40)
            .collect(),
    });
    let input = matrix::Input {
        title: "Triggers and factors".into(),
        headings: ("Contributing factor".into(), "Trigger".into()),
        columns: columns.map(str::to_owned).into(),
        lines: lines.collect(),
        unit: "Postmortems".into(),
        n: 60,
        note: String::new(),
    };
    vec![("Matrix", input.clone()), ("Small matrix", matrix::Input { n: 2, ..input })]
}
