// @ts-check
// What the browser tests stand on: the built site, the program that serves it, a browser, and a page that remembers
// everything that went wrong on it.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { dirname, extname, join, relative, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { chromium } from "playwright-core";

const here = dirname(fileURLToPath(import.meta.url));

/** The folder of the project. */
export const PROJECT = join(here, "..", "..");

/** Where screenshots go; git does not look there. */
export const OUTPUT = join(here, "output");

/** The day that every build calls today. */
export const TODAY = "2026-11-20";

/** The program, as `cargo test` or `cargo build` left it. */
const BINARY = join(process.env.CARGO_TARGET_DIR ?? join(PROJECT, "target"), "debug", "afterword");

/** axe-core, as a script to be evaluated in a page. */
const AXE = readFileSync(join(here, "node_modules", "axe-core", "axe.min.js"), "utf8");

/**
 * Runs the program to its end and gives what it printed.
 * @param {string[]} args
 */
export function afterword(args) {
  if (!existsSync(BINARY)) throw new Error(`${BINARY} is not there: run \`cargo build\` first`);
  return execFileSync(BINARY, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

/**
 * Builds a folder of postmortems and gives the folder of the site.
 * @param {string} root
 * @param {string[]} more
 */
export function build(root, more = []) {
  const out = join(temporaryFolder(), "site");
  afterword(["build", "--root", root, "--out", out, "--today", TODAY, ...more]);
  return out;
}

/** A new empty folder, gone with the process. */
export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), "afterword-browser-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/**
 * All HTML files below a folder, with `/` between the parts of their paths, sorted.
 * @param {string} folder
 * @returns {string[]}
 */
export function htmlFiles(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".html"))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
}

/**
 * One page for each kind, the longest: pages are of a kind when they stand in one folder, but for its `index.html`. The
 * page for what is not there is left out: it knows its full address, and is looked at as it is served.
 * @param {string} folder a built site
 * @returns {string[]}
 */
export function kinds(folder) {
  /** @type {Map<string, string>} */
  const kinds = new Map();
  const size = (/** @type {string} */ path) => statSync(join(folder, path)).size;
  for (const path of htmlFiles(folder).filter((path) => path !== "404.html")) {
    const kind = path.includes("/") && !path.endsWith("index.html") ? dirname(path) : path;
    const known = kinds.get(kind);
    if (!known || size(known) < size(path)) kinds.set(kind, path);
  }
  return [...kinds.values()];
}

/**
 * @typedef {object} Served a folder that is served
 * @property {string} origin where
 * @property {(work: () => void) => void} unseen does something while the server stands still: it hears of all of it at once
 * @property {() => Promise<void>} stop ends the server
 */

/**
 * Serves a folder until `stop` is called; the program chooses the port.
 * @param {string} root
 * @returns {Promise<Served>}
 */
export function serve(root) {
  const child = spawn(BINARY, ["serve", "--root", root, "--port", "0", "--today", TODAY], {
    stdio: ["ignore", "pipe", "pipe"],
    // What it keeps for the next start goes with the test.
    env: { ...process.env, XDG_CACHE_HOME: temporaryFolder() },
  });
  process.on("exit", () => child.kill());
  const ended = new Promise((resolve) => child.once("exit", resolve));
  return new Promise((resolve, reject) => {
    let text = "";
    const timer = setTimeout(() => reject(new Error(`no address within 60 s:\n${text}`)), 60_000);
    const read = (/** @type {Buffer} */ chunk) => {
      text += chunk;
      const origin = /http:\/\/[\w.:[\]]+/.exec(text)?.[0];
      if (!origin) return;
      clearTimeout(timer);
      resolve({
        origin,
        unseen: (work) => {
          child.kill("SIGSTOP");
          work();
          child.kill("SIGCONT");
        },
        stop: async () => {
          child.kill();
          await ended;
        },
      });
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("exit", (code) => {
      clearTimeout(timer);
      reject(new Error(`serve ended with ${code}:\n${text}`));
    });
  });
}

/** What a plain host says of a file by its ending. */
const TYPES = /** @type {Record<string, string>} */ ({
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".webmanifest": "application/manifest+json",
});

/**
 * Serves the files of a folder as any static host does, under a policy for what pages may load. `below` is the path at
 * which it has them; whatever is asked for beside it is not there.
 * @param {string} folder
 * @param {string} policy
 * @param {string} [below]
 * @returns {Promise<{port: number, stop: () => void}>}
 */
export async function host(folder, policy, below = "/") {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "", "http://site").pathname);
    response.setHeader("Content-Security-Policy", policy);
    response.setHeader("Content-Type", TYPES[extname(path)] ?? "text/plain");
    try {
      if (!path.startsWith(below)) throw new Error(path);
      response.end(readFileSync(join(folder, path.slice(below.length))));
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = server.address();
  return {
    port: typeof address === "object" ? (address?.port ?? 0) : 0,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/**
 * Starts the browser that `CHROMIUM` names.
 * @param {string[]} more arguments of this test alone
 */
export function launch(more = []) {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      ...more,
    ],
  });
}

/**
 * @typedef {object} Look
 * @property {number} [width] of the window, in CSS pixels
 * @property {"light" | "dark"} [scheme]
 * @property {boolean} [scripts] whether JavaScript runs
 * @property {string} [zone] where the reader is
 */

/**
 * Opens an address in a context of its own. `problems` fills with every error on the console, every exception, every
 * request that failed and every request that leaves `home`.
 * @param {import("playwright-core").Browser} browser
 * @param {string} url
 * @param {string} home the address that every request has to begin with
 * @param {Look} [look]
 */
export async function visit(browser, url, home, look = {}) {
  const context = await browser.newContext({
    viewport: { width: look.width ?? 1440, height: 900 },
    colorScheme: look.scheme ?? "light",
    javaScriptEnabled: look.scripts ?? true,
    reducedMotion: "reduce",
    timezoneId: look.zone,
  });
  const page = await context.newPage();
  /** @type {string[]} */
  const problems = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) problems.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => problems.push(`exception: ${error.message}`));
  page.on("requestfailed", (request) => {
    // A page that is left while its event stream is open has not failed.
    if (request.failure()?.errorText !== "net::ERR_ABORTED") problems.push(`failed: ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) problems.push(`${response.status()}: ${response.url()}`);
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(home) && !request.url().startsWith("data:")) problems.push(`outside: ${request.url()}`);
  });
  await page.goto(url, { waitUntil: "load" });
  return { page, problems, close: () => context.close() };
}

/**
 * Fails with what was found, a line each, if anything was.
 * @param {string[]} found
 */
export function none(found) {
  assert.ok(found.length === 0, `\n${found.join("\n")}`);
}

/**
 * The address of a file, or of a folder with a slash at its end.
 * @param {string} path
 */
export function fileUrl(path) {
  return pathToFileURL(path).href;
}

/**
 * What axe-core finds on a page, a line or two each.
 * @param {import("playwright-core").Page} page
 * @returns {Promise<string[]>}
 */
export async function violations(page) {
  await page.evaluate(AXE);
  const result = await page.evaluate(() =>
    // @ts-expect-error: axe-core puts itself there.
    globalThis.axe.run(document, { preload: false, resultTypes: ["violations"] }),
  );
  return result.violations.map(
    (/** @type {{id: string, help: string, nodes: {html: string, failureSummary: string}[]}} */ found) =>
      `${found.id}: ${found.help}\n${found.nodes
        .slice(0, 3)
        .map((node) => `    ${node.html.slice(0, 160)}\n    ${node.failureSummary.replaceAll("\n", "\n    ")}`)
        .join("\n")}`,
  );
}

/**
 * Saves what the page looks like, for people, who ask for it with `SCREENSHOTS=1`: a long page takes as long to paint as to
 * check.
 * @param {import("playwright-core").Page} page
 * @param {string} name
 */
export async function screenshot(page, name) {
  if (!process.env.SCREENSHOTS) return;
  mkdirSync(OUTPUT, { recursive: true });
  await page.screenshot({ path: join(OUTPUT, `${name}.png`), fullPage: true });
}
