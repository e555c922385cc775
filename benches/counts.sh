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
# A stage is what two runs differ by, and two runs of the same program differ a little too, since maps are hashed with other
# keys in each: a stage may take more by this part of the whole run.
noise=1000
recorded=benches/counts.txt
stages=(read aggregate check index render)

cargo build --quiet --locked --example counted
program="${CARGO_TARGET_DIR:-target}/debug/examples/counted"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Counts all stages up to one.
count() {
  RAYON_NUM_THREADS=1 valgrind --tool=cachegrind --cache-sim=no --cachegrind-out-file=/dev/null \
    "$program" "$1" >/dev/null 2>"$work/$1" || { cat "$work/$1" >&2 && return 1; }
}
export -f count
export program work
# The longest first.
printf '%s\n' render index check aggregate read make | xargs -P "$(nproc)" -I '{}' bash -c 'count {}'

# Instructions of all stages up to one, in thousands, with what the process needs to start.
up_to() { sed -n 's/,//g; s/.*I *refs: *\([0-9]*\)[0-9]\{3\}$/\1/p' "$work/$1"; }

declare -A total counted
total[make]=$(up_to make)
before=make
for stage in "${stages[@]}"; do
  total[$stage]=$(up_to "$stage")
  counted[$stage]=$((total[$stage] - total[$before]))
  # An index and a site are both made of what has been checked.
  case $stage in read | aggregate | check) before=$stage ;; esac
done

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
  slack=$((${then:-0} * margin / 100))
  if [ "$slack" -lt $((total[$stage] / noise)) ]; then slack=$((total[$stage] / noise)); fi
  if [ -z "$then" ] || [ "$now" -gt $((then + slack)) ]; then
    failed+=("$stage")
    remark="   more above what is recorded than compilers and chance explain"
  else
    passed=$((passed + 1))
    if [ "$now" -lt $((then - slack)) ]; then
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
