//! A moment as the front matter has it.

use chrono::Timelike;

use crate::{
    edit::Value,
    model::{Moment, Zone, moment::clock_text},
};

/// How a moment is written; `usual` is the zone that a time without one is read in. None for a time without its day.
pub fn written(moment: &Moment, usual: Option<&Zone>) -> Option<Value> {
    let date = moment.date?;
    let Some(clock) = moment.clock else {
        return Some(if moment.approximate {
            Value::Text(format!("~{date}"))
        } else {
            Value::Plain(date.to_string())
        });
    };
    let own = moment.zone.as_ref();
    let offset = match own {
        Some(zone) if *zone == Zone::utc() => Some("Z"),
        Some(Zone::Fixed { name, .. }) if is_offset(name) => Some(&**name),
        _ if own == usual => Some(""),
        _ => None,
    };
    let fraction = if clock.nanosecond() == 0 { "%H:%M:%S" } else { "%H:%M:%S%.f" };
    let seconds = clock.format(fraction);
    Some(match (offset, own) {
        (Some(offset), _) if !moment.approximate => Value::Plain(format!("{date}T{seconds}{offset}")),
        // Neither language has a word for about then, or for a zone by its name.
        _ => {
            let about = if moment.approximate { "~" } else { "" };
            let zone = match (offset, own) {
                (None, Some(zone)) => format!(" {zone}"),
                (Some("Z"), _) => " UTC".to_owned(),
                (offset, _) => offset.unwrap_or_default().to_owned(),
            };
            let clock = if clock.nanosecond() == 0 { clock_text(clock) } else { seconds.to_string() };
            // An offset is read only behind a clock with seconds.
            let clock = if zone.starts_with(['+', '-']) { seconds.to_string() } else { clock };
            Value::Text(format!("{about}{date} {clock}{zone}"))
        }
    })
}

/// True for `+02:00`, the one way in which both languages write an offset.
fn is_offset(name: &str) -> bool {
    let shape: Vec<u8> = name.bytes().map(|byte| if byte.is_ascii_digit() { b'0' } else { byte }).collect();
    matches!(shape.as_slice(), b"+00:00" | b"-00:00")
}

#[cfg(test)]
mod tests {
    use chrono::{NaiveDate, NaiveTime};

    use super::*;

    fn at(zone: Option<Zone>) -> Moment {
        let date = NaiveDate::from_ymd_opt(2026, 3, 14).unwrap();
        Moment::new(date, NaiveTime::from_hms_opt(13, 2, 0).unwrap(), zone)
    }

    fn form(moment: &Moment, usual: Option<&Zone>) -> String {
        match written(moment, usual) {
            Some(Value::Plain(text)) => text,
            Some(Value::Text(text)) => format!("\"{text}\""),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn a_moment_is_a_date_of_the_language_wherever_that_has_a_word_for_it() {
        let pst = || Zone::Fixed { minutes: -480, name: "PST".into() };
        let east = || Zone::Fixed { minutes: 120, name: "+02:00".into() };
        assert_eq!(form(&at(Some(Zone::utc())), None), "2026-03-14T13:02:00Z");
        assert_eq!(form(&at(Some(east())), Some(&Zone::utc())), "2026-03-14T13:02:00+02:00");
        assert_eq!(form(&at(None), None), "2026-03-14T13:02:00");
        assert_eq!(form(&at(Some(pst())), Some(&pst())), "2026-03-14T13:02:00");
        assert_eq!(form(&at(Some(pst())), None), "\"2026-03-14 13:02 PST\"");
        assert_eq!(form(&Moment { clock: None, ..at(None) }, None), "2026-03-14");
        assert_eq!(form(&Moment { date: None, ..at(None) }, None), "None");
    }

    #[test]
    fn what_is_not_exact_stays_so() {
        let about = |moment| Moment { approximate: true, ..moment };
        assert_eq!(form(&about(at(Some(Zone::utc()))), None), "\"~2026-03-14 13:02 UTC\"");
        assert_eq!(form(&about(at(None)), None), "\"~2026-03-14 13:02\"");
        assert_eq!(form(&about(Moment { clock: None, ..at(None) }), None), "\"~2026-03-14\"");
        let east = Zone::Fixed { minutes: 120, name: "+02:00".into() };
        assert_eq!(form(&about(at(Some(east))), None), "\"~2026-03-14 13:02:00+02:00\"");
    }
}
