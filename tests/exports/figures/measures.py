"""Durations between milestones, and their spread."""

import collections
import datetime
import math
import zoneinfo

from .sources import CONFIG, DOCUMENTS

WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
MEASURES = [
    {"name": "Time to detect", "from": "started", "to": "detected"},
    {"name": "Time to acknowledge", "from": "detected", "to": "acknowledged"},
    {"name": "Time to mitigate", "from": "started", "to": "mitigated"},
    {"name": "Time to resolve", "from": "started", "to": "resolved"},
    *CONFIG.get("measure", []),
]


def nearest_rank(values, percent):
    return sorted(values)[max(math.ceil(len(values) * percent / 100), 1) - 1] if values else None


def median(values):
    values = sorted(values)
    if not values:
        return None
    lower, upper = values[(len(values) - 1) // 2], values[len(values) // 2]
    return lower + (upper - lower) // 2


def end_of(document, milestone, which="stated"):
    """The moment of a milestone; what ended was resolved, where only one of both is known."""
    stated = document["times"].get(milestone) or document["times"].get({"resolved": "ended", "ended": "resolved"}.get(milestone))
    tagged = [event["at"] for event in document["events"] if event["milestone"] == milestone]
    timed = [at for at in [stated, *tagged] if at]
    if which == "stated" or not timed:
        return stated
    return (min if which == "first" else max)(timed)


def working_seconds(calendar, start, end):
    zone = zoneinfo.ZoneInfo(calendar.get("zone", CONFIG["book"].get("zone", "UTC")))
    opens, closes = (datetime.time.fromisoformat(text) for text in calendar.get("hours", "09:00-17:00").split("-"))
    total, day = 0, start.astimezone(zone).date()
    while day <= end.astimezone(zone).date():
        if WEEK[day.weekday()] in calendar.get("days", WEEK[:5]) and day not in calendar.get("holidays", []):
            # Minute by minute: slow, and as far from clever as can be.
            at = datetime.datetime.combine(day, opens, zone).astimezone(datetime.UTC)
            until = datetime.datetime.combine(day, closes, zone).astimezone(datetime.UTC)
            while at < until:
                total += 60 * (start <= at < end)
                at += datetime.timedelta(minutes=1)
        day += datetime.timedelta(days=1)
    return total


def between(start, end):
    """Seconds from one moment to another, by the clock of the world: two times of one zone differ by what passed."""
    return int((end.astimezone(datetime.UTC) - start.astimezone(datetime.UTC)).total_seconds())


def reading(document, measure):
    """State and seconds."""
    start = end_of(document, measure["from"], measure.get("from-which", "stated"))
    end = end_of(document, measure["to"], measure.get("to-which", "stated"))
    if not (start and end):
        return ("pending" if start and document["status"] not in (None, "final") else "missing"), None
    if between(start, end) < 0:
        return "invalid", None
    if "calendar" in measure:
        calendar = next(calendar for calendar in CONFIG["calendar"] if calendar["id"] == measure["calendar"])
        return "recorded", working_seconds(calendar, start, end)
    return "recorded", between(start, end)


READINGS = {measure["name"]: {document["id"]: reading(document, measure) for document in DOCUMENTS} for measure in MEASURES}


def recorded(name, documents=DOCUMENTS):
    return [seconds for state, seconds in (READINGS[name][document["id"]] for document in documents) if state == "recorded"]


def states(name):
    return collections.Counter(state for state, _ in READINGS[name].values())


def to_resolve(document):
    return READINGS["Time to resolve"][document["id"]][1]
