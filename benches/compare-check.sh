#!/usr/bin/env bash
# Checks one archive with Afterword and with rumdl, in turn, and prints what each took and the ratio of the medians.
#
#   benches/compare-check.sh [DOCUMENTS] [ROUNDS]       made-up documents, 10,000 by default, seven rounds
#   ARCHIVE=DIR benches/compare-check.sh - [ROUNDS]     an archive that is there
#
# AFTERWORD and RUMDL name other programs than `target/release/afterword` and the `rumdl` of the PATH. What is measured is
# the whole process: wall seconds, CPU seconds of all threads, largest resident set.
set -euo pipefail

documents=${1:-10000} rounds=${2:-7}
root=$(cd "$(dirname "$0")/.." && pwd)
afterword=${AFTERWORD:-$root/target/release/afterword}
rumdl=${RUMDL:-$(command -v rumdl || true)}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# shellcheck source=benches/measure.sh
. "$root/benches/measure.sh"

archive
[ -x "$afterword" ] || { echo "there is no $afterword: cargo build --release" >&2; exit 1; }

measure warm "$ARCHIVE" "$afterword" check --no-cache
for _ in $(seq "$rounds"); do
    measure afterword "$ARCHIVE" "$afterword" check --no-cache
    [ -z "$rumdl" ] || measure rumdl "$ARCHIVE" "$rumdl" check --no-cache .
done

echo "check: $(conditions)"
printf '%-12s %8s %8s %8s\n' '' 'wall s' 'CPU s' 'MB'
for name in afterword rumdl; do
    [ -e "$work/$name" ] || continue
    printf '%-12s %8.2f %8.2f %8.0f\n' "$name" "$(median $name 1)" "$(median $name 2)" "$(median $name 3)"
done
if [ -e "$work/rumdl" ]; then
    for column in 1 2 3; do
        echo "$(median rumdl $column) $(median afterword $column)"
    done | awk '{ printf "%s%.2f", (NR == 1 ? "rumdl / afterword " : " "), $1 / $2 } END { print "" }'
else
    echo "rumdl is not installed: pip install rumdl"
fi
