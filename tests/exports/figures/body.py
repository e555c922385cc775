"""What the text of a document says: its timeline, its action items, its facts.

A small reader for the layouts of the demonstration archive, written against its documents and not against Afterword.
"""

import datetime
import re

STATUSES = {"done": "done", "won't do": "wont-do", "wont-do": "wont-do", "in progress": "in-progress", "in-progress": "in-progress", "blocked": "blocked", "open": "open"}
CLOCK = r"\d{1,2}:\d\d"
MOMENT = rf"(?:\d{{4}}-\d\d-\d\d )?{CLOCK}"
EVENT = re.compile(rf"^(?:\[(\w+)\] )?(~|c\. )?({MOMENT})(?:–({MOMENT}))? (.*?)(?: \[(\w+)\])?$")


def words_of(markdown):
    """The words without the marks of Markdown; what is code stays as it is."""
    parts = re.split(r"(`[^`]*`)", markdown)
    for at in range(0, len(parts), 2):
        text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", parts[at])
        parts[at] = re.sub(r"\*\*|~~|(?<!\w)\*(?=\S)|(?<=\S)\*(?!\w)|\[\^\w+\]", "", text)
    return " ".join("".join(part.strip("`") if at % 2 else part for at, part in enumerate(parts)).split())


def section(text, name):
    """Below the heading, or the bold label, that begins with the name: the lines up to the next one of its rank."""
    found = re.search(rf"^(#+) {name}.*?\n(.*?)(?=^#{{1,2}} |\Z)", text, re.DOTALL | re.MULTILINE)
    if found:
        return found[0]
    found = re.search(rf"^\*\*{name}[^*]*\*\*(.*?)(?=^\*\*[\w ]+(?: \(UTC\))?:\*\*|\Z)", text, re.DOTALL | re.MULTILINE)
    return found[0] if found else ""


def tables(text):
    """Each as a list of rows, and each row by its headings in lower case."""
    found = []
    for lines in re.findall(r"(?:^\|.*\n)+", text + "\n", re.MULTILINE):
        rows = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))] for line in lines.splitlines()]
        found.append([dict(zip([heading.lower() for heading in rows[0]], row)) for row in rows[2:]])
    return found


def facts(text):
    """Labels with values before the first heading or part: a table without headings, or bold labels at the start of lines."""
    found = {}
    head = text.split("\n## ")[0]
    for line in head.splitlines():
        if cells := re.fullmatch(r"\| \*\*([\w ]+)\*\* \| (.*) \|", line) or re.fullmatch(r"\*\*([\w ]+):\*\* (.*)", line):
            found.setdefault(cells[1].lower(), cells[2])
    return found


class Clock:
    """Days are carried from one event to the next; an earlier time of day is that of the next day."""

    def __init__(self, day, zone):
        self.day, self.zone, self.last = day, zone, None
        self.is_stated, self.is_past_midnight = False, False

    def at(self, text, carry=True):
        day, _, clock = text.rpartition(" ")
        clock = datetime.time.fromisoformat(clock.rjust(5, "0"))
        if day:
            date = datetime.date.fromisoformat(day)
        else:
            date = self.day + datetime.timedelta(days=self.last is not None and clock < self.last)
        if carry:
            self.is_stated = self.is_stated or bool(day)
            self.is_past_midnight = not day and (self.is_past_midnight or date != self.day)
            self.day, self.last = date, clock
        return datetime.datetime.combine(date, clock, self.zone)


def events(text, day, zone_of):
    """The timeline in the text: moment, end, about, milestone, words."""
    part = section(text, "Timeline")
    zone = re.search(r"UTC|Europe/\w+", part)
    clock, found = Clock(day, zone_of(zone[0] if zone else "UTC")), []
    for line in lines_of(part):
        if date := re.fullmatch(r"\*\*(\d{4}-\d\d-\d\d)\*\*", line):
            clock = Clock(datetime.date.fromisoformat(date[1]), clock.zone)
            clock.is_stated = True
        elif match := EVENT.match(line):
            before, about, start, end, words, behind = match.groups()
            start = clock.at(start)
            found.append({"at": start, "end": clock.at(end, carry=False) if end else None, "about": about is not None, "milestone": before or behind, "text": words_of(words), "is_dated": clock.is_stated, "past_midnight": clock.is_past_midnight})
    return found


def lines_of(part):
    """Items of lists and paragraphs as they are; rows of tables as an item would say them."""
    for row in (row for table in tables(part) for row in table):
        when = " ".join(filter(None, [row.get("date"), row["time"]])).replace(" ~", " ")
        milestone = f" [{row['milestone']}]" if row.get("milestone") else ""
        yield ("~" if "~" in row["time"] else "") + when.lstrip("~") + " " + (row.get("event") or row["what"]) + milestone
    for line in part.splitlines():
        if not line.startswith("|"):
            yield line.removeprefix("- ").strip()


def actions(text):
    """The action items in the text: title, status, owner, type, priority, due, closed, trackers."""
    part = section(text, "Action items")
    rows = [row for table in tables(part) for row in table]
    if rows:
        return [from_row(row) for row in rows]
    return [from_item(line) for line in part.splitlines() if line.startswith("- ")]


def from_row(row):
    return {
        "title": words_of(row.get("action") or row["action item"]),
        "status": STATUSES[row["status"].lower()],
        "owner": row["owner"],
        "type": row["type"],
        "priority": row["priority"],
        "due": due_of(row["due"]),
        "trackers": [row.get("tracker") or row["ticket"]],
    }


def from_item(line):
    box = re.match(r"- \[([ x])\] ", line)
    rest = line[box.end() :] if box else line[2:]
    title, _, notes = rest.rpartition(" (")
    notes, _, behind = notes.partition(")")
    item = {"title": words_of(title), "status": "done" if (box and box[1] == "x") or behind.endswith(" - DONE") else "open", "trackers": []}
    for note in notes.split(", "):
        key, _, value = note.replace(":", "", 1).partition(" ")
        if note in STATUSES:
            item["status"] = STATUSES[note]
        elif key == "status":
            item["status"] = STATUSES[value]
        elif key in ("owner", "type", "priority"):
            item[key] = value
        elif key == "due":
            item["due"] = due_of(value)
        elif key == "closed":
            item["closed"] = datetime.date.fromisoformat(value)
        elif re.fullmatch(r"P\d", note):
            item["priority"] = note
        elif re.fullmatch(r"TERN-\d+", note):
            item["trackers"].append(note)
        else:
            raise ValueError(f"not understood: {note}")
    return item


def due_of(text):
    return datetime.date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else text or None
