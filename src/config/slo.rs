//! `[[slo]]`: service level objectives, of which error budgets are the rest.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, de::Error as _};

use crate::data::Spanned;

/// One entry of `[[slo]]`: a service level objective and its error budget.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Slo {
    /// The objective as documents name it.
    pub id: String,
    /// The service that it is about.
    pub service: Option<Spanned<String>>,
    /// The share of good minutes or requests, in per cent: more than 0, and 100 at the most.
    #[serde(deserialize_with = "percent")]
    pub target: f64,
    /// The window over which the target holds, in days.
    #[serde(deserialize_with = "days")]
    pub window_days: u32,
}

/// A target that an objective can have.
fn percent<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    let target = f64::deserialize(deserializer)?;
    if target > 0.0 && target <= 100.0 {
        return Ok(target);
    }
    Err(D::Error::custom(format!(
        "a target of `{target}` % cannot be met or missed; write one such as `99.9`"
    )))
}

/// A window that holds a day at least.
fn days<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    match u32::deserialize(deserializer)? {
        0 => Err(D::Error::custom("a window of `0` days holds nothing; write one such as `30`")),
        days => Ok(days),
    }
}

impl Default for Slo {
    fn default() -> Self {
        Self { id: String::new(), service: None, target: 99.9, window_days: 30 }
    }
}

impl Slo {
    /// The bad minutes that so many days allow: of 30 days at 99.9 %, 43.2.
    pub fn allowed_minutes(&self, days: u32) -> f64 {
        f64::from(days) * 1_440.0 * (100.0 - self.target) / 100.0
    }
}
