// How text becomes terms, in the reader script. The same fixture runs in `cargo test`, against the index builder.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import path from "node:path";
import vm from "node:vm";

const file = (/** @type {string} */ name) => readFile(path.resolve(import.meta.dirname, name), "utf8");
const cases = JSON.parse(await file("tokens.json"));
const units = vm.runInNewContext(`${await file("../../themes/afterword/static/search-terms.js")}; units`);

for (const { text, units: expected } of cases) {
  test(`the terms of ${JSON.stringify(text)}`, () => {
    assert.deepEqual(JSON.parse(JSON.stringify(units(text))), expected);
  });
}
