// @ts-check
// What a person does on the site: search, filter, sort, change the look, read in another zone. From disk and served.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import { PROJECT, build, fileUrl, launch, none, screenshot, serve, violations, visit } from "./support.mjs";

/** @type {import("playwright-core").Browser} */
let browser;
/** @type {{origin: string, stop: () => Promise<void>}} */
let server;
before(async () => {
  browser = await launch();
  server = await serve(PROJECT);
});
after(async () => {
  await server.stop();
  await browser.close();
});

const disk = `${fileUrl(build(PROJECT))}/`;

/** Both ways to the site: its name and the address that every request begins with. */
const WAYS = /** @type {const} */ ([
  ["from disk", () => disk],
  ["served", () => `${server.origin}/`],
]);

for (const [way, address] of WAYS) {
  describe(way, () => {
    test("a search by keyboard leads to a postmortem", async () => {
      const home = address();
      const { page, problems, close } = await visit(browser, `${home}index.html`, home);
      await page.keyboard.press("/");
      await page.keyboard.type("pool");
      const results = page.locator("[data-search] [role=option]");
      await results.first().waitFor();
      assert.ok((await results.count()) > 0);
      await screenshot(page, `search-${way.replace(" ", "-")}`);
      none(await violations(page));
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/postmortems\/[^/]+\.html/);
      assert.equal(await page.locator("h1").count(), 1);
      none(problems);
      await close();
    });

    test("nonsense finds nothing and says so, and Escape closes the list", async () => {
      const home = address();
      const { page, problems, close } = await visit(browser, `${home}index.html`, home);
      await page.keyboard.press("/");
      await page.keyboard.type("qqzzxxqqzzxx");
      await page.locator("[data-search] [role=status]").filter({ hasText: "No result" }).waitFor();
      assert.equal(await page.locator("[data-search] [role=option]").count(), 0);
      await page.keyboard.press("Escape");
      assert.equal(await page.locator("[data-search] input").getAttribute("aria-expanded"), "false");
      none(problems);
      await close();
    });

    test("Enter without a choice leads to the page of all results", async () => {
      const home = address();
      const { page, problems, close } = await visit(browser, `${home}insights.html`, home);
      await page.keyboard.press("/");
      await page.keyboard.type("ferry");
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/search\.html\?q=ferry/);
      await page.locator(".search-results a").first().waitFor();
      none(await violations(page));
      none(problems);
      await close();
    });

    test("the list filters at once, keeps the filter in its address and can be cleared", async () => {
      const home = address();
      const url = `${home}postmortems/index.html`;
      const { page, problems, close } = await visit(browser, url, home);
      const shown = page.locator("form[data-filter]");
      const list = page.locator(`#${await shown.getAttribute("data-filter")} > :not([hidden])`);
      const all = await list.count();
      assert.ok(all >= 14, `${all} postmortems`);

      await page.locator("form[data-filter] select[name=severity]").selectOption({ index: 1 });
      const some = await list.count();
      assert.ok(some > 0 && some < all, `${some} of ${all}`);
      await page.waitForURL(/#.*severity=/);
      assert.match(await page.locator("[data-count]").innerText(), new RegExp(`^${some} of ${all}\\s`));
      await screenshot(page, `list-${way.replace(" ", "-")}`);

      const other = await visit(browser, page.url(), home);
      const again = other.page.locator(`#${await shown.getAttribute("data-filter")} > :not([hidden])`);
      assert.equal(await again.count(), some, "a link to the filter shows the same");
      await other.close();

      await page.locator("[data-clear]").first().click();
      assert.equal(await list.count(), all);
      none(problems);
      await close();
    });

    test("the list sorts both ways", async () => {
      const home = address();
      const { page, problems, close } = await visit(browser, `${home}postmortems/index.html`, home);
      const id = await page.locator("form[data-filter]").getAttribute("data-filter");
      const dates = () =>
        page.locator(`#${id} > *`).evaluateAll((items) => items.map((item) => /** @type {HTMLElement} */ (item).dataset.date ?? ""));
      const newest = await dates();
      assert.deepEqual(newest, [...newest].sort().reverse());
      await page.locator("select[data-sort]").selectOption("date asc");
      assert.deepEqual(await dates(), [...newest].sort());
      none(problems);
      await close();
    });

    test("the reader's choice of light or dark holds on the next page", async () => {
      const home = address();
      const { page, problems, close } = await visit(browser, `${home}index.html`, home, { scheme: "light" });
      const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
      const light = await background();
      await page.locator("[data-mode-toggle]").click();
      const dark = await background();
      assert.notEqual(dark, light);
      await page.goto(`${home}actions.html`);
      assert.equal(await background(), dark);
      none(problems);
      await close();
    });
  });
}

test("an address that is not there gets a whole page that leads on", async () => {
  const home = `${server.origin}/`;
  const { page, problems, close } = await visit(browser, `${home}tags/no/such/page.html`, home);
  assert.deepEqual(problems.filter((problem) => !problem.includes("404")), []);
  none(await violations(page));
  await page.locator("main a").first().click();
  await page.waitForURL(/\.html$/);
  assert.notEqual(await page.locator("h1").innerText(), "This page is not here");
  await close();
});

test("under the strictest policy for scripts and styles everything still works", async () => {
  const { page, problems, close } = await visit(browser, `${server.origin}/index.html`, `${server.origin}/`);
  const policy = (await (await fetch(`${server.origin}/index.html`)).headers.get("content-security-policy")) ?? "";
  assert.match(policy, /default-src 'self'/);
  assert.doesNotMatch(policy, /unsafe/);
  await page.keyboard.press("/");
  await page.keyboard.type("alert");
  await page.locator("[data-search] [role=option]").first().waitFor();
  none(problems);
  await close();
});
