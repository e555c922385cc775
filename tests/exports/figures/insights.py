"""The page of charts."""

import collections

from . import charts, groups, home, parts, say, work
from .budgets import BUDGETS
from .measures import MEASURES, median, nearest_rank, recorded, states
from .page import Element
from .report import check
from .sources import CONFIG, DOCUMENTS, RANKS, TODAY

WHO = ["Alert", "Customer", "Employee", "Partner", "Other"]
YEARS = sorted({document["date"].year for document in DOCUMENTS})
NOTE = {"services": "One may count in several bars.", "factors": "A postmortem counts once for each factor."}


def section(page, name) -> Element:
    """The part below a heading."""
    return page.one(f"h2#{name}").parent.parent


def page(page):
    parts.frame(page, "Insights", home.span_of_time())
    page.one("div.opening p.dek").says(home.span_of_time())
    by_month = [(month, collections.Counter(document["severity"] for document in DOCUMENTS if document["date"].replace(day=1) == month)) for month in work.months(DOCUMENTS[-1]["date"], DOCUMENTS[0]["date"])]
    charts.months(section(page, "months").one("figure"), by_month, [name for name in RANKS if any(counts[name] for _, counts in by_month)])
    durations(section(page, "durations").one("figure"))
    detection(section(page, "detection"))
    starts = [document["times"]["started"] for document in DOCUMENTS if "started" in document["times"]]
    charts.punch_card(section(page, "hours").one("figure"), starts, len(DOCUMENTS) - len(starts))
    factors(section(page, "factors"))
    services(section(page, "services").one("figure"))
    returns(section(page, "returns"))
    triggers(section(page, "triggers").one("figure"))
    closing(section(page, "closing").one("figure"))
    for budget, heading in zip([budget for budget in BUDGETS if budget.costs], section(page, "budgets").all("h3.budget")):
        spent(heading, budget)
    check("as many budgets", len(section(page, "budgets").all("h3.budget")), sum(bool(budget.costs) for budget in BUDGETS))
    lucky = section(page, "lucky")
    lucky.one("div.section-head a").says(f"All {home.luck_rows(lucky)}")
    near = section(page, "near-misses")
    near.one("div.section-head a").says(f"All {len(home.NEAR)}")
    parts.entries(near.all("li.entry"), home.NEAR, 3)


def absent(name):
    counts = states(name)
    words = (("inferred", "inferred"), ("missing", "not recorded"), ("pending", "pending"), ("invalid", "invalid"))
    return ", ".join(f"{counts[state]} {word}" for state, word in words if counts[state])


def durations(figure):
    rows = figure.all("div.dots-row")
    check("as many measures", len(rows), len(MEASURES))
    table = []
    for row, measure in zip(rows, MEASURES):
        name, values = measure["name"], sorted(recorded(measure["name"]))
        n, p90 = len(values), say.duration(nearest_rank(values, 90)) if len(values) >= 10 else None
        middle = say.duration(median(values))
        said = f"median {middle} · " + (f"p90 {p90} · " if p90 else "") + f"n = {n}"
        row.one("span.dots-figures").says(said)
        row.one("desc").says(said)
        if gone := absent(name):
            row.one("span.dots-absent").says(gone)
        dots = [f"{say.duration(seconds)}: {document['title']}" for document in DOCUMENTS for seconds in recorded(name, [document])]
        found = [title.claim().text() for title in row.all("title")]
        check(f"the dots of {name}", sorted(text for text in found if ": " in text), sorted(dots))
        check(f"the lines of {name}", sorted(text for text in found if ": " not in text and text != name), ["median", "p90"] if p90 else ["median"])
        table.append([name, str(n), say.duration(values[0]), middle, p90 or "too few", say.duration(values[-1]), gone])
    check("the table", parts.rows(figure.one("table")), table)
    parts.heads(figure.one("table"))
    rounds = {say.duration(seconds) for seconds in (1, 10, 60, 600, 3600, 21_600, 86_400, 604_800, 2_592_000)}
    check("round durations on the axis", {tick.claim().text() for tick in figure.all("text.tick")} - rounds, set())
    parts.caption(figure, "Each dot is one postmortem, on a logarithmic scale. The line is the median. The dashed line is p90: nine of ten took no longer.")


def detection(part):
    first, second = part.all("figure")
    of = collections.Counter(say.capitalised(document["detected_by"]) for document in DOCUMENTS)
    charts.bars(first, [(who, of[who]) for who in WHO if of[who]], len(DOCUMENTS))
    years = [(str(year), collections.Counter(say.capitalised(document["detected_by"]) for document in DOCUMENTS if document["date"].year == year)) for year in YEARS]
    charts.stacks(second, "Year", WHO, years, "Postmortems with a date that say who noticed", len(DOCUMENTS))


def factors(part):
    first, second = part.all("figure")
    used = groups.largest("factors")
    charts.bars(first, [(group.name, len(group.documents)) for group in used[:12]], sum(bool(document["factors"]) for document in DOCUMENTS))
    # The four largest are told apart; of one size, by id.
    told = sorted(used, key=lambda group: (-len(group.documents), group.id))[:4]
    apart = {group.id: group.name for group in told}
    years = [(str(year), collections.Counter(apart.get(factor, "Other factors") for document in DOCUMENTS if document["date"].year == year for factor in set(document["factors"]))) for year in YEARS]
    n = sum(sum(counts.values()) for _, counts in years)
    charts.stacks(second, "Year", [*apart.values(), "Other factors"], years, "Factors named by postmortems with a date", n, NOTE["factors"])


def services(figure):
    rows = [(group.name, collections.Counter(document["severity"] for document in group.documents)) for group in groups.largest("services")[:12]]
    charts.stacks(figure, "Service", RANKS, rows, "Postmortems that name a service", sum(bool(document["services"]) for document in DOCUMENTS), NOTE["services"])


def repeats():
    """Chains of stated repeats: the documents that are linked by `repeat_of`, the oldest first."""
    chains = []
    for document in DOCUMENTS:
        for name in document["repeat_of"]:
            linked = {document["id"], name}
            for chain in [chain for chain in chains if chain & linked]:
                chains.remove(chain)
                linked |= chain
            chains.append(linked)
    return [[document for document in reversed(DOCUMENTS) if document["id"] in chain] for chain in chains]


def chain(heading, links, stated):
    """Which incidents are alike is Afterword's own judgement; how many there are, and since when, follows from the list."""
    titles = [link.first("a").text() for link in links]
    documents = stated or [next(document for document in DOCUMENTS if document["title"] == title) for title in titles]
    check("the incidents of the chain", titles, [document["title"] for document in documents])
    check("the oldest first", documents, sorted(documents, key=lambda document: document["date"]))
    since = say.month(documents[0]["date"])
    text = f"Happened {len(documents)} times since {since}" if stated else f"{len(documents)} incidents alike since {since}"
    note = "As the documents state." if stated else "Concluded from what they share; no document calls it a repeat."
    heading.says(f"{text} {note}")
    for link, document in zip(links, documents):
        link.says(document["title"] + say.short_day(document["date"]))


def returns(part):
    told = repeats()
    lists = part.all("ol.again")
    check("chains are told", len(lists) >= len(told) > 0, True)
    for at, (heading, links) in enumerate(zip(part.all("h3.budget"), lists)):
        chain(heading, links.all("li"), told[at] if at < len(told) else None)
    found = part.all("ul.index li")
    again = [group for group in groups.largest("factors") if len(group.documents) >= 2][:6]
    check("as many factors come back", len(found), len(again))
    for element, group in zip(found, again):
        still = sum(item["unfinished"] for document in group.documents for item in work.of(document))
        last = group.documents[0]
        element.elements()[0].says(group.name)
        element.one("span.count").says(f"{say.count(len(group.documents), 'postmortem')}, " + (say.count(still, "action open", "actions open") if still else "nothing open"))
        parts.says_each(element.one("p.line"), [f"last {say.short_day(last['date'])}", last["title"]])


def trigger_kind(text):
    """The first kind of which a word begins as the configuration says."""
    words = " " + "".join(letter if letter.isalnum() else " " for letter in text.lower())
    for kind in CONFIG["trigger"]:
        if any(" " + word.lower() in words for word in kind["words"]):
            return kind["name"]
    return "Other"


def triggers(figure):
    both = [document for document in DOCUMENTS if document["trigger"] and document["factors"]]
    columns = [kind["name"] for kind in CONFIG["trigger"]] + ["Other"]
    lines = [(group.name, collections.Counter(trigger_kind(document["trigger"]) for document in group.documents if document["trigger"])) for group in groups.largest("factors")[:12]]
    charts.matrix(figure, columns, lines, "Postmortems that state a trigger and a factor", len(both), "What kind a trigger is, its words tell. One postmortem may count in several rows.")


def closing(figure):
    quarters = [(f"Q{quarter} {year}", counts) for (year, quarter), counts in work.cohorts().items()]
    took = f"From opening to closing: median {say.duration(median(work.TOOK))}, p90 {say.duration(nearest_rank(work.TOOK, 90))}, n = {len(work.TOOK)}."
    charts.stacks(figure, "Quarter", work.OUTCOMES, quarters, "Committed actions", len(work.COMMITTED), took)


def allows(budget):
    left = f"{say.decimal_of(budget.left)} are left today, and {budget.months_over()} of {len(budget.months)} months went over"
    return f"{budget.target:g} % over {budget.window} days allows {say.decimal_of(budget.allowed)} bad minutes; {left}"


def level(heading, figure, budget):
    """What is left of a budget over time."""
    heading.says(f"{budget.id} {allows(budget)}")
    allowed, lowest = say.decimal_of(budget.allowed), say.decimal_of(budget.lowest)
    steps = [(say.short_day(day), say.decimal_of(left)) for day, left in budget.steps]
    charts.steps(
        figure,
        {
            "description": f"{allowed} bad minutes are allowed; at the lowest {lowest} were left, today {say.decimal_of(budget.left)}.",
            "areas": [f"From {day}: {left} left" for day, left in steps],
            "lines": [allowed, *([lowest] if budget.lowest < 0 else [])],
            "span": (budget.steps[0][0], TODAY),
            "heads": ["From", "Bad minutes left"],
            "rows": [list(step) for step in reversed(steps)],
            "caption": f"Bad minutes left of a rolling window of {budget.window} days, n counts incidents, n = {len(budget.costs)}.",
        },
    )


def spent(heading, budget):
    siblings = heading.parent.elements()
    figure, rows = siblings[siblings.index(heading) + 1 : siblings.index(heading) + 3]
    level(heading, figure, budget)
    found = rows.elements()
    check("as many incidents", len(found), len(budget.costs))
    for row, (document, minutes, state) in zip(found, budget.costs):
        row.elements()[0].says(document["title"])
        computed = ", computed from the impact" if state == "computed" else ""
        row.one("span.count").says(f"{say.decimal_of(minutes)} bad minutes, {say.decimal_of(minutes / budget.allowed * 100)} % of the budget{computed}")
        check("what is over is marked", "over" in row.one("span.count").classes, minutes > budget.allowed)
        row.one("p.line").says(say.short_day(document["date"]))
