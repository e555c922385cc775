"""The demonstration archive as its documents and `book.toml` tell it, read without Afterword.

Front matter in TOML is read by the standard library, that in YAML by `yaml.py`, and what only the text says by `body.py`.
Nothing here comes from an export.
"""

import datetime
import pathlib
import re
import tomllib
import zoneinfo

from . import body, yaml

ROOT = pathlib.Path(__file__).resolve().parents[3]
TODAY = datetime.date(2026, 11, 20)
CONFIG = tomllib.loads((ROOT / "book.toml").read_text())
FOLDER = CONFIG["book"]["src"]


def key_of(text):
    return re.sub(r"\W", "", text).lower()


SEVERITIES = {key_of(name): severity["id"] for severity in CONFIG["severity"] for name in [severity["id"], *severity.get("aliases", [])]}
RANKS = [severity["id"] for severity in CONFIG["severity"]]


def zone_of(name):
    """`UTC` stays the name of a zone, and so does an offset."""
    return datetime.UTC if name == "UTC" else zoneinfo.ZoneInfo(name)


def many(value):
    return [] if value is None else value if isinstance(value, list) else [value]


def split(text):
    """The front matter and the text behind it."""
    if found := re.match(r"\+\+\+\n(.*?)\n\+\+\+\n", text, re.DOTALL):
        return tomllib.loads(found[1]), text[found.end() :]
    if found := re.match(r"---\n(.*?)\n---\n", text, re.DOTALL):
        return yaml.load(found[1]), text[found.end() :]
    return {}, text


def day_of(value):
    return value.date() if isinstance(value, datetime.datetime) else value


def with_text(keys, text):
    """The front matter, and beside it what only labels in the text say."""
    said = body.facts(text)
    listed = {name: re.split(r", ", said[label]) for name, label in (("services", "services"), ("teams", "teams"), ("teams", "team"), ("factors", "factors"), ("authors", "authors")) if label in said}
    single = {name: said[label] for name, label in (("severity", "severity"), ("status", "status"), ("detected_by", "detected by")) if label in said}
    single = {name: value.lower() if name != "severity" else value for name, value in single.items()}
    date = {"date": datetime.date.fromisoformat(said["date"])} if "date" in said else {}
    return {**listed, **single, **date, **keys}


def read(file):
    text = file.read_text()
    front, below = split(text)
    keys = with_text(front, below)
    zone = zone_of(keys.get("times", {}).get("zone", CONFIG["book"].get("zone", "UTC")))

    def moment(value):
        """A moment; a day without a time of day is none."""
        if not isinstance(value, datetime.datetime):
            return None
        return value if value.tzinfo else value.replace(tzinfo=zone)

    date = day_of(keys["date"])
    events = [
        {
            "at": moment(event["at"]),
            "end": moment(event.get("end")),
            "about": event.get("approximate", False),
            "milestone": event.get("milestone"),
            "text": body.words_of(event["event"]),
            "link": event.get("link"),
        }
        for event in keys.get("timeline", [])
    ] or body.events(below, date, zone_of)
    times = {name: moment(at) for name, at in keys.get("times", {}).items() if name != "zone"}
    for event in events:
        if event["milestone"]:
            times.setdefault(event["milestone"], event["at"])
    impact, cause = keys.get("impact", {}), keys.get("root_cause", {})
    identity = keys.get("id", file.stem)
    items = [{**item, "trackers": many(item.get("tracker")), "title": body.words_of(item["title"]), "in_text": False} for item in keys.get("action_items", [])]
    items = items or [{**item, "in_text": True} for item in body.actions(below)]
    return {
        "path": file.relative_to(ROOT).as_posix(),
        "file": file.stem,
        "id": identity,
        "text": text,
        "below": below,
        "has_front": bool(front),
        "title": keys.get("title") or re.search(r"^# (.*)$", below, re.MULTILINE)[1],
        "date": date,
        "status": keys.get("status"),
        "severity": SEVERITIES[key_of(keys["severity"])],
        "services": many(keys.get("services")),
        "teams": many(keys.get("teams")),
        "tags": many(keys.get("tags")),
        "factors": many(keys.get("factors")),
        "authors": many(keys.get("authors")),
        "detected_by": keys.get("detected_by"),
        "visibility": keys.get("visibility"),
        "near_miss": keys.get("near_miss", False),
        "repeat_of": many(keys.get("repeat_of")),
        "related": many(keys.get("related")),
        "zone": zone,
        "times": times,
        "events": events,
        "events_in_text": not keys.get("timeline"),
        "summary": impact.get("summary"),
        "impact": impact,
        "windows": [{**window, "start": moment(window.get("start")), "end": moment(window.get("end"))} for window in impact.get("windows", [])],
        "costs": impact.get("slo", []),
        "cause": cause,
        "trigger": cause.get("trigger"),
        "actions": [action(item, f"{identity}/{item.get('id') or f'a{number}'}") for number, item in enumerate(items, 1)],
    }


def action(item, identity):
    return {
        "id": identity,
        "title": item["title"],
        "status": {"todo": "open", "closed": "done"}.get(item.get("status", "open"), item.get("status", "open")),
        "owner": item.get("owner"),
        "type": item.get("type"),
        "priority": item.get("priority"),
        "due": item.get("due"),
        "opened": day_of(item.get("opened")),
        "closed": day_of(item.get("closed")),
        "trackers": item["trackers"],
        "evidence": item.get("evidence"),
        "internal": item.get("internal", False),
        "in_text": item["in_text"],
    }


# The newest first, as everywhere; of one day, by id.
DOCUMENTS = sorted((read(file) for file in (ROOT / FOLDER).rglob("*.md")), key=lambda document: (-document["date"].toordinal(), document["id"]))
BY_ID = {document["id"]: document for document in DOCUMENTS}
