"""What `afterword stats` prints for people: every line of it, apart from the bars."""

import collections
import re

from . import say, work
from .budgets import BUDGETS
from .measures import MEASURES, median, nearest_rank, recorded, states
from .report import check, place
from .sources import DOCUMENTS, RANKS, TODAY
from .stats import SOURCES, STATUSES

MONTHS = 12


def counted(title, values, order):
    counts = collections.Counter(values)
    return [[title], *([name, str(counts[name])] for name in order if counts[name])]


def measures():
    rows = []
    for measure in MEASURES:
        name, values, counts = measure["name"], recorded(measure["name"]), states(measure["name"])
        spread = [median(values), *(nearest_rank(values, percent) for percent in (25, 75, 90))]
        n = f"{len(values)}, few" if len(values) < 5 else str(len(values))
        gone = ", ".join(f"{counts[state]} {state}" for state in ("inferred", "missing", "pending", "invalid") if counts[state])
        told = [say.duration(seconds) for seconds in spread]
        if len(values) < 10:
            told[-1] = "too few"
        rows.append([name, *told, n, *filter(None, [gone])])
    return [["Measures"], ["median", "p25", "p75", "p90", "n", "not in n"], *rows]


def budgets():
    def minutes(number):
        return f"{say.decimal_of(number).replace(' ', '').replace('−', '-')} min"

    rows = [
        [budget.id, minutes(budget.allowed), f"{budget.window} d", minutes(budget.burned(TODAY)), minutes(budget.left), f"{budget.months_over()} of {len(budget.months)}", str(len(budget.costs))]
        for budget in BUDGETS
    ]
    silent = len({document["id"] for budget in BUDGETS for document in budget.silent})
    last = [f"{silent} postmortems about these services say nothing about the objective"]
    return [["Error budgets"], ["allows", "in", "spent", "left", "months over", "n", "spent"], *rows, last]


def actions():
    def of(statuses):
        return say.listed([f"{work.BY_STATUS[status]} {say.state(status)}" for status in statuses if work.BY_STATUS[status]])

    became = collections.Counter(map(work.outcome, work.COMMITTED))
    in_time = became["closed in time"]
    unowned = sum(item["owner"] is None for item in work.OPEN)
    took = f"{say.duration(median(work.TOOK))} from opening to closing (median, n = {len(work.TOOK)})"
    return [
        ["Action items"],
        [f"{len(work.OPEN)} unfinished: {of(work.UNFINISHED)}"],
        [f"{len(work.OVERDUE)} overdue, {unowned} without an owner"],
        [of(("proposed", "done", "wont-do"))],
        [f"{in_time} of {in_time + became['closed late']} with a due day closed in time; {took}"],
    ]


def flow(ledger):
    keys = ("opened", "closed", "slipped", "open")
    rows = [[f"{month['month']:%Y-%m}", *(str(month[key]) for key in keys)] for month in ledger.flow()[-MONTHS:]]
    return [["Action items by month"], ["opened", "closed", "put off", "open at its end"], *rows, *([[ledger.remark]] if ledger.remark else [])]


def compare(text, ledger):
    """Bars have no figures; cells are two spaces apart."""
    years = sorted({document["date"].year for document in DOCUMENTS})
    expected = [
        [f"{len(DOCUMENTS)} postmortems from {DOCUMENTS[-1]['date']} to {DOCUMENTS[0]['date']}"],
        *counted("Severity", (document["severity"] for document in DOCUMENTS), RANKS),
        *counted("Status", (document["status"] for document in DOCUMENTS), STATUSES),
        *counted("Noticed first by", (document["detected_by"] for document in DOCUMENTS), SOURCES),
        *counted("Year", (str(document["date"].year) for document in DOCUMENTS), map(str, years)),
        *measures(),
        *budgets(),
        *actions(),
        *flow(ledger),
    ]
    lines = [re.split(r"\s{2,}", line.strip()) for line in text.splitlines() if line.strip()]
    found = [[cell for cell in line if not re.fullmatch(r"[█▉▊▋▌▍▎▏]+", cell)] for line in lines]
    with place("stats in the terminal"):
        for line, wanted in zip(found, expected):
            check(wanted[0], line, wanted)
        check("nothing else", found[len(expected) :], [])
        check("as many lines", len(found), len(expected))
