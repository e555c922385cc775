//! Time across a drawing: true to scale, except that long quiet gaps may be broken, and then a mark says so.

use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveDateTime, TimeZone, Timelike, Utc};

use crate::{
    model::{Zone, moment::clock_text},
    render::charts::{real, real_size},
};

/// When what remains of the whole after leaving out its quiet gaps is less than this share, they are left out.
const CROWDED: f64 = 0.07;
/// One gap that is short beside another is no detail that a true scale would hide; this many are.
const FEWEST_HIDDEN: usize = 2;
/// What remains is looked at once more, as long as it leaves so few gaps out: seconds between bursts of a day would make a
/// drawing of gaps alone.
const MOST_BREAKS: usize = 4;

/// A stretch of time without a break, and its place.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Segment {
    from: i64,
    to: i64,
    /// Pixels from the left at the width that was asked for.
    left: f64,
    right: f64,
}

/// From seconds (UTC) to pixels.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeScale {
    segments: Vec<Segment>,
    /// Pixels a second.
    density: f64,
    width: f64,
}

/// A stretch that is not drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Break {
    /// The middle of its mark, in pixels.
    pub at: f64,
    /// How long it is, in seconds.
    pub seconds: i64,
}

/// A mark on the axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Tick {
    /// Seconds since 1970, UTC.
    pub time: i64,
    /// Pixels from the left.
    pub at: f64,
    /// The time of day; empty when the scale counts days.
    pub clock: String,
    /// The date, on the first mark of each day.
    pub date: Option<NaiveDate>,
}

impl TimeScale {
    /// A scale over all `times` that fills `width` pixels, `gap` of them for each break. None for fewer than two
    /// different times.
    pub fn new(times: &[i64], width: f64, gap: f64) -> Option<Self> {
        let mut sorted = times.to_vec();
        sorted.sort_unstable();
        sorted.dedup();
        if sorted.len() < 2 {
            return None;
        }
        let quiet = quiet_gaps(&sorted);
        let mut stretches: Vec<(i64, i64)> = Vec::new();
        for pair in sorted.windows(2) {
            let &[from, to] = pair else { continue };
            match stretches.last_mut() {
                Some(last) if !quiet.contains(&from) => last.1 = to,
                None => stretches.push((from, if quiet.contains(&from) { from } else { to })),
                Some(_) => {}
            }
            if quiet.contains(&from) {
                stretches.push((to, to));
            }
        }
        let shown: i64 = stretches.iter().map(|(from, to)| to - from).sum();
        let breaks = real_size(stretches.len().saturating_sub(1));
        let density = (width - breaks * gap).max(width * 0.2) / real(shown.max(1));
        let mut left = 0.0;
        let segments = stretches
            .into_iter()
            .map(|(from, to)| {
                let right = left + real(to - from) * density;
                let segment = Segment { from, to, left, right };
                left = right + gap;
                segment
            })
            .collect();
        Some(Self { segments, density, width })
    }

    /// Where a time stands, in pixels. A time in a break stands in the middle of it.
    pub fn at(&self, time: i64) -> f64 {
        let mut previous: Option<&Segment> = None;
        for segment in &self.segments {
            if time < segment.from {
                return previous.map_or(segment.left, |previous| f64::midpoint(previous.right, segment.left));
            }
            if time <= segment.to {
                return segment.left + real(time - segment.from) * self.density;
            }
            previous = Some(segment);
        }
        self.width
    }

    /// The same as a share of the width.
    pub fn share(&self, time: i64) -> f64 {
        (self.at(time) / self.width).clamp(0.0, 1.0)
    }

    /// What is left out.
    pub fn breaks(&self) -> Vec<Break> {
        self.segments
            .iter()
            .zip(self.segments.iter().skip(1))
            .map(|(before, after)| Break {
                at: f64::midpoint(before.right, after.left),
                seconds: after.from - before.to,
            })
            .collect()
    }

    /// Marks at round local times, at least `spacing` pixels apart; each unbroken stretch has one at least, if there is
    /// room.
    pub fn ticks(&self, zone: Option<&Zone>, spacing: f64) -> Vec<Tick> {
        const STEPS: [i64; 21] = [
            5, 10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800,
            604_800, 1_209_600, 2_592_000, 7_776_000, 31_536_000,
        ];
        let step = STEPS.into_iter().find(|step| real(*step) * self.density >= spacing).unwrap_or(31_536_000);
        let mut times: Vec<i64> = Vec::new();
        for segment in &self.segments {
            let offset = offset(segment.from, zone);
            // The era began on a Thursday; weeks begin on Mondays.
            let era = if step % 604_800 == 0 { 4 * 86_400 } else { 0 };
            let mut time = (segment.from + offset - era).div_euclid(step) * step + era - offset;
            let mut inside = Vec::new();
            while time <= segment.to && inside.len() < 200 {
                if time >= segment.from {
                    inside.push(time);
                }
                time += step;
            }
            if inside.is_empty() {
                inside.push(segment.from);
            }
            for time in inside {
                if times.last().is_none_or(|last| self.at(time) - self.at(*last) >= spacing * 0.98) {
                    times.push(time);
                }
            }
        }
        let mut day = None;
        times
            .into_iter()
            .map(|time| {
                let local = local(time, zone);
                let new_day = day.replace(local.date()) != Some(local.date());
                let date = new_day.then(|| local.date());
                let midnight = local.num_seconds_from_midnight() == 0;
                let clock = match step {
                    86_400.. if midnight => String::new(),
                    ..60 => clock_text(local.time()),
                    _ => clock_text(local.time().with_second(0).unwrap_or_default()),
                };
                Tick { time, at: self.at(time), clock, date }
            })
            .collect()
    }
}

/// The times after which a long quiet gap begins.
fn quiet_gaps(sorted: &[i64]) -> Vec<i64> {
    let mut gaps: Vec<(i64, i64)> =
        sorted.iter().zip(sorted.iter().skip(1)).map(|(from, to)| (to - from, *from)).collect();
    gaps.sort_unstable_by_key(|(length, from)| (std::cmp::Reverse(*length), *from));
    let total: i64 = gaps.iter().map(|(length, _)| length).sum();
    let mut rest = total;
    for (count, (length, _)) in gaps.iter().enumerate() {
        rest -= length;
        // The gaps so far hide the rest, and are not of the size of the next one.
        let next = gaps.get(count + 1).map_or(0, |(length, _)| *length);
        let hides_detail = gaps.len() - count > FEWEST_HIDDEN && real(rest) < CROWDED * real(total);
        if rest > 0 && hides_detail && length / 4 >= next {
            let more = quiet_gaps_of_rest(&gaps, count + 1, rest);
            return gaps.iter().take(count + 1 + more).map(|(_, from)| *from).collect();
        }
    }
    Vec::new()
}

/// What remains may be crowded in turn: how many further gaps to leave out.
fn quiet_gaps_of_rest(gaps: &[(i64, i64)], done: usize, total: i64) -> usize {
    let mut rest = total;
    for (count, (length, _)) in gaps.iter().enumerate().take(MOST_BREAKS).skip(done) {
        rest -= length;
        let next = gaps.get(count + 1).map_or(0, |(length, _)| *length);
        if rest > 0 && real(rest) < CROWDED * real(total) && length / 4 >= next {
            return count + 1 - done;
        }
    }
    0
}

/// Seconds that the local clock is ahead of UTC.
fn offset(time: i64, zone: Option<&Zone>) -> i64 {
    (local(time, zone) - utc(time)).num_seconds()
}

fn utc(time: i64) -> NaiveDateTime {
    DateTime::<Utc>::from_timestamp(time, 0).unwrap_or_default().naive_utc()
}

/// The date and clock of a time in a zone.
pub(crate) fn local(time: i64, zone: Option<&Zone>) -> NaiveDateTime {
    let utc = utc(time);
    match zone {
        None => utc,
        Some(Zone::Fixed { minutes, .. }) => utc + Duration::minutes(i64::from(*minutes)),
        Some(Zone::Named { place, .. }) => place.from_utc_datetime(&utc).naive_local(),
    }
}

/// True when two times fall on different days.
pub(crate) fn days_differ(a: i64, b: i64, zone: Option<&Zone>) -> bool {
    local(a, zone).num_days_from_ce() != local(b, zone).num_days_from_ce()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: i64 = 1_773_489_600; // 2026-03-14 12:00 UTC

    fn labels(scale: &TimeScale, zone: Option<&Zone>) -> Vec<String> {
        scale
            .ticks(zone, 60.0)
            .into_iter()
            .map(|tick| {
                let date = tick.date.map(|date| date.format("%-d %b").to_string()).unwrap_or_default();
                format!("{} {date}", tick.clock).trim().to_owned()
            })
            .collect()
    }

    #[test]
    fn ticks_stand_at_round_times_and_name_each_day_once() {
        let scale = TimeScale::new(&[NOON + 120, NOON + 4800], 600.0, 40.0).unwrap();
        assert_eq!(
            labels(&scale, None),
            ["12:10 14 Mar", "12:20", "12:30", "12:40", "12:50", "13:00", "13:10", "13:20"]
        );
        let scale = TimeScale::new(&[NOON + 9 * 3600, NOON + 15 * 3600], 600.0, 40.0).unwrap();
        assert_eq!(
            labels(&scale, None),
            ["21:00 14 Mar", "22:00", "23:00", "00:00 15 Mar", "01:00", "02:00", "03:00"]
        );
        let scale = TimeScale::new(&[NOON, NOON + 21 * 86_400], 600.0, 40.0).unwrap();
        assert_eq!(labels(&scale, None).first().map(String::as_str), Some("16 Mar"));
    }

    #[test]
    fn ticks_are_round_in_the_zone() {
        let delhi = Zone::Fixed { minutes: 330, name: "IST".into() };
        let scale = TimeScale::new(&[NOON, NOON + 2 * 3600], 300.0, 40.0).unwrap();
        assert_eq!(labels(&scale, Some(&delhi)), ["17:30 14 Mar", "18:00", "18:30", "19:00", "19:30"]);
    }

    #[test]
    fn a_long_quiet_gap_is_broken_and_an_ordinary_one_is_not() {
        let weeks = 21 * 86_400;
        let times = [NOON - weeks, NOON, NOON + 420, NOON + 2340, NOON + 4680];
        let scale = TimeScale::new(&times, 600.0, 40.0).unwrap();
        assert_eq!(scale.breaks(), [Break { at: 20.0, seconds: weeks }]);
        assert!((scale.at(NOON) - 40.0).abs() < 1e-6 && (scale.at(NOON + 4680) - 600.0).abs() < 1e-6);
        for even in [vec![0, 100, 190, 300], vec![0, 2700, 5400, 6000], vec![0, 5]] {
            assert_eq!(TimeScale::new(&even, 600.0, 40.0).unwrap().breaks(), []);
        }
        let clusters = [0, 300, 600, 22_000, 22_300, 22_600, 50_000, 50_200];
        assert_eq!(TimeScale::new(&clusters, 600.0, 40.0).unwrap().breaks().len(), 2);
        // Seconds within minutes within a day: the night is left out, and not every minute as well.
        let bursts = (0..9).flat_map(|burst| [burst * 240, burst * 240 + 2]).map(|at| at + 63_000);
        let times: Vec<i64> = [0, 2].into_iter().chain(bursts).collect();
        let breaks = TimeScale::new(&times, 600.0, 40.0).unwrap().breaks();
        assert_eq!(breaks.iter().map(|gap| gap.seconds).collect::<Vec<_>>(), [62_998]);
    }

    #[test]
    fn one_time_makes_no_scale() {
        assert_eq!(TimeScale::new(&[5, 5], 600.0, 40.0), None);
        assert_eq!(TimeScale::new(&[], 600.0, 40.0), None);
    }
}
