#!/usr/bin/env bash
# Runs every check of the project, cheapest first, and stops at the first that fails.
#
# What it needs beyond a Rust toolchain (cargo-deny, valgrind, Node.js, Java, Python, Chromium, the packages of
# tests/browser, tests/wiring and tests/exports) it installs, and says so. It never asks a question.
set -euo pipefail
cd "$(dirname "$0")/.."

log=$(mktemp)
trap 'rm -f "$log"' EXIT
started=$SECONDS
summary=""

say() { printf '%s\n' "$*"; }

# Runs one step under its name; its output is also kept, for the counts at the end.
step() {
  local name=$1 from=$SECONDS
  shift
  printf '\n=== %s\n' "$name"
  # Not as a condition: Bash forgets `set -e` in whatever runs as one.
  set +e
  (set -e; "$@") 2>&1 </dev/null | tee -a "$log"
  local status=${PIPESTATUS[0]}
  set -e
  if [ "$status" -ne 0 ]; then
    printf '\nFAILED: %s (exit status %s)\n  the command was: %s\n' "$name" "$status" "$*"
    exit 1
  fi
  summary+=$(printf '\n  %-44s %4d s' "$name" $((SECONDS - from)))
}

# Installs Debian packages, or says which programs are missing where that is not possible.
install_packages() {
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then as_root=(sudo -n); fi
  if ! command -v apt-get >/dev/null || ! "${as_root[@]}" true 2>/dev/null; then
    say "missing, and this script can install it only with apt-get as root: $*"
    return 1
  fi
  say "installing with apt-get: $*"
  "${as_root[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

find_chromium() {
  local name
  for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
    if [ -n "$name" ] && command -v "$name" >/dev/null; then
      command -v "$name"
      return
    fi
  done
  return 1
}

# The figures of benches/counts.txt are those of one kind of machine.
is_counted() { [ "$(uname -sm)" = "Linux x86_64" ]; }

tools() {
  cargo --version
  cargo fmt --version
  cargo clippy --version
  if ! command -v node >/dev/null || ! command -v npm >/dev/null; then install_packages nodejs npm; fi
  say "node $(node --version)"
  # For the checker of HTML.
  if ! command -v java >/dev/null; then install_packages default-jre-headless; fi
  if ! find_chromium >/dev/null; then install_packages chromium; fi
  say "browser: $(find_chromium)"
  if is_counted && ! command -v valgrind >/dev/null; then install_packages valgrind; fi
  if ! python3 -c 'import venv, ensurepip' 2>/dev/null; then install_packages python3 python3-venv; fi
  python3 --version
  if ! cargo deny --version >/dev/null 2>&1; then
    say "installing cargo-deny with cargo install (about two minutes)"
    # Unoptimised: it runs for two seconds and would compile for ten minutes.
    CARGO_PROFILE_DEV_DEBUG=0 cargo install --quiet --locked --debug cargo-deny@0.20.2
  fi
  cargo deny --version
  say "installing the packages of tests/browser with npm ci"
  (cd tests/browser && npm ci --no-audit --no-fund --loglevel=error)
}

# Licences, bans and sources are checked from the lock file alone; known vulnerabilities need a database from a git host.
dependencies() {
  if timeout 120 cargo deny fetch db >/dev/null 2>&1; then
    cargo deny check
  else
    cargo deny check licenses bans sources
    say "NOT CHECKED: known vulnerabilities, because the RustSec database could not be fetched from here."
    say "The workflow in .github/workflows/ci.yml checks them."
  fi
}

instructions() {
  if is_counted; then
    bash benches/counts.sh
  else
    say "NOT CHECKED: the instructions of the stages, whose figures are those of Linux on x86-64."
  fi
}

node_tests() {
  node --test --test-reporter=spec "$@"
}

step "tools" tools
step "formatting" cargo fmt --check
step "lints" cargo clippy --quiet --locked --all-targets -- -D warnings
step "unit, integration and documentation tests" cargo test --locked
step "documentation builds without a warning" env RUSTDOCFLAGS="-D warnings" cargo doc --quiet --locked --no-deps --document-private-items
step "instructions of each stage" instructions
step "dependencies" dependencies
step "types of the site's scripts" npm --prefix tests/browser run --silent types
step "search in Node.js" node_tests tests/search/*.test.mjs
step "pre-commit, shellcheck and actionlint" bash tests/wiring/run.sh
step "exports, read by other programs" bash tests/exports/run.sh
step "the site in a browser" env CHROMIUM="$(find_chromium)" node --test --test-reporter=spec --test-concurrency=2 tests/browser/*.test.mjs

# The runners' own closing lines, added up.
count() { { grep -aoE "$1" "$log" || true; } | { grep -oE '[0-9]+' || true; } | awk '{ sum += $1 } END { print sum + 0 }'; }
passed=$(($(count '^test result: ok\. [0-9]+ passed') + $(count '^(ℹ|#) pass [0-9]+')))
failed=$(count '^(ℹ|#) fail [0-9]+')

say ""
say "=== everything passed in $((SECONDS - started)) s$summary"
grep -a '^NOT CHECKED' "$log" || true
say ""
say "$passed passed, $failed failed"
