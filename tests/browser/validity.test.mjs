// @ts-check
// Pages against the Nu HTML checker, the program behind validator.w3.org. It is written in Java; npm brings it.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { PROJECT, build, none, temporaryFolder } from "./support.mjs";

/** The checker itself. */
const CHECKER = join(PROJECT, "tests/browser/node_modules/vnu-jar/build/dist/vnu.jar");

/** Markup that teams write, some of it given up by HTML long ago, some in places where it may not stand. */
const DOCUMENT = `# Search returned nothing

<center><strike>All fine</strike> <tt>503</tt> <acronym title="Site reliability">SRE</acronym></center>

<details>
<summary>

What we saw

</summary>

| when | what |
|------|------|
| 13:02 | <br/>Empty pages <b>everywhere</b> |

- [ ] a list
  > with a quotation[^1]

</details>

[^1]: And a note.

## Timeline

- 13:02 Search returns nothing
- 13:40 Fixed <sub>at last</sub>

## Action items

- [ ] Alert on empty pages (owner: search)
`;

/**
 * Everything that the checker has to say about the pages below a folder, errors and warnings.
 * @param {string} folder
 * @returns {string[]}
 */
function complaints(folder) {
  const { stderr, error } = spawnSync("java", ["-jar", CHECKER, "--format", "json", "--skip-non-html", folder], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (error) throw new Error(`the checker needs Java: ${error.message}`);
  /** @type {{messages: {url: string, lastLine: number, message: string, extract: string}[]}} */
  const { messages } = JSON.parse(stderr);
  return messages.map(({ url, lastLine, message, extract }) => `${url}:${lastLine}: ${message} [${extract}]`);
}

test("every page of the demonstration site is valid HTML", () => {
  none(complaints(build(PROJECT)));
});

test("what documents bring along as HTML leaves their pages valid", () => {
  const root = temporaryFolder();
  mkdirSync(join(root, "postmortems"));
  writeFileSync(join(root, "postmortems", "2026-03-14-markup.md"), DOCUMENT);
  none(complaints(build(root)));
});

test("a page that is not valid is complained about", () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "page.html"), "<!doctype html><html lang=en><title>x</title><center>x</center>");
  const [first, ...more] = complaints(folder);
  assert.match(first ?? "", /center/);
  assert.deepEqual(more, []);
});
