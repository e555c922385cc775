//! The zone of a document's times, where the front matter does not say it.

use std::borrow::Cow;

use super::{
    blocks::Body,
    locale::Lexicon,
    text,
    times::{self, Given},
};
use crate::model::{Carrier, Fact, Moment, Origin, Postmortem, Zone};

/// A note that holds for all times is at most this long, in words.
const NOTE_WORDS: usize = 24;

/// The zone of a line such as `All times are UTC`, wherever it stands.
pub(super) fn noted_zone(words: &Lexicon, body: &Body) -> Option<Given<Zone>> {
    let mut found = None;
    text::collect(&body.blocks, &mut |text, is_heading| {
        if found.is_some() || is_heading || !words.times.is_zone_note(&text.text) {
            return;
        }
        let is_short = |text: &str| text.split_whitespace().nth(NOTE_WORDS).is_none();
        // A long paragraph may say it on a line of its own.
        let lines = if is_short(&text.text) { vec![Cow::Borrowed(text)] } else { text.lines() };
        let note = lines.iter().find(|line| is_short(&line.text) && words.times.is_zone_note(&line.text));
        found =
            note.and_then(|line| Some(Given::new(times::find_zone(&line.text)?, Carrier::Note, line.span)));
    });
    found
}

/// The zone behind the clocks of a body, when it is one and the same.
pub(super) fn only_zone(body: &Body) -> Option<Given<Zone>> {
    let mut zones: Vec<Given<Zone>> = Vec::new();
    text::collect(&body.blocks, &mut |text, _| {
        for zone in times::zones_at_clocks(&text.text) {
            zones.push(Given::new(zone, Carrier::Clocks, text.span));
        }
    });
    let first = zones.first()?.clone();
    zones.iter().all(|zone| zone.value == first.value).then_some(first)
}

/// The zone that every time of the front matter is written with, when it is one and the same.
pub(super) fn zone_of_times(postmortem: &Postmortem) -> Option<Given<Zone>> {
    let times =
        postmortem.times.values().map(|time| &**time).filter(|time| time.origin == Origin::FrontMatter);
    zone_of(times, Carrier::FrontMatter)
}

/// The zone that those times are written with that have one, when it is one and the same.
pub(super) fn zone_of<'t>(times: impl Iterator<Item = &'t Fact<Moment>>, by: Carrier) -> Option<Given<Zone>> {
    let mut stated = times
        .filter(|time| time.value.basis.zone.by == Carrier::Itself)
        .filter_map(|time| Some(Given::new(time.value.zone.clone()?, by, time.span)));
    let first = stated.next()?;
    stated.all(|zone| zone.value == first.value).then_some(first)
}
