"""Numbers, days and durations as the site says them in English, worked out apart from the program.

Spaces are plain ones: what is read from a page is made so too.
"""

import datetime
import decimal

MONTHS = "January February March April May June July August September October November December".split()
WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MILESTONES = {
    "introduced": "Introduced",
    "started": "Started",
    "detected": "Detected",
    "acknowledged": "Acknowledged",
    "declared": "Declared",
    "identified": "Cause identified",
    "mitigated": "Mitigated",
    "ended": "Impact ended",
    "resolved": "Resolved",
    "closed": "Closed",
    "public_notice": "Public notice",
    "published": "Published",
}
STATES = {"in-progress": "in progress", "wont-do": "won't do"}


def whole(number):
    return f"{number:,}".replace(",", " ")


def decimal_of(number):
    """One decimal at the most, the digits before it in groups; a half goes where the nearest number with one decimal is."""
    tenths = decimal.Decimal(number).quantize(decimal.Decimal("0.1"), decimal.ROUND_HALF_EVEN)
    text = f"{abs(tenths):,.1f}".replace(",", " ").removesuffix(".0")
    return f"−{text}" if tenths < 0 else text


def written(text):
    """A number as a document has it, in groups; anything else as it is."""
    digits = str(text).replace("_", "")
    return whole(int(digits)) if digits.isdigit() else str(text)


def count(number, noun, nouns=None):
    return f"{whole(number)} {noun if number == 1 else nouns or noun + 's'}"


def duration(seconds):
    minutes, hours, days = seconds // 60, seconds // 3600, seconds // 86400
    if seconds < 60:
        return f"{seconds} s"
    if minutes < 60:
        return f"{minutes} min"
    if hours < 24:
        return f"{hours} h" + (f" {minutes % 60} min" if minutes % 60 else "")
    return f"{whole(days)} d" + (f" {hours % 24} h" if hours % 24 else "")


def day(date):
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def short_day(date):
    return f"{date.day} {short_month(date.month)} {date.year}"


def long_day(date):
    return f"{WEEKDAYS[date.weekday()]} {day(date)}"


def short_month(number):
    return MONTHS[number - 1][:3]


def month(date):
    return f"{MONTHS[date.month - 1]} {date.year}"


def due(value):
    """`10 Apr 2026`, `April 2026`, `Q2 2026`."""
    if isinstance(value, datetime.date):
        return short_day(value)
    if "Q" in value:
        return f"Q{value[-1]} {value[:4]}"
    return month(datetime.date.fromisoformat(value + "-01"))


def listed(items):
    return ", ".join(items) if len(items) < 2 else f"{', '.join(items[:-1])} and {items[-1]}"


def capitalised(text):
    return text[:1].upper() + text[1:]


def state(key):
    return STATES.get(key, key)
