//! The colours of charts stay apart for people who see colours differently.

use std::collections::BTreeMap;

use regex::Regex;

use crate::support::read;

/// Light as the three kinds of cones get it: everybody's, and that of people without one of the kinds, after Machado,
/// Oliveira and Fernandes (2009), severity 1.
const SIGHTS: [(&str, [[f64; 3]; 3]); 4] = [
    ("usual sight", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "protanopia",
        [
            [0.152_286, 1.052_583, -0.204_868],
            [0.114_503, 0.786_281, 0.099_216],
            [-0.003_882, -0.048_116, 1.051_998],
        ],
    ),
    (
        "deuteranopia",
        [
            [0.367_322, 0.860_646, -0.227_968],
            [0.280_085, 0.672_501, 0.047_413],
            [-0.011_820, 0.042_940, 0.968_881],
        ],
    ),
    (
        "tritanopia",
        [
            [1.255_528, -0.076_749, -0.178_779],
            [-0.078_411, 0.930_809, 0.147_602],
            [0.004_733, 0.691_367, 0.303_900],
        ],
    ),
];

/// The smallest difference (CIE 1976) of two colours that stand side by side in a chart. 2.3 can just be seen.
const APART: f64 = 10.0;

/// The colours of a look, light and dark, from the style sheets that set them.
fn tokens(sheets: &[&str]) -> BTreeMap<String, [[f64; 3]; 2]> {
    let pattern = Regex::new(r"--([a-z0-9-]+): light-dark\(#([0-9a-f]{6}), #([0-9a-f]{6})\);").unwrap();
    let css: String = sheets.iter().map(|sheet| read(format!("themes/{sheet}"))).collect();
    pattern
        .captures_iter(&css)
        .map(|found| (found[1].to_owned(), [linear(&found[2]), linear(&found[3])]))
        .collect()
}

fn linear(hex: &str) -> [f64; 3] {
    [0, 2, 4].map(|at| {
        let value = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    })
}

/// Lightness and hue as eyes compare them (CIELAB, D65).
fn lab(colour: [f64; 3], sight: &[[f64; 3]; 3]) -> [f64; 3] {
    let seen =
        sight.map(|row| row.iter().zip(colour).map(|(weight, part)| weight * part).sum::<f64>().max(0.0));
    let to_xyz = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]];
    let white = [0.950_47, 1.0, 1.088_83];
    let mut parts = [0.0; 3];
    for ((part, row), white) in parts.iter_mut().zip(to_xyz).zip(white) {
        let value = row.iter().zip(seen).map(|(weight, part)| weight * part).sum::<f64>() / white;
        *part = if value > 0.008_856 { value.cbrt() } else { 7.787 * value + 16.0 / 116.0 };
    }
    [116.0 * parts[1] - 16.0, 500.0 * (parts[0] - parts[1]), 200.0 * (parts[1] - parts[2])]
}

#[test]
fn neighbours_in_a_chart_differ_for_every_sight_in_light_and_dark() {
    const AFTERWORD: &str = "afterword/static/tokens.css";
    for sheets in [&[AFTERWORD][..], &[AFTERWORD, "console/static/console.css"]] {
        assert_eq!(close_neighbours(&tokens(sheets)), Vec::<String>::new(), "{sheets:?}");
    }
}

/// Neighbours that look alike to somebody.
fn close_neighbours(tokens: &BTreeMap<String, [[f64; 3]; 2]>) -> Vec<String> {
    let rows: [&[&str]; 3] = [
        &["sev-1", "sev-2", "sev-3", "sev-4", "sev-5"],
        &["series-1", "series-2", "series-3", "series-4", "series-5"],
        &["state-done", "sev-3", "state-wont-do", "state-in-progress", "state-overdue"],
    ];
    let mut close = Vec::new();
    for pair in rows.iter().flat_map(|row| row.windows(2)) {
        for (sight, weights) in &SIGHTS {
            for (mode, name) in ["light", "dark"].into_iter().enumerate() {
                let [a, b] = [pair[0], pair[1]].map(|token| lab(tokens[token][mode], weights));
                let difference = a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt();
                if difference < APART {
                    close.push(format!("{} and {}, {name}, {sight}: {difference:.1}", pair[0], pair[1]));
                }
            }
        }
    }
    close
}
