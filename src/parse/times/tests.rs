//! Every format that documents use, one line each.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::{Calendar, Given, Order, find_date, find_zone, lead, tail, whole, zones_at_clocks};
use crate::{model::Carrier, parse::locale::Lexicon, source::Span};

fn words() -> &'static Lexicon {
    Lexicon::built_in()
}

/// What a text says, read on 14 March 2026: the moment, the end of a range, the text behind.
fn read(text: &str) -> String {
    let Some(stamp) = lead(words(), text) else { return "-".to_owned() };
    let day = NaiveDate::from_ymd_opt(2026, 3, 14);
    let day = day.map(|day| Given::new(day, Carrier::FileName, Span::default()));
    let (at, until) = Calendar::new(Order::DayFirst, day, None).read(&stamp, Span::default());
    let until = until.map(|until| format!(" – {until}")).unwrap_or_default();
    format!("{at}{until} | {}", &text[stamp.rest..])
}

#[test]
fn clocks_in_every_form() {
    for (text, expected) in [
        ("13:02 Pool exhausted", "2026-03-14 13:02 | Pool exhausted"),
        ("13:02:10: Pool", "2026-03-14 13:02:10 | Pool"),
        ("[13:02] Pool", "2026-03-14 13:02 | Pool"),
        ("1:02pm - Pool", "2026-03-14 13:02 | Pool"),
        ("12:15 AM ### Pool", "2026-03-14 00:15 | ### Pool"),
        ("9:06a: Pool", "2026-03-14 09:06 | Pool"),
        ("9am Pool", "2026-03-14 09:00 | Pool"),
        ("13.02 Pool", "2026-03-14 13:02 | Pool"),
        ("kl. 9.05: Pool", "2026-03-14 09:05 | Pool"),
        ("~13:02 UTC — Pool", "~2026-03-14 13:02 UTC | Pool"),
        ("around 13:02, Pool", "~2026-03-14 13:02 | Pool"),
        ("ca kl 07:25 : Pool", "~2026-03-14 07:25 | Pool"),
        ("13:02 (UTC+2) Pool", "2026-03-14 13:02 UTC+2 | Pool"),
        ("13:02 +UTC: Pool", "2026-03-14 13:02 UTC | Pool"),
        ("13:02Z Pool", "2026-03-14 13:02 UTC | Pool"),
        ("13h02 Pool", "2026-03-14 13:02 | Pool"),
        ("0930 UTC: Pool", "2026-03-14 09:30 UTC | Pool"),
        ("13時02分 Pool", "2026-03-14 13:02 | Pool"),
        ("午後1時 Pool", "2026-03-14 13:00 | Pool"),
        ("오후 1:02 Pool", "2026-03-14 13:02 | Pool"),
        ("13:02 and onwards: Pool", "2026-03-14 13:02 | Pool"),
        ("~19h BRT: Pool", "~2026-03-14 19:00 BRT | Pool"),
        ("After 13:02 Pool", "2026-03-14 13:02 | Pool"),
        ("추정: 11:00 이전 | Pool", "~2026-03-14 11:00 | Pool"),
        ("13:02 Eastern: Pool", "2026-03-14 13:02 Eastern | Pool"),
        ("13:02 Central database", "2026-03-14 13:02 | Central database"),
        ("13:02 CET/CEST - Pool", "2026-03-14 13:02 CET/CEST | Pool"),
        ("UTC 13:02: Pool", "2026-03-14 13:02 UTC | Pool"),
        ("UTC is used for Pool", "-"),
        ("13:02z - Pool", "2026-03-14 13:02 UTC | Pool"),
        ("13:02 Central European Time: Pool", "2026-03-14 13:02 Central European Time | Pool"),
        ("13:02 Denver time - Pool", "2026-03-14 13:02 Denver time | Pool"),
        (":fire: 13:02 Pool", "2026-03-14 13:02 | Pool"),
        ("T+7m (13:02) Pool", "2026-03-14 13:02 | Pool"),
        ("13:02 (T+7m): Pool", "2026-03-14 13:02 | Pool"),
        ("20260315T130257Z Pool", "2026-03-15 13:02:57 UTC | Pool"),
        ("20260315 1302: Pool", "2026-03-15 13:02 | Pool"),
        ("20260315 hosts", "-"),
        ("13:02 (approx.): Pool", "~2026-03-14 13:02 | Pool"),
        ("13:02 UTC (14:02 CET) Pool", "2026-03-14 13:02 UTC | Pool"),
        ("13:02 UTC / 14:02 CET: Pool", "2026-03-14 13:02 UTC | Pool"),
        ("13:02 (local time): Pool", "2026-03-14 13:02 | Pool"),
        ("13:02 (host 7) Pool", "2026-03-14 13:02 | (host 7) Pool"),
        ("4pm 14.03.2026 till 11am 16.03.2026: Pool", "2026-03-14 16:00 – 2026-03-16 11:00 | Pool"),
        (
            "4pm CET 14.03.26 till 11am CET 16.03.26: Pool",
            "2026-03-14 16:00 CET – 2026-03-16 11:00 CET | Pool",
        ),
        ("14.03.2026 13:02 - 14:20 5/6 nodes down", "2026-03-14 13:02 – 2026-03-14 14:20 | 5/6 nodes down"),
        ("13:02:57-58 Pool", "2026-03-14 13:02:57 – 2026-03-14 13:02:58 | Pool"),
        ("13:02:57-13:03 Pool", "2026-03-14 13:02:57 – 2026-03-14 13:03 | Pool"),
        ("13:02 … Pool", "2026-03-14 13:02 | Pool"),
        ("~13:0x Pool", "~2026-03-14 | Pool"),
        ("13:?? UTC - Pool", "~2026-03-14 | Pool"),
        ("~13:0xz: Pool", "~2026-03-14 | Pool"),
        ("13:0xyz Pool", "-"),
        ("1302 hrs - Pool", "2026-03-14 13:02 | Pool"),
        ("1302 hours of work were lost", "-"),
        ("13 h 02 : Pool", "2026-03-14 13:02 | Pool"),
        ("13 h 20 min of silence", "-"),
        ("下午1:02 Pool", "2026-03-14 13:02 | Pool"),
        ("13时02分 Pool", "2026-03-14 13:02 | Pool"),
        ("13 时间", "-"),
        ("A las 13:02: Pool", "2026-03-14 13:02 | Pool"),
        ("Por volta das 13h02 - Pool", "~2026-03-14 13:02 | Pool"),
        ("+2 pods at 13:02", "-"),
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
}

#[test]
fn dates_in_every_form() {
    for (text, expected) in [
        ("2026-03-20T13:02:00+01:00 Pool", "2026-03-20 13:02 +01:00 | Pool"),
        ("2026-03-20T13:02:00-05:00 Pool", "2026-03-20 13:02 -05:00 | Pool"),
        ("2026-03-20 13:02: Pool", "2026-03-20 13:02 | Pool"),
        ("2026-03-20: Pool", "2026-03-20 | Pool"),
        ("20 Mar 2026 13:02 Pool", "2026-03-20 13:02 | Pool"),
        ("20-Mar-26 13:02 Pool", "2026-03-20 13:02 | Pool"),
        ("20/mar ~13:02–13:09 Pool", "~2026-03-20 13:02 – ~2026-03-20 13:09 | Pool"),
        ("20/Mar/2025 13:02 Pool", "2025-03-20 13:02 | Pool"),
        ("20 Mar ’25, 13:02 Pool", "2025-03-20 13:02 | Pool"),
        ("March 20th '25: Pool", "2025-03-20 | Pool"),
        ("March 20th, 13:02 Pool", "2026-03-20 13:02 | Pool"),
        ("Friday, March 20, 2026 at 1:02 PM PT: Pool", "2026-03-20 13:02 PT | Pool"),
        ("20.03.2026 kl 20:06:19 : Pool", "2026-03-20 20:06:19 | Pool"),
        ("20.03.26 - 07:00 | Pool", "2026-03-20 07:00 | Pool"),
        ("2.4.26 13:02 Pool", "2026-04-02 13:02 | Pool"),
        ("03/20/2026 13:02 - Pool", "2026-03-20 13:02 | Pool"),
        ("04/03/2026 - Pool", "2026-03-04 | Pool"),
        ("11:10 6th Nov 2023 Pool", "2023-11-06 11:10 | Pool"),
        ("3月20日 13:02 Pool", "2026-03-20 13:02 | Pool"),
        ("2026年3月20日 Pool", "2026-03-20 | Pool"),
        ("2026년 3월 20일 오전 2:27 Pool", "2026-03-20 02:27 | Pool"),
        ("2026-03-20 1302: Pool", "2026-03-20 13:02 | Pool"),
        ("2026-03-20T~13:02Z–~14:20Z | Pool", "~2026-03-20 13:02 UTC – ~2026-03-20 14:20 UTC | Pool"),
        ("31 Dec 23:10 Pool", "2025-12-31 23:10 | Pool"),
        ("03-20 13:02 Pool", "2026-03-20 13:02 | Pool"),
        ("2026-03-20 HH:mm Pool", "2026-03-20 | Pool"),
        ("20266-03-20 12:00 Pool", "2026-03-20 12:00 | Pool"),
        ("7-13th Nov: Pool", "2025-11-07 | Pool"),
        ("7 – 13 November 2023: Pool", "2023-11-07 | Pool"),
        ("March 20-23: Pool", "2026-03-20 | Pool"),
        ("Nov 7--9th, 2023 -- Pool", "2023-11-07 | Pool"),
        ("March 20 - 3 pods restart", "2026-03-20 | 3 pods restart"),
        ("20 March, evening: Pool", "~2026-03-20 | Pool"),
        ("20 March evening traffic", "-"),
        ("20 March mid-day: Pool", "~2026-03-20 | Pool"),
        ("20 March mid-range nodes", "-"),
        ("02/06 ~19h BRT - Pool", "~2026-06-02 19:00 BRT | Pool"),
        ("2026-03-20/13:02: Pool", "2026-03-20 13:02 | Pool"),
        ("03-20 ~13:02 Pool", "~2026-03-20 13:02 | Pool"),
        ("03-20 afternoon", "~2026-03-20 | "),
        ("03-20 pods restart", "-"),
        ("Mar 20 (Fri): Pool", "2026-03-20 | Pool"),
        ("3月20日(金) 13:02 Pool", "2026-03-20 13:02 | Pool"),
        ("The next day, 09:10: Pool", "2026-03-15 09:10 | Pool"),
        ("翌日09:10 Pool", "2026-03-15 09:10 | Pool"),
        ("Next day: Pool", "-"),
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
}

#[test]
fn ranges_keep_their_end() {
    for (text, expected) in [
        (
            "Between 13:02 UTC and 14:20 UTC on 20 March 2026, Pool",
            "2026-03-20 13:02 UTC – 2026-03-20 14:20 UTC | Pool",
        ),
        ("13:02–13:10 Pool", "2026-03-14 13:02 – 2026-03-14 13:10 | Pool"),
        ("13:02 - 13:10 UTC: Pool", "2026-03-14 13:02 UTC – 2026-03-14 13:10 UTC | Pool"),
        ("23:50 to 00:10 Pool", "2026-03-14 23:50 – 2026-03-15 00:10 | Pool"),
        ("2:10 - 2:30 PM Pool", "2026-03-14 14:10 – 2026-03-14 14:30 | Pool"),
        ("2026-03-20 07:37 〜 2026-03-21 07:12 Pool", "2026-03-20 07:37 – 2026-03-21 07:12 | Pool"),
        ("13:02 - 14 pods restart", "2026-03-14 13:02 | 14 pods restart"),
        ("13:02 -> 13:10: Pool", "2026-03-14 13:02 – 2026-03-14 13:10 | Pool"),
        ("13:02-0500: Pool", "2026-03-14 13:02 -0500 | Pool"),
        ("2026-03-13, late evening → 2026-03-14 ~05:05 UTC", "~2026-03-13 – ~2026-03-14 05:05 UTC | "),
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
}

#[test]
fn what_is_not_known_is_said_so_and_what_is_no_time_is_left_alone() {
    for (text, expected) in [
        ("??:?? Pool", "-"),
        ("??:??: Pool", "unknown | Pool"),
        ("[???] Pool", "unknown | Pool"),
        ("TBC - Pool", "unknown | Pool"),
        ("2026-02-30 13:02 Pool", "13:02 | Pool"),
        ("Unknown users tried", "-"),
        ("Morning: Pool", "~2026-03-14 | Pool"),
        ("early evening - Pool", "~2026-03-14 | Pool"),
        ("Morning traffic rises", "-"),
        ("19h: Pool", "-"),
        ("1.7.0 was released", "-"),
        ("2.4.26 was released", "-"),
        ("3/4 of the pods", "-"),
        ("03-04 of the pods", "-"),
        ("10.12.6.136 is down", "-"),
        ("5 minutes later", "-"),
        ("2h30 of downtime", "-"),
        ("2時間 Pool", "-"),
        ("2000 pods restarted", "-"),
        ("May we ask", "-"),
        ("2026 was a year", "-"),
        ("12:30% of it", "-"),
        ("", "-"),
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
}

#[test]
fn days_carry_over_and_roll_over_at_midnight() {
    let mut calendar = Calendar::new(Order::MonthFirst, None, None);
    let mut at = |text: &str| calendar.read(&lead(words(), text).unwrap(), Span::default()).0.iso();
    assert_eq!(at("09:00 x"), "09:00");
    assert_eq!(at("03/04/2026 22:00 x"), "2026-03-04T22:00");
    assert_eq!(at("23:55 x"), "2026-03-04T23:55");
    assert_eq!(at("23:50 x"), "2026-03-04T23:50");
    assert_eq!(at("00:10 x"), "2026-03-05T00:10");
}

#[test]
fn times_are_found_at_the_end_and_dates_and_zones_anywhere() {
    let label = "First detected: 2023-08-04 09:14";
    let stamp = tail(words(), label).unwrap();
    assert_eq!(
        (&label[..stamp.start], stamp.clock.map(|clock| clock.to_string())),
        ("First detected: ", Some("09:14:00".to_owned()))
    );
    assert_eq!(tail(words(), "we saw 5 pods restart"), None);
    assert!(whole(words(), "2026-03-14 13:02 (approximately)").is_some());
    assert_eq!(find_date(words(), "Outage on March 14th, 2026 of x").map(|(_, place)| place), Some(10..26));
    assert_eq!(find_date(words(), "PM2026-003 on 1.2.3.4"), None);
    for text in [
        "Path traversal in the web server 2.4.49",
        "upgraded from 2.4.48 to 2.4.49",
        "the release 12.10.26",
        "PostgreSQL 12.10.26 and log4j 02.11.26",
        "left-pad@12.10.26",
        "pins pool==2026.01.02",
        "Version 2026.1.2 runs everywhere",
        "12.10.2026.4 of the driver",
        "the driver 12.10.26-rc1",
    ] {
        assert_eq!(find_date(words(), text), None, "{text}");
    }
    for (text, place) in [
        ("Outage of 12.10.26", 10..18),
        ("Feil den 2.4.2026", 9..17),
        ("DNS 2026.10.12", 4..14),
        ("GitHub 12.10.2026", 7..17),
    ] {
        assert_eq!(find_date(words(), text).map(|(_, place)| place), Some(place), "{text}");
    }
    assert_eq!(
        find_zone("*(All times US/Pacific, 24-hour clock.)*").map(|zone| zone.to_string()),
        Some("US/Pacific".to_owned())
    );
    assert_eq!(find_zone("Time (GMT+2)").map(|zone| zone.to_string()), Some("GMT+2".to_owned()));
    assert_eq!(find_zone("The customer was IMPACTED"), None);
    let zones: Vec<_> =
        zones_at_clocks("from 16:58 to 18:46 UTC, 10:00 PM PST").iter().map(ToString::to_string).collect();
    assert_eq!(zones, ["UTC", "PST"]);
}

#[test]
fn a_part_of_a_day_within_a_word_is_no_time() {
    assert!(lead(words(), "Night: less critical for us").is_some());
    assert_eq!(lead(words(), "Night-time is less critical for us"), None);
}

proptest! {
    #[test]
    fn no_text_panics(text in prop_oneof![any::<String>(), "([0-9]{1,4}|[-/.: ]|am|UTC|Mar|T|~|\\?|–|年|月|日|to){0,14}"]) {
        for read in [lead, whole, tail] {
            if let Some(stamp) = read(words(), &text) {
                prop_assert!(stamp.start <= stamp.end && stamp.end <= stamp.rest && text.get(stamp.rest..).is_some());
            }
        }
        let _ = (find_date(words(), &text), find_zone(&text), zones_at_clocks(&text));
    }
}
