"""The first page, and the lists of postmortems: all, near misses, luck, search."""

import collections

from . import body, groups, parts, say, work
from .report import check
from .sources import CONFIG, DOCUMENTS, RANKS, TODAY


def home(page):
    parts.frame(page, CONFIG["book"]["title"], CONFIG["book"]["description"])
    page.one("div.opening p.dek").says(CONFIG["book"]["description"])
    todo = page.all("section.section")[0]
    todo.one("div.section-head a").says(f"All {len(work.ITEMS)} actions")
    asking = sum(any(item["unfinished"] for item in work.of(document)) for document in DOCUMENTS)
    is_open = f"{say.count(len(work.OPEN), 'action is open', 'actions are open')} from {say.count(asking, 'postmortem')}"
    oldest = say.day(min(work.last_day(item["due"]) for item in work.OVERDUE))
    todo.one("p.lead").says(f"{is_open}; {say.count(len(work.OVERDUE), 'is overdue', 'are overdue')}, the oldest since {oldest}.")
    parts.actions(todo.all("li.action"), work.OPEN[:5])
    latest = page.all("section.section")[1]
    latest.one("div.section-head a").says(f"All {len(DOCUMENTS)} postmortems")
    parts.entries(latest.all("li.entry"), DOCUMENTS[:6], 3)
    side = page.one("div.front-side")
    year(side.elements()[0])
    anniversaries(side.elements()[1])
    for section, kind in zip(side.elements()[2:], ("services", "factors")):
        section.one("div.section-head h2").says(groups.TITLES[kind])
        section.one("div.section-head a").says(f"All {len(groups.GROUPS[kind])}")
        check(kind, [item.claim().text() for item in section.all("ul.browse li")], [f"{group.name} {len(group.documents)}" for group in groups.largest(kind)[:8]])
    check("nothing else", len(side.elements()), 4)


def year(section):
    of_year = [document for document in DOCUMENTS if document["date"].year == TODAY.year]
    before = sum(document["date"].year == TODAY.year - 1 for document in DOCUMENTS)
    section.one("div.section-head h2").says(str(TODAY.year))
    section.one("div.section-head a").says(f"All of {TODAY.year}")
    months = section.one("ol.year").elements()
    check("twelve months", len(months), 12)
    for number, month in enumerate(months, 1):
        own = sorted((document for document in of_year if document["date"].month == number), key=lambda document: RANKS.index(document["severity"]))
        expected = [f"{document['severity']}, {say.day(document['date'])}: {document['title']}" for document in own]
        units = month.all("a.unit")
        check(f"month {number}", [unit.claim().text() for unit in units], expected)
        for unit, text in zip(units, expected):
            unit.has("title", text)
    used = {document["severity"] for document in of_year}
    check("the key", [key.claim().text() for key in section.all("p.key span")], [name for name in RANKS if name in used])
    section.one("p.aside-text").says(f"{say.count(len(of_year), 'postmortem')} so far, against {before} in all of {TODAY.year - 1}.")


def anniversaries(section):
    """Of this day in earlier years, else of the three days before and after it."""

    def distance(document):
        return abs((document["date"].replace(year=TODAY.year) - TODAY).days)

    earlier = [document for document in DOCUMENTS if document["date"].year < TODAY.year]
    on_it = [document for document in earlier if distance(document) == 0]
    found = on_it or [document for document in earlier if 0 < distance(document) <= 3]
    section.one("h2").says("On this day" if on_it else "Around this day")
    check("as many anniversaries", len(section.all("li.entry")), len(found[:4]))
    for element, document in zip(section.all("li.entry"), found):
        parts.entry(element, document, 3, text=False, when=f"{say.count(TODAY.year - document['date'].year, 'year')} ago")


def span_of_time():
    return f"{say.count(len(DOCUMENTS), 'postmortem')} from {say.month(DOCUMENTS[-1]['date'])} to {say.month(DOCUMENTS[0]['date'])}."


def all_postmortems(page):
    parts.frame(page, "Postmortems", span_of_time())
    page.one("div.opening p.dek").says(span_of_time())
    of = collections.Counter(document["severity"] for document in DOCUMENTS)
    parts.options(page, "severity", [(name, of[name]) for name in RANKS if of[name]])
    for field, kind in (("service", "services"), ("team", "teams"), ("factor", "factors"), ("tag", "tags"), ("year", "years")):
        parts.options(page, field, [(group.name, len(group.documents)) for group in groups.GROUPS[kind] if group.documents])
    of = collections.Counter(document["status"] for document in DOCUMENTS)
    parts.options(page, "status", [(word, of[status]) for status, word in (("draft", "Draft"), ("in-review", "In review"), ("final", "Final")) if of[status]])
    asking = sum(any(item["unfinished"] for item in work.of(document)) for document in DOCUMENTS)
    page.one("label.check span").says(f"With open actions ({asking})")
    page.one("div.list-head p").says(say.count(len(DOCUMENTS), "postmortem"))
    parts.entries(page.all("ol.entries li.entry"), DOCUMENTS, 2)


def search(page):
    parts.frame(page, "Search", "Search the postmortems.")
    page.one("p.dek").says(f"Look through {say.count(len(DOCUMENTS), 'postmortem')}.")


def luck_of(document):
    """The passages of the section, three at the most."""
    part = body.section(document["below"], "Where we got lucky").split("\n", 1)
    items = [line.removeprefix("- ") for line in part[-1].splitlines() if line.strip() and not line.startswith("#")]
    return [body.words_of(item) for item in items][:3]


def luck_rows(element):
    told = [document for document in DOCUMENTS if luck_of(document)]
    found = element.all("ol.luck li")
    check("as many", len(found), len(told))
    for row, document in zip(found, told):
        check("the passages", [text.claim().text() for text in row.all("div p")], luck_of(document))
        parts.says_each(row.one("p.line"), [say.short_day(document["date"]), document["title"]])
    return len(told)


def luck(page):
    parts.frame(page, "Where we got lucky", "What may not help next time")
    luck_rows(page)


NEAR = [document for document in DOCUMENTS if document["near_miss"]]


def near_misses(page):
    parts.frame(page, "Near misses", "Incidents that did no harm")
    parts.entries(page.all("ol.entries li.entry"), NEAR, 2)

