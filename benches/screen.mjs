// How long it takes from the start of `afterword serve` to the first page, and from saving a document to seeing the change
// in a real browser: `node benches/screen.mjs ARCHIVE [EDITS]`.
//
// AFTERWORD names another program than `target/release/afterword`, CHROMIUM another browser. The npm packages are those of
// `tests/browser`. What is measured from saving to the screen: the moment before the file is written until the browser has
// drawn a frame with the new text in it, watched for in the page itself. Edits are of the text, the title, the front matter
// and the action items in turn, seen on the page of the document, and of the title, seen on the home page. One that is not
// seen within ten seconds is counted as lost, and the script ends with status 1. The documents are left as they were.

import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const LOST = 10_000;
const STARTS = 5;
const project = fileURLToPath(new URL("..", import.meta.url));
const { chromium } = createRequire(join(project, "tests/browser/"))("playwright-core");
const [archive, edits = "50"] = process.argv.slice(2);
const program = process.env.AFTERWORD ?? join(project, "target/release/afterword");
const caches = mkdtempSync(join(tmpdir(), "afterword-screen-"));
/** What is done at the end, however that comes. The last is done first. @type {(() => unknown)[]} */
const last = [() => rmSync(caches, { recursive: true, force: true })];

/** Starts the server; gives its address, what it says, and how long the first answer took. */
async function serve(...more) {
  const start = performance.now();
  const child = spawn(program, ["serve", "--root", archive, "--port", "0", "--today", "2026-11-21", ...more], {
    stdio: ["ignore", "pipe", "inherit"],
    // Its own, so that the first start finds nothing and the others what the first has kept.
    env: { ...process.env, XDG_CACHE_HOME: caches },
  });
  last.push(() => child.kill("SIGINT"));
  const server = { said: "", origin: "", first: 0, stop: () => new Promise((resolve) => (child.once("exit", resolve), child.kill("SIGINT"))) };
  server.origin = await new Promise((resolve, reject) => {
    child.stdout.on("data", (chunk) => {
      server.said += chunk;
      const found = /http:\/\/[\w.:[\]]+/.exec(server.said)?.[0];
      if (found) resolve(found);
    });
    child.once("exit", (code) => reject(new Error(`serve ended with ${code}`)));
  });
  await get(server, "/");
  server.first = performance.now() - start;
  return server;
}

async function get({ origin }, path) {
  const response = await fetch(`${origin}${path}`);
  if (response.status !== 200) throw new Error(`${path}: ${response.status}`);
  return response.text();
}

const at = (sorted, share) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)].toFixed(0);
function shown(values) {
  const sorted = [...values].sort((a, b) => a - b);
  if (sorted.length === 0) return "none";
  const named = Object.entries({ min: 0, median: 0.5, p90: 0.9, p95: 0.95, max: 1 });
  return `${named.map(([name, share]) => `${name} ${at(sorted, share)}`).join("  ")} ms (n = ${sorted.length})`;
}

/** The edits of a document with front matter: the text with a word in it. Action items are tables of TOML or check boxes. */
const EDITS = {
  text: (text, word) => text.replace(/^## .*\n/m, `$&\nA line with ${word}.\n`),
  "front matter": (text, word) => text.replace(/^tags(?: =|:) \[/m, `$&"${word}", `),
  "action items": (text, word) =>
    text.replace(/^(\[\[action_items\]\]\n|- \[ \] )/m, (mark) => `${mark}${mark.startsWith("-") ? `Do ${word}\n` : `title = "Do ${word}"\n\n`}${mark}`),
  title: (text, word) => text.replace(/^(title(?: =|:) |# )("?).*\2$/m, `$1$2Changed to ${word}$2`),
};

/** The first of these entries whose document can be edited in all these ways; it is put back at the end. */
function editable(entries, kinds) {
  for (const { path, url } of entries) {
    const file = join(archive, path);
    const text = readFileSync(file, "utf8");
    if (kinds.some((kind) => EDITS[kind](text, "word") === text)) continue;
    last.push(() => writeFileSync(file, text));
    return { file, text, url };
  }
  throw new Error(`no document in which ${kinds.join(", ")} can be edited`);
}

/** Saves one text after another and waits until the page shows each. */
async function measure(page, address, { file, text }, kinds, count) {
  await page.goto(address);
  await wait(2_000);
  const times = Object.fromEntries(kinds.map((kind) => [kind, []]));
  let lost = 0;
  for (let edit = 0; edit < count; edit += 1) {
    const kind = kinds[edit % kinds.length];
    const word = `edit-${edit}-of-${process.pid}`;
    const seen = page.evaluate(
      ([word, limit]) =>
        new Promise((resolve) => {
          const is = () => document.body.textContent?.includes(word) || document.title.includes(word);
          const drawn = () => requestAnimationFrame(() => setTimeout(() => resolve(true)));
          const watch = new MutationObserver(() => is() && (watch.disconnect(), drawn()));
          watch.observe(document, { childList: true, subtree: true, characterData: true });
          setTimeout(() => resolve(false), limit);
        }),
      [word, LOST],
    );
    // Until the page watches.
    await page.evaluate(() => 0);
    const start = performance.now();
    writeFileSync(file, EDITS[kind](text, word));
    if (await seen.catch(() => false)) times[kind].push(performance.now() - start);
    else lost += 1;
    // Somebody reads before the next edit, for a shorter or a longer time.
    await wait(200 + 137 * (edit % 9));
  }
  writeFileSync(file, text);
  for (const kind of kinds) console.log(`  ${kind.padEnd(14)}${shown(times[kind])}`);
  console.log(`  ${"all".padEnd(14)}${shown(Object.values(times).flat())}${lost ? `, and ${lost} lost` : ""}`);
  return lost;
}

async function main() {
  const starts = [];
  for (let round = 0; round <= STARTS; round += 1) {
    const server = await serve();
    starts.push(server.first);
    // What it keeps for the next start, it writes beside its work.
    await wait(round === 0 ? 5_000 : 200);
    await server.stop();
  }
  console.log(`start to the first page: ${starts[0].toFixed(0)} ms with nothing kept, then ${shown(starts.slice(1))}`);

  const server = await serve();
  const entries = JSON.parse(await get(server, "/postmortems.json"));
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
  last.push(() => browser.close());
  const page = await browser.newPage();

  const kinds = Object.keys(EDITS);
  const one = editable(entries.slice(entries.length / 2), kinds);
  console.log("from a save to the screen, on the page of the document:");
  let lost = await measure(page, `${server.origin}/${one.url}`, one, kinds, Number(edits));

  // The home page shows the latest.
  const latest = editable(entries.slice(0, 5), ["title"]);
  console.log("the same on the home page, by a document that is among the latest:");
  lost += await measure(page, `${server.origin}/`, latest, ["title"], Math.ceil(Number(edits) / 2));

  const made = [...server.said.matchAll(/changed, ready after ([\d.]+) s/g)].map((found) => Number(found[1]) * 1000);
  console.log(`of that, the server until it has another site: ${shown(made)}`);
  await server.stop();
  return lost;
}

async function end(status) {
  for (const act of last.splice(0).reverse()) await Promise.resolve(act()).catch?.(() => {});
  process.exit(status);
}
process.once("SIGINT", () => void end(130));
main().then(
  (lost) => end(lost > 0 ? 1 : 0),
  (error) => (console.error(error), end(2)),
);
