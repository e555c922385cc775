#!/usr/bin/env bash
# Checks one archive with Afterword and with rumdl, in turn, and prints what each took and the ratio of the medians.
#
#   benches/compare.sh [DOCUMENTS] [ROUNDS]       made-up documents, 10,000 by default, seven rounds
#   ARCHIVE=DIR benches/compare.sh - [ROUNDS]     an archive that is there
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

if [ -z "${ARCHIVE:-}" ]; then
    ARCHIVE=$work/archive
    (cd "$root" && cargo run --quiet --release --example archive -- "$ARCHIVE" "$documents")
fi
[ -x "$afterword" ] || { echo "there is no $afterword: cargo build --release" >&2; exit 1; }

# `NAME COMMAND…` runs a command in the archive and adds its figures to the file of that name.
measure() {
    local name=$1 status=0
    shift
    (cd "$ARCHIVE" && /usr/bin/time -f '%e %U %S %M' -o "$work/time" "$@" >/dev/null 2>&1) || status=$?
    [ "$status" -le 1 ] || { echo "$name ended with status $status" >&2; exit 1; }
    tail -n 1 "$work/time" | awk '{ print $1, $2 + $3, $4 / 1024 }' >>"$work/$name"
}

# The median of a column of a file.
median() {
    awk -v column="$2" '{ print $column }' "$work/$1" | sort -n | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'
}

measure warm "$afterword" check
for _ in $(seq "$rounds"); do
    measure afterword "$afterword" check
    [ -z "$rumdl" ] || measure rumdl "$rumdl" check --no-cache .
done

count=$(find "$ARCHIVE" -name '*.md' | wc -l)
bytes=$(find "$ARCHIVE" -name '*.md' -printf '%s\n' | awk '{ sum += $1 } END { print int(sum / NR) }')
echo "check: $count documents of $bytes bytes, median of $rounds rounds, $(nproc) processors"
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
