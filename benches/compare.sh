#!/usr/bin/env bash
# Builds a site of one archive with Afterword, with every peer that is installed, and with the floor, in turn, and prints
# what each took beside Afterword.
#
#   benches/compare.sh [DOCUMENTS] [ROUNDS]       made-up documents, 10,000 by default, three rounds
#   ARCHIVE=DIR benches/compare.sh - [ROUNDS]     an archive that is there
#
# Peers are taken from the PATH; AFTERWORD, FLOOR, HUGO, PAGEFIND, ZOLA, MDBOOK and ELEVENTY name others. Eleventy colours code
# when its plugin stands beside it (`npm i @11ty/eleventy @11ty/eleventy-plugin-syntaxhighlight`).
#
# Each peer has a site of its own with the fewest templates that show every document with its code coloured, one page
# each, and a list of them. Of the front matter it gets the title alone, so that all can read it. The floor
# (`benches/floor.rs`) does what no generator can do without, and writes as many bytes as Afterword does. Every build
# begins with an empty folder. What is measured is the whole process: wall seconds, CPU seconds of all threads and
# children, largest resident set.
set -euo pipefail

documents=${1:-10000} rounds=${2:-3}
root=$(cd "$(dirname "$0")/.." && pwd)
afterword=${AFTERWORD:-$root/target/release/afterword}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# shellcheck source=benches/measure.sh
. "$root/benches/measure.sh"

found() {
    command -v "${1:-}" 2>/dev/null || true
}
hugo=$(found "${HUGO:-hugo}")
pagefind=$(found "${PAGEFIND:-pagefind}")
zola=$(found "${ZOLA:-zola}")
mdbook=$(found "${MDBOOK:-mdbook}")
eleventy=$(found "${ELEVENTY:-eleventy}")

archive
[ -x "$afterword" ] || { echo "there is no $afterword: cargo build --release" >&2; exit 1; }
floor=${FLOOR:-}
if [ -z "$floor" ]; then
    (cd "$root" && cargo build --quiet --release --example floor)
    floor=$root/target/release/examples/floor
fi

page_head='<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'

# `documents_into FOLDER OPEN CLOSE` copies the documents as `NUMBER.md`, with a title between the marks of a front
# matter and without the front matter that they had.
documents_into() {
    mkdir -p "$1"
    find -L "$ARCHIVE" -name '*.md' | LC_ALL=C sort | awk -v folder="$1" -v open="$2" -v close_="$3" '
        {
            file = sprintf("%s/%06d.md", folder, NR)
            is_toml = open == "+++"
            print open > file
            print "title" (is_toml ? " = " : ": ") "\"Postmortem " NR "\"" > file
            print close_ > file
            mark = ""
            line = 0
            while ((getline text < $0) > 0) {
                line += 1
                if (line == 1 && (text == "+++" || text == "---")) { mark = text; continue }
                if (mark != "") { if (text == mark) mark = ""; continue }
                print text > file
            }
            close($0)
            close(file)
        }'
}

make_hugo() {
    documents_into "$work/hugo-site/content/postmortems" '---' '---'
    mkdir -p "$work/hugo-site/layouts/_default"
    cat >"$work/hugo-site/hugo.toml" <<'END'
baseURL = "https://example.com/"
title = "Postmortems"
disableKinds = ["RSS", "sitemap", "taxonomy", "term"]
[markup.highlight]
noClasses = false
END
    echo "$page_head<title>{{ .Title }}</title></head><body><main><h1>{{ .Title }}</h1>{{ .Content }}</main></body></html>" \
        >"$work/hugo-site/layouts/_default/single.html"
    echo "$page_head<title>{{ .Title }}</title></head><body><ul>{{ range .Pages }}<li><a href=\"{{ .RelPermalink }}\">{{ .Title }}</a></li>{{ end }}</ul></body></html>" \
        >"$work/hugo-site/layouts/_default/list.html"
}

make_zola() {
    documents_into "$work/zola-site/content" '+++' '+++'
    mkdir -p "$work/zola-site/templates"
    printf '+++\n+++\n' >"$work/zola-site/content/_index.md"
    # A document may hold what is a shortcode to Zola.
    sed -i 's/{{/{ {/g; s/{%/{ %/g' "$work"/zola-site/content/*.md
    cat >"$work/zola-site/config.toml" <<'END'
base_url = "https://example.com"
build_search_index = true
[markdown]
highlight_code = true
END
    echo "$page_head<title>{{ page.title }}</title></head><body><main><h1>{{ page.title }}</h1>{{ page.content | safe }}</main></body></html>" \
        >"$work/zola-site/templates/page.html"
    echo "$page_head<title>Postmortems</title></head><body><ul>{% for page in section.pages %}<li><a href=\"{{ page.permalink }}\">{{ page.title }}</a></li>{% endfor %}</ul></body></html>" \
        >"$work/zola-site/templates/index.html"
}

make_mdbook() {
    documents_into "$work/mdbook-site/src" '<!--' '-->'
    printf '[book]\ntitle = "Postmortems"\n' >"$work/mdbook-site/book.toml"
    (cd "$work/mdbook-site/src" && for file in *.md; do echo "- [${file%.md}]($file)"; done >"$work/summary")
    mv "$work/summary" "$work/mdbook-site/src/SUMMARY.md"
}

make_eleventy() {
    documents_into "$work/eleventy-site/content" '---' '---'
    mkdir -p "$work/eleventy-site/content/_includes"
    echo '{ "layout": "page.liquid" }' >"$work/eleventy-site/content/content.json"
    echo "$page_head<title>{{ title }}</title></head><body><main><h1>{{ title }}</h1>{{ content }}</main></body></html>" \
        >"$work/eleventy-site/content/_includes/page.liquid"
    local modules
    modules=$(cd "$(dirname "$(readlink -f "$eleventy")")" && while [ "$(basename "$PWD")" != node_modules ] && [ "$PWD" != / ]; do cd ..; done && pwd)
    [ "$modules" = / ] || ln -s "$modules" "$work/eleventy-site/node_modules"
    cat >"$work/eleventy-site/eleventy.config.mjs" <<'END'
export default async function (config) {
  const plugin = await import("@11ty/eleventy-plugin-syntaxhighlight").catch(() => undefined);
  if (plugin) config.addPlugin(plugin.default);
  return { dir: { input: "content", output: "public" }, markdownTemplateEngine: false };
}
END
}

[ -z "$hugo" ] || make_hugo
[ -z "$zola" ] || make_zola
[ -z "$mdbook" ] || make_mdbook
[ -z "$eleventy" ] || make_eleventy

names=(afterword floor)
[ -z "$hugo" ] || names+=(hugo)
[ -z "$hugo" ] || [ -z "$pagefind" ] || names+=(hugo+pagefind)
[ -z "$zola" ] || names+=(zola)
[ -z "$mdbook" ] || names+=(mdbook)
[ -z "$eleventy" ] || names+=(eleventy)

build() {
    rm -rf "$work/out" "$work"/*-site/{public,book}
    case $1 in
        afterword) measure afterword "$ARCHIVE" "$afterword" build --no-cache --quiet --out "$work/out" ;;
        floor) measure floor "$work" "$floor" "$ARCHIVE" "$work/out" "$written" ;;
        hugo) measure hugo "$work/hugo-site" "$hugo" --quiet ;;
        hugo+pagefind)
            # shellcheck disable=SC2016
            measure hugo+pagefind "$work/hugo-site" \
                sh -c '"$0" --quiet && "$1" --site public' "$hugo" "$pagefind"
            ;;
        zola) measure zola "$work/zola-site" "$zola" build ;;
        mdbook) measure mdbook "$work/mdbook-site" "$mdbook" build ;;
        eleventy) measure eleventy "$work/eleventy-site" "$eleventy" --quiet ;;
    esac
}

# Once for the caches of the disk, and to know how much the floor has to write.
measure warm "$ARCHIVE" "$afterword" build --no-cache --quiet --out "$work/out"
written=$(find "$work/out" -type f -printf '%s\n' | awk '{ sum += $1 } END { print sum }')
for _ in $(seq "$rounds"); do
    for name in "${names[@]}"; do build "$name"; done
done

echo "build: $(conditions); Afterword writes $((written / 1000000)) MB"
printf '%-14s %8s %8s %8s   %s\n' '' 'wall s' 'CPU s' 'MB' 'beside Afterword: wall, CPU, MB'
for name in "${names[@]}"; do
    printf '%-14s %8.2f %8.2f %8.0f  ' "$name" "$(median "$name" 1)" "$(median "$name" 2)" "$(median "$name" 3)"
    for column in 1 2 3; do
        echo "$(median "$name" $column) $(median afterword $column)"
    done | awk '{ printf " %6.2f", $1 / $2 } END { print "" }'
done
for name in hugo pagefind zola mdbook eleventy; do
    [ -n "${!name}" ] || echo "$name is not installed"
done
