"""The page of one postmortem."""

import collections
import functools
import re

from . import body, clocks, groups, insights, parts, say, timeline, work
from .budgets import BUDGETS
from .measures import MEASURES, READINGS, between, end_of
from .report import check, fail
from .sources import CONFIG, DOCUMENTS

SERVICES = {service["id"]: service.get("name", service["id"]) for service in CONFIG["service"]}


def page(page, document, ledger):
    page.published = document["date"].isoformat()
    parts.frame(page, document["title"], None, sentence_of=parts.first_words(document))
    head(page.one("header.report-head"), document)
    chain(page, document)
    brief(page, document)
    found = [[part.claim().text() for part in (item.one("dt"), item.one("span.measure-value"), item.one("span.measure-note"))] for item in page.all("dl.measures div")]
    check("the measures", found, [measured(document, measure) for measure in MEASURES])
    timeline.page(page.one("figure.chart-timeline"), document)
    contents(page, document)
    prose(page.all("div.prose")[0], document)
    if windows := page.first("h2#impact-windows"):
        impact(windows.parent.one("table"), document)
    check("the windows are told", windows is not None, bool(document["windows"]))
    if events := page.first("ol.events"):
        timeline.listed(events.parent, document)
    check("the events are told", events is not None, not document["events_in_text"])
    cause(page, document)
    actions(page, document, ledger)
    siblings(page, document)
    facts(page.one("aside.facts"), document)


def head(header, document):
    header.one("p.overline time").says_day(document["date"], say.day(document["date"]))
    header.one("h1").says(document["title"])
    if document["summary"]:
        header.one("p.dek").says(document["summary"])
    parts.severity(header.one("span.severity"), document)
    start = document["times"].get("started")
    if not start:
        return
    end = document["times"].get("resolved") or document["times"].get("ended")
    if not end:
        header.all("p.line span")[-1].says(f"from {clocks.clock(start)} {clocks.zone(start)}")
        return
    time = header.all("p.line time")[0]
    clocks.claim(time, start, end)
    day = "" if start.date() == end.date() else f" on {say.day(end.date())}"
    time.says(f"{clocks.clock(start)} to {clocks.clock(end)} {clocks.zone(start)}{day}")


def chain(page, document):
    told = [chain for chain in insights.repeats() if document in chain]
    found = page.all("div.again")
    check("what it repeats is told", len(found), len(told))
    for box, documents in zip(found, told):
        box.one("strong").says(f"Happened {len(documents)} times since {say.month(documents[0]['date'])}")
        titles = ["this one" if other is document else other["title"] for other in documents]
        check("the chain", [item.claim().text() for item in box.all("ol li")], [f"{title} {say.short_day(other['date'])}" for title, other in zip(titles, documents)])


def still_open(document):
    own = [item for item in work.of(document)]
    committed = [item for item in own if item["status"] != "proposed"]
    is_open, late = sum(item["unfinished"] for item in own), sum(item["overdue"] for item in own)
    if not own:
        return None
    if not committed:
        return f"{say.count(len(own), 'proposal')}, none committed to."
    if not is_open:
        said = f"All {len(committed)} actions are closed."
    else:
        said = f"{is_open} of {say.count(len(committed), 'action')} open, {late or 'none'} overdue."
    besides = len(own) - len(committed)
    return said + (f" {besides} proposed besides." if besides else "")


def brief(page, document):
    for item in page.all("dl.brief div"):
        term, said = item.one("dt").text(), item.one("dd")
        if term == "Who felt it":
            said.says(f"{say.written(document['impact']['users'])} users")
        elif term == "Still open":
            said.says(still_open(document))
        else:
            stands_in(said, document)


@functools.cache
def bare(text):
    """Letters and digits only: what a reader sees, whatever the marks around it."""
    return "".join(letter for letter in text if letter.isalnum())


@functools.cache
def words_of_all(text):
    return " ".join(body.words_of(line) for line in text.splitlines())


def stands_in(element, document):
    """Words of the document, from wherever they are."""
    text = element.claim().text()
    if bare(text) not in bare(words_of_all(document["text"])):
        fail(f"{element.path()} does not quote its document: {text}")


def measured(document, measure):
    state, seconds = READINGS[measure["name"]][document["id"]]

    def moment(name):
        return say.MILESTONES[name].lower()

    start, end = moment(measure["from"]), moment(measure["to"])
    if state == "recorded":
        return [measure["name"], say.duration(seconds), f"{start} to {end}"]
    if state == "pending":
        return [measure["name"], "pending", f"not {end} yet"]
    if state == "invalid":
        return [measure["name"], "invalid", f"{end} is before {start}"]
    unknown = [f"“{moment(measure[side])}”" for side in ("from", "to") if not end_of(document, measure[side], measure.get(f"{side}-which", "stated"))]
    return [measure["name"], "N/A", f"no time for {say.listed(unknown)}"]


def contents(page, document):
    for link in page.all("nav.toc a"):
        if any(letter.isdigit() for letter in link.text()):
            stands_in(link, document)


def numbers(text):
    return collections.Counter(re.findall(r"\d+", text))


def prose(element, document):
    """The document itself. Only its own numbers may stand in it, as often as it has them, apart from those of footnotes."""
    timeline.in_text(element, document)
    known = numbers(document["below"])
    marks = numbers(" ".join(mark.text() for mark in element.all("sup")))
    check("no number is added to the text", numbers(element.claim().words()) - marks - marks - known, collections.Counter())
    for part in element.below():
        for attribute in ("alt", "title", "aria-label"):
            if attribute in part.attributes:
                part.claimed.add(attribute)
                check("nor to a name in it", numbers(part.attributes[attribute]) - marks - known, collections.Counter())


def impact(table, document):
    expected = []
    for window in document["windows"]:
        place = [SERVICES.get(window.get("service")), window.get("region")]
        about = [window.get("severity"), window.get("description")]

        def told(at):
            day = [] if at.date() == document["date"] else [say.short_day(at.date())]
            return " ".join([*day, clocks.clock(at), clocks.zone(at)])

        length = say.duration(between(window["start"], window["end"]))
        expected.append([", ".join(filter(None, place)), told(window["start"]), told(window["end"]), length, ". ".join(filter(None, about))])
    for row, window in zip(table.all("tbody tr"), document["windows"]):
        for time, at in zip(row.all("time"), (window["start"], window["end"])):
            clocks.claim(time, at)
    check("the windows", parts.rows(table), expected)


def cause(page, document):
    whys = document["cause"].get("why", [])
    nodes = page.all("ol.chain li")
    if nodes:
        marks = [str(number) for number in range(1, len(whys) + 1)] + ["Root cause"]
        check("the whys are counted", [node.one("span.mark").claim().text() for node in nodes], marks)
        check("and told", [node.elements()[1].claim().text() for node in nodes], [body.words_of(text) for text in [*whys, document["cause"]["summary"]]])
    for branch in page.all("dl.branches div"):
        if branch.one("dt").text() == "What set it off":
            branch.one("dd").says(body.words_of(document["trigger"]))


def actions(page, document, ledger):
    own = sorted(work.of(document), key=lambda item: document["actions"].index(next(one for one in document["actions"] if one["id"] == item["id"])))
    note = page.first("p.source-note")
    check("where the actions stand is told", note is not None, True)
    if note:
        note.says(still_open(document) or note.text())
    shown = [item for item in own if not item["in_text"] or item["unfinished"]]
    found = note.parent.all("li.action") if note else []
    parts.actions(found, shown, is_listed=False)
    for element, item in zip(found, shown):
        for line in element.all("p.line")[1:]:
            line.says(f"Evidence: {item['evidence']}")
        history(element, ledger.of(item))


def history(element, told):
    """What became of it, event by event; nothing where only its beginning is known."""
    told = told if len(told) > 1 else []
    found = element.all("details.history li")
    check("its history", [event.claim().text() for event in found], [f"{say.short_day(event.day)} {event.text()}" for event in told])
    for element, event in zip(found, told):
        element.one("time").has("datetime", event.day.isoformat())


def siblings(page, document):
    at = DOCUMENTS.index(document)
    expected = ["Earlier" + DOCUMENTS[at + 1]["title"]] if at + 1 < len(DOCUMENTS) else []
    expected += ["Later" + DOCUMENTS[at - 1]["title"]] if at else []
    check("earlier and later", [link.claim().text() for link in page.all("nav.siblings a")], expected)


def budget(document):
    """What it cost of each error budget."""
    said = []
    for cost in document["costs"]:
        of = next(budget for budget in BUDGETS if budget.id == cost["slo"])
        minutes, state = next((minutes, state) for other, minutes, state in of.costs if other is document)
        text = f"{of.id}: {say.decimal_of(minutes)} of the {say.decimal_of(of.allowed)} bad minutes that {say.count(of.window, 'day')} allow"
        said.append(text + (", computed from the impact" if state == "computed" else ""))
    return ", ".join(said)


def facts(aside, document):
    lists = aside.all("dl.fact-list")
    impact = document["impact"]
    expected = {
        "Date": say.day(document["date"]),
        "Users": say.written(impact["users"]) if "users" in impact else None,
        "Requests": say.written(impact["requests"]) if "requests" in impact else None,
        "Failed requests": say.written(impact["failed_requests"]) if "failed_requests" in impact else None,
        "Revenue": impact.get("revenue"),
        "Data lost": impact.get("data_loss"),
        "Trigger": body.words_of(document["trigger"]) if document["trigger"] else None,
        "Error budget": budget(document) or None,
    }
    found = {row.one("dt").text(): row.one("dd") for row in lists[0].all("div")}
    check("which facts are told", [term for term in expected if (term in found) != (expected[term] is not None)], [])
    for term, text in expected.items():
        if term in found:
            found[term].says(text)
    times = []
    for name, title in say.MILESTONES.items():
        if at := document["times"].get(name):
            day = [] if at.date() == document["date"] else [say.short_day(at.date())]
            times.append((title, at, " ".join([*day, clocks.clock(at), clocks.zone(at)])))
    rows = lists[1].all("div") if len(lists) > 1 else []
    check("the times", [(row.one("dt").text(), row.one("time").claim().text()) for row in rows], [(title, text) for title, _, text in times])
    for row, (_, at, _) in zip(rows, times):
        clocks.claim(row.one("time"), at)
    kin(aside, document)


def kin(aside, document):
    """Which ones are alike is Afterword's own judgement; what is said of them is not."""
    lists, named = aside.all("ul"), [document]
    headings = [heading.text() for heading in aside.all("h2")]
    if "Related" in headings:
        for item in lists.pop(0).elements():
            other = next(one for one in DOCUMENTS if one["title"] == item.one("a").claim().text())
            named.append(other)
            why, *more = item.all("span.why")
            day, _, reasons = why.claim().text().partition(" · ")
            check("the day of a related one", day, say.short_day(other["date"]))
            for reason in reasons.split("; "):
                check(f"why {other['id']} is related: {reason}", is_so(reason, document, other), True)
            still = sum(one["unfinished"] for one in work.of(other))
            check("what is open there", [text.claim().text() for text in more], [f"{say.count(still, 'open action')} there"] if still else [])
        for note in aside.all("p.why"):
            found = re.match(r"(\d+) incidents alike since (.*?)\.", note.claim().text())
            check("an incident alike", found is not None and int(found[1]) >= 2 and any(say.month(one["date"]) == found[2] for one in named), True)
    same = []
    for group in groups.GROUPS["services"]:
        others = [one for one in group.documents if one not in named][:4] if group.id in document["services"] else []
        named += others
        same += [(f"Also in {group.name}", [f"{one['title']}{say.short_day(one['date'])}" for one in others])] if others else []
    found = [(heading, [item.claim().text() for item in items.elements()]) for heading, items in zip([text for text in headings if text.startswith("Also in")], lists)]
    check("also in its services", found, same)


def is_so(reason, document, other):
    """True when what two postmortems are said to share is in both."""
    stem = "/".join(["", other["file"] + ".md"])
    stated = {
        "this one repeats it": other["id"] in document["repeat_of"],
        "repeats this one": document["id"] in other["repeat_of"],
        "named here": other["id"] in document["related"],
        "names this one": document["id"] in other["related"],
        "linked in the text": stem.lstrip("/") in document["text"],
        "links to this one": document["file"] + ".md" in other["text"],
    }
    if reason in stated:
        return stated[reason]
    kind, _, names = reason.partition(": ")
    both = [bare(one["text"].lower()) for one in (document, other)]
    for place, key in (("same service", "services"), ("same factor", "factors"), ("same tag", "tags")):
        if kind == place:
            shared = {groups.name(key, value) for value in document[key] if value in other[key]}
            return set(names.split(", ")) <= shared
    if kind == "similar words":
        # Which words are forms of one is Afterword's own judgement.
        return True
    names = re.findall(r"“(.*?)”", names) or re.sub(r"^both have ", "", names or reason).split(", ")
    is_known = kind in ("same alert", "same error") or reason.startswith("both have ")
    return is_known and all(bare(name.lower()) in text for name in names for text in both)
