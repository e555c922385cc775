"""Writes every `run` of workflows and actions into a folder of its own, for shellcheck: scripts.py FOLDER FILE…"""

import pathlib
import sys

import yaml

folder = pathlib.Path(sys.argv[1])
for name in sys.argv[2:]:
    document = yaml.safe_load(pathlib.Path(name).read_text())
    jobs = document.get("jobs", {}).values() or [document["runs"]]
    steps = [step for job in jobs for step in job["steps"]]
    for number, step in enumerate(step for step in steps if "run" in step):
        script = folder / f"{pathlib.Path(name).stem}-{number}.sh"
        script.write_text(f"#!/usr/bin/env bash\n{step['run']}")
