// @ts-check
/**
 * What a result looks like: its title and a passage of its text with the words found marked, and what is said about all.
 *
 * Everything is made of elements and text nodes; no markup is ever parsed.
 *
 */
(() => {
  "use strict";
  const search = /** @type {any} */ (globalThis).AfterwordSearch ??= {};

  /** Letters of a passage, and how many of them stand before the first word found. */
  const PASSAGE = 200, BEFORE = 50;
  /** The facets, from the first, whose values stand beside a title. */
  const FACTS = 2;
  /** More places than these are not compared. */
  const PLACES = 2000;
  const WORD = /[\p{Alphabetic}\p{N}][\p{Alphabetic}\p{N}\p{M}]*/gu;

  /** @param {string} name @param {string} [className] @param {...(Node | string)} children */
  const element = (name, className, ...children) => {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...children);
    return made;
  };

  /**
   * A test for words: the number of the need that a word meets, or -1.
   * @param {Answer} answer @param {any} engine
   */
  const matcher = ({ needs }, engine) => {
    const known = new Map();
    const sets = needs.map(({ terms, open, exact }) => {
      const stems = new Set(exact || !engine.stem ? [] : terms.map(engine.stem));
      const begins = open || (!exact && !engine.stem) ? terms.filter((term) => term.length > 1) : [];
      return { terms: new Set(terms), stems, begins };
    });
    return (/** @type {string} */ word) => {
      if (!known.has(word)) {
        const folded = search.fold(word);
        known.set(word, sets.findIndex(({ terms, stems, begins }) =>
          terms.has(folded) || (stems.size && stems.has(engine.stem(folded))) || begins.some((begin) => folded.startsWith(begin))
          || search.units(word).some((/** @type {string[]} */ unit) => unit.some((term) => terms.has(term)))));
      }
      return known.get(word);
    };
  };

  /**
   * Where in `text` what words are.
   * @param {string} text @param {(word: string) => number} test @returns {{ start: number, end: number, need: number }[]}
   */
  const places = (text, test) => {
    const found = [];
    for (const match of text.matchAll(WORD)) {
      const need = test(match[0]);
      if (need >= 0 && found.push({ start: match.index ?? 0, end: (match.index ?? 0) + match[0].length, need }) > PLACES) break;
    }
    return found;
  };

  /** `text` from `start` to `end` with `found` marked. @param {string} text @param {ReturnType<typeof places>} found @param {number} [start] @param {number} [end] */
  const marked = (text, found, start = 0, end = text.length) => {
    const pieces = [];
    let at = start;
    for (const place of found) {
      if (place.start < at || place.end > end) continue;
      pieces.push(text.slice(at, place.start), element("mark", "", text.slice(place.start, place.end)));
      at = place.end;
    }
    return [...pieces, text.slice(at, end)];
  };

  /** The place of `phrase` in `text`, whatever stands between its words. @param {string} text @param {string[]} phrases */
  const phraseAt = (text, phrases) => {
    const words = phrases[0]?.match(WORD) ?? [];
    return words.length ? text.search(new RegExp(words.join("[^\\p{L}\\p{N}]+"), "iu")) : -1;
  };

  /**
   * The passage of `text` with the most of what was looked for, nothing without any.
   * @param {string} text @param {Answer} answer @param {any} engine @returns {(Node | string)[] | undefined}
   */
  const passage = (text, answer, engine) => {
    const found = places(text, matcher(answer, engine)), phrase = phraseAt(text, answer.phrases);
    let best = found.findIndex(({ start }) => start >= phrase && phrase >= 0), most = best < 0 ? 0 : Infinity;
    for (let first = 0; first < found.length && most < answer.needs.length; first++) {
      const seen = new Set();
      for (let at = first; at < found.length && found[at].end < found[first].start + PASSAGE - BEFORE; at++) seen.add(found[at].need);
      if (seen.size > most) [best, most] = [first, seen.size];
    }
    if (best < 0) return undefined;
    const from = Math.max(0, found[best].start - BEFORE);
    // A passage starts after a line or a space, so that no word is cut.
    const lead = text.slice(from, found[best].start), cut = from ? Math.max(lead.lastIndexOf("\n"), lead.search(/\s/)) + 1 : 0;
    const start = from + cut, tail = text.slice(start + PASSAGE).search(/\s|$/);
    const end = start + PASSAGE + tail > start + PASSAGE + 20 ? start + PASSAGE : Math.min(text.length, start + PASSAGE + tail);
    const pieces = marked(text, found, start, end).map((piece) => typeof piece === "string" ? piece.replace(/\n\n+/g, " · ") : piece);
    return [start ? "… " : "", ...pieces, end < text.length ? " …" : ""];
  };

  /** Watches what becomes visible, so that only texts that are seen are loaded. */
  const seen = new WeakMap();
  const watcher = new IntersectionObserver((entries) => entries.forEach(({ isIntersecting, target }) => {
    if (!isIntersecting) return;
    watcher.unobserve(target);
    seen.get(target)?.();
  }));

  /**
   * One result, a link; with `option`, an option of a list box with that id.
   * @param {{ engine: any, answer: Answer, row: any, root: string, option?: string }} of
   */
  search.result = ({ engine, answer, row, root, option }) => {
    const show = (/** @type {string} */ text) => marked(text, places(text, matcher(answer, engine)));
    const title = element("span", "search-title", ...show(row.title)), snippet = element("span", "search-snippet", ...show(row.summary));
    const facts = element("span", "search-facts");
    if (row.date) facts.append(Object.assign(element("time", "", row.date), { dateTime: row.date }));
    engine.facts(row.doc, FACTS).then((/** @type {{ key: string, place: number, value: string }[]} */ known) => facts.prepend(...known.map(({ key, place, value }) =>
      element("span", key === "severity" ? `severity sev-${Math.min(place + 1, 5)}` : "", value))), () => {});
    const link = /** @type {HTMLAnchorElement} */ (element("a", "search-result", title, facts, snippet));
    link.href = root + row.url;
    if (option) Object.assign(link, { id: option, role: "option", ariaSelected: "false", tabIndex: -1 });
    seen.set(link, async () => {
      const found = answer.needs.length ? passage(await engine.text(row), answer, engine) : undefined;
      if (found) snippet.replaceChildren(...found);
    });
    watcher.observe(link);
    return link;
  };

  /** The last option of a list: all results. @param {HTMLFormElement} form @param {string} q @param {Answer} answer @param {string} id */
  search.more = (form, q, { docs, filters }, id) => {
    const link = /** @type {HTMLAnchorElement} */ (element("a", "search-more", `All ${docs.length} results`));
    const url = new URL(form.action);
    url.searchParams.set("q", q);
    for (const [key, wanted] of Object.entries(filters)) wanted.forEach((value) => url.searchParams.append(key, value));
    return Object.assign(link, { href: url.href, id, role: "option", ariaSelected: "false", tabIndex: -1 });
  };

  /** What there is to say about an answer: how many, and what was done to find them. @param {Answer} answer */
  search.say = ({ docs, matched, corrected, without, nearest, unchecked, phrases, filters, short }) => {
    if (short) return ["Type at least three letters."];
    const narrowed = matched.length > 0 && Object.values(filters).some((wanted) => wanted.length), strong = (/** @type {string} */ text) => element("strong", "", text);
    const list = (/** @type {string[]} */ words) => words.flatMap((word, at) => [at ? ", " : "", strong(word)]);
    const said = /** @type {(Node | string)[]} */ ([]);
    said.push(docs.length === 1 ? "1 result." : docs.length ? `${docs.length} results.` : narrowed ? "No result. Take a filter away." : "No result.");
    if (corrected.length) said.push(" Showing results for ", ...list(corrected.map(([, word]) => word)), " instead of ", ...list(corrected.map(([typed]) => typed)), ".");
    if (docs.length && without.length) said.push(" No document has all the words; not found with the others: ", ...list(without), ".");
    else if (!docs.length && phrases.length && !narrowed) said.push(" No document has the words in quotes next to each other; try them without quotes.");
    else if (!docs.length && without.length > 1) said.push(" Try fewer words.");
    if (nearest.length) said.push(" Nearest words: ", ...list(nearest), ".");
    if (unchecked) said.push(` ${unchecked} more have the words, but were not searched for the quotation.`);
    return said;
  };

  /**
   * Buttons that narrow the results, those that divide them best first.
   * @param {HTMLElement} group @param {any[]} facets as the engine counts them @param {Answer} answer @param {number} most
   */
  search.chips = (group, facets, answer, most) => {
    const focused = group.contains(document.activeElement) && /** @type {HTMLElement} */ (document.activeElement).dataset;
    const total = answer.docs.length;
    const chips = facets.flatMap(({ key, label, values }) => values
      .filter((/** @type {any} */ { count, on }) => on || (count && count < total))
      .sort((/** @type {any} */ one, /** @type {any} */ other) => other.on - one.on || other.count - one.count)
      .slice(0, 3)
      .map((/** @type {any} */ { value, count, on }) => {
        const chip = /** @type {HTMLButtonElement} */ (element("button", "search-chip", value, " ", element("span", "search-count", String(count))));
        chip.type = "button";
        chip.ariaPressed = String(on);
        chip.title = label;
        Object.assign(chip.dataset, { key, value });
        return chip;
      })).slice(0, most);
    group.replaceChildren(...chips);
    if (focused) chips.find(({ dataset }) => dataset.key === focused.key && dataset.value === focused.value)?.focus();
  };

  search.element = element;
})();
