"""The drawn timeline of a postmortem: phases, milestones, events and windows, in both drawings and in the table.

Where something stands, and which names share a flag, is a matter of room; that each time, number and length that stands
anywhere is one of the document's is checked.
"""

import datetime
import re

from . import clocks, parts, say
from .measures import between
from .report import check

DRAWN = [name for name in say.MILESTONES if name not in ("closed", "published")]
PHASES = {
    ("introduced", "started"): "Latent",
    ("introduced", "detected"): "Latent",
    ("started", "detected"): "Unseen",
    ("started", "mitigated"): "Response",
    ("detected", "mitigated"): "Response",
    ("detected", "resolved"): "Response",
    ("mitigated", "resolved"): "Recovery",
}


class Drawing:
    """What a document has to draw."""

    def __init__(self, document):
        self.document, self.axis = document, document["zone"]
        self.milestones = sorted(((name, at) for name, at in document["times"].items() if name in DRAWN), key=lambda entry: (entry[1], DRAWN.index(entry[0])))
        events = document["events"]
        ends = [event["end"] for event in events if event["end"]]
        windows = [at for window in document["windows"] for at in (window["start"], window["end"]) if at]
        moments = [at for _, at in self.milestones] + [event["at"] for event in events] + ends + windows
        self.first, self.last = min(moments), max(moments)
        self.with_days = self.local(self.first).date() != self.local(self.last).date()

    def local(self, at):
        return at.astimezone(self.axis)

    def day(self, at):
        return f"{at.day} {say.short_month(at.month)}" + (f" {at.year}" if at.year != self.document["date"].year else "")

    def time(self, at, about=False):
        at = self.local(at)
        return (self.day(at) + " " if self.with_days else "") + clocks.clock(at, about)

    def range(self, start, end):
        """The day of the end is told where it is another one."""
        is_other = self.local(start).date() != self.local(end).date()
        return f"{self.time(start)}–{self.time(end) if is_other else clocks.clock(self.local(end))}"

    def phases(self):
        """Between the milestones that are in order: name, start, end."""
        times = dict(self.milestones)
        times["resolved"] = times.get("resolved") or times.get("ended")
        bounds = []
        for name in ("introduced", "started", "detected", "mitigated", "resolved"):
            if times.get(name) and (not bounds or bounds[-1][1] <= times[name]):
                bounds.append((name, times[name]))
        pairs = zip(bounds, bounds[1:])
        return [(PHASES[before[0], after[0]], between(before[1], after[1])) for before, after in pairs if before[1] < after[1]]


def page(figure, document):
    of = Drawing(document)
    lengths = [f"{name} {say.duration(seconds)}" for name, seconds in of.phases()]
    said = [", ".join(f"{say.MILESTONES[name]} {of.time(at)}" for name, at in of.milestones), ", ".join(lengths), say.count(len(document["events"]), "event")]
    zone = clocks.zone(datetime.datetime.now(of.axis)) if of.axis != datetime.UTC else "UTC"
    for svg in figure.all("svg.chart-wide") + figure.all("svg.chart-narrow"):
        svg.one("desc").says(". ".join(text for text in said if text) + f". Times in {zone}.")
        drawing(svg, of)
    legend = [item.claim().one("span.strong").parent for item in figure.all("ul.chart-legend li")]
    check("the phases", [f"{item.one('span.strong').text()} {item.own_text()}" for item in legend], lengths)
    table(figure.one("table"), of)
    caption = figure.one("figcaption").claim().text()
    check("the zone", caption.startswith(f"Times in {zone}."), True)
    check("days that are inferred", re.findall(r"the day of (\d+) events? \((.*?)\)", caption), inferred_days(document))
    check("no other number", [word for word in re.findall(r"\d+", caption.removeprefix(f"Times in {zone}."))], [count for count, _ in inferred_days(document)])


def inferred_days(document):
    """How many events have the day of another one after midnight, or that of a label above the text."""
    after = sum(event.get("past_midnight", False) for event in document["events"])
    by_label = sum(not event.get("is_dated", True) and not document["has_front"] for event in document["events"])
    return [(str(count), mark) for count, mark in ((after, "past midnight"), (by_label, "that of a label")) if count]


def drawing(svg, of):
    document = of.document
    flags(svg, of)
    lengths = {name: say.duration(seconds) for name, seconds in of.phases()}
    for text in svg.all("text.phase-text"):
        name = text.claim().text()
        check("the length of a phase", name in {*lengths.values(), *(f"{key} {value}" for key, value in lengths.items())}, True)
    windows = document["windows"] if len(document["windows"]) > 1 else []
    lanes = [text for text in svg.all("g text") if not text.classes and text.all("tspan") and text.parent.tag == "g" and "event" not in text.parent.classes]
    check("a lane for each window", len(lanes), len(windows))
    for text, window in zip(lanes, windows):
        clocks.claim(text.one("tspan"), window["start"], window["end"], "data-clock")
        text.one("tspan").says(of.range(window["start"], window["end"]))
    axis(svg, of)
    points(svg, of)


def axis(svg, of):
    """Its marks, in order and within what is drawn: each tells a time of day, or is a midnight and tells the day."""
    ticks, moments = svg.all("g.ticks g"), []
    for tick in ticks:
        moments.append(of.local(datetime.datetime.fromisoformat(tick.attributes["data-tick"].replace("Z", "+00:00"))))
        tick.claimed.add("data-tick")
        clock, day = (text.claim().text() for text in tick.elements())
        at = moments[-1]
        check("the time of day of a mark", clock or clocks.clock(at), at.strftime("%H:%M") if clock else "00:00")
        check("its day", day in ("", of.day(at)), True)
    check("they are in order", moments, sorted(set(moments)))
    check("and within what is drawn", [at for at in moments if not of.first <= at <= of.last or (at.second and at != of.first)], [])


def flags(svg, of):
    """Each milestone that has a name there, with its time; several may share a flag, from the first to the last."""
    names = {say.MILESTONES[name]: at for name, at in of.milestones}
    for flag in svg.all("text.flag"):
        named, time = flag.one("tspan.strong").claim().text().split(" · "), flag.elements()[1]
        first, last = names[named[0]], names[named[-1]]
        is_one = of.time(first) == of.time(last)
        clocks.claim(time, first, None if is_one else last, "data-clock")
        time.says(of.time(first) if is_one else of.range(first, last))


def points(svg, of):
    events = of.document["events"]
    found = svg.all("a.event")
    check("a mark for each event", len(found), len(events))
    # Marks stand in the order of time, numbers are those of the document.
    by_time = sorted(enumerate(events, 1), key=lambda entry: entry[1]["at"])
    for mark, (number, event) in zip(found, by_time):
        time = of.time(event["at"], event["about"])
        clocks.claim(mark, event["at"], None, "data-clock")
        mark.one("title").says(f"{number}. {time}: {event['text']}")
        if label := mark.first("text.label"):
            clocks.claim(label.one("tspan"), event["at"], None, "data-clock")
            parts.quoted(label, f"{time} {event['text']}")
        else:
            mark.one("text.number").says(str(number))


def table(table, of):
    events = of.document["events"]
    found = table.all("tbody tr")
    check("a row for each event", len(found), len(events))
    for number, (row, event) in enumerate(zip(found, events), 1):
        first, when, what = row.elements()
        first.says(str(number))
        clocks.claim(when.one("time"), event["at"], event["end"])
        when.one("time").says(of.time(event["at"], event["about"]) + (f" to {of.time(event['end'])}" if event["end"] else ""))
        what.says(event["text"])


def in_text(prose, document):
    """The times of events that stand in the text: their words are the document's, the moments are worked out."""
    if not document["events_in_text"]:
        return
    for number, event in enumerate(document["events"], 1):
        holder = prose.first(f"#event-{number}")
        time = holder.first("time") if holder else None
        check(f"event {number} is marked", time is not None, True)
        if time:
            clocks.claim(time, event["at"], event["end"])


def listed(section, document):
    """The section for events that stand in the front matter."""
    section.one("p.times-note").says(f"Times in {clocks.zone(document['events'][0]['at'])}.")
    days = []
    for event in document["events"]:
        if not days or days[-1][0] != event["at"].date():
            days.append((event["at"].date(), []))
        days[-1][1].append(event)
    check("the days", [heading.claim().text() for heading in section.all("h3.day")], [say.long_day(day) for day, _ in days])
    for items, (_, events) in zip(section.all("ol.events"), days):
        check("as many events", len(items.elements()), len(events))
        for item, event in zip(items.elements(), events):
            times = item.one("p.when").all("time")
            clocks.claim(times[0], event["at"])
            times[0].says(clocks.clock(event["at"], event["about"]))
            if event["end"]:
                clocks.claim(times[1], event["end"])
                times[1].says(clocks.clock(event["end"]))
            if event["milestone"]:
                item.one("p.milestone").says(say.MILESTONES[event["milestone"]])
            item.one("p.event-text").says(event["text"] + "#")
            if event["link"]:
                last = event["link"].split("?")[0].rstrip("/").split("/")[-1]
                item.all("p.line a")[0].says(f"evidence: {last}")

