"""What `afterword stats --format json` says."""

import collections

from .budgets import BUDGETS
from .measures import MEASURES, median, nearest_rank, recorded, states
from .report import check, place
from .sources import DOCUMENTS, RANKS, TODAY
from .work import BY_STATUS, COMMITTED, OPEN, OVERDUE, TOOK, months, outcome

SOURCES = ["alert", "customer", "employee", "partner", "other"]
STATUSES = ["draft", "in-review", "final"]


def rounded(number):
    return None if number is None else round(number * 1000) / 1000


def parts(values, order):
    counts = collections.Counter(values)
    return [{"id": value, "count": counts[value]} for value in order if counts[value]]


def counts(stats):
    check("postmortems", stats["postmortems"], len(DOCUMENTS))
    check("severities", stats["severities"], parts((document["severity"] for document in DOCUMENTS), [*RANKS, None]))
    check("statuses", stats["statuses"], parts((document["status"] for document in DOCUMENTS), [*STATUSES, None]))
    check("detected_by", stats["detected_by"], parts((document["detected_by"] for document in DOCUMENTS), [*SOURCES, None]))
    for kind in ("services", "factors"):
        names = [name for document in DOCUMENTS for name in set(document[kind])]
        check(kind, stats[kind], parts(names, sorted(set(names))))
    dates = [document["date"] for document in DOCUMENTS]
    years = [str(date.year) for date in dates]
    check("years", stats["years"], parts(years, sorted(set(years), reverse=True)))
    check("first and last", (stats["first"], stats["last"]), (min(dates).isoformat(), max(dates).isoformat()))
    check("undated", (stats["undated"], stats["dated_by_text"]), (0, 0))
    check("today", stats["today"], TODAY.isoformat())
    expected = [
        {"month": f"{month:%Y-%m}", "severities": parts((document["severity"] for document in DOCUMENTS if document["date"].replace(day=1) == month), RANKS)}
        for month in months(min(dates), max(dates))
    ]
    check("months", stats["months"], expected)


def measures(stats):
    check("measures", [measure["name"] for measure in stats["measures"]], [measure["name"] for measure in MEASURES])
    for measure, found in zip(MEASURES, stats["measures"]):
        values, counted = recorded(measure["name"]), states(measure["name"])
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
            **{state: counted[state] for state in ("inferred", "missing", "pending", "invalid")},
        }
        check(measure["name"], found, expected)


def actions(stats):
    expected = {"unfinished": len(OPEN), "overdue": len(OVERDUE), "unowned": sum(item["owner"] is None for item in OPEN), "by_status": dict(BY_STATUS)}
    check("action items", stats["actions"], expected)
    became = collections.Counter(map(outcome, COMMITTED))
    names = {"in_time": "closed in time", "late": "closed late", "done": "closed, dates missing", "dropped": "decided against", "open": "open", "overdue": "overdue"}
    expected = {key: became[name] for key, name in names.items()}
    expected |= {"undated": 0, "took_n": len(TOOK), "took_median": median(TOOK), "took_p90": nearest_rank(TOOK, 90)}
    check("closing", stats["closing"], expected)


def budgets(stats, exported):
    # The worked example of the documentation first.
    check("99.9 % over 30 days", round(30 * 24 * 60 * 0.001, 9), 43.2)
    check("objectives", [budget["slo"] for budget in stats["budgets"]], [budget.id for budget in BUDGETS])
    for budget, found in zip(BUDGETS, stats["budgets"]):
        expected = {
            "slo": budget.id,
            "service": budget.service,
            "target": budget.target,
            "window_days": budget.window,
            "allowed": rounded(budget.allowed),
            "burned": rounded(budget.burned(TODAY)),
            "left": rounded(budget.left),
            "incidents": len(budget.costs),
            "unknown": sum(minutes is None for _, minutes, _ in budget.costs),
            "silent": [document["id"] for document in budget.silent],
            "months_over": budget.months_over(),
            "costs": [{"postmortem": document["id"], "date": document["date"].isoformat(), "minutes": rounded(minutes), "state": state} for document, minutes, state in budget.costs],
            "left_over_time": [{"date": day.isoformat(), "left": rounded(left)} for day, left in budget.steps],
            "months": [
                {
                    "month": f"{month['month']:%Y-%m}",
                    "burned": rounded(month["burned"]),
                    "allowed": rounded(month["allowed"]),
                    "over": month["burned"] > month["allowed"],
                    "incidents": month["incidents"],
                    "unknown": month["unknown"],
                }
                for month in budget.months
            ],
        }
        for key in expected:
            check(f"{budget.id}: {key}", found[key], expected[key])
        check(f"{budget.id}: nothing else", set(found), set(expected))
        for document, minutes, state in budget.costs:
            cost = next(cost for cost in exported[document["id"]]["impact"]["slo"] if cost["slo"] == budget.id)
            check(f"{document['id']} in the export", (cost["minutes"], cost["minutes_state"]), (rounded(minutes), state))
    check("some cost is computed", {cost["state"] for budget in stats["budgets"] for cost in budget["costs"]} >= {"stated", "computed"}, True)


def by_year(values, order):
    found = []
    for year in sorted({document["date"].year for document in DOCUMENTS}, reverse=True):
        counted = parts((value for document in DOCUMENTS if document["date"].year == year for value in values(document)), order)
        if counted:
            found.append({"year": str(year), "counts": counted})
    return found


def over_time(stats):
    told = stats["over_time"]
    check("who noticed, by year", told["detected_by"], by_year(lambda document: [document["detected_by"]], SOURCES))
    factors = sorted({factor for document in DOCUMENTS for factor in document["factors"]})
    check("factors by year", told["factors"], by_year(lambda document: set(document["factors"]), factors))


def flow(stats, ledger):
    told = stats["over_time"]
    check("where it is from is said", told["actions_remark"], ledger.remark)
    check("action items by month", told["actions"], [{**month, "month": f"{month['month']:%Y-%m}"} for month in ledger.flow()])


def compare(stats, exported, ledger):
    with place("stats"):
        counts(stats)
        measures(stats)
        actions(stats)
        budgets(stats, exported)
        over_time(stats)
        flow(stats, ledger)
        told = {"postmortems", "first", "last", "undated", "dated_by_text", "severities", "statuses", "detected_by", "months", "years", "services", "factors", "measures", "actions", "closing", "budgets", "over_time", "today"}
        check("nothing is left out", set(stats) - {"version"}, told)
