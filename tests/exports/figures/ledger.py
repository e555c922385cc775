"""What became of action items over time: by the days that the documents state, and by a git history that is made here.

Of the history it is known what it says, because `History.write` wrote it; Afterword reads it back from git.
"""

import datetime
import pathlib
import shutil
import subprocess

from . import say, work
from .sources import BY_ID, FOLDER, ROOT


class Event:
    def __init__(self, day, what, status, committed, slip=None, due=None):
        self.day, self.what, self.status = day, what, status
        self.committed, self.slip, self.due = committed, slip, due

    def text(self):
        """As a page tells it."""
        if self.what == "due":
            return f"put off by {say.count(self.slip, 'day')}, to {say.due(self.due)}"
        if self.what == "opened":
            return "opened" if self.status == "open" else f"written down: {say.state(self.status)}"
        return f"closed: {say.state(self.status)}" if self.status in ("done", "wont-do") else say.state(self.status)


class Stated:
    """By the days that the documents state."""

    remark = "by the days that the documents state, since they are in no git repository"
    caption = "By the days that the documents state, since they are in no git repository: what was put off is not known."
    committed = False

    def write(self, folder):
        folder.mkdir()
        shutil.copytree(ROOT / FOLDER, folder / FOLDER)
        for name in ("book.toml", ".afterword-baseline.json"):
            shutil.copy(ROOT / name, folder)

    def began(self, item):
        return item["began"]

    def of(self, item):
        first = Event(self.began(item), "opened", "open" if item["closed"] else item["status"], self.committed)
        return [first] + ([Event(item["closed"], "status", item["status"], self.committed)] if item["closed"] else [])

    def flow(self):
        """Work is open from when it is written down unfinished until it is finished. What is finished and does not say
        when was never seen open."""
        changes, slips = [], []
        for item in work.ITEMS:
            is_open, day = False, datetime.date.min
            for event in self.of(item):
                day = max(day, event.day)
                if event.what == "due":
                    slips.append(day)
                elif (event.status in work.UNFINISHED) != is_open:
                    is_open = not is_open
                    changes.append((day, 1 if is_open else -1))
        return work.flow(changes, slips)


class History(Stated):
    """By commits: one document is followed from its first draft on, and the others come at the end, as when an archive
    moves into git."""

    remark = None
    caption = "From the history of the documents."
    committed = True
    document = BY_ID["2026-05-21-departure-boards-stale-tides"]
    # What each commit takes back of the text of now, the earliest first.
    first = [("closed 2026-05-26, ", ""), ("closed 2026-06-15, ", ""), ("- [x]", "- [ ]"), ("2026-10-16, status: in-progress", "2026-08-14")]
    commits = [
        ("2026-05-25", first),
        ("2026-06-01", [("closed 2026-06-15, ", ""), ("- [x] Show", "- [ ] Show"), first[3]]),
        ("2026-06-17", [first[3]]),
        ("2026-08-14", [("2026-10-16, status: in-progress", "2026-09-30")]),
        ("2026-10-01", []),
    ]
    last = datetime.date(2026, 11, 19)

    def write(self, folder):
        super().write(folder)
        kept = folder.parent / "kept"
        shutil.move(folder / FOLDER, kept)
        path = pathlib.Path(self.document["path"])
        file = folder / path
        file.parent.mkdir(parents=True)
        git(folder, self.commits[0][0], "init", "--quiet")
        for day, taken_back in self.commits:
            text = self.document["text"]
            for now, then in taken_back:
                assert now in text, now
                text = text.replace(now, then)
            file.write_text(text)
            commit(folder, day)
        shutil.rmtree(folder / FOLDER)
        shutil.move(kept, folder / FOLDER)
        commit(folder, self.last.isoformat())

    def began(self, item):
        """The day that is stated, else that of the commit; what comes into git long after its incident began with that."""
        is_old = (self.last - item["document"]["date"]).days > 90
        return item["opened"] or (item["began"] if is_old else self.last)

    def of(self, item):
        if item["document"] is not self.document:
            return super().of(item)
        day = datetime.date.fromisoformat
        later = {
            "a1": [Event(day("2026-05-26"), "status", "done", True)],
            "a2": [Event(day("2026-06-15"), "status", "done", True)],
            "a3": [
                Event(day("2026-08-14"), "due", None, True, 47, day("2026-09-30")),
                Event(day("2026-10-01"), "status", "in-progress", True),
                Event(day("2026-10-01"), "due", None, True, 16, day("2026-10-16")),
            ],
            "a4": [],
        }
        return [Event(day("2026-05-25"), "opened", "open", True), *later[item["id"].split("/")[1]]]


def commit(folder, day):
    git(folder, day, "add", "--all")
    git(folder, day, "commit", "--quiet", "--message", "x")


def git(folder, day, *arguments):
    who = ["-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "commit.gpgsign=false", "-c", "init.defaultBranch=main"]
    noon = f"{day}T12:00:00Z"
    environment = {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(folder), "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_DATE": noon, "GIT_COMMITTER_DATE": noon}
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, env=environment)
