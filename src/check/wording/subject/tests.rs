//! Subjects, told from the words before a verb.

use super::*;

fn of(sentence: &str) -> Option<Subject> {
    let verb = sentence.find('|').unwrap();
    subject_of(&sentence.replace('|', ""), 0, verb)
}

#[test]
fn the_word_lists_are_read() {
    assert!(WORDS.len() > 250, "words.toml gave {} words", WORDS.len());
}

#[test]
fn the_head_of_the_noun_phrase_decides() {
    for (sentence, subject) in [
        ("The engineer |forgot", Subject::Person),
        ("The engineer on the platform team |failed", Subject::Person),
        ("The platform team |failed", Subject::Team),
        ("The engineer's script |failed", Subject::System),
        ("During the outage the engineer |failed", Subject::Person),
        ("After the deploy the script |failed", Subject::System),
        ("On Monday we |failed", Subject::First),
        ("we noticed that the operator |failed", Subject::Person),
        ("The Prometheus operator |failed", Subject::System),
        ("CODEX operator |failed", Subject::System),
        ("The package manager |failed", Subject::System),
        ("The eviction manager |failed", Subject::System),
        ("The duty manager |failed", Subject::Person),
        ("A manager |failed", Subject::Person),
        ("@kim |failed", Subject::Person),
        ("Customers |failed", Subject::Outsider),
        ("The alert that |failed", Subject::System),
        ("An engineer who |failed", Subject::Person),
        ("The users who |failed", Subject::Outsider),
        ("This lead to changes being applied that |broke", Subject::System),
        ("The engineer wrote changes which |broke", Subject::System),
        ("The tech lead |forgot", Subject::Person),
        ("|failed", Subject::System),
    ] {
        assert_eq!(of(sentence), Some(subject), "{sentence}");
    }
}

#[test]
fn insertions_and_coordination_are_bridged() {
    for (sentence, subject) in [
        ("A member of the team, while debugging a job, inadvertently |removed", Subject::Person),
        ("The operator (on the night shift) |failed", Subject::Person),
        ("A lead operator noticed the alarm, but |failed", Subject::Person),
        ("The job noticed the alarm, but |failed", Subject::System),
        ("During the outage, the operator saw the alarm but |failed", Subject::Person),
    ] {
        assert_eq!(of(sentence), Some(subject), "{sentence}");
    }
}

#[test]
fn they_are_people_only_when_people_were_named() {
    assert_eq!(of("The reviewers agreed, and they |failed"), Some(Subject::Person));
    assert_eq!(of("The pods restarted, and they |failed"), Some(Subject::System));
    assert_eq!(of("The team helped the users but they |failed"), Some(Subject::System));
}

#[test]
fn a_passive_verb_has_no_actor() {
    assert_eq!(of("The engineer was |exposed"), None);
    assert_eq!(of("The key was accidentally |deleted"), None);
    assert_eq!(of("The engineer had |exposed"), Some(Subject::Person));
}
