"""Action items: what is open, whose it is, what is late, what became of them."""

import collections
import datetime
import re

from .sources import CONFIG, DOCUMENTS, TODAY, key_of

UNFINISHED = ("open", "in-progress", "blocked")
OUTCOMES = ["closed in time", "closed late", "closed, dates missing", "decided against", "open", "overdue"]
TEAMS = {key_of(name): team["id"] for team in CONFIG["team"] for name in [team["id"], team.get("name", ""), *team.get("aliases", [])] if name}
NAMES = {team["id"]: team.get("name", team["id"]) for team in CONFIG["team"]}


def months(first, last):
    """The first days of the months from that of one day to that of another."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [datetime.date(first.year + (first.month - 1 + at) // 12, (first.month - 1 + at) % 12 + 1, 1) for at in range(count)]


def last_day(due):
    if due is None or isinstance(due, datetime.date):
        return due
    if quarter := re.fullmatch(r"(\d{4})-?Q(\d)", due):
        year, month = int(quarter[1]), int(quarter[2]) * 3
    else:
        year, month = int(due[:4]), int(due[5:])
    return datetime.date(year + month // 12, month % 12 + 1, 1) - datetime.timedelta(days=1)


def team_of(document, item):
    owner = (item["owner"] or "").lstrip("@")
    own = [team for team in document["teams"] if team.lower() == owner.lower()]
    found = TEAMS.get(key_of(owner)) if owner else None
    return found or (own or (document["teams"] if len(document["teams"]) == 1 else [None]))[0]


def judged(document, item):
    """An item with what follows from it as of today."""
    days = CONFIG["actions"]["due-days"].get(item["priority"])
    derived = document["date"] + datetime.timedelta(days=days) if item["due"] is None and days is not None else None
    due = item["due"] or derived
    is_unfinished = item["status"] in UNFINISHED
    opened = item["opened"] or document["date"]
    return {
        **item,
        "document": document,
        "due": due,
        "is_derived": derived is not None,
        "unfinished": is_unfinished,
        "overdue": is_unfinished and due is not None and last_day(due) < TODAY,
        "late": (TODAY - last_day(due)).days if due else None,
        "began": opened,
        "age": max((TODAY - opened).days, 0) if is_unfinished else None,
        "team": team_of(document, item),
    }


def pressing(item):
    """The order of lists: what is overdue, what is unfinished, the rest; each by its day, then as in the archive."""
    due = last_day(item["due"]) if item["unfinished"] and item["due"] else datetime.date.max
    return (not item["overdue"], not item["unfinished"], due)


ITEMS = sorted((judged(document, item) for document in DOCUMENTS for item in document["actions"]), key=pressing)
COMMITTED = [item for item in ITEMS if item["status"] != "proposed"]
OPEN = [item for item in ITEMS if item["unfinished"]]
OVERDUE = [item for item in ITEMS if item["overdue"]]
BY_STATUS = collections.Counter(item["status"] for item in ITEMS)


def of(document, items=ITEMS):
    return [item for item in items if item["document"] is document]


def band(age):
    """How old, as the page of actions groups it."""
    return next(name for most, name in ((30, "up to 30 days"), (90, "31 to 90 days"), (365, "91 to 365 days"), (age, "over a year")) if age <= most)


def urgency(item):
    if item["status"] == "proposed":
        return "proposed"
    if not item["unfinished"]:
        return "closed"
    if item["overdue"]:
        return "overdue"
    if item["due"] is None:
        return "no due date"
    return "due within 14 days" if (last_day(item["due"]) - TODAY).days <= 14 else "due later"


def outcome(item):
    if item["unfinished"]:
        return "overdue" if item["overdue"] else "open"
    if item["status"] == "wont-do":
        return "decided against"
    if item["closed"] and item["due"]:
        return "closed in time" if item["closed"] <= last_day(item["due"]) else "closed late"
    return "closed, dates missing"


TOOK = [(item["closed"] - item["began"]).days * 86_400 for item in ITEMS if item["status"] == "done" and item["closed"] and item["closed"] >= item["began"]]


def cohorts():
    """What became of committed items, by the quarter in which they were opened."""
    found = collections.defaultdict(collections.Counter)
    for item in COMMITTED:
        found[item["began"].year, (item["began"].month + 2) // 3][outcome(item)] += 1
    return dict(sorted(found.items()))


def flow(changes, slips=()):
    """Month by month: what was opened, closed and put off, and what was open at the end."""
    opened, closed, slipped = collections.Counter(), collections.Counter(), collections.Counter()
    for day, change in changes:
        (opened if change > 0 else closed)[day.year, day.month] += 1
    for day in slips:
        slipped[day.year, day.month] += 1
    left, found = 0, []
    for month in months(min(day for day, _ in changes), TODAY):
        key = (month.year, month.month)
        left += opened[key] - closed[key]
        found.append({"month": month, "opened": opened[key], "closed": closed[key], "slipped": slipped[key], "open": left})
    return found
