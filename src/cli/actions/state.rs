//! The states and types of action items as words of the command line.

use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::unknown::NONE;
use crate::model::{ActionStatus, ActionType};

/// The word for all of them.
const ALL: &str = "all";

/// The states that a filter asks for with one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Whatever it is.
    All,
    /// This one.
    Only(ActionStatus),
}

impl Wanted {
    /// True when a state is one of them.
    pub(super) fn holds(self, status: ActionStatus) -> bool {
        match self {
            Self::All => true,
            Self::Only(wanted) => wanted == status,
        }
    }
}

/// Reads a state.
pub(super) fn state() -> impl TypedValueParser<Value = ActionStatus> {
    PossibleValuesParser::new(ActionStatus::ALL.map(ActionStatus::key))
        .try_map(|word| known(&word).ok_or("expected a state"))
}

/// Reads a state, or the word for all of them.
pub(super) fn wanted() -> impl TypedValueParser<Value = Wanted> {
    PossibleValuesParser::new(ActionStatus::ALL.map(ActionStatus::key).into_iter().chain([ALL]))
        .map(|word| known(&word).map_or(Wanted::All, Wanted::Only))
}

/// Reads a type, or the word for the lack of one.
pub(super) fn kinds() -> PossibleValuesParser {
    PossibleValuesParser::new(ActionType::ALL.map(ActionType::key).into_iter().chain([NONE]))
}

fn known(word: &str) -> Option<ActionStatus> {
    ActionStatus::ALL.into_iter().find(|status| status.key() == word)
}
