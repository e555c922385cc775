// @ts-check
/**
 * What a reader sees: results with what was found marked, and the list of them below the search field.
 *
 * Contract with the page:
 *
 *     <form role="search" data-search data-root="../" action="../search.html">
 *       <label for="search">Search</label> <input type="search" name="q" id="search">
 *     </form>
 *
 * `data-root` leads to the root of the site, where the build put `search/index.js`; it is empty or ends with `/`. `action` names the page of results, which has an element
 * `data-search-page` around the form. The field and its list are a combobox with a list box, as the ARIA Authoring
 * Practices describe it. The key `/` is in `page.js`, the looks are in `search.css`.
 */

/** How long typing has to pause before an answer is looked for, in milliseconds. */
const PAUSE = 80;
/** Results in the list below the field. */
const SHOWN = 7;
/** Letters of a passage, and how many of them stand before the first word found. */
const PASSAGE = 200, BEFORE = 50;

/** @param {string} name @param {object} properties @param {...(Node | string)} children @returns {any} */
const element = (name, properties, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

/** Pairs of neighbouring letters where words have no spaces between them, else compounds. */
const MARKABLE = RegExp(`(?=(${U}${U}?))|${COMPOUND.source}`, "gu");

/** Where in `text` is what was met. @param {string} text @param {Map<string, Need>} marks */
const places = (text, marks) => {
  const found = /** @type {{ from: number, to: number, need: Need | undefined }[]} */ ([]);
  for (const { 1: pair, 2: word = pair, index: from = 0 } of text.matchAll(MARKABLE)) {
    // Most words are their own only term; to find out by the rules for all words takes twice as long as all else here.
    const need = /[^a-z]/.test(word) ? units(word).flat().map((term) => marks.get(term)).find(Boolean) : marks.get(word), to = from + word.length, last = found.at(-1);
    if (need && last && last.to >= from) last.to = to;
    else if (need) found.push({ from, to, need });
  }
  return found;
};

/** `text` from `start` to `end` with what was met marked. @param {string} text @param {ReturnType<typeof places>} found @param {number} [start] @param {number} [end] */
const marked = (text, found, start = 0, end = text.length) => {
  const pieces = found.filter(({ from, to }) => from >= start && to <= end).flatMap(({ from, to }) => {
    const before = text.slice(start, from);
    start = to;
    return [before, element("mark", {}, text.slice(from, to))];
  });
  return [...pieces, text.slice(start, end)];
};

/** The passage of `text` with the most of what was looked for, nothing without any. @param {string} text @param {Answer} answer */
const passage = (text, { marks, needs }) => {
  const found = places(text, marks);
  let best = 0, most = 0;
  found.forEach(({ from }, first) => {
    const seen = new Set();
    for (let at = first; most < needs.length && found[at]?.to < from + PASSAGE - BEFORE; at++) seen.add(found[at].need);
    if (seen.size > most) best = from, most = seen.size;
  });
  // A passage starts after a space and ends before one, so that no word is cut.
  const start = best > BEFORE ? best - text.slice(best - BEFORE, best).replace(/^\S*\s/, "").length : 0, cut = start + PASSAGE, end = cut + text.slice(cut, cut + 20).search(/\s|$/);
  return most && [start ? "… " : "", ...marked(text, found, start, end), end < text.length ? " …" : ""];
};

/** A link to a document; `more()` shows the passage in place of the summary. @param {Answer} answer @param {Row} row @param {object} [properties] */
const result = (answer, row, properties) => {
  const show = (/** @type {string} */ text) => marked(text, places(text, answer.marks)), facts = row.facts.map(([text, rank]) => element("span", { className: rank && `severity sev-${rank}` }, text));
  const snippet = element("span", { className: "search-snippet" }, ...show(row.summary));
  const more = async () => {
    const found = passage(await textOf(row), answer);
    if (found) snippet.replaceChildren(...found);
  };
  return element("a", { className: "search-result", href: root + row.url, more, ...properties },
    element("span", { className: "search-title" }, ...show(row.title)),
    element("span", { className: "search-facts" }, ...facts, element("time", {}, row.date)), snippet);
};

/** What is said of an answer with `count` results. @param {Answer} answer @param {number} n */
const summary = ({ advice }, n) => advice?.(n) ?? [afterwordSay("search-results", { n })];

/** Gets ready what will be asked for; if that fails, the answer will say so. @param {() => unknown} use */
const ahead = (use) => ask(use).catch(() => {});

/**
 * Answers while somebody types. What `answer` does may take time; it is handed a test for whether that is still wanted.
 * @param {HTMLElement} said @param {(wanted: () => boolean) => Promise<unknown>} answer @param {() => void} [failed]
 */
const asking = (said, answer, failed) => {
  let turn = 0, timer = 0;
  const stop = () => (clearTimeout(timer), ++turn);
  const now = () => {
    const mine = stop(), wanted = () => mine === turn;
    return ask(() => answer(wanted)).catch(() => {
      if (wanted()) said.textContent = afterwordSay("search-failed"), failed?.();
    });
  };
  input.oninput = () => {
    stop();
    timer = setTimeout(now, PAUSE);
    // A finished word is looked up while the next one is typed.
    if (/\s$/.test(input.value)) ahead(() => answerTo(input.value));
  };
  return { now, stop };
};

const field = () => {
  const id = "search-list", list = element("div", { id, className: id, role: "listbox", ariaLabel: afterwordSay("search-list"), tabIndex: -1 });
  const said = element("p", { className: "search-said", role: "status" }), popup = element("div", {}, said, list);
  const state = (/** @type {string} */ name, /** @type {any} */ value) => input.setAttribute("aria-" + name, value);

  /** @param {Element} [option] */
  const choose = (option) => {
    [...list.children].forEach((other) => other.ariaSelected = String(other === option));
    option?.scrollIntoView({ block: "nearest" });
    state("activedescendant", option?.id ?? "");
  };
  /** @param {boolean} open */
  const show = (open) => {
    list.hidden = !open;
    // What is said has to be in the page before there is something to say.
    popup.className = open ? "search-popup" : "visually-hidden";
    state("expanded", open);
    choose();
  };
  const { stop } = asking(said, async (wanted) => {
    const answer = await answerTo(input.value), count = answer.docs.length, rows = await Promise.all(answer.docs.slice(0, SHOWN).map(row));
    if (!wanted()) return;
    const option = (/** @type {number} */ at) => ({ id: id + at, role: "option", tabIndex: -1 });
    const all = element("a", { className: "search-more", href: `${form.action}?q=${encodeURIComponent(answer.q)}`, ...option(SHOWN) }, afterwordSay("search-all", { n: count }));
    const results = rows.map((row, at) => result(answer, row, option(at)));
    list.replaceChildren(...results, ...count > SHOWN ? [all] : []);
    said.replaceChildren(...summary(answer, count));
    show(!!answer.q.trim());
    results.forEach((result) => result.more());
  }, () => {
    list.replaceChildren();
    show(true);
  });
  input.onfocus = () => {
    ahead(() => {});
    show(!!(list.firstChild && input.value));
  };
  const close = input.onblur = () => {
    stop();
    show(false);
  };
  // A press on a result must not take the focus away from the field, or the list would close before the click.
  popup.onmousedown = () => false;
  input.onkeydown = (event) => {
    const options = [...list.children], at = options.findIndex((option) => option.ariaSelected === "true");
    const to = /** @type {any} */ ({ ArrowDown: at + 1, ArrowUp: at < 0 ? options.length - 1 : at - 1 })[event.key];
    if (event.isComposing) return true;
    else if (event.key === "Escape" && !list.hidden) close();
    else if (event.key === "Enter" && at >= 0) options[at].click();
    else if (to != null && options[0]) show(true), choose(options[to]);
    else return true;
    return false;
  };
  form.append(popup);
  input.role = "combobox";
  state("autocomplete", "list");
  state("controls", id);
  show(false);
};

Object.assign(search, { ask, part, reader, shard, row, textOf, meet, size, rank, answerTo, units, fold, element, result, asking, summary });
if (form?.closest("[data-search-page]")) more("page");
else if (form) field();
