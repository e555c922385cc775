// @ts-check
/**
 * Answers queries: from what a reader types to a ranked list of documents.
 *
 * All words have to be there; each is met by itself, by a word of the same stem (English), or, while it is being typed,
 * by words that begin with it. What stands in quotes has to be there exactly. When nothing is found, misspellings are
 * corrected, and failing that the documents with most of the words are shown. It knows no page.
 *
 * @typedef {{ terms: string[], open: boolean, exact: boolean }} Need  One thing to find: a word, or a whole compound
 *   and its parts. `open`: the reader may still be typing it. `exact`: in quotes.
 * @typedef {{ q: string, filters?: Record<string, string[]>, sort?: string }} Query  `sort`: `newest`, `oldest`, else
 *   by relevance.
 * @typedef {{ docs: number[], matched: number[], needs: Need[], phrases: string[], filters: Record<string, string[]>,
 *   corrected: string[][], without: string[], nearest: string[], unchecked: number,
 *   short: boolean }} Answer  `docs` is in order;
 *   `matched` is before filters; `corrected` pairs what was typed with what was searched; `without` are words that had
 *   to be left out; `unchecked` documents have all words of a phrase, but their texts were not looked at; `short`:
 *   there is too little to go by.
 */
(() => {
  "use strict";
  const search = /** @type {any} */ (globalThis).AfterwordSearch ??= {};

  /** A longer query counts by its longest words. */
  const MOST_NEEDS = 10;
  /** So many texts are searched for a phrase at most. */
  const MOST_TEXTS = 50;
  /** What a match is worth that is not the word itself. */
  const STEM = 0.8, PREFIX = 0.5, PARTS = 0.7;

  /** `text` as phrases are compared: folded, with single spaces. @param {string} text */
  const flat = (text) => search.fold(text).replace(/[‘’]/g, "'").replace(/\s+/g, " ").trim();

  /**
   * What `q` asks for.
   * @param {string} q @param {string[]} common @returns {{ needs: Need[], phrases: string[] }}
   */
  const parse = (q, common) => {
    const phrases = /** @type {string[]} */ ([]), needs = /** @type {Need[]} */ ([]);
    q.split(/["“”]/).forEach((piece, at, pieces) => {
      const exact = at % 2 === 1, last = at === pieces.length - 1;
      const found = /** @type {string[][]} */ (search.units(piece));
      if (exact && found.length) phrases.push(flat(piece));
      found.forEach((terms, place) => needs.push({ terms, exact, open: !exact && last && place === found.length - 1 && !/\s$/.test(q) }));
    });
    const telling = needs.filter(({ terms, open }) => open || !common.includes(terms[0]));
    const kept = telling.some(({ terms }) => !common.includes(terms[0])) ? telling : needs;
    const longest = [...kept].sort((one, other) => other.terms[0].length - one.terms[0].length).slice(0, MOST_NEEDS);
    return { needs: kept.filter((need) => longest.includes(need)), phrases };
  };

  /** @param {any} index an index as `search-index.js` opens it */
  const over = (index) => {
    const { n } = index, stem = /** @type {((word: string) => string) | undefined} */ (index.stem);

    /** Whether words are looked for that begin with `word`: on a large site that takes three letters, or one of many. @param {string} word */
    const begins = (word) => word.length > (index.inlined || /[^\0-\u024f]/.test(word) ? 0 : 2);

    /**
     * How well each document meets `word`.
     * @param {string} word @param {{ open: boolean, exact: boolean }} how @returns {Promise<Float32Array>}
     */
    const meet = async (word, { open, exact }) => {
      const worth = new Float32Array(n), prefix = !exact && (open ? begins(word) : !stem && word.length > 3);
      const root = exact ? undefined : stem?.(word);
      let alike = 0;
      while (root && alike < root.length && root[alike] === word[alike]) alike++;
      const from = root && alike > 2 ? word.slice(0, alike) : prefix ? word : "";
      for (const shard of await index.around(from, word)) {
        shard.words.forEach((/** @type {string} */ term, /** @type {number} */ at) => {
          const rate = term === word ? 1 : !from || !term.startsWith(from) ? 0 : root && stem?.(term) === root ? STEM
            : prefix && term.startsWith(word) ? PREFIX : 0;
          if (rate) for (let slot = shard.starts[at]; slot < shard.starts[at + 1]; slot++) worth[shard.docs[slot]] = Math.max(worth[shard.docs[slot]], rate * shard.worth[slot]);
        });
      }
      return worth;
    };

    /** How well each document meets `need`: the whole of a compound, or all its parts. @param {Need} need */
    const meetNeed = async (need) => {
      const [whole, ...parts] = need.terms;
      const [worth, ...each] = await Promise.all([meet(whole, need), ...parts.map((part) => meet(part, { ...need, open: false }))]);
      if (each.length > 1) worth.forEach((value, doc) => {
        const all = Math.min(...each.map((part) => part[doc]));
        if (all) worth[doc] = Math.max(value, PARTS * all);
      });
      return worth;
    };

    /** How many documents `worth` names. @param {Float32Array} worth */
    const size = (worth) => worth.reduce((sum, value) => sum + (value ? 1 : 0), 0);

    /** The documents that meet all of `columns`. @param {Float32Array[]} columns */
    const all = (columns) => Array.from({ length: n }, (_, doc) => doc).filter((doc) => columns.every((worth) => worth[doc]));

    /**
     * Corrects what finds nothing, changing `needs` and `columns`.
     * @param {Need[]} needs @param {Float32Array[]} columns @param {string[][]} corrected
     */
    const correct = async (needs, columns, corrected) => {
      await index.typos();
      const vocabulary = await index.words(), sizes = columns.map(size);
      const rarest = Math.min(...sizes);
      for (const [at, need] of needs.entries()) {
        if (need.exact || sizes[at] > rarest || rarest > Math.max(2, n / 1000)) continue;
        const others = columns.filter((_, other) => other !== at && sizes[other]);
        for (const word of search.suggest(need.terms[0], vocabulary, need.open).slice(0, 3)) {
          const worth = await meet(word, { open: false, exact: false });
          if (!all([worth, ...others]).length) continue;
          corrected.push([need.terms[0], word]);
          needs[at] = { ...need, terms: [word], open: false };
          columns[at] = worth;
          break;
        }
      }
      return vocabulary;
    };

    /** The documents among `docs`, best first, that have the `phrases`. @param {number[]} docs @param {string[]} phrases */
    const verify = async (docs, phrases) => {
      const verdicts = docs.slice(0, MOST_TEXTS).map(async (doc) => {
        const row = await index.row(doc), text = flat(`${row.title}\n${await index.text(row)}`);
        return phrases.every((phrase) => text.includes(phrase));
      });
      const held = await Promise.all(verdicts);
      return docs.filter((_, at) => held[at]);
    };

    /** Whether `doc` has one of `wanted` in the column. @param {Facet} facet @param {string[]} wanted @param {number} doc */
    const has = (facet, wanted, doc) => {
      for (let at = facet.starts[doc]; at < facet.starts[doc + 1]; at++) if (wanted.includes(facet.values[facet.cells[at]])) return true;
      return false;
    };

    /** @param {number[]} docs @param {Record<string, string[]>} filters @param {string} [but] the key of a facet that does not count */
    const filtered = async (docs, filters, but) => {
      if (!Object.entries(filters).some(([key, wanted]) => key !== but && wanted.length)) return docs;
      const facets = /** @type {Facet[]} */ (await index.facets()).filter(({ key }) => key !== but && filters[key]?.length);
      return docs.filter((doc) => facets.every((facet) => has(facet, filters[facet.key], doc)));
    };

    /** @param {Query} query @returns {Promise<Answer>} */
    const find = async ({ q, filters = {}, sort = "" }) => {
      const { needs, phrases } = parse(q, index.manifest.common);
      const corrected = /** @type {string[][]} */ ([]);
      let columns = await Promise.all(needs.map(meetNeed)), matched = all(columns);
      let without = /** @type {string[]} */ ([]), nearest = without, unchecked = 0;
      const short = needs.findIndex(({ terms, open }, at) => open && !begins(terms[0]) && !size(columns[at]));
      if (short >= 0) {
        // Too little of the last word to go by: the others decide until there is more.
        needs.splice(short, 1);
        columns.splice(short, 1);
        matched = needs.length ? all(columns) : [];
      }
      if (!matched.length && needs.length) {
        const vocabulary = await correct(needs, columns, corrected);
        matched = all(columns);
        if (!matched.length && !phrases.length) {
          const most = Math.max(...columns.map(size)) && needs.length > 1;
          if (most) {
            const met = Uint8Array.from({ length: n }, (_, doc) => columns.filter((worth) => worth[doc]).length);
            const best = met.reduce((high, count) => Math.max(high, count), 0);
            matched = all([]).filter((doc) => met[doc] === best);
          }
          without = needs.filter((_, at) => !columns[at].some((worth, doc) => worth && (!most || matched.includes(doc)))).map(({ terms }) => terms[0]);
          nearest = needs.filter((_, at) => !size(columns[at])).flatMap(({ terms }) => search.nearest(terms[0], vocabulary));
        }
      }
      const rarity = columns.map(size).map((often) => Math.log(1 + (n - often + 0.5) / (often + 0.5)));
      const score = (/** @type {number} */ doc) => columns.reduce((sum, worth, at) => sum + rarity[at] * worth[doc], 0);
      const scores = new Map(matched.map((doc) => [doc, score(doc)]));
      const byScore = (/** @type {number} */ one, /** @type {number} */ other) => (scores.get(other) ?? 0) - (scores.get(one) ?? 0) || other - one;
      if (phrases.length && index.manifest.texts) {
        matched.sort(byScore);
        unchecked = Math.max(0, matched.length - MOST_TEXTS);
        matched = await verify(matched, phrases);
      }
      const docs = [...await filtered(matched, filters)];
      docs.sort(sort === "newest" ? (one, other) => other - one : sort === "oldest" ? (one, other) => one - other : byScore);
      return { docs, matched, needs, phrases, filters, corrected, without, nearest, unchecked, short: short >= 0 && !needs.length };
    };

    /** How many documents each value of each facet would leave. @param {Answer} answer */
    const counts = async ({ matched, filters }) => Promise.all(/** @type {Facet[]} */ (await index.facets()).map(async (facet) => {
      const values = facet.values.map((value) => ({ value, count: 0, on: !!filters[facet.key]?.includes(value) }));
      for (const doc of await filtered(matched, filters, facet.key)) {
        for (let at = facet.starts[doc]; at < facet.starts[doc + 1]; at++) values[facet.cells[at]].count++;
      }
      return { key: facet.key, label: facet.label, values };
    }));

    /** The values of `doc` in the first `most` facets, each with its place among all. @param {number} doc @param {number} most */
    const facts = async (doc, most) => /** @type {Facet[]} */ (await index.facets()).slice(0, most).flatMap(({ key, values, starts, cells }) =>
      cells.slice(starts[doc], starts[doc + 1]).map((place) => ({ key, place, value: values[place] })));

    return { ...index, find, counts, facts };
  };

  Object.assign(search, { flat, over });
})();
