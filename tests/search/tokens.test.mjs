// How text becomes terms, in the reader script. The same fixture runs in `cargo test`, against the index builder.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import path from "node:path";
import vm from "node:vm";

const file = (/** @type {string} */ name) => readFile(path.resolve(import.meta.dirname, name), "utf8");
const cases = JSON.parse(await file("tokens.json"));
const page = vm.createContext({ TextDecoder });
for (const name of ["index", "stem"]) vm.runInContext(await file(`../../themes/afterword/static/search-${name}.js`), page);
const search = vm.runInContext("AfterwordSearch", page);

for (const { text, units } of cases) {
  test(`the terms of ${JSON.stringify(text)}`, () => {
    assert.deepEqual(JSON.parse(JSON.stringify(search.units(text))), units);
  });
}

test("words of one stem meet", () => {
  const stems = /** @type {Record<string, string>} */ ({
    deploy: "deploy", deploys: "deploy", deployed: "deploy", deploying: "deploy", deployment: "deploy", deployments: "deploy",
    connection: "connect", connections: "connect", connected: "connect", exhausted: "exhaust", exhaustion: "exhaust",
    caresses: "caress", ponies: "poni", agreed: "agre", feed: "feed", hopping: "hop", hoping: "hope", falling: "fall",
    relational: "relat", conditional: "condit", triplicate: "triplic", hopefulness: "hope", retries: "retri", retry: "retri",
    failover: "failov", latency: "latenc", latencies: "latenc", certificate: "certif", certificates: "certif",
    controll: "control", is: "is", the: "the", yes: "ye", e_conn: "e_conn", café: "café",
  });
  const read = Object.fromEntries(Object.keys(stems).map((word) => [word, search.stem(word)]));
  assert.deepEqual(read, stems);
});
