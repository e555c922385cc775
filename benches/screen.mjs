// How long it takes from the start of `afterword serve` to the first page, and from saving a document to seeing the change
// in a real browser: `node benches/screen.mjs ARCHIVE [EDITS]`, the archive as `--example archive` makes it.
//
// AFTERWORD names another program than `target/release/afterword`, CHROMIUM another browser. The npm packages are those of
// `tests/browser`. What is measured: the moment before the file is written until the browser has drawn a frame with the
// new text in it, watched for in the page itself.

import { spawn } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";

const project = fileURLToPath(new URL("..", import.meta.url));
const { chromium } = createRequire(join(project, "tests/browser/"))("playwright-core");
const [archive, edits = "50"] = process.argv.slice(2);
const program = process.env.AFTERWORD ?? join(project, "target/release/afterword");

/** Starts the server; gives its address, and how long the first answer took. */
async function serve(path) {
  const start = performance.now();
  const child = spawn(program, ["serve", "--root", archive, "--port", "0", "--today", "2026-11-21"], { stdio: ["ignore", "pipe", "inherit"] });
  const origin = await new Promise((resolve) => {
    let text = "";
    child.stdout.on("data", (chunk) => {
      text += chunk;
      const found = /http:\/\/[\w.:[\]]+/.exec(text)?.[0];
      if (found) resolve(found);
    });
  });
  const listening = performance.now() - start;
  const response = await fetch(`${origin}${path}`);
  await response.text();
  if (response.status !== 200) throw new Error(`${path}: ${response.status}`);
  return { child, origin, listening, first: performance.now() - start };
}

const stop = (child) => new Promise((resolve) => (child.once("exit", resolve), child.kill("SIGINT")));
const at = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
const shown = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const [least, median, p95, most] = [0, 0.5, 0.95, 1].map((share) => at(sorted, share || 1e-9).toFixed(0));
  return `least ${least}  median ${median}  p95 ${p95}  most ${most} ms (n = ${sorted.length})`;
};

const documents = readdirSync(join(archive, "postmortems"), { recursive: true }).filter((name) => name.endsWith(".md")).sort();
const name = documents[Math.floor(documents.length / 2)];
const file = join(archive, "postmortems", name);
const original = readFileSync(file, "utf8");

const firsts = [];
for (let round = 0; round < 5; round += 1) {
  const { child, first } = await serve("/");
  firsts.push(first);
  await stop(child);
}
console.log(`${documents.length} documents; start to the first page (/): ${shown(firsts)}`);

const { child, origin } = await serve("/");
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
const page = await browser.newPage();
const id = /^id = "(.*)"$/m.exec(original)?.[1] ?? name.split("/").at(-1).replace(/\.md$/, "");
await page.goto(`${origin}/postmortems/${encodeURIComponent(id)}.html`);
await page.waitForTimeout(4_000);

const times = [];
for (let edit = 0; edit < Number(edits); edit += 1) {
  const word = `edit-number-${edit}-of-the-benchmark`;
  const seen = page.evaluate(
    (word) =>
      new Promise((resolve) => {
        const look = () => {
          if (document.body.textContent?.includes(word)) requestAnimationFrame(() => resolve(undefined));
          else requestAnimationFrame(look);
        };
        look();
      }),
    word,
  );
  const start = performance.now();
  writeFileSync(file, `${original}\nA line with ${word}.\n`);
  await seen;
  times.push(performance.now() - start);
  // Somebody reads before the next edit.
  await page.waitForTimeout(200 + 37 * (edit % 9));
}
console.log(`save to screen: ${shown(times)}`);
console.log(`  ${times.map((time) => time.toFixed(0)).join(" ")}`);
writeFileSync(file, original);
await browser.close();
await stop(child);
