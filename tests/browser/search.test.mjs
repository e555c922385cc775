// @ts-check
// The search field and the page of results by themselves, on the small archive of tests/search: keys, what screen
// readers are told, choices, the address. From disk, and served under a policy that allows scripts from files only.
// And the questions of people on call, asked of the demonstration.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

import { chromium } from "playwright-core";

import { PROJECT, build, host } from "./support.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const built = join(process.env.CARGO_TARGET_DIR ?? join(PROJECT, "target"), "tmp", "search", "small");
const axe = readFileSync(join(here, "node_modules", "axe-core", "axe.min.js"), "utf8");
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; require-trusted-types-for 'script'; trusted-types afterword-search";

/** @param {string} root @param {string} body */
const page = (root, body) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Search</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="${root}assets/style.css">
<script src="${root}assets/mode.js"></script>
${["words", "search", "page"].map((name) => `<script src="${root}assets/${name}.js" defer></script>`).join("")}
<main><h1>Search</h1>${body}</main>`;

/** @param {string} root */
const form = (root) => `<form data-search data-root="${root}" role="search" action="${root}search.html">
<label for="search">Search</label> <input id="search" name="q" type="search"></form>`;

const questions = JSON.parse(readFileSync(join(PROJECT, "tests", "search", "questions.json"), "utf8"));
const site = mkdtempSync(join(tmpdir(), "afterword-search-"));
/** The demonstration, built. */
let demonstration = "";
/** @type {import("playwright-core").Browser} */
let browser;
/** @type {{port: number, stop: () => void}} */
let server;
let served = "";

before(async () => {
  execFileSync("cargo", ["test", "--quiet", "--locked", "--test", "suite", "search::"], { cwd: PROJECT, stdio: "pipe" });
  cpSync(built, site, { recursive: true });
  demonstration = build(PROJECT);
  cpSync(join(demonstration, "assets"), join(site, "assets"), { recursive: true });
  mkdirSync(join(site, "deep"));
  mkdirSync(join(site, "postmortems"));
  writeFileSync(join(site, "postmortems", "2026-05-14-checkout-repeat.html"), page("../", "<p>Found.</p>"));
  writeFileSync(join(site, "deep", "index.html"), page("../", form("../")));
  const still = '<p data-search-static>Nothing is looked for.</p>';
  writeFileSync(join(site, "search.html"), page("", `<div data-search-page>${form("")}${still}</div>`));
  server = await host(site, POLICY);
  served = `http://127.0.0.1:${server.port}/`;
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
});

after(async () => {
  await browser.close();
  server.stop();
  rmSync(site, { recursive: true });
});

/**
 * @param {string} url
 * @param {{ width?: number, colorScheme?: "light" | "dark", bypassCSP?: boolean }} [look]
 */
async function visit(url, { width = 1280, ...look } = {}) {
  const opened = await browser.newPage({ viewport: { width, height: 900 }, ...look });
  /** @type {string[]} */
  const problems = [];
  opened.on("pageerror", (error) => problems.push(String(error)));
  opened.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  await opened.goto(url);
  const field = opened.locator("#search"), options = opened.locator("[role=option]"), said = opened.locator("[role=status]");
  return { opened, problems, field, options, said };
}

for (const typed of ["pool", "pool ", "pool exhausted"]) {
  test(`that the search cannot be loaded is said where it is typed: "${typed}"`, async () => {
    const { opened, field, said } = await visit(`${served}deep/index.html`);
    await opened.route("**/search/index.js*", (route) => route.abort());
    await field.pressSequentially(typed);
    await opened.getByText("Search could not be loaded").waitFor();
    // What is only there for screen readers is a pixel wide.
    const box = await said.boundingBox();
    assert.ok(box && box.width > 100, JSON.stringify(box));
    await opened.close();
  });
}

for (const way of ["from disk", "under a strict policy"]) {
  describe(way, () => {
    const home = () => (way === "from disk" ? `${pathToFileURL(site)}/` : served);

    test("the keys lead through the list and to a document", async () => {
      const { opened, problems, field, options } = await visit(`${home()}deep/index.html`);
      await field.fill("pool");
      await options.first().waitFor();
      assert.equal(await field.getAttribute("aria-expanded"), "true");
      assert.equal(await field.getAttribute("role"), "combobox");
      const chosen = async () => opened.locator("[role=option][aria-selected=true]").count();
      assert.equal(await chosen(), 0);
      const count = await options.count();
      for (const [key, at] of /** @type {[string, number | undefined][]} */ ([
        ["ArrowDown", 0], ["ArrowDown", 1], ["ArrowUp", 0], ["ArrowUp", undefined], ["ArrowUp", count - 1], ["ArrowDown", undefined],
      ])) {
        await field.press(key);
        const wanted = at === undefined ? "" : await options.nth(at).getAttribute("id");
        assert.equal(await field.getAttribute("aria-activedescendant"), wanted, key);
        assert.equal(await chosen(), at === undefined ? 0 : 1);
      }
      await field.press("Escape");
      assert.equal(await field.getAttribute("aria-expanded"), "false");
      assert.equal(await field.inputValue(), "pool");
      await field.press("ArrowDown");
      await field.press("Enter");
      await opened.waitForURL(/\/postmortems\/2026-05-14-checkout-repeat\.html$/);
      assert.deepEqual(problems, []);
      await opened.close();
    });

    test("what is found is marked, counted and announced", async () => {
      const { opened, problems, field, options, said } = await visit(`${home()}deep/index.html`);
      await field.fill("certifcate expired");
      await said.filter({ hasText: "1 result. Showing results for certificate instead of certifcate." }).waitFor();
      await options.locator(".search-snippet mark").first().waitFor();
      const marked = await options.locator("mark").allTextContents();
      assert.deepEqual([...new Set(marked.map((word) => word.toLowerCase()))].sort(), ["certificate", "certificates", "expired"]);
      assert.equal(await options.locator(".severity").textContent(), "SEV1");
      assert.deepEqual(problems, []);
      await opened.close();
    });

    test("the page of results keeps the query in the address and goes back", async () => {
      const { opened, problems, field, said } = await visit(`${home()}search.html?q=pool&severity=SEV2&sort=oldest`);
      await said.filter({ hasText: "3 results." }).waitFor();
      const titles = async () => opened.locator(".search-results .search-title").allTextContents();
      assert.deepEqual((await titles())[0], "Checkout latency after a connection-pool change");
      await opened.getByRole("checkbox", { name: /2025/ }).check();
      await said.filter({ hasText: "1 result." }).waitFor();
      assert.equal(new URL(opened.url()).search, "?q=pool&severity=SEV2&year=2025&sort=oldest");
      await opened.goBack();
      await said.filter({ hasText: "3 results." }).waitFor();
      await field.fill("");
      await opened.getByRole("checkbox", { name: /SEV2/ }).uncheck();
      await opened.getByText("Nothing is looked for.").waitFor();
      assert.equal(new URL(opened.url()).search, "?sort=oldest");
      assert.deepEqual(problems, []);
      await opened.close();
    });
  });
}

test("sixty questions about the demonstration lead to the right page", async () => {
  assert.ok(questions.length >= 60);
  const { opened, problems } = await visit(`${pathToFileURL(demonstration)}/search.html`);
  const wrong = [];
  for (const { q, filters = {}, first } of questions) {
    const address = new URLSearchParams(Object.entries({ q, ...filters }).flatMap(([key, values]) => [values].flat().map((value) => [key, value])));
    await opened.goto(`${pathToFileURL(demonstration)}/search.html?${address}`);
    await opened.locator(".search-said:not(:empty)").waitFor();
    const found = await opened.locator(".search-results a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
    if (found[0] !== `postmortems/${first}.html`) wrong.push(`${JSON.stringify({ q, filters })}: ${first} was expected before ${found}`);
  }
  assert.deepEqual([wrong, problems], [[], []]);
  await opened.close();
});

test("the reader takes 5 kB, and what is loaded when it is needed takes no more", () => {
  const size = (/** @type {string} */ name) => gzipSync(readFileSync(join(demonstration, "assets", `${name}.js`))).length;
  const sizes = { search: size("search"), help: size("search-help"), page: size("search-page") };
  assert.ok(sizes.search <= 5000 && sizes.help <= 2500 && sizes.page <= 2700, JSON.stringify(sizes));
});

describe("accessibility", () => {
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    for (const width of [360, 1280]) {
      test(`${colorScheme}, ${width} px`, async () => {
        for (const path of ["deep/index.html", "search.html?q=pool&year=2025"]) {
          const { opened, field } = await visit(served + path, { colorScheme, width, bypassCSP: true });
          if (path.startsWith("deep")) await field.fill("pool");
          await opened.locator(".search-snippet mark").first().waitFor();
          await field.press("ArrowDown");
          await opened.evaluate(axe);
          const violations = await opened.evaluate(async () => {
            // @ts-expect-error: axe-core puts itself there.
            const result = await globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] });
            return result.violations.map((/** @type {any} */ { id, nodes }) => `${id}: ${nodes[0].html} ${nodes[0].failureSummary}`);
          });
          assert.deepEqual(violations, [], path);
          await opened.close();
        }
      });
    }
  }
});
