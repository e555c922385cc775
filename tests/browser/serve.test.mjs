// @ts-check
// The server while somebody writes: what is saved is seen, what breaks is said, what is not there is not there.

import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { launch, none, serve, temporaryFolder, visit } from "./support.mjs";

const root = temporaryFolder();
mkdirSync(join(root, "postmortems"));
/** @param {string} name @param {string} text */
const save = (name, text) => writeFileSync(join(root, "postmortems", name), text);
save("slow.md", "# Checkout was slow\n\nThe pool was sized per host.\n");

/** @type {import("playwright-core").Browser} */
let browser;
/** @type {{origin: string, stop: () => Promise<void>}} */
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
