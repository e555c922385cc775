# shellcheck shell=bash
# What the comparisons share. Sourced; expects `$work`, a folder that the caller makes and removes.

# `measure NAME FOLDER COMMAND…` runs a command in a folder and adds its figures to the file of that name: wall seconds,
# CPU seconds of all threads and children, megabytes of the largest resident set.
measure() {
    local name=$1 folder=$2 status=0
    shift 2
    (cd "$folder" && /usr/bin/time -f '%e %U %S %M' -o "$work/time" "$@" >"$work/said" 2>&1) || status=$?
    if [ "$status" -gt 1 ]; then
        tail -n 5 "$work/said" >&2
        echo "$name ended with status $status" >&2
        exit 1
    fi
    tail -n 1 "$work/time" | awk '{ print $1, $2 + $3, $4 / 1024 }' >>"$work/$name"
}

# The median of a column of a file.
median() {
    awk -v column="$2" '{ print $column }' "$work/$1" | sort -n | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'
}

# Makes the archive of `$documents` documents in `$ARCHIVE`, unless that names one which is there.
archive() {
    [ -z "${ARCHIVE:-}" ] || return 0
    ARCHIVE=$work/archive
    (cd "$root" && cargo run --quiet --release --example archive -- "$ARCHIVE" "$documents")
}

# `8,912 documents of 6,931 bytes, median of 5 rounds, 2 processors`
conditions() {
    local count bytes
    count=$(find -L "$ARCHIVE" -name '*.md' | wc -l)
    bytes=$(find -L "$ARCHIVE" -name '*.md' -printf '%s\n' | awk '{ sum += $1 } END { print int(sum / NR) }')
    echo "$count documents of $bytes bytes, median of $rounds rounds, $(nproc) processors"
}
