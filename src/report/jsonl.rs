//! One JSON object a line and a finding, for programs that read as they go. The objects are those of `findings` in the
//! report of [`json`](super::json), under the same promise.

use crate::report::{
    Report,
    json::{finding, to_json_line},
};

pub(super) fn text(report: &Report<'_>) -> String {
    report.diagnostics.iter().map(|diagnostic| to_json_line(&finding(report, diagnostic))).collect()
}
