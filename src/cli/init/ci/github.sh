#!/usr/bin/env bash
# Checks what a pull request changes in the postmortems, and says so on it: annotations on its lines, and a page of the
# run. Outside of a pull request everything is checked.
#
# All that it is told comes through the environment, so that no name of a branch or folder becomes a command:
#
#   AFTERWORD           the program [default: afterword]
#   AFTERWORD_ROOT      the folder of the archive [default: .]
#   AFTERWORD_SINCE     what a change is compared with [default: the base of the pull request]
#   AFTERWORD_BASELINE  the file with accepted findings [default: the one that book.toml names]
#   AFTERWORD_FAIL_ON   error, warning or never [default: error]
#   AFTERWORD_SARIF     a file for code scanning; it has everything, because code scanning compares by itself
#
# It needs Bash and jq, which the runners of GitHub have.
set -euo pipefail

program=${AFTERWORD:-afterword}
fail_on=${AFTERWORD_FAIL_ON:-error}

# A value of the event that started the run; nothing when it has none.
event() { jq --raw-output "$1 // empty" "$GITHUB_EVENT_PATH"; }

everything=(check --root "${AFTERWORD_ROOT:-.}")
if [ -n "${AFTERWORD_BASELINE:-}" ]; then everything+=(--baseline "$AFTERWORD_BASELINE"); fi
case $fail_on in
  error | never) ;;
  warning) everything+=(--deny-warnings) ;;
  *)
    echo "::error title=afterword::fail-on is \`$fail_on\`, and can be error, warning or never"
    exit 2
    ;;
esac
since=${AFTERWORD_SINCE:-$(event '.pull_request.base.sha // .merge_group.base_sha')}
changed=("${everything[@]}")
if [ -n "$since" ]; then changed+=(--since "$since"); fi

# A report into a file. Findings are no failure here: the check itself decides.
report() {
  local file=$1 status=0
  shift
  "$program" "$@" >"$file" || status=$?
  [ "$status" -le 1 ]
}

status=0
"$program" "${changed[@]}" --format github || status=$?
# The job could not be done, and the log says why.
if [ "$status" -gt 1 ]; then exit "$status"; fi

if [ -n "${AFTERWORD_SARIF:-}" ]; then
  report "$AFTERWORD_SARIF" "${everything[@]}" --format sarif
  echo "sarif=$AFTERWORD_SARIF" >>"$GITHUB_OUTPUT"
fi

if [ "$fail_on" = never ]; then exit 0; fi
exit "$status"
