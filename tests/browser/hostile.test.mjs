// @ts-check
// A document that tries everything: markup, addresses and names that want to run a script, leave the archive or call
// home. Nothing of it may come to life on any page.

import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { build, fileUrl, htmlFiles, launch, none, temporaryFolder, visit } from "./support.mjs";

const SET = "globalThis.cameToLife=1";

const DOCUMENT = String.raw`+++
title = "</title><script>${SET}</script> \"><img src=x onerror=${SET}>"
id = "hostile"
date = 2026-03-14
status = "final"
severity = "SEV1<script>${SET}</script>"
services = ["\"><script>${SET}</script>", "../../../up", "javascript:${SET}"]
teams = ["</script><script>${SET}</script>"]
tags = ["<img src=x onerror=${SET}>", "..", "a/b"]
authors = ["<svg onload=${SET}>"]

[times]
started = 2026-03-14T13:02:00Z
detected = 2026-03-14T13:09:00Z
resolved = 2026-03-14T14:20:00Z

[impact]
summary = "<iframe srcdoc='<script>parent.cameToLife=1</script>'></iframe>"

[[timeline]]
at = 2026-03-14T13:09:00Z
event = "<script>${SET}</script><a href='javascript:${SET}'>evidence</a>"

[[action_items]]
title = "</script><script>${SET}</script>"
owner = "\" onmouseover=\"${SET}"
type = "prevent"
priority = "P1"
status = "open"
due = 2026-04-10
tracker = "javascript:${SET}"
+++

# Heading <script>${SET}</script> {onclick="${SET}"}

<script>${SET}</script>
<img src=x onerror="${SET}">
<svg><script>${SET}</script><animate onbegin="${SET}" attributeName=x dur=1s></svg>
<math><mtext><style><img src=x onerror=${SET}></style></mtext></math>
<iframe src="javascript:parent.cameToLife=1"></iframe>
<object data="javascript:${SET}"></object><embed src="https://outside.example/x.swf">
<form action="https://outside.example/"><button formaction="javascript:${SET}">press</button></form>
<a href="javascript:${SET}">raw link</a> <a href="&#106;avascript:${SET}">entity link</a>
<body onload="${SET}"><details open ontoggle="${SET}"><summary>more</summary></details>
<style>@import "https://outside.example/a.css"; body { background: url(https://outside.example/b.png) }</style>
<link rel="stylesheet" href="https://outside.example/c.css"><meta http-equiv="refresh" content="0;url=https://outside.example/">
<base href="https://outside.example/">
<p style="background:url(https://outside.example/d.png);position:fixed;inset:0">styled</p>
<input autofocus onfocus="${SET}"><video src="https://outside.example/e.mp4" autoplay></video>

[link](javascript:${SET}) [data](data:text/html,<script>${SET}</script>) [mixed](JaVaScRiPt:${SET})
[up](../../../../etc/passwd) ![image](https://outside.example/f.png) ![up](../../../../etc/hosts.png)
<javascript:${SET}>

| time | event |
|---|---|
| 13:02 | <img src=x onerror=${SET}> |

~~~html "><script>${SET}</script>
</code></pre><script>${SET}</script>
~~~

## Action items

- [ ] <img src=x onerror=${SET}> fix it (owner: <b onclick=${SET}>x</b>)

A footnote[^"><script>].

[^"><script>]: <script>${SET}</script>
`;

const root = temporaryFolder();
mkdirSync(join(root, "postmortems"));
writeFileSync(join(root, "postmortems", "hostile.md"), DOCUMENT);
writeFileSync(join(root, "postmortems", "plain.md"), "# Checkout was slow\n\nIt was slow.\n");
const site = build(root);
const home = `${fileUrl(site)}/`;

/** @type {import("playwright-core").Browser} */
let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

test("nothing in a hostile document runs, leaves the archive or calls home, on any page", async () => {
  const pages = htmlFiles(site);
  assert.ok(pages.length > 5);
  /** @type {string[]} */
  const found = [];
  const { page, problems, close } = await visit(browser, home + "index.html", home);
  page.on("dialog", (dialog) => found.push(`${page.url()}: dialog ${dialog.message()}`));
  for (const path of pages) {
    await page.goto(home + path);
    await page.mouse.move(300, 300);
    const facts = await page.evaluate(() => ({
      // @ts-expect-error: it is not there unless something went wrong.
      alive: globalThis.cameToLife !== undefined,
      bad: [...document.querySelectorAll("*")].flatMap((element) =>
        [...element.attributes]
          .filter(
            ({ name, value }) =>
              /^on/i.test(name) ||
              (/^(xlink:)?(href|src|srcdoc|action|formaction|data|poster|background)$/i.test(name) &&
                /^\s*(javascript|vbscript|data:text)|passwd|hosts\.png/i.test(value)),
          )
          .map(({ name, value }) => `<${element.tagName} ${name}="${value}">`),
      ),
      elements: [...document.querySelectorAll("main :is(iframe, object, embed, base, form:not([data-search], [data-filter]), meta, link, style, script:not([src]))")].map(
        (element) => element.outerHTML.slice(0, 120),
      ),
    }));
    if (facts.alive) found.push(`${path}: a script ran`);
    found.push(...[...facts.bad, ...facts.elements].map((what) => `${path}: ${what}`));
  }
  await close();
  none(found);
  none(problems);
});

test("a hostile title is plain text in the results of a search", async () => {
  const { page, problems, close } = await visit(browser, home + "index.html", home);
  await page.keyboard.press("/");
  await page.keyboard.type("onerror");
  await page.waitForFunction(() => /onerror/.test(document.body.innerText));
  // @ts-expect-error: it is not there unless something went wrong.
  assert.equal(await page.evaluate(() => globalThis.cameToLife), undefined);
  none(problems);
  await close();
});
