"""Moments as pages write them: for readers, and for the script that shows them in another zone."""

import datetime
import zoneinfo


def iso(at):
    text = at.isoformat(timespec="seconds" if at.second else "minutes")
    return text.replace("+00:00", "Z")


def clock(at, about=False):
    return ("~" if about else "") + at.strftime("%H:%M:%S" if at.second else "%H:%M")


def zone(at):
    """`UTC`, `Europe/Oslo`, `+01:00`."""
    if isinstance(at.tzinfo, zoneinfo.ZoneInfo):
        return at.tzinfo.key
    return "UTC" if at.utcoffset() == datetime.timedelta(0) else at.isoformat()[-6:]


def claim(element, start, end=None, attribute="datetime"):
    """A time that a reader can have in another zone says which moment it is."""
    element.has(attribute, iso(start))
    if end or "data-until" in element.attributes:
        element.has("data-until", iso(end) if end else "")
