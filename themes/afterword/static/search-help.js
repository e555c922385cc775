// @ts-check
/**
 * For queries that the reader alone does not answer: quotations are held against the texts; what finds next to nothing is
 * tried as beginnings of words, and what finds nothing with misspellings corrected, then without the words in the way.
 *
 * Loaded when it is needed. Adds to an answer what there is to say about it.
 *
 * A word of four letters may differ by one edit, one of eight by two; an edit is a letter too many, too few, another one,
 * or two neighbours swapped.
 */
(() => {
  "use strict";
  const search = /** @type {any} */ (globalThis).AfterwordSearch;
  const { fold, meet, rank, size, element } = search;

  /** So many texts are searched for a quotation at most. */
  const MOST_TEXTS = 50;
  /** Numbers and identifiers are never misspelt into each other. */
  const LETTERS = /^\p{L}+$/u;

  /** The sentence `key` with its `{names}` filled in. @param {string} key @param {Record<string, Node | (string | Node)[]>} pieces @returns {(string | Node)[]} */
  const fill = (key, pieces) => afterwordSay(key).split(/\{(\w+)\}/).flatMap((/** @type {string} */ text, /** @type {number} */ at) => at % 2 ? pieces[text] : [text]);
  const strong = (/** @type {string} */ word) => element("strong", {}, word);
  /** @param {(string | Node | (string | Node)[])[]} items */
  const listed = (items) => items.flatMap((item, at) => at ? [", ", item].flat() : [item].flat());

  /**
   * The number of edits from `one` to `other`, or to what `other` begins with; more than `most` is `Infinity`.
   * @param {string} one @param {string} other @param {number} most @param {boolean} prefix
   */
  const edits = (one, other, most, prefix) => {
    let before = /** @type {number[]} */ ([]), row = Array.from({ length: other.length + 1 }, (_, at) => at);
    for (let i = 1; i <= one.length; i++) {
      const next = [i];
      let least = i;
      for (let j = 1; j <= other.length; j++) {
        const same = one[i - 1] === other[j - 1] ? 0 : 1;
        let cost = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + same);
        if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) cost = Math.min(cost, before[j - 2] + 1);
        next.push(cost);
        least = Math.min(least, cost);
      }
      if (least > most) return Infinity;
      before = row;
      row = next;
    }
    const result = prefix ? Math.min(...row) : row[other.length];
    return result > most ? Infinity : result;
  };

  /** @typedef {{ word: string, often: number }} Known  `often`: the binary logarithm of how many documents have it. */

  /** The words that a misspelt one is compared with; a site of one file has them in its shards. @returns {Promise<Known[]>} */
  const vocabulary = async () => {
    if (!search.site.v) {
      const shards = await Promise.all(search.site.words.map((/** @type {string} */ _, /** @type {number} */ key) => search.part("t", key, search.shard)));
      return shards.flatMap(({ words, starts }) => words.map((/** @type {string} */ word, /** @type {number} */ at) => ({ word, often: Math.log2(starts[at + 1] - starts[at]) })));
    }
    return search.part("v", 0, (/** @type {Uint8Array} */ bytes) => {
      const { words, rest } = search.reader(bytes), all = words(), often = rest();
      return all.map((/** @type {string} */ word, /** @type {number} */ at) => ({ word, often: often[at] }));
    });
  };

  /**
   * The words nearest to `typed`, best first: few edits, the same first letter, common words.
   * @param {string} typed @param {Known[]} known @param {boolean} open whether the reader may still be typing the word
   * @param {number} [most] @returns {string[]}
   */
  const suggest = (typed, known, open, most = typed.length < 4 ? 0 : typed.length < 8 ? 1 : 2) => {
    if (!most || !LETTERS.test(typed)) return [];
    const found = /** @type {{ word: string, rank: number }[]} */ ([]);
    for (const { word, often } of known) {
      if (word === typed || word.length < 4 || !LETTERS.test(word)) continue;
      if (word.length < typed.length - most || (!open && word.length > typed.length + most)) continue;
      let distance = edits(typed, word, most, false);
      if (open) distance = Math.min(distance, edits(typed, word, most, true) + 0.4);
      if (distance <= most + 0.4) found.push({ word, rank: distance + (word[0] === typed[0] ? 0 : 0.5) - often / 100 });
    }
    return found.sort((one, other) => one.rank - other.rank || (one.word < other.word ? -1 : 1)).map(({ word }) => word);
  };

  /** The words that `typed` is a longer form of, the longest first: an ending that no document has. @param {string} typed @param {Known[]} known @returns {string[]} */
  const shorter = (typed, known) => known.map(({ word }) => word)
    .filter((word) => word.length > 3 && word.length > typed.length - 5 && word.length < typed.length && typed.startsWith(word))
    .sort((one, other) => other.length - one.length);

  /** A few words to offer for `typed`, which is not in the index: near ones, else ones that begin alike. @param {string} typed @param {Known[]} known @returns {string[]} */
  const nearest = (typed, known) => {
    const near = suggest(typed, known, typed.length > 3, Math.min(3, typed.length >> 1));
    const alike = known.filter(({ word }) => word.length > 3 && typed.length > 3 && word.startsWith(typed.slice(0, 4)));
    return (near.length ? near : alike.sort((one, other) => other.often - one.often).map(({ word }) => word)).slice(0, 4);
  };

  /** Lets finished words be met by longer ones: `cert expired` finds what has `certificate`. @param {Answer} answer */
  const lengthen = async ({ needs, columns, marks }) => Promise.all(needs.map(async (need, at) => {
    const word = need.terms[0];
    if (!need.exact && !need.open && word.length > 2 && LETTERS.test(word)) {
      const longer = await meet(word, true, need, marks);
      columns[at] = columns[at].map((value, doc) => Math.max(value, longer[doc]));
    }
  }));

  /** Takes the nearest words for those that nothing is found with. @param {Answer} answer @param {Known[]} known @returns {Promise<string[][]>} what was typed and what is taken for it */
  const correct = async ({ needs, columns, marks }, known) => {
    const sizes = columns.map(size), rarest = Math.min(...sizes), corrected = [];
    if (rarest > Math.max(2, search.site.documents / 1000)) return [];
    for (const [at, need] of needs.entries()) {
      if (need.exact || sizes[at] > rarest) continue;
      const others = columns.filter((_, other) => other !== at && sizes[other]);
      const typed = need.terms[0];
      for (const word of [...suggest(typed, known, !!need.open).slice(0, 3), ...shorter(typed, known).slice(0, 2)]) {
        const own = new Map(), column = await meet(word, false, need, own);
        if (!rank([column, ...others]).length) continue;
        corrected.push([typed, word]);
        columns[at] = column;
        own.forEach((need, term) => marks.set(term, need));
        break;
      }
    }
    return corrected;
  };

  /** The documents with the most of the words, if there are several. @param {Float32Array[]} columns */
  const most = (columns) => {
    const met = columns.reduce((sum, column) => sum.map((count, doc) => count + (column[doc] ? 1 : 0)), columns[0].map(() => 0));
    const best = met.reduce((high, count) => Math.max(high, count), 0);
    const worth = met.map((count, doc) => count === best ? columns.reduce((sum, column) => sum + column[doc], 0) : 0);
    return columns.length > 1 && best ? rank([worth]) : [];
  };

  /** Text as quotations are compared: folded, with single spaces. @param {string} text */
  const flat = (text) => fold(text).replace(/[‘’]/g, "'").replace(/\s+/g, " ").trim();

  /** The documents among the first of `docs` whose title or text has all `phrases`. @param {number[]} docs @param {string[]} phrases */
  const verify = async (docs, phrases) => {
    const held = await Promise.all(docs.slice(0, MOST_TEXTS).map(async (doc) => {
      const row = await search.row(doc), text = flat(`${row.title}\n${row.summary}\n${await search.textOf(row)}`);
      return phrases.every((phrase) => text.includes(phrase));
    }));
    return docs.filter((_, at) => held[at]);
  };

  /** @param {Answer} answer */
  search.help = async (answer) => {
    const { q, needs, columns } = answer, said = /** @type {(string | Node)[]} */ ([]);
    const phrases = q.split(/["“”„]/).filter((part, at) => at % 2 && search.units(part).length).map(flat);
    let corrected = /** @type {string[][]} */ ([]), without = /** @type {string[]} */ ([]), near = without, unchecked = 0;
    if (needs.length) {
      await lengthen(answer);
      answer.docs = rank(columns);
    }
    if (!answer.docs.length && needs.length) {
      const known = await vocabulary(), unmet = columns.map((column) => !size(column));
      corrected = await correct(answer, known);
      answer.docs = rank(columns);
      if (!answer.docs.length && !phrases.length) {
        answer.docs = most(columns);
        without = needs.filter((_, at) => !answer.docs.some((doc) => columns[at][doc])).map(({ terms }) => terms[0]);
      }
      if (!answer.docs.length || without.length) near = needs.filter((_, at) => unmet[at] && !size(columns[at])).flatMap(({ terms }) => nearest(terms[0], known));
    }
    if (phrases.length) {
      unchecked = Math.max(0, answer.docs.length - MOST_TEXTS);
      answer.docs = await verify(answer.docs, phrases);
    }
    const none = !answer.docs.length, tell = (/** @type {(string | Node)[]} */ sentence) => said.push(" ", ...sentence);
    if (corrected.length) tell(fill("search-corrected", { words: listed(corrected.map(([typed, word]) => fill("search-instead", { word: strong(word), typed: strong(typed) }))) }));
    if (!none && without.length) tell(fill("search-without", { words: listed(without.map(strong)) }));
    else if (none && phrases.length) tell([afterwordSay("search-quoted")]);
    else if (none && needs.length > 1) tell([afterwordSay("search-fewer")]);
    if (near.length) tell(fill("search-nearest", { words: listed(near.map(strong)) }));
    if (unchecked) tell([afterwordSay("search-unchecked", { n: unchecked })]);
    answer.advice = (/** @type {number} */ n) => !q.trim() ? [] : !needs.length ? [afterwordSay("search-short")] : [n ? afterwordSay("search-results", { n }) : afterwordSay("search-none"), ...said];
    Object.assign(answer, { corrected, without, nearest: near, unchecked });
  };
})();
