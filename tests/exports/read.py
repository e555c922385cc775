"""Reads every export of the demonstration archive as other programs do: read.py AFTERWORD FOLDER

The JSON is what the other forms are held against: they must have the same documents, events and action items, and say
the same of them.
"""

import csv
import datetime
import io
import json
import pathlib
import re
import sqlite3
import subprocess
import sys

import icalendar
from prometheus_client.openmetrics import parser as openmetrics
from prometheus_client import parser as prometheus

TODAY = "2026-11-20"
afterword, folder = sys.argv[1], pathlib.Path(sys.argv[2])
passed = 0


def run(*arguments):
    command = [afterword, *arguments, "--today", TODAY]
    return subprocess.run(command, check=True, capture_output=True).stdout


def check(name, found, expected):
    global passed
    if found != expected:
        sys.exit(f"FAILED: {name}\n  found    {found}\n  expected {expected}")
    passed += 1


site = folder / "site"
run("build", "--out", str(site))
archive = json.loads(run("export", "json"))
documents = archive["postmortems"]
actions = [dict(item, of=document) for document in documents for item in document["actions"]]
unfinished = [item for item in actions if item["status"] in ("open", "in-progress", "blocked")]
check("there is something to read", (len(documents) > 10, len(unfinished) > 10), (True, True))

lines = [json.loads(line) for line in run("export", "jsonl").splitlines()]
check("jsonl has the objects of json", lines, documents)

# Tables. Python's reader is strict about quotes and takes fields with line ends.
def table(text):
    rows = list(csv.reader(io.StringIO(text.decode(), newline=""), strict=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


rows = table(run("export", "csv", "documents"))
check("a line for each document", [row["id"] for row in rows], [document["id"] for document in documents])
for row, document in zip(rows, documents):
    check("its date", row["date"], document["date"] or "")
    check("its services", row["services"], "; ".join(document["services"]))
    check("its times", {key: row[key] for key in document["times"]}, {key: time["at"] for key, time in document["times"].items()})
    for measure in document["measures"]:
        column = measure["name"].lower().replace(" ", "_") + "_seconds"
        check(column, row[column], str(measure["seconds"]) if measure["state"] == "recorded" else "")
rows = table(run("export", "csv", "events"))
check("a line for each event", len(rows), sum(len(document["timeline"]) + len(document["untimed"]) for document in documents))
rows = table(run("export", "csv", "actions"))
check("a line for each action item", sorted(row["id"] for row in rows), sorted(item["id"] for item in actions))
check("the overdue ones", sorted(row["id"] for row in rows if row["overdue"] == "yes"), sorted(item["id"] for item in actions if item["overdue"]))
check("no formula", [field for row in rows for field in row.values() if field[:1] in ("=", "+", "-", "@")], [])
check("the site has the same", (site / "actions.csv").read_bytes(), run("export", "csv", "actions"))
check("actions list says the same", run("actions", "list", "--state", "all", "--format", "csv"), run("export", "csv", "actions"))

# The calendar.
text = run("export", "ics")
check("every line ends as the standard asks", text.count(b"\n"), text.count(b"\r\n"))
check("no line is too long", [line for line in text.split(b"\r\n") if len(line) > 75], [])
calendar = icalendar.Calendar.from_ical(text)
check("no property is in error", calendar.errors + [error for event in calendar.events for error in event.errors], [])
events = {str(event["UID"]): event for event in calendar.events}
check("UIDs are unique", len(events), len(calendar.events))


def last_day(due):
    if "Q" in due:
        year, month = int(due[:4]), int(due[-1]) * 3
    elif len(due) == 7:
        year, month = int(due[:4]), int(due[5:])
    else:
        return datetime.date.fromisoformat(due)
    return datetime.date(year + month // 12, month % 12 + 1, 1) - datetime.timedelta(days=1)


due = {f"{item['id']}@action.afterword": item for item in unfinished if item["due"]}
check("what is due is there", {uid for uid in events if uid.endswith("@action.afterword")}, set(due))
for uid, item in due.items():
    check(f"the day of {uid}", events[uid].start, last_day(item["due"]))
    check(f"the title of {uid}", str(events[uid]["SUMMARY"]), f"Due: {item['text']}")
    check(f"the stamp of {uid}", events[uid]["DTSTAMP"].dt.date().isoformat(), TODAY)
reviews = {f"{document['id']}@review.afterword" for document in documents if document["status"] in ("draft", "in-review")}
check("what is to be reviewed is there", set(events) - set(due), reviews)

# Metrics, by the parser of OpenMetrics and by that of the older format, which the node exporter reads.
text = run("export", "openmetrics").decode()
check("the site has the same", (site / "metrics.prom").read_text(), text)
families = list(openmetrics.text_string_to_metric_families(text))
samples = {(sample.name, tuple(sorted(sample.labels.items()))): sample.value for family in families for sample in family.samples}
old = {
    (sample.name, tuple(sorted(sample.labels.items()))): sample.value
    for family in prometheus.text_string_to_metric_families(text)
    for sample in family.samples
}
check("both parsers read the same", old, samples)
check("every family has a help and a type", [family.name for family in families if not family.documentation or family.type == "unknown"], [])
total = sum(value for (name, _), value in samples.items() if name == "afterword_postmortems")
check("postmortems are counted", total, len(documents))
total = sum(value for (name, _), value in samples.items() if name == "afterword_overdue_actions")
check("overdue action items are counted", total, sum(item["overdue"] for item in actions))

# SQLite: the file by itself, the one of the site, and the same tables as SQL.
file = folder / "archive.sqlite"
run("export", "sqlite", "--out", str(file))
check("the database is the same every time", run("export", "sqlite"), file.read_bytes())
check("the site has the same", (site / "archive.sqlite").read_bytes(), file.read_bytes())
loaded = sqlite3.connect(":memory:")
loaded.executescript(run("export", "sql").decode())


def tables_of(database):
    names = [name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
    return {name: sorted(map(repr, database.execute(f"SELECT * FROM {name}"))) for name in names}


# More rows and longer texts than any archive has, so that every kind of page is there.
large = folder / "large"
(large / "postmortems").mkdir(parents=True, exist_ok=True)
for number in range(700):
    events = "".join(f"- {hour:02}:{minute:02} event {number}-{hour}-{minute}\n" for hour in range(10, 14) for minute in (0, 30))
    name = f"2026-{number % 12 + 1:02}-{number % 28 + 1:02}-{'a-long-name-' * (number % 9)}{number:04}"
    summary = "Nothing moved. " * (number * 3)
    (large / "postmortems" / f"{name}.md").write_text(
        f'+++\ntitle = "Outage {number}"\nservices = ["s{number % 7}"]\n[impact]\nsummary = "{summary}"\n+++\n\n## Timeline\n\n{events}\n## Action items\n\n- [ ] Do {number} é\n'
    )
run("export", "sqlite", "--root", str(large), "--out", str(folder / "large.sqlite"))
for name in ("archive", "large"):
    database = sqlite3.connect(f"file:{folder / name}.sqlite?mode=ro", uri=True)
    check(f"{name} is whole", database.execute("PRAGMA integrity_check").fetchall(), [("ok",)])
    check(f"{name} refers to nothing that is not there", database.execute("PRAGMA foreign_key_check").fetchall(), [])
    check(f"{name} has rows in every table", [table for table, rows in tables_of(database).items() if not rows and (name, table) not in {("large", "slo_costs")}], [])
(count,) = database.execute("SELECT count(*), max(length(summary)) FROM postmortems").fetchall()
check("no row is lost and no text is cut", count, (700, len(("Nothing moved. " * 699 * 3).strip())))
check("the index finds every one", database.execute("SELECT count(*) FROM postmortems AS one WHERE id = (SELECT id FROM postmortems WHERE id = one.id)").fetchall(), [(700,)])
check("an id is found by the index", "USING INDEX" in str(database.execute("EXPLAIN QUERY PLAN SELECT title FROM postmortems WHERE id = 'x'").fetchall()), True)
check("events", database.execute("SELECT count(*) FROM events").fetchall(), [(700 * 8,)])

database = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
check("file and SQL hold the same", tables_of(database), tables_of(loaded))
schema = "".join(sql for (sql,) in database.execute("SELECT sql FROM sqlite_schema WHERE type = 'table'"))
check("every table says what it is, and its columns", [word for word in ("the day for which", "below the root", "days by which it was put off") if word not in schema], [])


def rows_of(query):
    return database.execute(query).fetchall()


check("postmortems", rows_of("SELECT id, title, date FROM postmortems"), [(document["id"], document["title"], document["date"]) for document in documents])
check("action items", set(rows_of("SELECT id, title, overdue FROM actions")), {(item["id"], item["text"], int(item["overdue"])) for item in actions})
check(
    "events",
    rows_of("SELECT postmortem, event FROM events WHERE at IS NOT NULL ORDER BY postmortem, number"),
    [(document["id"], event["text"]) for document in sorted(documents, key=lambda document: document["id"]) for event in sorted(document["timeline"], key=lambda event: event["line"])],
)
check(
    "labels join",
    rows_of("SELECT count(*) FROM postmortems JOIN labels ON postmortem = id WHERE kind = 'factor'"),
    [(sum(len(document["factors"]) for document in documents),)],
)
check("history", rows_of("SELECT count(*) FROM history"), [(sum(len(item["history"]) for item in actions),)])
check("the day", rows_of("SELECT today FROM archive"), [(TODAY,)])

# The questions that the help gives as examples are answered.
help_text = run("export", "sqlite", "--help").decode()
# The help is wrapped to the width of a terminal.
questions = re.findall(r'sqlite3 archive\.sqlite "([^"]*)"', " ".join(help_text.split()))
check("there are examples", len(questions) >= 3, True)
for question in questions:
    check(f"answers: {question}", len(rows_of(question)) > 0 or "slip_days" in question, True)
teams = rows_of(questions[0])
check("open action items by team", sum(count for _, count, _ in teams), sum(item["status"] == "open" for item in actions))

# Files.
file = folder / "archive.sql"
run("export", "sql", "--out", str(file))
check("--out writes what is printed", file.read_bytes(), run("export", "sql"))

print(f"{passed} checks passed")
