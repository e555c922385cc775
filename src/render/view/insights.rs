//! The page of charts.

use serde::Serialize;

use crate::render::view::Page;

/// For `insights.html`.
#[derive(Debug, Clone, Serialize)]
pub struct InsightsView {
    /// The frame.
    pub page: Page,
    /// How much there is to look at.
    pub sentence: String,
}
