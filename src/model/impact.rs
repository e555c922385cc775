//! What users felt.

use serde::{Deserialize, Serialize};

use crate::{
    model::{Fact, Moment},
    source::Span,
};

/// What users felt. Every number is as the document states it; none is derived.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Impact {
    /// In a sentence.
    pub summary: Option<Fact<String>>,
    /// Users who felt it, as written: `12_400`, `~8 %`.
    pub users: Option<Fact<String>>,
    /// Requests in the time of impact, as written.
    pub requests: Option<Fact<String>>,
    /// Requests that failed, as written.
    pub failed_requests: Option<Fact<String>>,
    /// Money, as written.
    pub revenue: Option<Fact<String>>,
    /// Lost data, as written.
    pub data_loss: Option<Fact<String>>,
    /// When which service or region was affected; several for one incident with several windows.
    pub windows: Vec<ImpactWindow>,
    /// What it cost of the error budgets.
    pub slo: Vec<SloCost>,
}

impl Impact {
    /// True when the document's front matter says nothing about the impact.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// One stretch of impact on one service or region.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ImpactWindow {
    /// The service.
    pub service: Option<String>,
    /// The region.
    pub region: Option<String>,
    /// When it began.
    pub start: Option<Moment>,
    /// When it ended.
    pub end: Option<Moment>,
    /// The severity of this window, as written.
    pub severity: Option<String>,
    /// What it was like.
    pub description: Option<String>,
    /// The bytes that say so.
    pub span: Span,
}

/// What an incident cost of one error budget.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SloCost {
    /// The id of the objective, from the configuration.
    pub slo: String,
    /// Bad minutes, as stated.
    pub bad_minutes: Option<f64>,
    /// Share of failed requests over the window, 0 to 1, as stated.
    pub error_rate: Option<f64>,
    /// The bytes that say so.
    pub span: Span,
}

impl Eq for SloCost {}
