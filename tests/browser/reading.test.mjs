// @ts-check
// Reading a postmortem: first questions, the drawn timeline by keyboard, times in other zones, places to link to, and
// documents with far too much or far too little in them.

import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { PROJECT, build, fileUrl, launch, none, screenshot, temporaryFolder, violations, visit } from "./support.mjs";

/** @type {import("playwright-core").Browser} */
let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

const home = `${fileUrl(build(PROJECT))}/`;
const url = `${home}postmortems/2025-06-03-summer-release-overload.html`;

/** A folder of documents at the edges of what is likely, built. */
function extremes() {
  const root = temporaryFolder();
  const folder = join(root, "postmortems");
  mkdirSync(folder);
  const at = (/** @type {number} */ minutes) =>
    `${String(8 + Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
  const tags = new Map([[0, "started"], [6, "detected"], [80, "mitigated"], [120, "resolved"]]);
  const events = Array.from({ length: 121 }, (_, index) => {
    const tag = tags.get(index);
    return `- ${at(index * 3)} Event ${index + 1} of a long afternoon${tag ? ` [${tag}]` : ""}`;
  });
  const actions = Array.from(
    { length: 300 },
    (_, index) => `[[action_items]]\ntitle = "Action ${index}"\nstatus = "${index % 3 ? "open" : "done"}"\ndue = 2026-0${1 + (index % 9)}-10\n`,
  );
  const documents = {
    nothing: '+++\ntitle = "Nothing but a title"\n+++\n',
    events: `---\ntitle: Many events\ndate: 2026-06-01\ntimes: {zone: Europe/Berlin}\n---\n## Timeline\n\n${events.join("\n")}\n`,
    actions: `+++\ntitle = "Many actions"\ndate = 2026-01-05\n${actions.join("\n")}+++\n## Summary\n\nText.\n`,
    title: `---\ntitle: "${"A title of very many words ".repeat(8).trim()}"\ndate: 2026-06-02\n---\n## Summary\n\n${"Unbroken".repeat(30)}\n`,
    japanese:
      "---\ntitle: 決済サービスの接続プール枯渇による購入手続きの遅延とその復旧について\ndate: 2026-09-01\n---\n## 概要\n\n購入手続きの五分の一がタイムアウトした。\n\n## タイムライン\n\n- 09:00 デプロイ開始\n- 09:12 アラートが当番に通知された\n- 10:20 復旧を確認\n",
  };
  for (const [name, text] of Object.entries(documents)) writeFileSync(join(folder, `${name}.md`), text);
  return build(root);
}

test("the head answers who felt it, what fixed it and what is open, and each answer leads to its place", async () => {
  const { page, problems, close } = await visit(browser, url, home);
  const answers = page.locator(".brief dd");
  assert.equal(await answers.count(), 3);
  for (const href of await page.locator(".brief a").evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""))) {
    assert.equal(await page.locator(`[id="${href.slice(1)}"]`).count(), 1, href);
  }
  none(problems);
  await close();
});

test("the drawn timeline is one stop of the Tab key, and the arrow keys go from event to event", async () => {
  for (const width of [360, 1440]) {
    const { page, problems, close } = await visit(browser, url, home, { width });
    const drawing = page.locator(`.chart-timeline > svg.chart-${width < 800 ? "narrow" : "wide"}`);
    const events = drawing.locator("a.event");
    assert.equal(await drawing.locator('a.event[tabindex="0"]').count(), 1);
    await events.first().focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? "");
    assert.match(await focused(), /^3\. /);
    assert.equal(await page.locator(".chart-reading").innerText(), await focused());
    await page.keyboard.press("End");
    assert.equal(await focused(), await events.last().getAttribute("aria-label"));
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Home");
    assert.match(await focused(), /^1\. /);
    await page.keyboard.press("Enter");
    await page.waitForURL(/#event-1$/);
    none(await violations(page));
    none(problems);
    await close();
  }
});

test("without scripts every event of the drawing is a link with a name", async () => {
  const { page, close } = await visit(browser, url, home, { scripts: false });
  const names = await page.locator("svg.chart-wide a.event title").allTextContents();
  assert.ok(names.length > 10 && names.every((name) => /^\d+\. /.test(name)), names.join("\n"));
  await close();
});

test("times are shown in the zone that the reader chooses, and as written again", async () => {
  const oslo = `${home}postmortems/2026-02-03-vessel-gateway-certificate.html`;
  const { page, problems, close } = await visit(browser, oslo, home);
  const times = () => page.locator("time[data-clock]").allInnerTexts();
  const written = await times();
  assert.ok(written.includes("09:33"), `${written}`);
  await page.locator("select[data-zones]").selectOption("utc");
  const moved = await times();
  assert.ok(moved.some((time) => time.includes("08:33")), `${moved}`);
  assert.ok(moved.some((time) => time.includes("2021")), "another year is named");
  const flag = page.locator(".chart-wide .flag").first();
  assert.match(await flag.innerHTML(), /4 Feb 2021, 08:30/);
  await page.locator("select[data-zones]").selectOption("");
  assert.deepEqual(await times(), written);
  none(problems);
  await close();
});

test("a zone moves the drawing, its table, the head and the names of zones as well, and holds on the next page", async () => {
  const { page, problems, close } = await visit(browser, url, home, { zone: "Asia/Kolkata" });
  const drawing = page.locator(".chart-timeline > svg.chart-wide");
  const all = async () => ({
    head: await page.locator(".report-head time[data-clock]").innerText(),
    flag: await drawing.locator(".flag").first().textContent(),
    clocks: await drawing.locator("[data-tick] text:first-child").allTextContents(),
    days: await drawing.locator("[data-tick] .date").allTextContents(),
    name: await drawing.locator("a.event").first().getAttribute("aria-label"),
    table: await page.locator(".chart-timeline details time").first().textContent(),
    zones: await page.locator("[data-zone]").allTextContents(),
  });
  const written = await all();
  const minutes = (/** @type {string | null} */ text) => {
    const [, hours, rest] = /(\d\d):(\d\d)/.exec(text ?? "") ?? [];
    return Number(hours) * 60 + Number(rest);
  };
  const later = (/** @type {string | null} */ one, /** @type {string | null} */ other) => (minutes(other) - minutes(one) + 1440) % 1440;
  const [zone] = written.zones;
  assert.ok(zone && written.zones.length >= 2 && written.zones.every((name) => name === zone), `${written.zones}`);
  await page.locator("select[data-zones]").selectOption("utc");
  const utc = await all();
  await page.locator("select[data-zones]").selectOption("local");
  const local = await all();
  assert.ok(utc.zones.every((name) => name === "UTC"), `${utc.zones}`);
  assert.ok(local.zones.every((name) => /Asia\/(Kolkata|Calcutta)/.test(name)), `${local.zones}`);
  assert.match(utc.head, /UTC$/);
  for (const part of /** @type {const} */ (["head", "flag", "name", "table"])) {
    assert.equal(later(utc[part], local[part]), 330, `${part}: ${utc[part]} and ${local[part]}`);
  }
  assert.deepEqual(local.clocks.map((clock, tick) => later(utc.clocks[tick] ?? "", clock)), local.clocks.map(() => 330));
  assert.ok(local.days[0], "the axis names its first day");
  const other = `${home}postmortems/2026-02-03-vessel-gateway-certificate.html`;
  await page.goto(other);
  assert.equal(await page.locator("select[data-zones]").inputValue(), "local");
  assert.match(await page.locator(".chart-timeline figcaption [data-zone]").innerText(), /Asia/);
  await page.goto(url);
  await page.locator("select[data-zones]").selectOption("");
  assert.deepEqual(await all(), written);
  none(problems);
  await close();
});

test("a range has both of its ends moved, and a language that browsers do not know breaks nothing", async () => {
  const root = temporaryFolder();
  mkdirSync(join(root, "postmortems"));
  writeFileSync(join(root, "book.toml"), '[book]\nlanguage = "en_klingon-x-"\n');
  writeFileSync(
    join(root, "postmortems", "range.md"),
    "# Range\n\nDate: 2026-03-14\n\n## Timeline (UTC)\n\n- 13:02 - 13:20 Requests fail\n- 23:50 It is over\n",
  );
  const base = `${fileUrl(build(root))}/`;
  const { page, problems, close } = await visit(browser, `${base}postmortems/range.html`, base, { zone: "Europe/Oslo" });
  await page.locator("select[data-zones]").selectOption("local");
  const times = await page.locator(".prose time[data-clock]").allInnerTexts();
  await close();
  none(problems);
  assert.match(times[0] ?? "", /^14:02\s*[–-]\s*14:20$/);
  assert.match(times[1] ?? "", /15.*00:50/, "another day is named");
});

test("times, headings and actions lead to themselves", async () => {
  const { page, close } = await visit(browser, url, home);
  const links = await page
    .locator(".prose a.clock, a.anchor")
    .evaluateAll((found) => found.map((link) => link.getAttribute("href") ?? ""));
  assert.ok(links.some((href) => href.startsWith("#event-")) && links.length > 20, `${links}`);
  const missing = await page.evaluate(
    (hrefs) => hrefs.filter((href) => !document.getElementById(decodeURIComponent(href.slice(1)))),
    links,
  );
  assert.deepEqual(missing, []);
  await close();
});

test("too much and too little are both readable", async () => {
  const folder = extremes();
  const base = `${fileUrl(folder)}/`;
  for (const name of ["nothing", "events", "actions", "title", "japanese"]) {
    for (const width of [360, 1440]) {
      const { page, problems, close } = await visit(browser, `${base}postmortems/${name}.html`, base, { width });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= width, `${name} is ${wide} px wide at ${width}`);
      await screenshot(page, `extreme-${name}-${width}`);
      none(await violations(page));
      none(problems);
      await close();
    }
  }
});

test("no number of a crowded timeline runs over its neighbour", async () => {
  const base = `${fileUrl(extremes())}/`;
  for (const width of [360, 1440]) {
    const { page, close } = await visit(browser, `${base}postmortems/events.html`, base, { width });
    const boxes = await page
      .locator(`svg.chart-${width < 800 ? "narrow" : "wide"} .number`)
      .evaluateAll((numbers) => numbers.map((number) => number.getBoundingClientRect().toJSON()));
    assert.ok(boxes.length >= 40, `${boxes.length}`);
    const over = boxes.filter((a, index) =>
      boxes.some((b, other) => other > index && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom),
    );
    assert.equal(over.length, 0, JSON.stringify(over.slice(0, 3)));
    await close();
  }
});

test("five whys that stand in the text are drawn as a chain, whichever way they are written", async () => {
  const root = temporaryFolder();
  mkdirSync(join(root, "postmortems"));
  const forms = {
    list: "1. **Why did it fail?** The pool was full.\n2. **Why was it full?** It was sized per host.\n3. Nobody had measured it.",
    nested: "- Why did it fail?\n  - The pool was full.\n    - It was sized per host.",
    paragraphs: "**Why did it fail?** The pool was full.\n\n**Why was it full?** It was sized per host.\n\n**Why that?** By habit.",
    headings: "### Why did it fail?\n\nThe pool was full.\n\n### Why was it full?\n\nBy habit.\n\n### Why that?\n\nNobody asked.",
  };
  for (const [name, text] of Object.entries(forms)) {
    writeFileSync(join(root, "postmortems", `${name}.md`), `# Pool, ${name}\n\n## Five whys\n\n${text}\n\n## Lessons\n\n- One\n- Two\n`);
  }
  const base = `${fileUrl(build(root))}/`;
  for (const name of Object.keys(forms)) {
    const { page, problems, close } = await visit(browser, `${base}postmortems/${name}.html`, base, { width: 360 });
    const marks = await page.locator(".prose .why").evaluateAll((steps) =>
      steps.map((step) => getComputedStyle(step, "::before").borderRadius),
    );
    await screenshot(page, `whys-${name}`);
    assert.deepEqual(marks, ["50%", "50%", "50%"], name);
    none(await violations(page));
    none(problems);
    await close();
  }
});
