//! Timelines that begin with what happened last, as status pages do: their days are carried from the end to the
//! beginning.

use chrono::{NaiveDateTime, NaiveTime, TimeDelta};

use super::entry::Pending;
use crate::{model::TimelineEvent, parse::times::Calendar};

/// Two clocks that are further apart than this do not show an order: midnight may lie between them.
const NEAR: TimeDelta = TimeDelta::hours(6);

/// Reads the times again from the last to the first, when that is the order in which they were written.
pub(super) fn settle(calendar: &Calendar, pending: &[Pending], events: &mut [TimelineEvent]) {
    if !descends(pending, events) {
        return;
    }
    let mut calendar = calendar.clone();
    let mut turn = None;
    for (event, pending) in events.iter_mut().zip(pending).rev() {
        if pending.turn != turn {
            turn = pending.turn;
            if let Some((date, from)) = turn {
                calendar.turn_to(date, from);
            }
        }
        calendar.zone.clone_from(&pending.zone);
        let (at, end) = calendar.read(&pending.stamp, event.at_span);
        (event.at, event.end) = (at, end.map(Box::new));
    }
}

/// True when most neighbours come down, and dates never go up.
fn descends(pending: &[Pending], events: &[TimelineEvent]) -> bool {
    let mut down = 0_usize;
    let mut up = 0_usize;
    let mut last: Option<(NaiveTime, Option<NaiveDateTime>)> = None;
    for (pending, event) in pending.iter().zip(events) {
        let Some(clock) = event.at.clock else { continue };
        let whole = pending.stamp.date.and(event.at.date).map(|date| date.and_time(clock));
        if let Some((before, before_whole)) = last {
            let apart = match (before_whole, whole) {
                (Some(before), Some(now)) => Some(now - before),
                _ => Some(clock - before).filter(|apart| apart.abs() < NEAR),
            };
            up += usize::from(apart.is_some_and(|apart| apart > TimeDelta::zero()));
            down += usize::from(apart.is_some_and(|apart| apart < TimeDelta::zero()));
        }
        last = Some((clock, whole));
    }
    down >= 2 && down > up * 2
}
