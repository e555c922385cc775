"""Recomputes the figures of the demonstration archive from its documents, and compares: recompute.py AFTERWORD

It shares no code with Afterword, and takes no fact and no figure from it: `figures/sources.py` reads the documents and
`book.toml` with Python's standard library. What it computes is held against every page of the built site, the files
beside the pages, and `afterword stats` for people and programs; once by the days that the documents state, and once with
a git history.

Three things are not recomputed: which postmortems are alike (what is said of those that are, is), what the text of a
document says (no number may stand in it that the document does not have), and where things stand in a drawing (lengths
of bars are).
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

# The tree stays as it is.
sys.dont_write_bytecode = True

from figures import report, site, stats, terminal  # noqa: E402
from figures.ledger import History, Stated  # noqa: E402
from figures.sources import DOCUMENTS, TODAY  # noqa: E402


def compare(afterword, folder, ledger):
    ledger.write(folder)
    of = ["--root", str(folder), "--today", TODAY.isoformat()]

    def run(*arguments):
        # So wide that no cell of a table is wrapped.
        wide = {**os.environ, "COLUMNS": "200"}
        return subprocess.run([afterword, *arguments, *of], check=True, capture_output=True, env=wide).stdout

    exported = json.loads(run("export", "json"))["postmortems"]
    stats.compare(json.loads(run("stats", "--format", "json")), {document["id"]: document for document in exported}, ledger)
    terminal.compare(run("stats").decode(), ledger)
    built = folder.parent / "site"
    run("build", "--out", str(built))
    site.compare(built, ledger)


for ledger in (Stated(), History()):
    with tempfile.TemporaryDirectory() as work:
        compare(sys.argv[1], pathlib.Path(work, "archive"), ledger)

if report.failed:
    print(*report.failed[:30], sep="\n")
    sys.exit(f"FAILED: {len(report.failed)} of {len(report.failed) + report.agreed.total()} figures do not agree")
for place, count in report.agreed.items():
    print(f"{count:6} {place}")
print(f"{report.agreed.total()} figures agree, {len(DOCUMENTS)} documents read by this script alone")
