"""The pages of groups, and the indexes of each kind."""

import collections

from . import groups, insights, parts, say, work
from .budgets import BUDGETS
from .measures import median, to_resolve
from .report import check


def items_of(group):
    """In the order in which they press."""
    return [item for item in work.ITEMS if item["unfinished"] and item["document"] in group.documents]


def group(page, group):
    n = len(group.documents)
    parts.frame(page, group.name, f"{group.name}: {say.count(n, 'postmortem')}.")
    page.one("div.opening h1").says(group.name)
    opening = page.one("div.opening")
    if group.description:
        opening.one("p.dek").says(group.description)
    still = items_of(group)
    figures = [["Postmortems", str(n)], ["Open actions", str(len(still))]]
    late = sum(item["overdue"] for item in still)
    figures += [["Overdue", str(late)]] if late else []
    took = [to_resolve(document) for document in group.documents if to_resolve(document) is not None]
    figures += [[f"Median time to resolve, n = {len(took)}", say.duration(median(took))]] if took else []
    own = [budget for budget in BUDGETS if group.kind == "services" and budget.service == group.id]
    figures += [[f"Error budget left, {budget.id}", f"{say.decimal_of(budget.left)} of {say.decimal_of(budget.allowed)} min"] for budget in own]
    check("the figures", [[cell.claim().text() for cell in figure.elements()] for figure in page.one("dl.figures").elements()], figures)
    drawn = [budget for budget in own if any(minutes is not None for _, minutes, _ in budget.costs)]
    check("as many budgets", len(page.all("h3.budget")), len(drawn))
    for heading, figure, budget in zip(page.all("h3.budget"), page.all("figure.chart-steps"), drawn):
        insights.level(heading, figure, budget)
    parts.actions(page.all("ul.actions li.action"), still)
    parts.entries(page.all("ol.entries li.entry"), group.documents, 3)
    beside = [(groups.TITLES[kind], together(group, kind)) for kind in ("services", "teams", "factors", "tags") if kind != group.kind]
    found = [(item.one("dt").text(), [link.claim().text() for link in item.all("ul li")]) for item in page.all("dl.beside div")]
    check("together with", found, [(title, rows) for title, rows in beside if rows])


def together(group, kind):
    """How often each group of another kind is with it, the eight most frequent."""
    counts = collections.Counter(groups.name(kind, value) for document in group.documents for value in document[kind])
    return [f"{name} {count}" for name, count in sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))[:8]]


def index(page, kind):
    all_groups = groups.GROUPS[kind]
    used = sum(bool(group.documents) for group in all_groups)
    kinds = say.count(len(all_groups), *groups.NOUNS[kind])
    sentence = f"{kinds}, each with its postmortems and open actions." if used == len(all_groups) else f"{kinds}, {used} of them with postmortems."
    parts.frame(page, groups.TITLES[kind], f"{groups.TITLES[kind]}: {sentence}")
    page.one("p.dek").says(sentence)
    found = page.all("ul.index li")
    check("as many", len(found), len(all_groups))
    for row, group in zip(found, all_groups):
        row.elements()[0].says(group.name)
        still = items_of(group)
        row.one("span.count").says(say.count(len(group.documents), "postmortem") + (f", {say.count(len(still), 'open action')}" if still else ""))
        latest = f"Latest in {say.month(group.documents[0]['date'])}." if group.documents and kind != "years" else ""
        if about := " ".join(filter(None, [group.description, latest])):
            row.one("p").says(about)
