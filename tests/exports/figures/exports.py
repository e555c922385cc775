"""The files of the site and of `afterword export`: metrics, tables, feeds, calendar, facets of the search."""

import base64
import collections
import csv
import datetime
import json
import re
import sqlite3
import xml.etree.ElementTree
import zlib

from . import clocks, groups, say, work
from .budgets import BUDGETS
from .measures import MEASURES, READINGS, median, nearest_rank, recorded, states
from .report import check
from .sources import DOCUMENTS, TODAY

NAMES = {"draft": "Draft", "in-review": "In review", "final": "Final"}


def metrics(text):
    """Every line of it."""
    noon = datetime.datetime.combine(TODAY, datetime.time(), datetime.UTC)
    samples = {"afterword_today_timestamp_seconds": int(noon.timestamp()), "afterword_unowned_actions": sum(item["owner"] is None for item in work.OPEN)}

    def add(name, labels, value):
        said = ",".join(f'{key}="{label}"' for key, label in labels if label)
        samples[f"{name}{{{said}}}" if said else name] = value

    for (severity, status), count in collections.Counter((document["severity"], document["status"]) for document in DOCUMENTS).items():
        add("afterword_postmortems", [("severity", severity), ("status", status)], count)
    for status in ("blocked", "done", "in-progress", "open", "proposed", "wont-do"):
        add("afterword_actions", [("status", status)], work.BY_STATUS[status])
    for name, items in (("unfinished", work.OPEN), ("overdue", work.OVERDUE)):
        for (team, priority), count in collections.Counter((item["team"], item["priority"]) for item in items).items():
            add(f"afterword_{name}_actions", [("team", team), ("priority", priority)], count)
    for measure in MEASURES:
        name, values = measure["name"], recorded(measure["name"])
        add("afterword_measure_seconds", [("measure", name), ("quantile", "0.5")], median(values))
        add("afterword_measure_seconds", [("measure", name), ("quantile", "0.9")], nearest_rank(values, 90))
        add("afterword_measure_seconds_count", [("measure", name)], len(values))
        for state in ("recorded", "inferred", "missing", "pending", "invalid"):
            add("afterword_measure_readings", [("measure", name), ("state", state)], states(name)[state])
    for budget in BUDGETS:
        slo = [("slo", budget.id)]
        for name, minutes in (("budget", budget.allowed), ("burned", budget.burned(TODAY)), ("left", budget.left)):
            add(f"afterword_slo_{name}_seconds", slo, round(minutes * 60))
        add("afterword_slo_unknown_incidents", slo, sum(minutes is None for _, minutes, _ in budget.costs))
    found = dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    for name in sorted(samples.keys() | found.keys()):
        check(name, found.get(name), str(samples.get(name)))


def work_of(document):
    items = work.of(document)
    return {
        "committed": sum(item["status"] != "proposed" for item in items),
        "unfinished": sum(item["unfinished"] for item in items),
        "overdue": sum(item["overdue"] for item in items),
    }


def due(item):
    return item["due"].isoformat() if isinstance(item["due"], datetime.date) else item["due"]


def day(date):
    return date and date.isoformat()


def postmortems_json(found):
    check("as many postmortems", [one["id"] for one in found], [document["id"] for document in DOCUMENTS])
    for one, document in zip(found, DOCUMENTS):
        facts = ("date", "status", "severity", "near_miss", "services", "teams", "factors", "tags", "detected_by")
        check(f"facts of {document['id']}", {key: one[key] for key in facts}, {key: document[key] for key in facts} | {"date": day(document["date"])})
        check("its measures", [(measure["name"], measure["state"], measure["seconds"]) for measure in one["measures"]], [(name, *READINGS[name][document["id"]]) for name in READINGS])
        check("its action items", one["actions"], work_of(document))


def actions_json(found):
    check("the day", found["today"], TODAY.isoformat())
    check("as many action items", [one["id"] for one in found["actions"]], [item["id"] for item in work.ITEMS])
    keys = ("title", "status", "overdue", "due_is_derived", "priority", "owner", "team", "type", "age_days", "trackers", "evidence")
    for one, item in zip(found["actions"], work.ITEMS):
        expected = {**item, "due_is_derived": item["is_derived"], "age_days": item["age"]}
        check(item["id"], {key: one[key] for key in keys}, {key: expected[key] for key in keys})
        check("its days", (one["due"], one["opened"], one["closed"]), (due(item), day(item["opened"]), day(item["closed"])))
        check("its postmortem", (one["postmortem"], one["severity"]), (item["document"]["id"], item["document"]["severity"]))


def actions_csv(text):
    rows = list(csv.DictReader(text.splitlines()))
    keys = ("id", "status", "overdue", "due", "priority", "team", "opened", "closed", "age_days")
    expected = [
        [item["id"], item["status"], "yes" if item["overdue"] else "no", due(item) or "", item["priority"] or "", item["team"] or "", day(item["opened"]) or "", day(item["closed"]) or "", "" if item["age"] is None else str(item["age"])]
        for item in work.ITEMS
    ]
    for row, one in zip(rows, expected):
        check(f"the row of {one[0]}", [row[key] for key in keys], one)
    check("as many rows", len(rows), len(expected))


def calendar(text):
    lines = text.replace("\r\n ", "").split("\r\n")
    found = {line.removeprefix("UID:"): lines[at + 2].removeprefix("DTSTART;VALUE=DATE:") for at, line in enumerate(lines) if line.startswith("UID:")}
    expected = {f"{item['id']}@action.afterword": f"{work.last_day(item['due']):%Y%m%d}" for item in work.OPEN if item["due"]}
    reviews = {uid for uid in found if uid.endswith("@review.afterword")}
    check("what is due, and when", {uid: found[uid] for uid in found if uid not in reviews}, expected)
    drafts = {f"{document['id']}@review.afterword" for document in DOCUMENTS if document["status"] in ("draft", "in-review")}
    check("what is to be reviewed", reviews, drafts)


def feeds(atom, feed):
    names = {"a": "http://www.w3.org/2005/Atom"}
    root = xml.etree.ElementTree.fromstring(atom)
    moments = [f"{document['date']}T00:00:00Z" for document in DOCUMENTS]
    check("the entries", [entry.findtext("a:updated", namespaces=names) for entry in root.findall("a:entry", names)], moments)
    check("the latest change", root.findtext("a:updated", namespaces=names), moments[0])
    check("the items", [(item["title"], item["date_published"]) for item in feed["items"]], list(zip([document["title"] for document in DOCUMENTS], moments)))
    terms = [[document["severity"], *(groups.name("services", service) for service in document["services"]), *document["tags"]] for document in DOCUMENTS]
    check("their tags", [item["tags"] for item in feed["items"]], terms)


def database(path, ledger):
    opened = sqlite3.connect(f"file:{path}?mode=ro", uri=True)

    def rows(query):
        return opened.execute(query).fetchall()

    check("the day", rows("SELECT today FROM archive"), [(TODAY.isoformat(),)])
    found = rows("SELECT id, date, severity, near_miss, detected_by, actions, unfinished_actions, overdue_actions FROM postmortems")
    check("postmortems", found, [(document["id"], day(document["date"]), document["severity"], int(document["near_miss"]), document["detected_by"], *work_of(document).values()) for document in DOCUMENTS])
    for name in say.MILESTONES:
        expected = [clocks.iso(document["times"][name]) if name in document["times"] else None for document in DOCUMENTS]
        check(f"when it {name}", [at for (at,) in rows(f"SELECT {name} FROM postmortems")], expected)
    for kind, key in (("service", "services"), ("team", "teams"), ("factor", "factors"), ("tag", "tags"), ("author", "authors"), ("repeat_of", "repeat_of"), ("related", "related")):
        check(f"labels: {kind}", sorted(rows(f"SELECT postmortem, label FROM labels WHERE kind = '{kind}'")), sorted((document["id"], label) for document in DOCUMENTS for label in document[key]))
    found = rows("SELECT postmortem, measure, state, seconds FROM measures")
    check("measures", found, [(document["id"], name, *READINGS[name][document["id"]]) for document in DOCUMENTS for name in READINGS])
    found = sorted(rows("SELECT postmortem, slo, round(minutes, 6), minutes_state FROM slo_costs"))
    check("costs", found, sorted((document["id"], budget.id, round(minutes, 6), state) for budget in BUDGETS for document, minutes, state in budget.costs))
    found = rows("SELECT postmortem, number, at, until, approximate, milestone, event FROM events")
    expected = [
        (document["id"], number, clocks.iso(event["at"]), clocks.iso(event["end"]) if event["end"] else None, int(event["about"]), event["milestone"], event["text"])
        for document in DOCUMENTS
        for number, event in enumerate(document["events"], 1)
    ]
    check("events", found, expected)
    found = rows("SELECT id, status, overdue, due, priority, team, opened, closed, age_days FROM actions")
    check("action items", found, [(item["id"], item["status"], int(item["overdue"]), due(item), item["priority"], item["team"], day(item["opened"]), day(item["closed"]), item["age"]) for item in work.ITEMS])
    found = sorted(rows("SELECT action, day, what, status, slip_days, commit_id IS NULL FROM history"), key=repr)
    told = [(item["id"], day(event.day), event.what, event.status, event.slip, int(not event.committed)) for item in work.ITEMS for event in ledger.of(item)]
    check("history", found, sorted(told, key=repr))


def varints(data):
    number = shift = 0
    for byte in data:
        number |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            yield number
            number = shift = 0


def facets(script):
    """How many results each choice of the search has: the columns that its script counts."""
    manifest = json.loads(re.search(r'AfterwordSearch\.add\("i",2,"",(\{.*?\})\)', script)[1])
    check("documents", manifest["documents"], len(DOCUMENTS))
    payload = re.search(r'AfterwordSearch\.add\("f",0,"[^"]*","([^"]*)"\)', script)[1]
    data = zlib.decompress(base64.b64decode(payload + "=" * (-len(payload) % 4)), -15)
    length, used, shift = 0, 0, 0
    for byte in data:
        length, used, shift = length | (byte & 127) << shift, used + 1, shift + 7
        if byte < 128:
            break
    columns, numbers = json.loads(data[used : used + length]), varints(data[used + length :])
    counted = {}
    for column in columns:
        counts = collections.Counter()
        sizes = [next(numbers) for _ in DOCUMENTS]
        if column["several"]:
            counts.update(column["values"][next(numbers)] for size in sizes for _ in range(size))
        else:
            counts.update(column["values"][size - 1] for size in sizes if size)
        counted[column["key"]] = dict(counts)
    expected = {kind: {group.name: len(group.documents) for group in groups.GROUPS[key] if group.documents} for kind, key in (("service", "services"), ("team", "teams"), ("factor", "factors"), ("tag", "tags"), ("year", "years"))}
    expected["severity"] = dict(collections.Counter(document["severity"] for document in DOCUMENTS))
    expected["status"] = dict(collections.Counter(NAMES[document["status"]] for document in DOCUMENTS))
    of = [work_of(document) for document in DOCUMENTS]
    expected["actions"] = {"open": sum(bool(counts["unfinished"]) for counts in of), "overdue": sum(bool(counts["overdue"]) for counts in of)}
    for key in sorted(expected.keys() | counted.keys()):
        check(f"the choices of {key}", counted.get(key), expected.get(key))


def site(folder, ledger):
    """Every file of the site that is no page."""
    metrics((folder / "metrics.prom").read_text())
    postmortems_json(json.loads((folder / "postmortems.json").read_text()))
    actions_json(json.loads((folder / "actions.json").read_text()))
    actions_csv((folder / "actions.csv").read_text())
    calendar((folder / "actions.ics").read_bytes().decode())
    feeds((folder / "feed.xml").read_text(), json.loads((folder / "feed.json").read_text()))
    database(folder / "archive.sqlite", ledger)
    facets((folder / "search" / "index.js").read_text())
