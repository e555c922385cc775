// @ts-check
// The same site wherever it stands: opened from disk, and at the end of a long path of a host under the strictest policy;
// with scripts and without. Every kind of page, every link in it.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { PROJECT, build, fileUrl, host, kinds, launch, none, visit } from "./support.mjs";

const BELOW = "/some/deep/path/";

/** @type {import("playwright-core").Browser} */
let browser;
/** @type {{port: number, stop: () => void}} */
let server;
const site = build(PROJECT);
before(async () => {
  browser = await launch();
  server = await host(site, "default-src 'self'", BELOW);
});
after(async () => {
  server.stop();
  await browser.close();
});

const WAYS = /** @type {const} */ ([
  ["from disk", () => `${fileUrl(site)}/`],
  ["below a path", () => `http://127.0.0.1:${server.port}${BELOW}`],
]);

/** The ids of the pages of the site, by the path of the page. @type {Map<string, Set<string>>} */
const ids = new Map();

/** What is wrong with an address within the site; nothing when it leads to a file, and to a place in it. @param {string} address */
function broken(address) {
  const [, path = "", fragment = ""] = /^([^?#]*)(?:\?[^#]*)?(?:#(.*))?$/.exec(address) ?? [];
  const file = decodeURIComponent(path);
  if (!existsSync(join(site, file)) || file.endsWith("/") || file === "") return [`${address} is not there`];
  // A filter stands behind the sign as well.
  if (!fragment || fragment.includes("=") || !file.endsWith(".html")) return [];
  let known = ids.get(file);
  if (!known) {
    const html = readFileSync(join(site, file), "utf8");
    known = new Set([...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id ?? ""));
    ids.set(file, known);
  }
  return known.has(decodeURIComponent(fragment)) ? [] : [`${address} names no place`];
}

for (const [way, address] of WAYS) {
  for (const scripts of [true, false]) {
    describe(`${way}, ${scripts ? "with" : "without"} scripts`, () => {
      for (const path of kinds(site)) {
        test(`${path} is whole, and each of its links leads to a page of the site`, async () => {
          const home = address();
          const { page, problems, close } = await visit(browser, home + path, home, { scripts });
          const text = await page.locator("main").innerText();
          const links = await page
            .locator("a[href], area[href], form[action], link[href], script[src], img[src]")
            .evaluateAll((elements) =>
              elements.map((element) => {
                const written = ["href", "action", "src"].map((name) => element.getAttribute(name)).find((value) => value !== null);
                return new URL(written ?? "", document.baseURI).href;
              }),
            );
          const styles = await page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue("--ink"));
          await close();
          assert.ok(text.trim().length > 40, text);
          assert.ok(styles, "it has its styles");
          const inside = links.filter((link) => link.startsWith(home)).map((link) => link.slice(home.length));
          const lost = links.filter((link) => !link.startsWith(home) && /^(file|http:\/\/127)/.test(link));
          assert.ok(inside.length > 8);
          none([...problems, ...new Set(inside.flatMap(broken)), ...lost.map((link) => `${link} leaves the site`)]);
        });
      }
    });
  }

  test(`${way} a search finds a page and leads to it`, async () => {
    const home = address();
    const { page, problems, close } = await visit(browser, `${home}services/index.html`, home);
    await page.keyboard.press("/");
    await page.keyboard.type("pool");
    await page.locator("[data-search] [role=option]").first().waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/postmortems\/[^/]+\.html/);
    assert.ok(page.url().startsWith(home));
    none(problems);
    await close();
  });

  test(`${way} and without scripts, the page of results says what to do instead`, async () => {
    const home = address();
    const { page, problems, close } = await visit(browser, `${home}search.html?q=pool`, home, { scripts: false });
    assert.equal(await page.locator("input:visible").count(), 0, "no field that does nothing");
    assert.match(await page.locator("main").innerText(), /needs JavaScript/);
    await page.locator("[data-search-static] .browse a").first().click();
    await page.waitForURL(/postmortems\/index\.html/);
    assert.ok((await page.locator(".entry").count()) > 10);
    none(problems);
    await close();
  });
}
