// The reader scripts on indexes that the builder wrote: what is found, in which order, and what is loaded for it.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { before, describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import { openSite } from "./harness.mjs";

const project = path.resolve(import.meta.dirname, "../..");
const built = path.join(process.env.CARGO_TARGET_DIR ?? path.join(project, "target"), "tmp/search");
const queries = JSON.parse(await readFile(path.join(import.meta.dirname, "queries.json"), "utf8"));

before(() => {
  execFileSync("cargo", ["test", "--quiet", "--locked", "--test", "suite", "search::"], { cwd: project, stdio: "pipe" });
});

for (const site of ["small", "sharded"]) {
  describe(`relevance on the ${site} site`, () => {
    for (const { q, filters, sort, first, only, has, total, corrected, without } of queries) {
      test(`${q || "no words"} ${filters ? JSON.stringify(filters) : ""} ${sort ?? ""}`, async () => {
        const { find } = await openSite(path.join(built, site));
        const answer = await find(q, { filters, sort });
        if (only) assert.deepEqual(answer.ids, only);
        if (first) assert.deepEqual(answer.ids.slice(0, first.length), first);
        for (const id of has ?? []) assert.ok(answer.ids.includes(id), `${id} is not in ${answer.ids}`);
        if (total !== undefined) assert.equal(answer.docs.length, total);
        assert.deepEqual(plain(answer.corrected ?? []), corrected ?? []);
        if (without) assert.deepEqual(plain(answer.without), without);
      });
    }
  });
}

test("facets count what each choice would leave, their own choices aside", async () => {
  const { search, find } = await openSite(path.join(built, "small"));
  await find("pool ", { filters: { severity: ["SEV1"] } });
  const counts = await search.ask(async () => {
    const answer = await search.answerTo("pool ");
    return search.counted(answer.docs, await search.facets(), { severity: ["SEV1"] });
  });
  const [severity, , , , year] = plain(counts);
  assert.deepEqual(severity, {
    key: "severity",
    label: "Severity",
    values: [
      { value: "SEV1", count: 1, on: true },
      { value: "SEV2", count: 3, on: false },
      { value: "SEV3", count: 0, on: false },
      { value: "SEV4", count: 0, on: false },
    ],
  });
  assert.deepEqual(year.values.filter((/** @type {any} */ { count }) => count), [{ value: "2023", count: 1, on: false }]);
});

test("few results for several words bring in longer words, one exact identifier does not", async () => {
  const { find, loaded } = await openSite(path.join(built, "sharded"));
  assert.deepEqual((await find("cert expir ")).ids, ["2023-04-02-certificate"]);
  loaded.length = 0;
  assert.deepEqual((await find("INC-2024-0123")).ids, ["2024-03-14-checkout-pool"]);
  assert.deepEqual(loaded.filter(({ url }) => url.includes("assets/")), []);
});

test("nothing found names the nearest words", async () => {
  const { find } = await openSite(path.join(built, "small"));
  const { docs, nearest } = await find("certphoto ");
  assert.equal(docs.length, 0);
  assert.deepEqual(plain(nearest), ["certificate", "certificates"]);
  assert.deepEqual(plain((await find("backlock")).corrected), [["backlock", "backlog"]]);
});

test("a small site answers from one file", async () => {
  const { find, loaded } = await openSite(path.join(built, "small"));
  await find("checkout pool");
  assert.deepEqual(loaded.map(({ url }) => url).filter((url) => url.startsWith("search/")), ["search/index.js"]);
});

test("words of one stem meet in the language of the site, and a site may do without texts", async () => {
  const { find, loaded, search } = await openSite(path.join(built, "summaries"));
  for (const q of ["strømbruddene ", "strøm "]) assert.deepEqual((await find(q)).ids, ["2025-01-29-strom"], q);
  const { rows } = await find("strømbrudd ");
  assert.equal(await search.textOf(rows[0]), "");
  assert.deepEqual(loaded.filter(({ url }) => /search.x/.test(url)), []);
});

test("a site that was built anew in between is searched anew", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "afterword-search-"));
  try {
    await cp(path.join(built, "sharded"), folder, { recursive: true });
    const { find, loaded } = await openSite(folder);
    assert.equal((await find("certificate")).docs.length, 1);
    await rm(path.join(folder, "search"), { recursive: true });
    await cp(path.join(built, "large"), folder, { recursive: true });
    assert.equal((await find("INC-00042")).docs.length, 1);
    assert.match(loaded.map(({ url }) => url).join(" "), /search\/index\.js\?v=\d+/);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("a damaged part is reported, not ignored", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "afterword-search-"));
  try {
    await cp(path.join(built, "sharded"), folder, { recursive: true });
    await writeFile(path.join(folder, "search/d/0.js"), "AfterwordSearch.add('d',0,'???','');");
    const { find } = await openSite(folder);
    await assert.rejects(find("certificate"));
  } finally {
    await rm(folder, { recursive: true });
  }
});

describe("ten thousand documents", () => {
  const site = path.join(built, "large");

  test("an identifier, a host and a hash lead to their document", async () => {
    const { find } = await openSite(site);
    assert.deepEqual((await find("INC-01999")).ids, ["2013-01999"]);
    assert.equal((await find("db-299.prod.example.com")).docs.length, 33);
    assert.deepEqual((await find(`${(7 * 7_919_317).toString(16).padStart(16, "0")}a1`)).ids, ["2010-00007"]);
  });

  test("a first query stays within 150 kB and 25 requests, the next within 100 kB", async () => {
    const { find, loaded, search } = await openSite(site);
    /** @param {string} q */
    const cost = async (q) => {
      loaded.length = 0;
      const { rows, titles } = await find(q);
      await Promise.all(rows.slice(0, 7).map(search.textOf));
      assert.ok(titles.length > 6, `${q} finds ${titles.length} documents`);
      const sizes = loaded.map(async ({ url }) => gzipSync(await readFile(fileOf(url))).length);
      return { requests: loaded.length, bytes: (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0) };
    };
    const words = await wordsOf(site);
    const first = await cost(`${words[0]} ${words[1]}`), next = await cost(`${words[2]} ${words[3]}`);
    assert.ok(first.requests <= 25 && first.bytes <= 150_000, JSON.stringify(first));
    assert.ok(next.requests <= 25 && next.bytes <= 100_000, JSON.stringify(next));
  });

  /** @param {string} url */
  const fileOf = (url) => {
    const [file] = url.split("?");
    return file.startsWith("assets/") ? path.join(project, "themes/afterword/static", file.slice(7)) : path.join(site, file);
  };
});

/** The four words of a title in the middle of the site that many documents have. @param {string} site */
async function wordsOf(site) {
  const text = await readFile(path.join(site, "search/x/2018-05000.js"), "utf8");
  const counts = new Map();
  for (const [word] of text.matchAll(/[a-z]{5,}/g)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort((one, other) => other[1] - one[1]).slice(0, 4).map(([word]) => word);
}

/** A copy that is of this context. @template T @param {T} value @returns {T} */
function plain(value) {
  return JSON.parse(JSON.stringify(value));
}
