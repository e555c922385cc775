// @ts-check
// What a page costs the one who opens it: bytes over the wire, and whether anything jumps while it loads.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";

import { PROJECT, build, fileUrl, htmlFiles, launch, none, visit } from "./support.mjs";

/** What a postmortem may cost before its images, in bytes as a host sends them. */
const BUDGET = 60_000;

/** @type {import("playwright-core").Browser} */
let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

const site = build(PROJECT);
const home = `${fileUrl(site)}/`;
const POSTMORTEMS = readdirSync(join(site, "postmortems")).filter((name) => name !== "index.html" && name.endsWith(".html"));

test("a postmortem with its styles and scripts stays within its budget", async () => {
  const heavy = [];
  for (const name of POSTMORTEMS) {
    /** @type {Set<string>} */
    const files = new Set();
    const { page, close } = await visit(browser, `${home}index.html`, home);
    page.on("request", (request) => {
      if (request.resourceType() !== "image") files.add(decodeURIComponent(new URL(request.url()).pathname));
    });
    await page.goto(`${home}postmortems/${name}`, { waitUntil: "load" });
    await close();
    const bytes = [...files].reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0);
    if (bytes > BUDGET || bytes === 0) heavy.push(`${name}: ${bytes} bytes in ${files.size} files`);
  }
  none(heavy);
});

test("nothing jumps while a page loads", async () => {
  const shifts = [];
  const paths = htmlFiles(site).filter((path) => !path.includes("/") || path === "postmortems/index.html");
  for (const width of [360, 1440]) {
    for (const path of [...paths, `postmortems/${POSTMORTEMS[0]}`].filter((path) => path !== "404.html")) {
      const { page, close } = await visit(browser, home + path, home, { width });
      const score = await page.evaluate(
        () =>
          new Promise((resolve) => {
            let sum = 0;
            new PerformanceObserver((list) => {
              for (const entry of list.getEntries()) sum += /** @type {any} */ (entry).value;
            }).observe({ type: "layout-shift", buffered: true });
            setTimeout(() => resolve(sum), 300);
          }),
      );
      await close();
      if (score > 0) shifts.push(`${path} at ${width} px: ${score}`);
    }
  }
  none(shifts);
});
