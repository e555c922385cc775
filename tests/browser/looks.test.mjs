// @ts-check
// The looks and the languages: every kind of page in the second theme, and pages in a language that is written from right
// to left, in one with long words, and in one without spaces.

import assert from "node:assert/strict";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { PROJECT, build, fileUrl, kinds, launch, none, screenshot, temporaryFolder, violations, visit } from "./support.mjs";

/** @type {import("playwright-core").Browser} */
let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

/**
 * The demonstration archive in another look or language.
 * @param {{theme?: string, language?: string, words?: string}} change
 */
function site({ theme = "afterword", language = "en", words }) {
  const root = join(temporaryFolder(), "root");
  cpSync(join(PROJECT, "postmortems"), join(root, "postmortems"), { recursive: true });
  const book = readFileSync(join(PROJECT, "book.toml"), "utf8")
    .replace(/^theme = .*$/m, `theme = "${theme}"`)
    .replace(/^language = .*$/m, `language = "${language}"`)
    .replace(/^baseline = .*$/m, "");
  writeFileSync(join(root, "book.toml"), book);
  if (words !== undefined) {
    mkdirSync(join(root, "words"));
    writeFileSync(join(root, "words", `${language}.toml`), words);
  }
  return build(root);
}

/** The way in, a postmortem, and what is followed up. */
const MAIN = ["index.html", "actions.html", "postmortems/index.html", "postmortems/2025-03-30-clock-change-boarding-windows.html"];

describe("the second theme", () => {
  const folder = site({ theme: "console" });
  const home = `${fileUrl(folder)}/`;
  for (const path of kinds(folder)) {
    for (const width of [360, 1440]) {
      for (const scheme of /** @type {const} */ (["light", "dark"])) {
        test(`${path} at ${width} px, ${scheme}, is accessible and does not scroll sideways`, async () => {
          const { page, problems, close } = await visit(browser, home + path, home, { width, scheme });
          await screenshot(page, `console-${path.replaceAll("/", "_").replace(".html", "")}-${width}-${scheme}`);
          const found = await violations(page);
          const content = await page.evaluate(() => document.documentElement.scrollWidth);
          await close();
          none([...problems, ...found]);
          assert.ok(content <= width, `${content} px`);
        });
      }
    }
  }

  test("the navigation stands at the side of a wide window, and a list of results opens over the page", async () => {
    const { page, close } = await visit(browser, `${home}index.html`, home, { width: 1440 });
    const masthead = await page.locator(".masthead").boundingBox();
    const main = await page.locator("main").boundingBox();
    assert.ok(masthead && main && masthead.x + masthead.width <= main.x + 1 && masthead.height > 800);
    await page.locator("[data-search] input").fill("ferry");
    const popup = page.locator(".search-popup");
    await popup.waitFor();
    const box = await popup.boundingBox();
    await close();
    assert.ok(box && box.x >= 0 && box.x + box.width <= 1440, JSON.stringify(box));
  });
});

describe("languages", () => {
  for (const language of ["de", "fr", "es", "no", "ja"]) {
    const folder = site({ language });
    const home = `${fileUrl(folder)}/`;
    for (const path of MAIN) {
      for (const width of [360, 1440]) {
        test(`${path} in ${language} at ${width} px is accessible and does not scroll sideways`, async () => {
          const { page, problems, close } = await visit(browser, home + path, home, { width });
          await screenshot(page, `${language}-${path.replaceAll("/", "_").replace(".html", "")}-${width}`);
          const found = await violations(page);
          const [lang, content] = await page.evaluate(() => [
            document.documentElement.lang,
            document.documentElement.scrollWidth,
          ]);
          await close();
          none([...problems, ...found]);
          assert.equal(lang, language);
          assert.ok(Number(content) <= width, `${content} px`);
        });
      }
    }
  }

  test("scripts say their words in the language of the page", async () => {
    const folder = site({ language: "de" });
    const home = `${fileUrl(folder)}/`;
    const { page, close } = await visit(browser, `${home}actions.html`, home, { width: 1440 });
    await page.locator("#filter-q").fill("zzzz");
    const none = await page.locator("[data-count]").textContent();
    await page.locator("#filter-q").fill("");
    const all = await page.locator("[data-count]").textContent();
    await close();
    assert.match(none ?? "", /^0 von \d+\s*Maßnahmen$/);
    assert.match(all ?? "", /^\d+\s*Maßnahmen$/);
  });

  test("a language that is written from right to left mirrors the page and breaks nothing", async () => {
    const words = '[nav]\npostmortems = "تقارير ما بعد الحوادث"\nactions = "الإجراءات"\n[home]\ntodo = "ما زال مفتوحًا"\nlatest = "الأحدث"\n';
    const folder = site({ language: "ar", words });
    const home = `${fileUrl(folder)}/`;
    for (const path of MAIN) {
      for (const width of [360, 1440]) {
        const { page, problems, close } = await visit(browser, home + path, home, { width });
        await screenshot(page, `ar-${path.replaceAll("/", "_").replace(".html", "")}-${width}`);
        const found = await violations(page);
        const facts = await page.evaluate(() => ({
          direction: getComputedStyle(document.body).direction,
          content: document.documentElement.scrollWidth,
          brand: document.querySelector(".brand")?.getBoundingClientRect().right ?? 0,
          chart: getComputedStyle(document.querySelector("main svg[role]") ?? document.body).direction,
        }));
        await close();
        none([...problems, ...found]);
        assert.equal(facts.direction, "rtl", path);
        assert.ok(facts.content <= width, `${path}: ${facts.content} px`);
        assert.ok(facts.brand > width / 2, `${path}: the name of the site stands at ${facts.brand} px`);
        if (path.startsWith("postmortems/2025")) assert.equal(facts.chart, "ltr", "time runs to the right");
      }
    }
  });
});

describe("words that a team writes itself", () => {
  for (const theme of ["afterword", "console"]) {
    test(`a severity of many words keeps to its place in ${theme}`, async () => {
      const root = join(temporaryFolder(), "root");
      mkdirSync(join(root, "postmortems"), { recursive: true });
      writeFileSync(join(root, "book.toml"), `[output.html]\ntheme = "${theme}"\n`);
      for (const day of ["03", "14"]) {
        const head = `# The shop was slow on day ${day}\n\n**Severity:** Partial degradation of checkout\n\n**Services affected:** shop\n`;
        const work = "## Action items\n\n- [ ] Cap the queue\n- [ ] Alert on its length\n";
        writeFileSync(join(root, "postmortems", `2026-03-${day}-slow.md`), `${head}\n## Timeline\n\n- 2026-03-${day} 13:02 UTC began\n- 13:40 over\n\n${work}`);
      }
      const home = `${fileUrl(build(root))}/`;
      for (const path of ["index.html", "postmortems/index.html", "postmortems/2026-03-14-slow.html", "services/shop.html", "insights.html"]) {
        for (const width of [360, 800, 1280]) {
          const { page, problems, close } = await visit(browser, home + path, home, { width });
          const beyond = await page.locator(".severity").evaluateAll((marks) =>
            marks.map((mark) => {
              const { left, right } = mark.getBoundingClientRect();
              // Words may go on behind the end of their own box.
              return Math.max(right, left + mark.scrollWidth) - (mark.parentElement?.getBoundingClientRect().right ?? 0);
            }),
          );
          await close();
          none(problems);
          if (path !== "insights.html") assert.ok(beyond.length > 0, path);
          assert.ok(beyond.every((pixels) => pixels < 1), `${path} at ${width} px: ${beyond}`);
        }
      }
    });
  }
});
