// @ts-check
// Every kind of page, on a phone and a desk, light and dark: opened straight from disk.

import assert from "node:assert/strict";
import { dirname } from "node:path";
import { after, before, describe, test } from "node:test";

import { PROJECT, build, fileUrl, htmlFiles, kinds, launch, none, screenshot, violations, visit } from "./support.mjs";

/** @type {import("playwright-core").Browser} */
let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

const site = build(PROJECT);
const home = `${fileUrl(site)}/`;
// The page for what is not there knows its full address, and is looked at as it is served.
const pages = htmlFiles(site).filter((path) => path !== "404.html");

describe("every kind of page", () => {
  for (const path of kinds(site)) {
    for (const width of [360, 768, 1440]) {
      for (const scheme of /** @type {const} */ (["light", "dark"])) {
        test(`${path} at ${width} px, ${scheme}, is accessible and asks for nothing outside`, async () => {
          const { page, problems, close } = await visit(browser, home + path, home, { width, scheme });
          await screenshot(page, `${path.replaceAll("/", "_").replace(".html", "")}-${width}-${scheme}`);
          const found = await violations(page);
          await close();
          none([...problems, ...found]);
        });
      }
    }
  }
});

test("no postmortem breaks what its kind of page promises", async () => {
  /** @type {string[]} */
  const wrong = [];
  for (const path of pages.filter((path) => dirname(path) === "postmortems")) {
    const { page, problems, close } = await visit(browser, home + path, home);
    wrong.push(...[...problems, ...(await violations(page))].map((what) => `${path}: ${what}`));
    await close();
  }
  none(wrong);
});

test("no page scrolls sideways on the smallest phone", async () => {
  const wide = [];
  const { page, close } = await visit(browser, home + "index.html", home, { width: 360 });
  for (const path of pages) {
    await page.goto(home + path);
    const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    if (content > window) wide.push(`${path}: ${content} px`);
  }
  await close();
  none(wide);
});

test("every page has one first heading, a title of its own and a language", async () => {
  const wrong = [];
  const titles = new Map();
  const { page, close } = await visit(browser, home + "index.html", home);
  for (const path of pages) {
    await page.goto(home + path);
    const facts = await page.evaluate(() => ({
      headings: document.querySelectorAll("h1").length,
      lang: document.documentElement.lang,
      title: document.title,
    }));
    if (facts.headings !== 1) wrong.push(`${path}: ${facts.headings} first headings`);
    if (!facts.lang) wrong.push(`${path}: no language`);
    if (titles.has(facts.title)) wrong.push(`${path}: has the title of ${titles.get(facts.title)}: ${facts.title}`);
    titles.set(facts.title, path);
  }
  await close();
  none(wrong);
});

test("the keyboard finds the way past the navigation", async () => {
  const { page, close } = await visit(browser, home + "index.html", home);
  await page.keyboard.press("Tab");
  const link = page.locator(":focus");
  assert.match((await link.getAttribute("href")) ?? "", /^#/);
  const box = await link.boundingBox();
  assert.ok(box && box.x >= 0 && box.y >= 0 && box.width > 20, "the link is to be seen while it has the focus");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => document.querySelector("main")?.contains(document.activeElement)));
  await close();
});

test("a printed postmortem fits the paper and leaves the navigation out", async () => {
  const path = pages.find((path) => /^postmortems\/.+/.test(path) && path !== "postmortems/index.html");
  assert.ok(path);
  const { page, close } = await visit(browser, home + path, home, { width: 794 });
  await page.emulateMedia({ media: "print" });
  const facts = await page.evaluate(() => ({
    fits: document.documentElement.scrollWidth <= innerWidth,
    navigation: [...document.querySelectorAll("nav")].filter((nav) => nav.getClientRects().length > 0).length,
  }));
  assert.deepEqual(facts, { fits: true, navigation: 0 });
  await close();
});

test("a page opened from disk leads to every other page by links alone", async () => {
  const { page, close } = await visit(browser, home + "index.html", home);
  const seen = new Set(["index.html"]);
  const queue = ["index.html"];
  for (let path = queue.shift(); path; path = queue.shift()) {
    await page.goto(home + path);
    // Links of drawings have no `href` of the usual kind; a form leads somewhere as well.
    const links = await page.evaluate(() =>
      [...document.querySelectorAll("a[href], form[action]")].map(
        (element) => new URL(element.getAttribute("href") ?? element.getAttribute("action") ?? "", document.baseURI).href,
      ),
    );
    for (const link of links) {
      if (!link.startsWith(home)) continue;
      const next = decodeURIComponent(link.slice(home.length).replace(/[?#].*$/, ""));
      if (next.endsWith(".html") && !seen.has(next)) {
        seen.add(next);
        queue.push(next);
      }
    }
  }
  await close();
  none(pages.filter((path) => !seen.has(path)));
});

