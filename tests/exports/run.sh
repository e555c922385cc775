#!/usr/bin/env bash
# Recomputes every figure of the demonstration archive without Afterword, and holds its exports against readers of other
# people: calendars, metrics, spreadsheets, SQLite.
# What needs nothing but Rust is tested beside the code.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cargo build --quiet --locked
afterword=$(realpath "${CARGO_TARGET_DIR:-target}/debug/afterword")
python3 tests/exports/recompute.py "$afterword"
if ! { python3 -m venv "$work/python" && "$work/python/bin/pip" install --quiet --disable-pip-version-check \
  --requirement tests/exports/requirements.txt; }; then
  printf 'NOT CHECKED: the exports with the readers of other people, because they could not be installed.\n'
  exit 0
fi
"$work/python/bin/python" tests/exports/read.py "$afterword" "$work"
