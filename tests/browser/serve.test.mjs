// @ts-check
// The server while somebody writes: what is saved is seen, what breaks is said, what is not there is not there.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { TODAY, launch, none, serve, temporaryFolder, visit } from "./support.mjs";

const root = temporaryFolder();
mkdirSync(join(root, "postmortems"));
/** @param {string} name @param {string} text */
const save = (name, text) => writeFileSync(join(root, "postmortems", name), text);
save("slow.md", "# Checkout was slow\n\nThe pool was sized per host.\n");

/** @type {import("playwright-core").Browser} */
let browser;
/** @type {import("./support.mjs").Served} */
let server;
before(async () => {
  browser = await launch();
  server = await serve(root);
});
after(async () => {
  await server.stop();
  await browser.close();
});

test("a saved change, a new document and a removed one are seen without touching the browser", async () => {
  const home = `${server.origin}/`;
  const { page, problems, close } = await visit(browser, `${home}postmortems/slow.html`, home);
  save("slow.md", "# Checkout was slow\n\nThe pool was sized per **process**.\n");
  await page.getByText("sized per process").waitFor();

  await page.goto(`${home}postmortems/index.html`);
  save("full.md", "# The disk was full\n\nLogs were kept for ever.\n");
  await page.getByText("The disk was full").first().waitFor();
  rmSync(join(root, "postmortems", "full.md"));
  await page.getByText("The disk was full").first().waitFor({ state: "detached" });
  none(problems);
  await close();
});

test("a template that breaks is said on the page, and mending it brings the page back", async () => {
  const home = `${server.origin}/`;
  const { page, close } = await visit(browser, `${home}index.html`, home);
  mkdirSync(join(root, "templates"), { recursive: true });
  writeFileSync(join(root, "templates", "home.html"), "{% extends \"base.html\" %}\n{{ broken. }}\n");
  await page.getByText("templates/home.html").first().waitFor();
  rmSync(join(root, "templates"), { recursive: true });
  await page.getByText("templates/home.html").first().waitFor({ state: "detached" });
  await close();
});

test("a change reaches only its own place: scroll, focus, what was opened and what was typed stay", async () => {
  const long = Array.from({ length: 80 }, (_, line) => `Paragraph ${line} of a long account.\n`).join("\n");
  /** @param {string} last */
  const text = (last) => `# Long\n\n## Timeline\n\n- 2026-03-14 13:02 UTC began\n\n## Account\n\n${long}\n${last}\n\n## Lessons\n\nNone.\n`;
  save("long.md", text("The end was **near**."));
  const home = `${server.origin}/`;
  // Its page is there once the list has it.
  const { page, problems, close } = await visit(browser, `${home}postmortems/index.html`, home);
  await page.getByText("Long", { exact: true }).first().waitFor();
  await page.goto(`${home}postmortems/long.html`);
  await page.getByText("The end was near").waitFor();
  await page.evaluate(() => {
    scrollTo(0, 900);
    const contents = /** @type {HTMLDetailsElement} */ (document.querySelector("[data-contents]"));
    contents.open = !contents.open;
    /** @type {any} */ (globalThis).kept = document.querySelector("main h1");
  });
  const search = page.locator("[data-search] input").first();
  await search.fill("pool");
  const before = await page.evaluate(() => [scrollY, document.querySelector("[data-contents]")?.hasAttribute("open")]);
  save("long.md", text("The end was **there**."));
  await page.getByText("The end was there").waitFor();
  save("long.md", text("The end was **there**.\n\nAnd one thing more.").replace("13:02", "13:05"));
  await page.getByText("And one thing more.").waitFor();
  await page.getByText("13:05").first().waitFor({ state: "attached" });
  const after = await page.evaluate(() => [scrollY, document.querySelector("[data-contents]")?.hasAttribute("open")]);
  assert.deepEqual(after, before);
  assert.equal(await search.inputValue(), "pool");
  assert.ok(await page.evaluate(() => document.activeElement?.matches("[data-search] input")));
  assert.ok(await page.evaluate(() => /** @type {any} */ (globalThis).kept.isConnected), "the page was loaded anew");
  none(problems);
  await close();
});

test("a page that is being left is not loaded anew, which would call the reader back", async () => {
  const home = `${server.origin}/`;
  const { page, problems, close } = await visit(browser, `${home}postmortems/index.html`, home);
  const link = page.locator("main").getByRole("link", { name: "Checkout was slow" }).first();
  await link.waitFor();
  await page.waitForLoadState("networkidle").catch(() => {});
  // The page that the reader goes to comes only after the one that is left has heard of another list.
  const heard = new Promise((resolve) =>
    page.on("response", (response) => response.url().endsWith("/index.html") && resolve(response.finished())),
  );
  await page.route("**/postmortems/slow.html", async (route) => {
    save("left.md", "# Left behind\n\nThe list has one more.\n");
    await heard;
    await new Promise((resolve) => setTimeout(resolve, 500));
    await route.continue();
  });
  await link.click({ noWaitAfter: true });
  await page.waitForURL("**/postmortems/slow.html");
  await page.getByText("sized per").waitFor();
  rmSync(join(root, "postmortems", "left.md"));
  none(problems);
  await close();
});

test("styles and pictures are swapped on their own", async () => {
  /** @param {string} colour */
  const picture = (colour) => `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9" fill="${colour}"/></svg>`;
  save("red.svg", picture("red"));
  save("shown.md", "# Shown\n\n![a square](red.svg)\n");
  const home = `${server.origin}/`;
  // A machine at work takes a while to hear of the document; until then its page is not there.
  const index = await visit(browser, `${home}postmortems/index.html`, home);
  await index.page.getByText("Shown").first().waitFor();
  await index.close();
  const { page, problems, close } = await visit(browser, `${home}postmortems/shown.html`, home);
  const image = page.getByAltText("a square");
  await image.waitFor();
  // The page has learnt what it has loaded when it has heard of the site.
  await page.waitForLoadState("networkidle").catch(() => {});
  await page.waitForTimeout(500);
  await page.evaluate(() => (/** @type {any} */ (globalThis).kept = document.querySelector("main h1")));
  const address = await image.getAttribute("src");
  save("red.svg", picture("blue"));
  await page.waitForFunction((old) => document.querySelector("main img")?.getAttribute("src") !== old, address);

  mkdirSync(join(root, "themes", "afterword", "static"), { recursive: true });
  writeFileSync(join(root, "themes", "afterword", "static", "print.css"), "h1 { letter-spacing: 7px }\n");
  await page.waitForFunction(() => {
    const heading = document.querySelector("main h1");
    return heading && getComputedStyle(heading).letterSpacing === "7px";
  });
  assert.ok(await page.evaluate(() => /** @type {any} */ (globalThis).kept.isConnected), "the page was loaded anew");
  rmSync(join(root, "themes"), { recursive: true });
  none(problems);
  await close();
});

test("a slip in the configuration is said on the page until it is mended, and a new title is seen", async () => {
  const home = `${server.origin}/`;
  const { page, close } = await visit(browser, `${home}index.html`, home);
  writeFileSync(join(root, "book.toml"), "[book]\ntitel = 'Harbour'\n");
  await page.getByText("book.toml:2:").waitFor();
  writeFileSync(join(root, "book.toml"), "[book]\ntitle = 'Harbour'\n");
  await page.getByText("book.toml:2:").waitFor({ state: "detached" });
  await page.getByRole("link", { name: "Harbour" }).first().waitFor();
  assert.match(await page.title(), /Harbour/);
  writeFileSync(join(root, "book.toml"), "[book]\nsrc = 'gone'\n");
  await page.getByText("the folder `gone` is not there").waitFor();
  rmSync(join(root, "book.toml"));
  await page.getByText("the folder `gone` is not there").waitFor({ state: "detached" });
  await close();
});

test("a document that gets another name, or is saved by one, is found where it is", async () => {
  const home = `${server.origin}/`;
  save("before.md", "# A name\n\nText.\n");
  const { page, close } = await visit(browser, `${home}postmortems/index.html`, home);
  await page.locator("a[href$='before.html']").first().waitFor();
  renameSync(join(root, "postmortems", "before.md"), join(root, "postmortems", "after.md"));
  await page.locator("a[href$='after.html']").first().waitFor();
  assert.equal(await page.locator("a[href$='before.html']").count(), 0);
  await page.goto(`${home}postmortems/after.html`);
  // As editors save: another file takes the name.
  save(".after.md.tmp", "# A name\n\nAnother text.\n");
  renameSync(join(root, "postmortems", ".after.md.tmp"), join(root, "postmortems", "after.md"));
  await page.getByText("Another text.").first().waitFor();
  await close();
});

test("a thousand files at once are one change", async () => {
  const home = `${server.origin}/`;
  const { page, close } = await visit(browser, `${home}postmortems/index.html`, home);
  /** @type {string[]} */
  const versions = [];
  page.on("request", (request) => {
    if (request.resourceType() === "fetch" && request.method() === "GET") versions.push(request.url());
  });
  // A machine at work may take longer to write them than the watch waits for more.
  server.unseen(() => {
    for (let number = 0; number < 1000; number += 1) save(`many-${number}.md`, `# Many ${number}\n\nText.\n`);
  });
  await page.getByText("Many 999").first().waitFor({ state: "attached" });
  assert.ok(versions.length <= 4, `the page was fetched ${versions.length} times`);
  for (let number = 0; number < 1000; number += 1) rmSync(join(root, "postmortems", `many-${number}.md`));
  await page.getByText("Many 999").first().waitFor({ state: "detached" });
  await close();
});

test("the history of action items is that of the commits, and follows them", async () => {
  const home = temporaryFolder();
  mkdirSync(join(home, "postmortems"));
  const file = join(home, "postmortems", "pool.md");
  /** @param {string} status */
  const text = (status) =>
    `+++\ndate = 2026-03-04\n\n[[action_items]]\ntitle = "Cap the pool"\nowner = "ada"\nstatus = "${status}"\n+++\n\n# Pool\n`;
  /** @param {string} day @param {string[]} words */
  const git = (day, ...words) =>
    execFileSync("git", ["-c", "user.name=Nobody", "-c", "user.email=nobody@example.com", ...words], {
      cwd: home,
      stdio: "ignore",
      env: { ...process.env, GIT_COMMITTER_DATE: `${day}T12:00:00Z` },
    });
  git("2026-11-01", "init", "--quiet");
  writeFileSync(file, text("open"));
  git("2026-11-01", "add", ".");
  git("2026-11-01", "commit", "--quiet", "--message", "Begin");
  const own = await serve(home);
  const { page, problems, close } = await visit(browser, `${own.origin}/postmortems/pool.html`, `${own.origin}/`);
  // What is in no commit has happened today.
  writeFileSync(file, text("done"));
  await page.locator(`.history time[datetime="${TODAY}"]`).waitFor({ state: "attached" });
  git("2026-11-10", "commit", "--quiet", "--all", "--message", "Cap it");
  await page.locator('.history time[datetime="2026-11-10"]').waitFor({ state: "attached" });
  none(problems);
  await close();
  await own.stop();
});

test("what is not there is not found, and nothing outside the site is served", async () => {
  /** @param {string} path @returns {Promise<[number | undefined, string]>} as the path stands, which `fetch` would tidy */
  const get = (path) =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(server.origin);
      request({ hostname, port, path }, (response) => {
        let body = "";
        response.on("data", (chunk) => (body += chunk));
        response.on("end", () => resolve([response.statusCode, body]));
      })
        .on("error", reject)
        .end();
    });
  for (const path of ["/nothing/", "/../Cargo.toml", "/..%2f..%2fetc%2fpasswd", "/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd", "/postmortems/slow.md"]) {
    const [status, body] = await get(path);
    assert.equal(status, 404, path);
    assert.doesNotMatch(body, /root:|\[package\]/, path);
  }
  const [status] = await get("/postmortems/slow.html");
  assert.equal(status, 200);
});
