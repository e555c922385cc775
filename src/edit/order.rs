//! The order in which keys are written, so that the front matter of all documents reads alike.

use crate::model::Milestone;

/// The keys at the top, as the documentation lists them.
pub(super) const TOP: [&str; 19] = [
    "title",
    "id",
    "date",
    "status",
    "severity",
    "services",
    "teams",
    "tags",
    "factors",
    "detected_by",
    "authors",
    "visibility",
    "repeat_of",
    "related",
    "near_miss",
    "times",
    "impact",
    "root_cause",
    "timeline",
];

/// The keys of an action item, as the documentation lists them.
const ACTION: [&str; 12] = [
    "id", "title", "owner", "type", "priority", "status", "due", "opened", "closed", "tracker", "evidence",
    "internal",
];

/// The place of a key among the keys of its table; keys of which nothing is known stand last.
pub(super) fn rank(table: Option<&str>, key: &str) -> usize {
    let known = match table {
        None => TOP.iter().position(|known| *known == key),
        Some("times") if key == "zone" => Some(0),
        Some("times") => Milestone::ALL.iter().position(|known| known.key() == key).map(|at| at + 1),
        Some("action_items") => ACTION.iter().position(|known| *known == key),
        Some(_) => None,
    };
    known.unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::Metadata;

    #[test]
    fn every_key_of_the_front_matter_has_its_place() {
        let schema = serde_json::to_value(schemars::schema_for!(Metadata)).unwrap();
        let keys: Vec<&String> = schema["properties"].as_object().unwrap().keys().collect();
        let unknown: Vec<&&String> = keys.iter().filter(|key| rank(None, key) == usize::MAX).collect();
        assert_eq!(unknown, [&&"action_items".to_owned()], "only what stands last anyway has no place");
        assert!(rank(Some("action_items"), "status") < rank(Some("action_items"), "closed"));
        assert!(rank(Some("times"), "zone") < rank(Some("times"), "started"));
        assert!(rank(Some("times"), "started") < rank(Some("times"), "resolved"));
    }
}
