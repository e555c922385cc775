// @ts-check
// The site with the keyboard alone: whatever can be done can be reached with Tab, is seen while it has the focus, and keeps
// it. From the list of postmortems, the page of results, a drawn timeline and the actions.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { PROJECT, build, fileUrl, launch, none, visit } from "./support.mjs";

/** @type {import("playwright-core").Browser} */
let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

const home = `${fileUrl(build(PROJECT))}/`;
const POSTMORTEM = "postmortems/2025-06-03-summer-release-overload.html";

/** @typedef {import("playwright-core").Page} Page */

/**
 * What has the focus, and what is wrong with that: that nothing has it, that it is out of sight, or that nothing shows it.
 * @param {Page} page
 */
const focus = (page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return { name: "", wrong: "nothing has the focus" };
    const words = element.getAttribute("aria-label") ?? element.getAttribute("name") ?? element.textContent ?? "";
    const name = `${element.tagName.toLowerCase()} ${words.trim().slice(0, 60)}`;
    const box = element.getBoundingClientRect();
    const isSeen = box.width > 1 && box.height > 1 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    // The mark of an event in a drawing has no box of its own to put a ring around.
    const shown = element.querySelector(":scope > .target") ?? element;
    const { outlineStyle, outlineWidth, stroke, boxShadow } = getComputedStyle(shown);
    const hasRing = (outlineStyle !== "none" && parseFloat(outlineWidth) >= 1) || boxShadow !== "none" || (shown !== element && stroke !== "none");
    return { name, wrong: isSeen ? (hasRing ? "" : "nothing shows that it has the focus") : "it is out of sight" };
  });

/**
 * Goes on with Tab until something has the focus.
 * @param {Page} page
 * @param {string} selector
 */
async function tabTo(page, selector) {
  for (let step = 0; step < 400; step++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) {
      const { name, wrong } = await focus(page);
      assert.equal(wrong, "", name);
      return;
    }
  }
  assert.fail(`Tab does not lead to ${selector}`);
}

describe("every stop of the Tab key is seen and shows that it has the focus", () => {
  for (const path of ["index.html", "postmortems/index.html", POSTMORTEM, "actions.html", "insights.html", "search.html?q=alert", "rules/index.html"]) {
    for (const width of [390, 1440]) {
      test(`${path} at ${width} px`, async () => {
        const { page, problems, close } = await visit(browser, home + path, home, { width });
        if (path.startsWith("search")) await page.locator(".search-results a").first().waitFor();
        const found = new Set();
        let steps = 0;
        for (; steps < 150; steps++) {
          await page.keyboard.press("Tab");
          const { name, wrong } = await focus(page);
          // Behind the last stop the browser has the focus itself.
          if (!name) break;
          if (wrong) found.add(`${name}: ${wrong}`);
        }
        await close();
        assert.ok(steps > 12, `${steps}`);
        none([...problems, ...found]);
      });
    }
  }
});

test("the list is filtered, sorted and cleared, and a postmortem opened", async () => {
  const { page, problems, close } = await visit(browser, `${home}postmortems/index.html`, home);
  const entries = page.locator("#entries > :not([hidden])");
  const all = await entries.count();
  await tabTo(page, "#filter-q");
  await page.keyboard.type("ferr");
  assert.ok((await entries.count()) < all);
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Delete");
  await tabTo(page, "#filter-severity");
  await page.keyboard.press("ArrowDown");
  assert.ok((await entries.count()) < all, "an arrow key chooses");
  await tabTo(page, "input[name=open]");
  const before = Number(/\((\d+)\)/.exec(await page.locator(".check").innerText())?.[1]);
  await page.keyboard.press("Space");
  assert.equal(await entries.count(), before, "the box says beforehand how many there will be");
  await tabTo(page, "[data-clear]");
  await page.keyboard.press("Enter");
  assert.equal(await entries.count(), all);
  assert.ok(await page.evaluate(() => document.activeElement?.matches("[data-clear]")), "the button keeps the focus");
  await tabTo(page, "select[data-sort]");
  await page.keyboard.press("ArrowDown");
  await page.waitForURL(/sort=date\+asc/);
  const first = await entries.first().locator("a").getAttribute("href");
  await tabTo(page, "#entries a");
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("href")), first, "the oldest comes next");
  await page.keyboard.press("Enter");
  await page.waitForURL(/postmortems\/2024/);
  none(problems);
  await close();
});

test("results are narrowed, ordered and shown further on, and the focus stays where it was", async () => {
  const { page, problems, close } = await visit(browser, `${home}search.html?q=a`, home);
  await page.goto(`${home}search.html?q=the+alert`);
  const results = page.locator(".search-results > li");
  await results.first().waitFor();
  const said = page.locator(".search-said");
  const before = await said.innerText();
  await tabTo(page, ".search-facets input");
  const box = await page.evaluate(() => /** @type {HTMLInputElement} */ (document.activeElement).value);
  await page.keyboard.press("Space");
  await page.waitForURL(/search\.html\?q=the\+alert&/);
  await page.waitForFunction((text) => document.querySelector(".search-said")?.textContent !== text, before);
  const focused = await page.evaluate(() => {
    const { value, checked } = /** @type {HTMLInputElement} */ (document.activeElement);
    return [value, checked];
  });
  assert.deepEqual(focused, [box, true], "the box that was ticked has the focus still");
  await page.keyboard.press("Space");
  await page.waitForFunction((text) => document.querySelector(".search-said")?.textContent === text, before);
  await tabTo(page, ".search-sort select");
  await page.keyboard.press("ArrowDown");
  await page.waitForURL(/sort=newest/);
  assert.ok(await page.evaluate(() => document.activeElement?.matches(".search-sort select")));
  const shown = await results.count();
  await tabTo(page, ".search-more");
  await page.keyboard.press("Enter");
  await page.waitForFunction((count) => document.querySelectorAll(".search-results > li").length > count, shown);
  await page.waitForFunction(() => document.activeElement?.matches(".search-results a"));
  const place = await page.evaluate(() => [...document.querySelectorAll(".search-results > li")].findIndex((item) => item.contains(document.activeElement)));
  assert.equal(place, shown, "the first of the new results has the focus");
  assert.equal((await focus(page)).wrong, "");
  none(problems);
  await close();
});

test("a drawn timeline is entered, walked through and left, and an event opened", async () => {
  const { page, problems, close } = await visit(browser, home + POSTMORTEM, home);
  await tabTo(page, ".chart-wide a.event");
  await page.keyboard.press("ArrowRight");
  const { name, wrong } = await focus(page);
  assert.match(name, /^a 2\. /);
  assert.equal(wrong, "");
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => !document.activeElement?.closest("svg")), "one more Tab leaves the drawing");
  await page.keyboard.press("Shift+Tab");
  assert.match((await focus(page)).name, /^a 2\. /, "and comes back to the same event");
  await tabTo(page, "select[data-zones]");
  await page.keyboard.press("ArrowDown");
  assert.equal(await page.locator(".chart-timeline figcaption [data-zone]").innerText(), "UTC");
  await page.locator(".chart-wide a.event").nth(2).focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/#event-3$/);
  none(problems);
  await close();
});

test("actions are grouped, filtered and followed to their place", async () => {
  const { page, problems, close } = await visit(browser, `${home}actions.html`, home);
  await tabTo(page, "#filter-is");
  await page.keyboard.press("ArrowDown");
  await page.waitForURL(/is=unfinished/);
  await tabTo(page, "select[data-group]");
  await page.keyboard.press("ArrowDown");
  await page.waitForURL(/group=/);
  assert.ok(await page.evaluate(() => document.activeElement?.matches("select[data-group]")));
  await tabTo(page, "#actions .action-title a");
  await page.keyboard.press("Enter");
  await page.waitForURL(/postmortems\/.+#/);
  none(problems);
  await close();
});
