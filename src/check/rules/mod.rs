//! All rules.
//!
//! To add one: write `NAME.rs` with its constant, `NAME.md` with its page, and a line here. The tests say what is
//! missing.

mod action_without_due_date;
mod action_without_id;
mod action_without_owner;
mod action_without_tracker;
mod agentless_omission;
mod ambiguous_time;
mod animated_language;
mod bad_suppression;
mod bad_value;
mod blame_vocabulary;
mod broken_link;
mod closed_without_evidence;
mod contradicting_action;
mod contradicting_fact;
mod counterfactual;
mod deficit_explanation;
mod detection_gap;
mod done_without_evidence;
mod duplicate_id;
mod duplicate_open_action;
mod duration_mismatch;
mod empty_document;
mod empty_section;
mod file_date_mismatch;
mod flat_priority;
mod future_time;
mod hindsight;
mod human_behaviour_action;
mod human_error_as_cause;
mod impact_without_numbers;
mod internal_address;
mod invalid_configuration;
mod invalid_front_matter;
mod judgemental_language;
mod late_publication;
mod loose_date;
mod milestone_order;
mod minimising_language;
mod missing_alt_text;
mod missing_field;
mod missing_image;
mod missing_milestones;
mod missing_section;
mod missing_time_zone;
mod missing_title;
mod moving_window_link;
mod named_individual;
mod no_action_items;
mod no_preventive_action;
mod no_went_well;
mod omission_by_person;
mod overdue_action;
mod person_as_cause;
mod personal_data;
mod placeholder_text;
mod private_link_on_public_page;
mod removed_action;
mod secret;
mod self_blame;
mod several_owners;
mod single_cause;
mod slipped_due_date;
mod stale_action;
mod status_went_back;
mod template_prompt_left;
mod unadopted_fact;
mod unclosed_internal;
mod unknown_cause_without_action;
mod unknown_factor;
mod unknown_key;
mod unknown_priority;
mod unknown_related;
mod unknown_rule;
mod unknown_service;
mod unknown_severity;
mod unknown_status;
mod unknown_team;
mod unlinked_recurrence;
mod unlinked_tracker;
mod unordered_timeline;
mod unreadable_text;
mod unused_override;
mod vague_action;
mod vague_cause;
mod vague_quantifier;
mod visibility_leak;
mod whys_end_at_person;

#[cfg(test)]
mod tests;

use crate::check::rule::Rule;

pub(super) use action_without_due_date::ASKED as DUE_DATE;
pub(super) use action_without_owner::ASKED as OWNER;
pub(super) use action_without_tracker::ASKED as TRACKER;
pub(super) use bad_suppression::RULE as BAD_SUPPRESSION;
pub(super) use done_without_evidence::ASKED as EVIDENCE;
pub(super) use overdue_action::ASKED as IN_TIME;
pub(super) use self_blame::RULE as SELF_BLAME;
pub(super) use unknown_rule::RULE as UNKNOWN_RULE;
pub(super) use unused_override::RULE as UNUSED_OVERRIDE;
pub(super) use vague_action::ASKED as OUTCOME;

/// All rules, in the order of the documentation.
pub const RULES: &[Rule] = &[
    invalid_front_matter::RULE,
    unreadable_text::RULE,
    empty_document::RULE,
    bad_value::RULE,
    unknown_key::RULE,
    contradicting_fact::RULE,
    missing_title::RULE,
    missing_field::RULE,
    unadopted_fact::RULE,
    missing_section::RULE,
    empty_section::RULE,
    no_went_well::RULE,
    placeholder_text::RULE,
    template_prompt_left::RULE,
    status_went_back::RULE,
    unordered_timeline::RULE,
    milestone_order::RULE,
    missing_time_zone::RULE,
    ambiguous_time::RULE,
    loose_date::RULE,
    future_time::RULE,
    missing_milestones::RULE,
    duration_mismatch::RULE,
    detection_gap::RULE,
    file_date_mismatch::RULE,
    late_publication::RULE,
    no_action_items::RULE,
    action_without_owner::RULE,
    action_without_due_date::RULE,
    action_without_tracker::RULE,
    action_without_id::RULE,
    vague_action::RULE,
    human_behaviour_action::RULE,
    overdue_action::RULE,
    done_without_evidence::RULE,
    contradicting_action::RULE,
    unknown_priority::RULE,
    no_preventive_action::RULE,
    flat_priority::RULE,
    several_owners::RULE,
    stale_action::RULE,
    removed_action::RULE,
    slipped_due_date::RULE,
    closed_without_evidence::RULE,
    person_as_cause::RULE,
    human_error_as_cause::RULE,
    counterfactual::RULE,
    omission_by_person::RULE,
    self_blame::RULE,
    judgemental_language::RULE,
    hindsight::RULE,
    blame_vocabulary::RULE,
    deficit_explanation::RULE,
    named_individual::RULE,
    animated_language::RULE,
    minimising_language::RULE,
    agentless_omission::RULE,
    whys_end_at_person::RULE,
    impact_without_numbers::RULE,
    vague_quantifier::RULE,
    vague_cause::RULE,
    unknown_cause_without_action::RULE,
    single_cause::RULE,
    unknown_status::RULE,
    unknown_severity::RULE,
    unknown_service::RULE,
    unknown_team::RULE,
    unknown_factor::RULE,
    broken_link::RULE,
    unlinked_tracker::RULE,
    missing_image::RULE,
    missing_alt_text::RULE,
    moving_window_link::RULE,
    secret::RULE,
    unclosed_internal::RULE,
    visibility_leak::RULE,
    private_link_on_public_page::RULE,
    internal_address::RULE,
    personal_data::RULE,
    duplicate_id::RULE,
    unknown_related::RULE,
    duplicate_open_action::RULE,
    unlinked_recurrence::RULE,
    invalid_configuration::RULE,
    unknown_rule::RULE,
    unused_override::RULE,
    bad_suppression::RULE,
];

/// The rule of a name.
pub fn rule(name: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.name == name)
}
