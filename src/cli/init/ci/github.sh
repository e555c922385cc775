#!/usr/bin/env bash
# Checks what a pull request changes in the postmortems, and says so on it: annotations on its lines, a page of the run,
# and one comment that is brought up to date with every push. Outside of a pull request everything is checked.
#
# All that it is told comes through the environment, so that no name of a branch or folder becomes a command:
#
#   AFTERWORD           the program [default: afterword]
#   AFTERWORD_ROOT      the folder of the archive [default: .]
#   AFTERWORD_SINCE     what a change is compared with [default: the base of the pull request]
#   AFTERWORD_BASELINE  the file with accepted findings [default: the one that book.toml names]
#   AFTERWORD_FAIL_ON   error, warning or never [default: error]
#   AFTERWORD_COMMENT   whether to comment: true or false [default: true]
#   AFTERWORD_SARIF     a file for code scanning; it has everything, because code scanning compares by itself
#   GITHUB_TOKEN        may write comments: `permissions: pull-requests: write`
#
# It needs Bash, jq and curl, which the runners of GitHub have.
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

# The token goes past the command line, where other processes could read it.
api() {
  printf 'header = "Authorization: Bearer %s"\n' "${GITHUB_TOKEN:-}" |
    curl --silent --show-error --fail --max-time 30 --config - \
      --header 'Accept: application/vnd.github+json' --header 'X-GitHub-Api-Version: 2022-11-28' "$@"
}

# The number of the comment that begins with a line, on whichever page it is; nothing when there is none.
find_comment() {
  local comments=$1 marker=$2 page=1 found
  while :; do
    found=$(api "$comments?per_page=100&page=$page") || return 1
    jq --raw-output --arg marker "$marker" \
      'map(select(.body // "" | startswith($marker))) | first | .id // empty' <<<"$found"
    if [ "$(jq --arg marker "$marker" \
      'length < 100 or any(.[]; .body // "" | startswith($marker))' <<<"$found")" = true ]; then return; fi
    page=$((page + 1))
  done
}

# Writes the comment, or changes the one that is there. A change that has nothing to do with the postmortems needs none.
comment() {
  local number=$1 file=$2 issues id
  issues="${GITHUB_API_URL:-https://api.github.com}/repos/$GITHUB_REPOSITORY/issues"
  id=$(find_comment "$issues/$number/comments" "$(head -n 1 "$file")") || return 1
  if [ -n "$id" ]; then
    set -- --request PATCH "$issues/comments/$id"
  elif jq --exit-status '.since.files == 0 and .findings == []' "$file.json" >/dev/null; then
    return
  else
    set -- --request POST "$issues/$number/comments"
  fi
  jq --null-input --rawfile body "$file" '{body: $body}' >"$file.body" || return 1
  api "$@" --data @"$file.body" >/dev/null
}

number=$(event .pull_request.number)
if [ "${AFTERWORD_COMMENT:-true}" != true ]; then number=; fi
file=$(mktemp)
trap 'rm -f "$file" "$file.json" "$file.body"' EXIT

status=0
"$program" "${changed[@]}" --format github --format "markdown=$file" --format "json=$file.json" || status=$?
# The job could not be done, and the log says why.
if [ "$status" -gt 1 ]; then exit "$status"; fi

# A run for a fork has no right to comment, nor has one that Dependabot started.
if [ -n "$number" ] && ! comment "$number" "$file"; then
  echo "::notice title=afterword::this run may not comment on the pull request; its summary says the same"
fi
if [ -n "${AFTERWORD_SARIF:-}" ]; then
  "$program" "${everything[@]}" --format "sarif=$AFTERWORD_SARIF" >/dev/null || test $? -eq 1
  echo "sarif=$AFTERWORD_SARIF" >>"$GITHUB_OUTPUT"
fi

if [ "$fail_on" = never ]; then exit 0; fi
exit "$status"
