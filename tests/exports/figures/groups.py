"""Postmortems by service, team, factor, tag and year."""

import re

from .sources import CONFIG, DOCUMENTS

NOUNS = {
    "services": ("service", "services"),
    "teams": ("team", "teams"),
    "factors": ("contributing factor", "contributing factors"),
    "tags": ("tag", "tags"),
    "years": ("year", "years"),
}
TITLES = {"services": "Services", "teams": "Teams", "factors": "Contributing factors", "tags": "Tags", "years": "Years"}


class Group:
    def __init__(self, kind, entry):
        self.kind, self.id = kind, entry["id"]
        self.name, self.description = entry.get("name", entry["id"]), entry.get("description", "")
        self.documents = [document for document in DOCUMENTS if self.id in values(document, kind)]
        self.slug = re.sub(r"[^a-z0-9]+", "-", self.id.lower()).strip("-")
        self.page = f"{kind}/{self.slug}.html"


def values(document, kind):
    return [str(document["date"].year)] if kind == "years" else list(dict.fromkeys(document[kind]))


def of_kind(kind, configured):
    """By id; those that only the configuration names are there too."""
    known = {entry["id"]: entry for entry in configured}
    for document in DOCUMENTS:
        for value in values(document, kind):
            known.setdefault(value, {"id": value})
    return [Group(kind, known[identity]) for identity in sorted(known, reverse=kind == "years")]


GROUPS = {
    "services": of_kind("services", CONFIG["service"]),
    "teams": of_kind("teams", [{key: entry[key] for key in ("id", "name") if key in entry} for entry in CONFIG["team"]]),
    "factors": of_kind("factors", CONFIG["factor"]),
    "tags": of_kind("tags", []),
    "years": of_kind("years", []),
}


def name(kind, identity):
    return next(group.name for group in GROUPS[kind] if group.id == identity)


def largest(kind):
    """Those with postmortems, the largest first; of one size by name."""
    used = [group for group in GROUPS[kind] if group.documents]
    return sorted(used, key=lambda group: (-len(group.documents), group.name))
