"""The page of action items, and the one for the weekly meeting."""

import collections
import datetime

from . import charts, groups, parts, say, work
from .report import check
from .sources import TODAY

STATES = ["open", "in-progress", "blocked", "done", "wont-do", "proposed"]
URGENCIES = ["overdue", "due within 14 days", "due later", "no due date", "proposed", "closed"]
BANDS = ["up to 30 days", "31 to 90 days", "91 to 365 days", "over a year"]
TYPES = ["prevent", "detect", "mitigate", "repair", "investigate", "process", "other"]


def sentence():
    of, late = work.BY_STATUS, len(work.OVERDUE)
    return f"{of['done']} of {len(work.COMMITTED)} committed actions are done and {of['wont-do']} decided against. {len(work.OPEN)} are open, {late} of them overdue."


def counted(values, order=None):
    counts = collections.Counter(values)
    return [(name, counts[name]) for name in order or sorted(counts) if counts[name]]


def page(page, ledger):
    parts.frame(page, "Actions", sentence())
    page.one("div.opening p.dek").says(sentence())
    states = counted("overdue" if item["overdue"] else item["status"] for item in work.ITEMS)
    states = sorted(states, key=lambda entry: ["overdue", *STATES].index(entry[0]))
    bar = page.one("div.chart-states")
    check("the states", [item.claim().text() for item in bar.all("ul.chart-legend li")], [f"{count} {say.capitalised(say.state(name))}" for name, count in states])
    charts.lengths(bar.all("svg rect.part")[: len(states)], [count / len(work.ITEMS) for _, count in states])
    breakdown(page.one("section.breakdown"))
    filters(page)
    page.one("div.list-head p").says(say.count(len(work.ITEMS), "action"))
    by_urgency = [(name, [item for item in work.ITEMS if work.urgency(item) == name]) for name in URGENCIES]
    by_urgency = [(name, items) for name, items in by_urgency if items]
    found = page.all("div.grouped section")
    check("as many groups", len(found), len(by_urgency))
    for section, (name, items) in zip(found, by_urgency):
        if name == "closed":
            items = sorted(items, key=lambda item: item["closed"] or datetime.date.min, reverse=True)
        section.one("h2").says(f"{say.capitalised(name)} {len(items)}")
        parts.actions(section.all("li.action"), items)
    over_time(page.one("figure.chart-steps"), ledger.flow(), ledger.caption)


def breakdown(section):
    team = [work.NAMES[item["team"]] for item in work.OPEN if item["team"]]
    teams = sorted(collections.Counter(team).items(), key=lambda entry: (-entry[1], entry[0]))
    teams += [("team not known", len(work.OPEN) - len(team))] if len(team) < len(work.OPEN) else []
    priorities = counted(item["priority"] or "not stated" for item in work.OPEN)
    ages = counted((work.band(item["age"]) for item in work.OPEN), BANDS)
    check("what is open", [[(row.one("dt").text(), row.one("dd").text()) for row in part.all("dl div")] for part in section.claim().elements()], [[(name, str(count)) for name, count in part] for part in (teams, priorities, ages)])


def filters(page):
    items = work.ITEMS
    is_state = [("open, in progress or blocked", len(work.OPEN)), ("overdue", len(work.OVERDUE))]
    is_state += [(say.state(status), count) for status, count in counted((item["status"] for item in items), ["proposed", *STATES[:5]])]
    parts.options(page, "is", is_state)
    parts.options(page, "when", counted(map(work.urgency, items), URGENCIES))
    parts.options(page, "team", named(item["team"] for item in items if item["team"]))
    services = [service for item in items for service in item["document"]["services"]]
    parts.options(page, "service", [(group.name, services.count(group.id)) for group in groups.GROUPS["services"] if group.id in services])
    parts.options(page, "owner", named(item["owner"] for item in items if item["owner"]))
    parts.options(page, "type", counted((item["type"] for item in items), TYPES))
    parts.options(page, "priority", counted(item["priority"] for item in items if item["priority"]))
    parts.options(page, "since", counted((work.band(item["age"]) for item in work.OPEN), BANDS))


def named(teams):
    """By id, and shown by name."""
    return [(work.NAMES.get(team, team), count) for team, count in counted(teams)]


def over_time(figure, flow, remark):
    most = max(month["open"] for month in flow)
    opened, closed = sum(month["opened"] for month in flow), sum(month["closed"] for month in flow)
    areas = [f"{say.month(month['month'])}: {month['open']} open at its end, {month['opened']} opened, {month['closed']} closed" for month in flow]
    counts = ("opened", "closed", "slipped", "open")
    charts.steps(
        figure,
        {
            "description": f"{opened} opened and {closed} closed; at most {most} open at the end of a month.",
            "areas": areas,
            "lines": [str(most)],
            "span": (flow[0]["month"], TODAY),
            "heads": ["Month", "Opened", "Closed", "Put off", "Open at its end"],
            "rows": [[say.month(month["month"]), *(str(month[key]) for key in counts)] for month in reversed(flow)],
            "caption": f"Committed actions, n counts those that were opened, n = {opened}. {remark}",
        },
    )
    bars = [month[key] for month in flow for key in ("opened", "closed") if month[key]]
    check("a bar for what came and one for what went", len(charts.named(figure, "came") + charts.named(figure, "went")), len(bars))


SINCE, UNTIL = TODAY - datetime.timedelta(days=7), TODAY + datetime.timedelta(days=14)


def lately(day):
    return SINCE <= day <= TODAY


def is_closing(event):
    return event.what == "status" and event.status in ("done", "wont-do")


class Week:
    """What a team talks about."""

    def __init__(self, team, ledger):
        own = [item for item in work.ITEMS if item["team"] == team]
        self.name = work.NAMES.get(team, team) if team else "Team not known"
        late = [item for item in own if item["overdue"]]
        self.newly = [item for item in late if lately(work.last_day(item["due"]) + datetime.timedelta(days=1))]
        self.late = [item for item in late if item not in self.newly]
        self.soon = [item for item in own if work.urgency(item) == "due within 14 days"]
        self.unfinished = [item for item in own if item["unfinished"]]
        news = {item["id"]: [event for event in ledger.of(item) if lately(event.day)] for item in own}
        self.slipped = [item for item in self.unfinished if any(event.what == "due" for event in news[item["id"]])]
        self.opened = [item for item in self.unfinished if any(event.what == "opened" for event in news[item["id"]])]
        finished = [item for item in own if work.urgency(item) == "closed"]
        self.closed = [item for item in finished if any(is_closing(event) for event in news[item["id"]])]

    def counts(self):
        return [len(items) for items in (self.newly, self.late, self.soon, self.closed, self.unfinished)]

    def parts(self):
        since, until = say.short_day(SINCE), say.short_day(UNTIL)
        named = [
            (f"Overdue since {since} or later", self.newly),
            ("Overdue for longer", self.late),
            (f"Due until {until}", self.soon),
            ("Put off", self.slipped),
            (f"New since {since}", self.opened),
            (f"Closed since {since}", self.closed),
        ]
        return [(title, items) for title, items in named if items]


def weekly(page, ledger):
    sentence = f"What changed from {say.day(SINCE)} to {say.day(TODAY)}, and what is due until {say.day(UNTIL)}."
    parts.frame(page, "Actions for the weekly meeting", sentence)
    page.one("p.dek").says(sentence)
    teams = sorted({item["team"] for item in work.ITEMS if item["team"]}) + [None]
    weeks = [week for week in (Week(team, ledger) for team in teams) if week.unfinished or week.closed]
    table = page.one("table.counts")
    check("the counts", parts.rows(table), [[week.name, *map(str, week.counts())] for week in weeks])
    check("all", [cell.text() for cell in table.all("tfoot tr")[0].elements()], ["All", *(str(sum(column)) for column in zip(*(week.counts() for week in weeks)))])
    told = [week for week in weeks if week.parts()]
    sections = page.all("section.section")
    check("teams with something to say", [section.one("h2").text() for section in sections], [week.name for week in told])
    for section, week in zip(sections, told):
        check("what there is to say", [heading.claim().text() for heading in section.all("h3")], [title for title, _ in week.parts()])
        for items, (_, expected) in zip(section.all("ul.actions"), week.parts()):
            parts.actions(items.elements(), expected)
