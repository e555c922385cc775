// @ts-check
// What Lighthouse says of the kinds of page of a built site, on a phone and at a desk: `node benches/lighthouse.mjs SITE`.
//
// It ends with 1 when a category is under 98. Not part of the tests, since the figure for performance is a measured time.
// Lighthouse itself comes by npx; CHROME_PATH names a browser that it does not find by itself.

import { execFile } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";

const LIGHTHOUSE = "lighthouse@12.8.2";
const ENOUGH = 98;

const site = process.argv[2];
if (!site) throw new Error("which site? `node benches/lighthouse.mjs FOLDER`, after `afterword build --out FOLDER`");

const TYPES = /** @type {Record<string, string>} */ ({
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".txt": "text/plain",
  ".webmanifest": "application/manifest+json",
});

// As hosts of static files do it: compressed, and cached by browsers.
const server = createServer((request, response) => {
  const path = decodeURIComponent(new URL(request.url ?? "/", "http://site").pathname);
  try {
    const body = gzipSync(readFileSync(join(site, path.endsWith("/") ? `${path}index.html` : path)));
    response.setHeader("Content-Type", TYPES[extname(path)] ?? "application/octet-stream");
    response.setHeader("Content-Encoding", "gzip");
    response.setHeader("Cache-Control", "max-age=31536000");
    response.setHeader("Content-Security-Policy", "default-src 'self'");
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
const address = server.address();
const origin = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;

const postmortem = readdirSync(join(site, "postmortems")).filter((name) => name !== "index.html").sort()[0];
const pages = ["index.html", "postmortems/index.html", `postmortems/${postmortem}`, "actions.html", "insights.html", "search.html"];

/**
 * @param {string} page
 * @param {string[]} options
 */
async function scores(page, options) {
  const { stdout } = await promisify(execFile)(
    "npx",
    ["--yes", LIGHTHOUSE, `${origin}/${page}`, "--quiet", "--output=json", "--chrome-flags=--headless=new --no-sandbox", ...options],
    { maxBuffer: 1 << 28 },
  );
  /** @type {{categories: Record<string, {id: string, score: number}>}} */
  const { categories } = JSON.parse(stdout);
  return Object.values(categories).map(({ id, score }) => ({ id, score: Math.round(score * 100) }));
}

let low = 0;
for (const page of pages) {
  for (const [device, options] of /** @type {const} */ ([["phone", []], ["desk", ["--preset=desktop"]]])) {
    const found = await scores(page, [...options]);
    low += found.filter(({ score }) => score < ENOUGH).length;
    console.log(`${page}, ${device}: ${found.map(({ id, score }) => `${id} ${score}`).join(", ")}`);
  }
}
server.close();
process.exitCode = low === 0 ? 0 : 1;
