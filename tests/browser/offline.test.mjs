// @ts-check
// A site on a host that goes down: what was read before can be read again, and what is new is never held back.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { PROJECT, build, host, launch } from "./support.mjs";

const POLICY = "default-src 'self'";
const READ = "postmortems/2026-03-12-card-payments-3ds.html";

test("a page that was read is there when the host is down, and a newer one as soon as it is up", { timeout: 60_000 }, async () => {
  const site = build(PROJECT);
  const { port, stop } = await host(site, POLICY);
  const home = `http://kb.example:${port}/`;
  // A name of its own: on this machine's, where sites are written, nothing is kept.
  const browser = await launch([
    "--host-resolver-rules=MAP kb.example 127.0.0.1",
    `--unsafely-treat-insecure-origin-as-secure=${new URL(home).origin}`,
  ]);
  const page = await browser.newPage();
  /** @type {string[]} */
  const problems = [];
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));

  await page.goto(`${home}index.html`);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  assert.equal(await page.locator("link[rel=manifest]").getAttribute("href"), `${home}manifest.webmanifest`);
  await page.goto(home + READ);
  const title = await page.locator("h1").textContent();

  writeFileSync(join(site, "search.html"), `<title>new</title><link rel="icon" href="assets/icon.svg"><h1>New</h1>`);
  await page.goto(`${home}search.html?q=pool`);
  assert.equal(await page.locator("h1").textContent(), "New");
  assert.deepEqual(problems, []);

  stop();
  await page.goto(home + READ);
  assert.equal(await page.locator("h1").textContent(), title);
  assert.notEqual(await page.evaluate(() => getComputedStyle(document.body).fontFamily), "");
  assert.ok((await page.evaluate(() => document.styleSheets[0]?.cssRules.length ?? 0)) > 0, "without its style");
  await page.goto(`${home}actions.html`);
  assert.equal(await page.locator("h1").textContent(), "Actions");
  await assert.rejects(page.goto(`${home}insights.html`), "a page that was never read is not there");
  await browser.close();
});
