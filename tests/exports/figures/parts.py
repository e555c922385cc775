"""What many pages have in common: the frame, a postmortem in a list, an action item, text that is quoted."""

import re
import tomllib

from . import body, groups, say, work
from .measures import to_resolve
from .page import Element
from .report import check, fail
from .sources import CONFIG, RANKS, ROOT, TODAY

VERSION = tomllib.loads((ROOT / "Cargo.toml").read_text())["package"]["version"]
STATUS = {"draft": "Draft", "in-review": "In review"}
BANDS = {"up to 30 days": "month", "31 to 90 days": "quarter", "91 to 365 days": "year", "over a year": "older"}
URGENCIES = {"overdue": "overdue", "due within 14 days": "soon", "due later": "later", "no due date": "undated", "proposed": "proposed", "closed": "closed"}


def frame(page, title, description, sentence_of=None):
    """What stands around every page."""
    site = CONFIG["book"]["title"]
    full = title if title == site else f"{title} · {site}"
    page.one("head title").says(full)
    for meta in page.all("head meta"):
        name = meta.attributes.get("name") or meta.attributes.get("property")
        if name == "generator":
            meta.has("content", f"Afterword {VERSION}")
        elif name == "og:title":
            meta.has("content", full)
        elif name in ("description", "og:description"):
            meta.has("content", description) if sentence_of is None else quoted(meta, sentence_of, "content")
        elif name == "article:published_time":
            meta.has("content", page.published)
    foot = page.one("footer.foot p")
    foot.one("time").has("datetime", TODAY.isoformat())
    zone = CONFIG["book"].get("zone", "UTC")
    foot.says(f"As of {say.day(TODAY)}. Times are in the zone that each postmortem states, else in {zone}. Made by Afterword {VERSION}.")


def quoted(element, full, attribute=None):
    """Words of a document, all of them or cut short with an ellipsis."""
    found = element.attributes.get(attribute, "") if attribute else element.claim().text()
    if attribute:
        element.claimed.add(attribute)
    full, found = " ".join(full.split()), " ".join(found.split())
    is_cut = found.endswith("…") and not full.endswith("…")
    if not (full.startswith(found[:-1]) if is_cut else found == full):
        fail(f"{element.path()} does not quote its document\n  afterword  {found}\n  document   {full}")


def first_words(document):
    """What lists say of a document: its impact, else its summary."""
    if document["summary"]:
        return document["summary"]
    part = body.section(document["below"], "Summary")
    paragraphs = re.split(r"\n\s*\n", re.sub(r"^#+ .*\n", "", part))
    return body.words_of(next(text for text in (re.sub(r"^\*\*[^*]*\*\*", "", paragraph.strip()) for paragraph in paragraphs) if text))


def severity(element, document):
    element.says(document["severity"])
    check("the place on the ramp", f"sev-{RANKS.index(document['severity']) + 1}" in element.classes, True)


def actions_in_words(document):
    committed = [item for item in work.of(document) if item["status"] != "proposed"]
    still = sum(item["unfinished"] for item in committed)
    if not committed:
        return []
    if still:
        return ["its one action is open" if len(committed) == 1 else f"{still} of {len(committed)} actions open"]
    return ["its one action is closed" if len(committed) == 1 else f"all {len(committed)} actions closed"]


def entry(element, document, level, text=True, when=None):
    """A postmortem in a list."""
    date = element.one("div.entry-when time")
    date.says_day(document["date"], when or say.short_day(document["date"]))
    severity(element.one("span.severity"), document)
    element.one(f"h{level}.entry-title").says(document["title"])
    if text:
        quoted(element.one("p.entry-text"), first_words(document))
    line = [", ".join(groups.name("services", service) for service in document["services"])] if document["services"] else []
    line += ["near miss"] * document["near_miss"]
    line += [f"resolved after {say.duration(to_resolve(document))}"] if to_resolve(document) is not None else []
    line += actions_in_words(document)
    line += [STATUS[document["status"]]] if document["status"] in STATUS else []
    says_each(element.one("p.line"), line)
    keys = {
        "data-severity": document["severity"].lower(),
        "data-year": str(document["date"].year),
        "data-date": document["date"].isoformat(),
        "data-rank": str(RANKS.index(document["severity"])),
        "data-seconds": "" if to_resolve(document) is None else str(to_resolve(document)),
        "data-open": "open" if any(item["unfinished"] for item in work.of(document)) else "",
    }
    if "data-date" in element.attributes:
        for key, value in keys.items():
            element.has(key, value)


def entries(found, documents, level, **more):
    check("as many postmortems", len(found), len(documents))
    for element, document in zip(found, documents):
        entry(element, document, level, **more)


def says_each(element, expected):
    """Each of its elements says one thing."""
    check(element.path(), [child.claim().text() for child in element.elements()], expected)
    element.claim()


def age(days):
    if days == 0:
        return "opened today"
    if days < 60:
        return f"open for {say.count(days, 'day')}"
    # A year has 365.25 days.
    if days <= 730:
        return f"open for {say.count(int(days / (365.25 / 12)), 'month')}"
    return f"open for {say.count(int(days / 365.25), 'year')}"


def due(item):
    if not item["unfinished"]:
        return [f"closed {say.short_day(item['closed'])}"] if item["closed"] else []
    if item["due"] is None:
        return ["no due date"]
    late = f"{say.count(item['late'], 'day')} over, " if item["overdue"] else ""
    return [f"{late}due {say.due(item['due'])}" + (" by its priority" if item["is_derived"] else "")]


def line_of(item):
    """What stands below the title of an action item."""
    said = due(item)
    if item["overdue"] and item["status"] != "open":
        said.append(say.state(item["status"]))
    if item["owner"]:
        said.append(work.NAMES.get(item["owner"], item["owner"]))
    elif item["unfinished"]:
        said.append("no owner")
    said += [text for text in (item["type"], item["priority"]) if text and text != "other"]
    if item["unfinished"]:
        said.append(age(item["age"]))
    return said + item["trackers"]


def action(element, item, is_listed=True):
    """An action item, in a list across postmortems or in its own."""
    element.one("span.state").says(say.capitalised("overdue" if item["overdue"] else say.state(item["status"])))
    title = element.one("p.action-title")
    title.says(item["title"] + ("#" if title.all("a.anchor") else ""))
    lines = element.all("p.line")
    says_each(lines[0], line_of(item) + ([item["document"]["title"]] if is_listed else []))
    if "data-due" in element.attributes:
        keys = {
            "data-state": item["status"],
            "data-is": " ".join([item["status"]] + ["unfinished"] * item["unfinished"] + ["overdue"] * item["overdue"]),
            "data-when": URGENCIES[work.urgency(item)],
            "data-since": BANDS[work.band(item["age"])] if item["unfinished"] else "",
            "data-team": item["team"] or "",
            "data-priority": (item["priority"] or "").lower(),
            "data-due": work.last_day(item["due"]).isoformat() if item["due"] else "",
            "data-age": str(item["age"]) if item["unfinished"] else "",
            "data-date": item["document"]["date"].isoformat(),
        }
        for key, value in keys.items():
            element.has(key, value)


def actions(found, items, **more):
    check("as many action items", len(found), len(items))
    for element, item in zip(found, items):
        action(element, item, **more)


def rows(table):
    """The cells of the body of a table, claimed."""
    table.claim()
    return [[cell.text() for cell in row.elements()] for row in table.all("tbody tr")]


def heads(table):
    return [cell.text() for cell in table.all("thead th")]


def caption(figure: Element, expected):
    figure.one("figcaption").says(expected)


def options(page, name, expected):
    """The choices of a field of the filter, with their counts."""
    field = page.one(f"select#filter-{name}")
    check(f"the choices of {name}", [option.claim().text() for option in field.all("option")], ["Any", *(f"{text} ({count})" for text, count in expected)])
