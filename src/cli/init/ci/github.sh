#!/usr/bin/env bash
# Checks the postmortems of a pull request, and says so on it: annotations on its lines, and a page of the run.
#
# All that it is told comes through the environment, so that no name of a branch or folder becomes a command:
#
#   AFTERWORD           the program [default: afterword]
#   AFTERWORD_ROOT      the folder of the archive [default: .]
#   AFTERWORD_BASELINE  the file with accepted findings [default: the one that book.toml names]
#   AFTERWORD_FAIL_ON   error, warning or never [default: error]
#   AFTERWORD_SARIF     a file for code scanning
set -euo pipefail

program=${AFTERWORD:-afterword}
fail_on=${AFTERWORD_FAIL_ON:-error}

arguments=(check --root "${AFTERWORD_ROOT:-.}")
if [ -n "${AFTERWORD_BASELINE:-}" ]; then arguments+=(--baseline "$AFTERWORD_BASELINE"); fi
case $fail_on in
  error | never) ;;
  warning) arguments+=(--deny-warnings) ;;
  *)
    echo "::error title=afterword::fail-on is \`$fail_on\`, and can be error, warning or never"
    exit 2
    ;;
esac

# A report into a file. Findings are no failure here: the check itself decides.
report() {
  local file=$1 status=0
  shift
  "$program" "$@" >"$file" || status=$?
  [ "$status" -le 1 ]
}

status=0
"$program" "${arguments[@]}" --format github || status=$?
# The job could not be done, and the log says why.
if [ "$status" -gt 1 ]; then exit "$status"; fi

if [ -n "${AFTERWORD_SARIF:-}" ]; then
  report "$AFTERWORD_SARIF" "${arguments[@]}" --format sarif
  echo "sarif=$AFTERWORD_SARIF" >>"$GITHUB_OUTPUT"
fi

if [ "$fail_on" = never ]; then exit 0; fi
exit "$status"
