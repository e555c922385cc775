"""A built site, page by page. A page or a file of which nothing is known here is a failure."""

from . import exports, follow_up, groups, home, insights, page, parts, places, postmortem, report
from .sources import DOCUMENTS

# What has no figures of the archive, by the beginning of its path: the catalogue of checks is documentation.
ASIDE = ("rules/", "assets/", "files/", "search/", "offline.js", "manifest.webmanifest", "robots.txt", ".afterword")
# What a ledger has a part in; every other page is the same with any of them, and is compared once.
OF_A_LEDGER = ("postmortems", "action items", "weekly meeting")
COMPARED = {}
EXPORTS = {"metrics.prom", "postmortems.json", "actions.json", "actions.csv", "actions.ics", "feed.xml", "feed.json", "archive.sqlite"}


def not_found(page):
    parts.frame(page, "Not found", "There is no page at this address.")


def pages(ledger):
    """The kind of each page, its path, and what checks it."""
    yield "home", "index.html", home.home
    yield "list of postmortems", "postmortems/index.html", home.all_postmortems
    for document in DOCUMENTS:
        yield "postmortems", f"postmortems/{document['id']}.html", lambda page, document=document: postmortem.page(page, document, ledger)
    yield "action items", "actions.html", lambda page: follow_up.page(page, ledger)
    yield "weekly meeting", "actions/weekly.html", lambda page: follow_up.weekly(page, ledger)
    yield "insights", "insights.html", insights.page
    for kind, of_kind in groups.GROUPS.items():
        yield f"{kind}, index", f"{kind}/index.html", lambda page, kind=kind: places.index(page, kind)
        for group in of_kind:
            yield kind, group.page, lambda page, group=group: places.group(page, group)
    yield "luck", "luck.html", home.luck
    yield "near misses", "near-misses.html", home.near_misses
    yield "search", "search.html", home.search
    yield "not found", "404.html", not_found


def compare(folder, ledger):
    files = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}
    known = set(EXPORTS)
    for kind, path, check in pages(ledger):
        known.add(path)
        with report.place(kind):
            if path not in files:
                report.fail(f"{path} is not there")
                continue
            text = (folder / path).read_text()
            if kind not in OF_A_LEDGER and COMPARED.get(path) == text:
                continue
            COMPARED[path] = text
            tree = page.read(text)
            check(tree)
            for text in tree.unclaimed():
                report.fail(f"{path} has a figure that nothing recomputes\n  {text}")
    with report.place("files for programs"):
        exports.site(folder, ledger)
    unknown = {path for path in files - known if not path.startswith(ASIDE)}
    for path in sorted(unknown):
        report.fail(f"nothing is known of {path}")
