#!/usr/bin/env bash
# Counts the instructions of each stage over a fixed archive and holds them against `counts.txt`: no clock is asked, so a
# machine at work says the same as an idle one. `UPDATE=1 benches/counts.sh` accepts what is counted now.
#
# Needs valgrind and an x86-64 processor, of which the figures are. What is counted is the program as `cargo test` builds it:
# it is there already, and what an optimiser makes of the code changes with every compiler, the work that it asks for does
# not.
set -euo pipefail
cd "$(dirname "$0")/.."

# So many percent more than what is written down are still the same: compilers differ a little.
margin=10
# Adding up is small beside what two runs of the same program differ by (maps are hashed with other keys in each), so it is
# done this many times more, and divided.
again=50
recorded=benches/counts.txt
stages=(read aggregate check index render)

cargo build --quiet --locked --example counted
program="${CARGO_TARGET_DIR:-target}/debug/examples/counted"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Counts all stages up to one, adding up as many times as the second argument says.
count() {
  RAYON_NUM_THREADS=1 valgrind --tool=cachegrind --cache-sim=no --cachegrind-out-file=/dev/null \
    "$program" "$1" "$2" >/dev/null 2>"$work/$1-$2" || { cat "$work/$1-$2" >&2 && return 1; }
}
export -f count
export program work
# The longest first.
printf '%s\n' 'render 1' 'index 1' 'check 1' "aggregate $((again + 1))" 'aggregate 1' 'read 1' 'make 1' |
  xargs -P "$(nproc)" -I '{}' bash -c 'count {}'

# Instructions of all stages up to one, in thousands, with what the process needs to start.
up_to() { sed -n 's/,//g; s/.*I *refs: *\([0-9]*\)[0-9]\{3\}$/\1/p' "$work/$1-${2:-1}"; }

declare -A counted
counted[read]=$(($(up_to read) - $(up_to make)))
counted[aggregate]=$((($(up_to aggregate $((again + 1))) - $(up_to aggregate)) / again))
counted[check]=$(($(up_to check) - $(up_to aggregate)))
# An index and a site are both made of what has been checked.
counted[index]=$(($(up_to index) - $(up_to check)))
counted[render]=$(($(up_to render) - $(up_to check)))

if [ -n "${UPDATE:-}" ]; then
  {
    echo "# Instructions of each stage over the documents of \`counted.rs\`, in thousands."
    echo "# \`UPDATE=1 benches/counts.sh\` writes this file."
    for stage in "${stages[@]}"; do echo "$stage ${counted[$stage]}"; done
  } >"$recorded"
  echo "wrote $recorded"
fi

passed=0
failed=()
printf '%-12s %15s %15s %7s   thousands of instructions\n' stage recorded now ratio
for stage in "${stages[@]}"; do
  then=$(awk -v stage="$stage" '$1 == stage { print $2 }' "$recorded")
  now=${counted[$stage]}
  ratio=$(awk -v now="$now" -v then="${then:-0}" 'BEGIN { printf "%.3f", then ? now / then : 0 }')
  remark=
  if [ -z "$then" ] || [ $((now * 100)) -gt $((then * (100 + margin))) ]; then
    failed+=("$stage")
    remark="   more than $margin % above what is recorded"
  else
    passed=$((passed + 1))
    if [ $((now * 100)) -lt $((then * (100 - margin))) ]; then
      remark="   far below: record it, so that it stays there"
    fi
  fi
  printf '%-12s %15s %15s %7s%s\n' "$stage" "${then:--}" "$now" "$ratio" "$remark"
done
if [ "${#failed[@]}" -gt 0 ]; then
  echo
  echo "make cheaper again: ${failed[*]}; or accept what it costs with \`UPDATE=1 benches/counts.sh\`, and say why in the commit"
fi
printf '# pass %s\n# fail %s\n' "$passed" "${#failed[@]}"
[ "${#failed[@]}" -eq 0 ]
