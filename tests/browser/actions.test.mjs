// @ts-check
// Following up: the page of actions, with and without scripts, and the page for the weekly meeting.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { PROJECT, build, fileUrl, launch, none, screenshot, violations, visit } from "./support.mjs";

/** @type {import("playwright-core").Browser} */
let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

const home = `${fileUrl(build(PROJECT))}/`;
const url = `${home}actions.html`;

/** @param {import("playwright-core").Page} page */
const headings = (page) => page.locator("#actions section:not([hidden]) > h2").allInnerTexts();

/** @param {import("playwright-core").Page} page */
const shown = (page) => page.locator("#actions .action:visible").count();

test("actions stand under how they press, the overdue ones first, without scripts too", async () => {
  for (const scripts of [true, false]) {
    const { page, problems, close } = await visit(browser, url, home, { scripts });
    const [first = "", ...others] = await headings(page);
    assert.match(first, /^Overdue \d+$/);
    assert.ok(others.some((heading) => heading.startsWith("Closed ")), `${others}`);
    const overdue = page.locator("#actions section").first();
    assert.equal(await overdue.locator(".state-overdue").count(), await overdue.locator(".action").count());
    none(problems);
    await close();
  }
});

test("actions are grouped by what the reader chooses, and the address keeps it beside the filter", async () => {
  const { page, problems, close } = await visit(browser, url, home);
  const all = await shown(page);
  // An action of an incident of several services stands under each of them.
  const services = await page
    .locator("#actions .action")
    .evaluateAll((items) => items.map((item) => (/** @type {HTMLElement} */ (item).dataset.service ?? "").split(" ").length));
  const copies = services.reduce((sum, count) => sum + count - 1, 0);
  assert.ok(copies > 0);
  for (const field of ["team", "service", "type", "priority", "is", "since", "owner"]) {
    await page.locator("select[data-group]").selectOption(field);
    assert.ok((await headings(page)).length > 1, field);
    const wanted = field === "service" ? all + copies : all;
    assert.equal(await shown(page), wanted, `${field} loses no action`);
  }
  await page.locator("select[data-group]").selectOption("team");
  await page.locator("select[name=is]").selectOption("unfinished");
  const some = await shown(page);
  assert.ok(some > 0 && some < all, `${some} of ${all}`);
  const counts = (await headings(page)).map((heading) => Number(/\d+$/.exec(heading)?.[0]));
  assert.equal(counts.reduce((sum, count) => sum + count, 0), some, "the headings count what is to be seen");
  await page.waitForURL(/#(?=.*group=team)(?=.*is=unfinished)/);
  none(await violations(page));
  await screenshot(page, "actions-by-team");

  const other = await visit(browser, page.url(), home);
  assert.deepEqual(await headings(other.page), await headings(page), "a link to the grouping shows the same");
  assert.equal(await shown(other.page), some);
  await other.close();
  none(problems);
  await close();
});

test("the copies of an action under its other services follow the filter and the order", async () => {
  const { page, problems, close } = await visit(browser, `${url}#group=service`, home);
  const titles = () => page.locator("#actions section:not([hidden])").evaluateAll((sections) =>
    sections.map((section) => [...section.querySelectorAll("li:not([hidden]) .action-title")].map((title) => title.textContent)),
  );
  const flat = (await titles()).flat();
  const twice = flat.find((title, at) => flat.indexOf(title) !== at) ?? "";
  assert.ok(twice, "one stands under two services");
  await page.locator("#filter-q").fill(twice);
  const found = (await titles()).flat().filter((title) => title === twice).length;
  assert.equal(found, flat.filter((title) => title === twice).length);
  await page.locator("#filter-q").fill("");
  await page.locator("select[data-sort]").selectOption("age desc");
  const ages = await page.locator("#actions section").evaluateAll((sections) =>
    sections.map((section) => [...section.querySelectorAll("li")].map((item) => Number(item.dataset.age || -1))),
  );
  for (const group of ages) assert.deepEqual(group, [...group].sort((a, b) => b - a));
  none(problems);
  await close();
});

test("within a group actions are sorted", async () => {
  const { page, close } = await visit(browser, `${url}#group=team&sort=age+desc`, home);
  const ages = await page
    .locator("#actions section")
    .first()
    .locator(".action")
    .evaluateAll((items) => items.map((item) => /** @type {HTMLElement} */ (item).dataset.age ?? ""));
  const known = ages.filter(Boolean).map(Number);
  assert.deepEqual(known, [...known].sort((a, b) => b - a));
  assert.equal(ages.indexOf(""), ages.includes("") ? known.length : -1, "what is not known comes last");
  await close();
});

test("a count above the list filters it, and each line leads to its place in the postmortem", async () => {
  const { page, problems, close } = await visit(browser, url, home);
  const row = page.locator(".breakdown a").first();
  const wanted = Number(await page.locator(".breakdown dd").first().innerText());
  await row.click();
  // The address changes at once, the list when the browser says that it has.
  await page.waitForFunction((wanted) => document.querySelectorAll("#actions .action:not([hidden])").length === wanted, wanted);
  await page.locator("#actions .action:visible .action-title a").first().click();
  await page.waitForURL(/postmortems\/[^#]+#.+/);
  const id = decodeURIComponent(new URL(page.url()).hash.slice(1));
  assert.equal(await page.evaluate((name) => document.getElementById(name) !== null, id), true, id);
  none(problems);
  await close();
});

test("the page for the weekly meeting is whole without scripts, on paper and on a phone", async () => {
  for (const width of [360, 1440]) {
    const { page, problems, close } = await visit(browser, `${home}actions/weekly.html`, home, { width, scripts: width > 400 });
    assert.ok((await page.locator(".counts tbody tr").count()) > 1);
    assert.ok((await page.locator(".weekly .action").count()) > 0);
    const before = await page.locator(".weekly .action:visible").count();
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator(".weekly .action:visible").count(), before);
    assert.equal(await page.locator(".masthead").isVisible(), false);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${width}`);
    await page.emulateMedia({ media: "screen" });
    if (width > 400) none(await violations(page));
    none(problems);
    await close();
  }
});
