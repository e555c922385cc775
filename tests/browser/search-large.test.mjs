// @ts-check
// What a search costs on ten thousand documents, in a browser: bytes and requests, from disk and served under a policy
// that allows scripts from files only. Bytes are those that a server which compresses sends.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { gzipSync } from "node:zlib";

import { PROJECT, build, fileUrl, host, launch } from "./support.mjs";

const site = join(process.env.CARGO_TARGET_DIR ?? join(PROJECT, "target"), "tmp", "search", "large");
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; require-trusted-types-for 'script'; trusted-types afterword-search";

/** What a page loads with or without a search; the reader is counted. */
const FRAME = /assets\/(style\.css|mode\.js|words\.js|page\.js)$/;

/** @param {string} root @param {string} body */
const page = (root, body) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Search</title>
<link rel="stylesheet" href="${root}assets/style.css"><script src="${root}assets/mode.js"></script>
${["words", "search", "page"].map((name) => `<script src="${root}assets/${name}.js" defer></script>`).join("")}<main>${body}</main>`;

/** @param {string} root */
const form = (root) => `<form data-search data-root="${root}" role="search" action="${root}search.html">
<label for="search">Search</label> <input id="search" name="q" type="search"></form>`;

/** @type {import("playwright-core").Browser} */
let browser;
/** @type {{port: number, stop: () => void}} */
let server;
/** Words of one document that many others have, the most frequent first. @type {string[]} */
let words;

before(async () => {
  execFileSync("cargo", ["test", "--quiet", "--locked", "--test", "suite", "search::"], { cwd: PROJECT, stdio: "pipe" });
  cpSync(join(build(PROJECT), "assets"), join(site, "assets"), { recursive: true });
  mkdirSync(join(site, "deep"), { recursive: true });
  writeFileSync(join(site, "deep", "index.html"), page("../", form("../")));
  writeFileSync(join(site, "search.html"), page("", `<div data-search-page>${form("")}<p data-search-static>Nothing.</p></div>`));
  const counts = new Map();
  for (const [word] of readFileSync(join(site, "search", "x", "2018-05000.js"), "utf8").matchAll(/[a-z]{5,}/g)) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  words = [...counts].sort((one, other) => other[1] - one[1]).map(([word]) => word);
  server = await host(site, POLICY);
  browser = await launch();
});

after(async () => {
  await browser.close();
  server.stop();
});

for (const way of ["from disk", "under a strict policy"]) {
  describe(way, () => {
    /** A page that counts what it loads. @param {string} path */
    const visit = async (path) => {
      const home = way === "from disk" ? `${fileUrl(site)}/` : `http://127.0.0.1:${server.port}/`;
      const opened = await browser.newPage({ viewport: { width: 1280, height: 900 } });
      /** @type {string[]} */
      let loaded = [];
      /** @type {string[]} */
      const problems = [];
      opened.on("request", (request) => loaded.push(request.url()));
      opened.on("pageerror", (error) => problems.push(String(error)));
      opened.on("console", (message) => message.type() === "error" && problems.push(message.text()));
      await opened.goto(home + path);
      const cost = () => {
        const files = loaded.map((url) => url.slice(home.length).split("?")[0]).filter((file) => file.endsWith(".js") && !FRAME.test(file));
        loaded = [];
        return { requests: files.length, bytes: files.reduce((sum, file) => sum + gzipSync(readFileSync(join(site, file))).length, 0) };
      };
      return { opened, problems, cost };
    };
    /** @param {{ requests: number, bytes: number }} cost @param {number} bytes */
    const within = (cost, bytes) => assert.ok(cost.requests > 2 && cost.requests <= 25 && cost.bytes <= bytes, JSON.stringify(cost));

    test("a first query stays within 150 kB and 25 requests, the next within 100 kB", async () => {
      const { opened, problems, cost } = await visit("deep/index.html");
      const field = opened.locator("#search"), passages = opened.locator(".search-snippet:has(mark)");
      await field.fill(`${words[0]} ${words[1]}`);
      await passages.nth(6).waitFor();
      within(cost(), 150_000);
      await field.fill(`${words[2]} ${words[3]}`);
      const title = opened.locator(".search-title").first(), before = await title.innerText();
      while ((await title.innerText()) === before) await opened.waitForTimeout(20);
      await passages.nth(6).waitFor();
      within(cost(), 100_000);
      assert.deepEqual(problems, []);
      await opened.close();
    });

    test("a finished word is looked up while the next is typed, and answered only when typing pauses", async () => {
      const { opened, problems } = await visit("deep/index.html");
      await opened.clock.install();
      await opened.clock.pauseAt(Date.now() + 1_000);
      const field = opened.locator("#search"), parts = opened.locator("script[src*='search/t/']");
      await field.fill(words[0]);
      await opened.locator("script[src*='search/index']").waitFor({ state: "attached" });
      assert.equal(await parts.count(), 0);
      await field.pressSequentially(" ");
      await parts.first().waitFor({ state: "attached" });
      assert.equal(await opened.locator("[role=option]").count(), 0);
      await opened.clock.runFor(1_000);
      await opened.locator("[role=option]").first().waitFor();
      assert.deepEqual(problems, []);
      await opened.close();
    });

    test("so does the page of results, with its choices", async () => {
      const { opened, problems, cost } = await visit(`search.html?q=${words[0]}+${words[1]}&severity=SEV1`);
      await opened.locator(".search-snippet:has(mark)").nth(3).waitFor();
      await opened.locator(".search-facet input:checked").waitFor();
      await opened.waitForLoadState("networkidle");
      within(cost(), 150_000);
      assert.deepEqual(problems, []);
      await opened.close();
    });
  });
}
