//! One JSON object a line and a finding, for programs that read as they go. The objects are those of `findings` in the
//! report of [`json`](super::json), under the same promise.

use crate::report::{Report, encode::to_json_line, json::findings};

pub(super) fn text(report: &Report<'_>) -> String {
    findings(report).map(|finding| to_json_line(&finding)).collect()
}
