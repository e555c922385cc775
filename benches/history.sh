#!/usr/bin/env bash
# Looks at the history of a made-up archive: what the first look at it costs, what the next one does, and one after a commit.
#
#   benches/history.sh [DOCUMENTS] [COMMITS] [ROUNDS]     10,000 documents, 20,000 commits, three rounds by default
#
# AFTERWORD names another program than `target/release/afterword`. What is measured is the whole process with those of git that
# it starts: wall seconds, CPU seconds, largest resident set. `no history` reads the same documents and does not ask git.
set -euo pipefail

documents=${1:-10000} commits=${2:-20000} rounds=${3:-3}
root=$(cd "$(dirname "$0")/.." && pwd)
afterword=${AFTERWORD:-$root/target/release/afterword}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# shellcheck source=benches/measure.sh
. "$root/benches/measure.sh"

[ -x "$afterword" ] || { echo "there is no $afterword: cargo build --release" >&2; exit 1; }
made=${MAKER:-$root/target/release/examples/archive}
[ -x "$made" ] || (cd "$root" && cargo build --quiet --release --example archive)
ARCHIVE=$work/archive
git init --quiet --initial-branch main "$ARCHIVE"
"$made" "$ARCHIVE" "$documents" "$commits" | git -C "$ARCHIVE" fast-import --quiet
git -C "$ARCHIVE" reset --quiet
# As a clone has it: in one pack.
git -C "$ARCHIVE" gc --quiet

look=("$afterword" actions digest --no-cache --since 2025-01-01)
for round in $(seq "$rounds"); do
    measure 'no-history' "$ARCHIVE" "$afterword" actions list --no-cache --format json
    rm -rf "$ARCHIVE/.git/afterword"
    measure first "$ARCHIVE" "${look[@]}"
    measure next "$ARCHIVE" "${look[@]}"
    file=$(git -C "$ARCHIVE" ls-files -- postmortems | sed -n "${round}p")
    echo "A line of round $round." >>"$ARCHIVE/$file"
    git -C "$ARCHIVE" -c user.name=x -c user.email=x@example.com commit --quiet --all --message Change
    measure commit "$ARCHIVE" "${look[@]}"
done

echo "history of $commits commits: $(conditions)"
printf '%-22s %8s %8s %8s\n' '' 'wall s' 'CPU s' 'MB'
while read -r name words; do
    printf '%-22s %8.2f %8.2f %8.0f\n' "$words" "$(median "$name" 1)" "$(median "$name" 2)" "$(median "$name" 3)"
done <<'END'
no-history no history
first first look
next next look
commit after one more commit
END
