"""Recomputes the figures of the demonstration archive from its documents, and compares: recompute.py AFTERWORD

It shares no code with Afterword: Python's standard library reads the front matter in TOML and `book.toml`. Of documents in
YAML or without front matter it takes the facts of `export json`, never a figure. What it computes is held against
`afterword stats --format json` and against the budgets in the export.
"""

import collections
import datetime
import json
import math
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zoneinfo

TODAY = datetime.date(2026, 11, 20)
afterword = sys.argv[1]
root = pathlib.Path(__file__).resolve().parents[2]
passed = 0


def run(*arguments):
    command = [afterword, *arguments, "--root", str(root), "--today", TODAY.isoformat()]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)


def check(name, found, expected):
    global passed
    if found != expected:
        sys.exit(f"FAILED: {name}\n  afterword  {found}\n  recomputed {expected}")
    passed += 1


config = tomllib.loads((root / "book.toml").read_text())
exported = {document["path"]: document for document in run("export", "json")["postmortems"]}
stats = run("stats", "--format", "json")


def moment(text):
    """A moment that is known to the minute, in UTC; without a zone, as it stands."""
    if isinstance(text, datetime.datetime):
        found = text
    elif isinstance(text, str) and "T" in text:
        found = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    else:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=datetime.UTC)).astimezone(datetime.UTC)


def day_of(value):
    if isinstance(value, datetime.datetime):
        return value.date()
    return value if isinstance(value, datetime.date) or value is None else datetime.date.fromisoformat(value)


def many(value):
    return [] if value is None else value if isinstance(value, list) else [value]


def from_toml(path, keys):
    """The facts of a document whose front matter is TOML; what stands in the text alone comes from the export."""
    beside = exported[path]
    times = {}
    for name, time in keys.get("times", {}).items():
        if name == "zone":
            continue
        if isinstance(time, datetime.datetime) and time.tzinfo is None:
            time = time.replace(tzinfo=zoneinfo.ZoneInfo(keys["times"].get("zone", "UTC")))
        times[name] = (moment(time), True)
    for name, time in beside["times"].items():
        if name not in times:
            times[name] = (moment(time["at"]), time["origin"] != "inferred")
    actions = [
        {
            "status": {"todo": "open", "closed": "done"}.get(item.get("status", "open"), item.get("status", "open")),
            "owner": item.get("owner"),
            "priority": item.get("priority"),
            "due": item.get("due"),
            "opened": day_of(item.get("opened")),
            "closed": day_of(item.get("closed")),
        }
        for item in keys.get("action_items", [])
    ]
    impact = keys.get("impact", {})
    date = keys.get("date") or (times["started"][0].date() if "started" in times else beside["date"])
    return {
        "id": keys.get("id", pathlib.Path(path).stem),
        "date": day_of(date),
        "status": keys.get("status", beside["status"]),
        "severity": keys.get("severity", beside["severity"]),
        "detected_by": keys.get("detected_by", beside["detected_by"]),
        "services": many(keys.get("services", beside["services"])),
        "factors": many(keys.get("factors", beside["factors"])),
        "times": times,
        "tagged": [(event["milestone"], moment(event["at"])) for event in keys.get("timeline", beside["timeline"]) if event.get("milestone")],
        "actions": actions or from_export(beside)["actions"],
        "windows": [(window.get("service"), moment(window.get("start")), moment(window.get("end"))) for window in impact.get("windows", [])],
        "costs": [(cost["slo"], cost.get("bad_minutes"), cost.get("error_rate")) for cost in impact.get("slo", [])],
    }


def from_export(document):
    impact = document["impact"]
    return {
        "id": document["id"],
        "date": day_of(document["date"]),
        "status": document["status"],
        "severity": document["severity"],
        "detected_by": document["detected_by"],
        "services": document["services"],
        "factors": document["factors"],
        "times": {name: (moment(time["at"]), time["origin"] != "inferred") for name, time in document["times"].items()},
        "tagged": [(event["milestone"], moment(event["at"])) for event in document["timeline"] if event["milestone"]],
        "actions": [
            {
                "status": item["status"],
                "owner": item["owner"],
                "priority": item["priority"],
                "due": None if item["due_is_derived"] else item["due"],
                "opened": day_of(item["opened"]),
                "closed": day_of(item["closed"]),
            }
            for item in document["actions"]
        ],
        "windows": [(window["service"], moment(window["start"]), moment(window["end"])) for window in impact["windows"]],
        "costs": [(cost["slo"], cost["bad_minutes"], cost["error_rate"]) for cost in impact["slo"]],
    }


documents, by_hand = [], 0
for file in sorted((root / config["book"]["src"]).rglob("*.md")):
    path = file.relative_to(root).as_posix()
    text = file.read_text()
    front = re.match(r"\+\+\+\n(.*?)\n\+\+\+\n", text, re.DOTALL)
    by_hand += front is not None
    documents.append(from_toml(path, tomllib.loads(front[1])) if front else from_export(exported[path]))
check("every document is there", sorted(exported[path]["id"] for path in exported), sorted(document["id"] for document in documents))
check("most are read by this script alone", by_hand * 2 > len(documents), True)

# Counts.
severities = {}
for rank, severity in enumerate(config["severity"]):
    for name in [severity["id"], *severity.get("aliases", [])]:
        severities[re.sub(r"\W", "", name).lower()] = (rank, severity["id"])


def severity_of(document):
    written = document["severity"]
    return (99, None) if written is None else severities[re.sub(r"\W", "", written).lower()]


def parts(values, order):
    counts = collections.Counter(values)
    return [{"id": value, "count": counts[value]} for value in order if counts[value]]


ranked = [severity["id"] for severity in config["severity"]] + [None]
check("postmortems", stats["postmortems"], len(documents))
check("severities", stats["severities"], parts((severity_of(document)[1] for document in documents), ranked))
check("statuses", stats["statuses"], parts((document["status"] for document in documents), ["draft", "in-review", "final", None]))
sources = ["alert", "customer", "employee", "partner", "other", None]
check("detected_by", stats["detected_by"], parts((document["detected_by"] for document in documents), sources))
for kind in ("services", "factors"):
    names = [name for document in documents for name in set(document[kind])]
    check(kind, stats[kind], parts(names, sorted(set(names))))
years = [str(document["date"].year) for document in documents if document["date"]]
check("years", stats["years"], parts(years, sorted(set(years), reverse=True)))
dates = [document["date"] for document in documents if document["date"]]
check("first and last", (stats["first"], stats["last"]), (min(dates).isoformat(), max(dates).isoformat()))
check("undated", stats["undated"], len(documents) - len(dates))


def months(first, last):
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [datetime.date(first.year + (first.month - 1 + at) // 12, (first.month - 1 + at) % 12 + 1, 1) for at in range(count)]


def in_month(day, month):
    return (day.year, day.month) == (month.year, month.month)


expected = [
    {"month": f"{month:%Y-%m}", "severities": parts((severity_of(document)[1] for document in documents if document["date"] and in_month(document["date"], month)), ranked)}
    for month in months(min(dates), max(dates))
]
check("months", stats["months"], expected)


# Measures.
def nearest_rank(values, percent):
    return sorted(values)[max(math.ceil(len(values) * percent / 100), 1) - 1] if values else None


def median(values):
    values = sorted(values)
    if not values:
        return None
    lower, upper = values[(len(values) - 1) // 2], values[len(values) // 2]
    return lower + (upper - lower) // 2


def end_of(document, milestone, which):
    stand_in = {"resolved": "ended", "ended": "resolved"}.get(milestone)
    stated = document["times"].get(milestone) or document["times"].get(stand_in)
    tagged = [(at, True) for name, at in document["tagged"] if name == milestone and at]
    timed = [entry for entry in [stated, *tagged] if entry and entry[0]]
    if which == "stated" or not timed:
        return stated
    return (min if which == "first" else max)(timed, key=lambda entry: entry[0])


WEEK = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def working_seconds(calendar, start, end):
    zone = zoneinfo.ZoneInfo(calendar.get("zone", config["book"].get("zone", "UTC")))
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


built_in = [
    {"name": "Time to detect", "from": "started", "to": "detected"},
    {"name": "Time to acknowledge", "from": "detected", "to": "acknowledged"},
    {"name": "Time to mitigate", "from": "started", "to": "mitigated"},
    {"name": "Time to resolve", "from": "started", "to": "resolved"},
]
measures = built_in + config.get("measure", [])
check("measures", [measure["name"] for measure in stats["measures"]], [measure["name"] for measure in measures])
for measure, found in zip(measures, stats["measures"]):
    values, states = [], collections.Counter()
    for document in documents:
        start = end_of(document, measure["from"], measure.get("from-which", "stated"))
        end = end_of(document, measure["to"], measure.get("to-which", "stated"))
        if not (start and end and start[0] and end[0]):
            is_written = document["status"] in (None, "final")
            states["pending" if start and not end and not is_written else "missing"] += 1
        elif end[0] < start[0]:
            states["invalid"] += 1
        elif not (start[1] and end[1]):
            states["inferred"] += 1
        elif "calendar" in measure:
            calendar = next(calendar for calendar in config["calendar"] if calendar["id"] == measure["calendar"])
            values.append(working_seconds(calendar, start[0], end[0]))
        else:
            values.append(int((end[0] - start[0]).total_seconds()))
    expected = {
        "name": measure["name"],
        "from": measure["from"],
        "to": measure["to"],
        "n": len(values),
        "enough": len(values) >= 5,
        "median": median(values),
        "p90": nearest_rank(values, 90),
        "p25": nearest_rank(values, 25),
        "p75": nearest_rank(values, 75),
        "shortest": min(values, default=None),
        "longest": max(values, default=None),
        **{state: states[state] for state in ("inferred", "missing", "pending", "invalid")},
    }
    check(measure["name"], found, expected)


# Action items.
def last_day(due):
    if due is None or isinstance(due, datetime.date):
        return due
    if quarter := re.fullmatch(r"(\d{4})-?Q(\d)", due):
        year, month = int(quarter[1]), int(quarter[2]) * 3
    elif month := re.fullmatch(r"(\d{4})-(\d{2})", due):
        year, month = int(month[1]), int(month[2])
    else:
        return datetime.date.fromisoformat(due)
    return datetime.date(year + month // 12, month % 12 + 1, 1) - datetime.timedelta(days=1)


statuses, unowned, overdue, took = collections.Counter(), 0, 0, []
closing = dict.fromkeys(("in_time", "late", "done", "dropped", "open", "overdue", "undated"), 0)
for document in documents:
    for item in document["actions"]:
        status, due = item["status"], last_day(item["due"])
        statuses[status] += 1
        days = config["actions"]["due-days"].get(item["priority"])
        if due is None and days is not None and document["date"]:
            due = document["date"] + datetime.timedelta(days=days)
        unfinished = status in ("open", "in-progress", "blocked")
        late = unfinished and due is not None and due < TODAY
        unowned += unfinished and item["owner"] is None
        overdue += late
        opened = item["opened"] or document["date"]
        if status == "proposed":
            continue
        if opened is None:
            closing["undated"] += 1
        elif unfinished:
            closing["overdue" if late else "open"] += 1
        elif status == "wont-do":
            closing["dropped"] += 1
        elif item["closed"] and due:
            closing["in_time" if item["closed"] <= due else "late"] += 1
        else:
            closing["done"] += 1
        if status == "done" and opened and item["closed"] and item["closed"] >= opened:
            took.append((item["closed"] - opened).days * 86_400)
actions = {"unfinished": statuses["open"] + statuses["in-progress"] + statuses["blocked"], "overdue": overdue, "unowned": unowned, "by_status": dict(statuses)}
check("action items", stats["actions"], actions)
closing |= {"took_n": len(took), "took_median": median(took), "took_p90": nearest_rank(took, 90)}
check("closing", stats["closing"], closing)

# Error budgets: what the target leaves of the window. The worked example first.
check("99.9 % over 30 days", round(30 * 24 * 60 * 0.001, 9), 43.2)


def union(spans):
    """Minutes in any of the spans: every minute is looked at."""
    minutes = set()
    for start, end in spans:
        at = int(start.timestamp()) // 60
        minutes.update(range(at, int(end.timestamp()) // 60))
    return len(minutes)


def spent(document, slo, bad, rate):
    if bad is not None:
        return float(bad), "stated"
    own = [window for window in document["windows"] if window[0] == slo.get("service")] or [window for window in document["windows"] if window[0] is None]
    if own:
        length = union([window[1:] for window in own]) if all(start and end for _, start, end in own) else None
    else:
        start, end = end_of(document, "started", "stated"), end_of(document, "ended", "stated")
        known = start and end and start[1] and end[1] and start[0] and end[0] and start[0] <= end[0]
        length = (end[0] - start[0]).total_seconds() / 60 if known else None
    if length is None or not 0 <= (1 if rate is None else rate) <= 1:
        return None, "unknown"
    return length * (1 if rate is None else rate), "computed"


def rounded(number):
    return None if number is None else round(number * 1000) / 1000


by_day = sorted(documents, key=lambda document: (document["date"], document["id"]), reverse=True)
check("objectives", [budget["slo"] for budget in stats["budgets"]], [slo["id"] for slo in config["slo"]])
for slo, found in zip(config["slo"], stats["budgets"]):
    window, share = slo.get("window-days", 30), (100 - slo.get("target", 99.9)) / 100
    allowed = window * 1440 * share
    costs = []
    for document in by_day:
        for name, bad, rate in document["costs"]:
            if name == slo["id"]:
                costs.append((document, *spent(document, slo, bad, rate)))
    silent = [document["id"] for document in by_day if slo.get("service") in document["services"] and all(name != slo["id"] for name, _, _ in document["costs"])]

    def burned(day):
        return sum(minutes for document, minutes, _ in costs if minutes is not None and 0 <= (day - document["date"]).days < window)

    known = [document["date"] for document, minutes, _ in costs if minutes is not None]
    changes = sorted({*known, *(day + datetime.timedelta(days=window) for day in known), TODAY})
    of_months = []
    for month in months(min((document["date"] for document, _, _ in costs), default=TODAY), TODAY) if costs else []:
        own = [minutes for document, minutes, _ in costs if in_month(document["date"], month)]
        days = (months(month, month + datetime.timedelta(days=31))[1] - month).days
        total, room = sum(minutes for minutes in own if minutes is not None), days * 1440 * share
        of_months.append({"month": f"{month:%Y-%m}", "burned": rounded(total), "allowed": rounded(room), "over": total > room, "incidents": len(own), "unknown": own.count(None)})
    expected = {
        "slo": slo["id"],
        "service": slo.get("service"),
        "target": slo.get("target", 99.9),
        "window_days": window,
        "allowed": rounded(allowed),
        "burned": rounded(burned(TODAY)),
        "left": rounded(allowed - burned(TODAY)),
        "incidents": len(costs),
        "unknown": sum(minutes is None for _, minutes, _ in costs),
        "silent": silent,
        "months_over": sum(month["over"] for month in of_months),
        "costs": [{"postmortem": document["id"], "date": document["date"].isoformat(), "minutes": rounded(minutes), "state": state} for document, minutes, state in costs],
        "left_over_time": [{"date": day.isoformat(), "left": rounded(allowed - burned(day))} for day in changes if day <= TODAY],
        "months": of_months,
    }
    for key in expected:
        check(f"{slo['id']}: {key}", found[key], expected[key])
    check(f"{slo['id']}: nothing else", set(found), set(expected))
    for document, minutes, state in costs:
        of = next(entry for entry in exported.values() if entry["id"] == document["id"])
        of = next(cost for cost in of["impact"]["slo"] if cost["slo"] == slo["id"])
        check(f"{document['id']} in the export", (of["minutes"], of["minutes_state"]), (rounded(minutes), state))
check("some cost is computed", {cost["state"] for budget in stats["budgets"] for cost in budget["costs"]} >= {"stated", "computed"}, True)

# Over time, by year.
by_year = collections.defaultdict(list)
for document in documents:
    if document["date"]:
        by_year[str(document["date"].year)].append(document)


def of_years(values, order):
    found = []
    for year in sorted(by_year, reverse=True):
        counts = collections.Counter(value for document in by_year[year] for value in values(document))
        if counts:
            found.append({"year": year, "counts": [{"id": value, "count": counts[value]} for value in order(counts) if counts[value]]})
    return found


check("who noticed, by year", stats["over_time"]["detected_by"], of_years(lambda document: many(document["detected_by"]), lambda _: sources[:-1]))
check("factors by year", stats["over_time"]["factors"], of_years(lambda document: set(document["factors"]), sorted))

# Over time, by month: from what the documents state, in a copy without a history.
with tempfile.TemporaryDirectory() as copy:
    shutil.copytree(root / config["book"]["src"], pathlib.Path(copy, config["book"]["src"]))
    shutil.copy(root / "book.toml", copy)
    command = [afterword, "stats", "--format", "json", "--root", copy, "--today", TODAY.isoformat()]
    over_time = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)["over_time"]
    site = pathlib.Path(copy, "site")
    subprocess.run([afterword, "build", "--root", copy, "--today", TODAY.isoformat(), "--out", str(site)], capture_output=True)
    pages = {name: (site / name).read_text() for name in ("actions.html", "insights.html")}
check("where it is from is said", over_time["actions_remark"], "by the days that the documents state, since they are in no git repository")
opened, closed = collections.Counter(), collections.Counter()
for document in documents:
    for item in document["actions"]:
        began, ended = item["opened"] or document["date"], item["closed"]
        if item["status"] in ("done", "wont-do"):
            # What is finished and does not say when was never seen open.
            if began and ended and began <= TODAY:
                opened[f"{began:%Y-%m}"] += 1
                closed[f"{max(began, ended):%Y-%m}"] += max(began, ended) <= TODAY
        elif item["status"] != "proposed" and began and began <= TODAY:
            opened[f"{began:%Y-%m}"] += 1
expected, left = [], 0
first = datetime.date.fromisoformat(min(opened) + "-01")
for month in months(first, TODAY):
    key = f"{month:%Y-%m}"
    left += opened[key] - closed[key]
    expected.append({"month": key, "opened": opened[key], "closed": closed[key], "slipped": 0, "open": left})
check("action items by month", over_time["actions"], expected)


# The tables behind the drawings of the site say the same.
def table_behind(page, name):
    table = re.search(r'aria-label="' + re.escape(name) + r', table">\s*<table>(.*?)</table>', pages[page], re.DOTALL)
    rows = re.findall(r"<tr>(.*?)</tr>", table[1], re.DOTALL)[1:]
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
    return [[cell.replace("\u00a0", " ") for cell in row] for row in cells]


def plain(cell):
    return float(cell.replace(",", "").replace("\u2212", "-"))


found = table_behind("actions.html", "Actions over time")
check("the chart of action items", [[int(cell) for cell in row[1:]] for row in found], [[month["opened"], month["closed"], month["slipped"], month["open"]] for month in reversed(expected)])
for budget in stats["budgets"]:
    if any(cost["minutes"] is not None for cost in budget["costs"]):
        found = table_behind("insights.html", f"What was left of {budget['slo']}")
        check(f"{budget['slo']}: as many steps are drawn", len(found), len(budget["left_over_time"]))
        for row, step in zip(found, reversed(budget["left_over_time"])):
            check(f"{budget['slo']}: what was left from {row[0]}", abs(plain(row[1]) - step["left"]) <= 0.06, True)
found = table_behind("insights.html", "Who noticed first, by year")
check("the chart of who noticed", [(row[0], sum(map(int, row[2:]))) for row in found], [(year["year"], sum(count["count"] for count in year["counts"])) for year in reversed(stats["over_time"]["detected_by"])])
found = table_behind("insights.html", "What contributed, by year")
check("the chart of factors", [(row[0], int(row[1]), sum(map(int, row[2:]))) for row in found], [(year["year"], total, total) for year in reversed(stats["over_time"]["factors"]) for total in [sum(count["count"] for count in year["counts"])]])
totals = collections.Counter(name for document in documents for name in set(document["factors"]) if document["date"])
largest = [name for name, _ in sorted(totals.items(), key=lambda entry: (-entry[1], entry[0]))][:4]
check("the largest factors are told apart", [[int(cell) for cell in row[2:6]] for row in found], [[next((count["count"] for count in year["counts"] if count["id"] == name), 0) for name in largest] for year in reversed(stats["over_time"]["factors"])])

check("nothing is left out", set(stats) - {"version", "today", "dated_by_text"}, {"postmortems", "first", "last", "undated", "severities", "statuses", "detected_by", "months", "years", "services", "factors", "measures", "actions", "closing", "budgets", "over_time"})

print(f"{passed} figures agree, {by_hand} of {len(documents)} documents read by this script alone")
