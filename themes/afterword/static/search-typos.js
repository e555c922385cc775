// @ts-check
/**
 * Misspellings: the words of the index that are nearest to one that is not in it.
 *
 * Loaded when a query finds nothing. A word of four letters may differ by one edit, one of eight by two; an edit is a
 * letter too many, too few, another one, or two neighbours swapped.
 */
(() => {
  "use strict";
  const search = /** @type {any} */ (globalThis).AfterwordSearch ??= {};

  /** Numbers and identifiers are never misspelt into each other. */
  const LETTERS = /^\p{L}+$/u;

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

  /**
   * The words nearest to `typed`, best first: few edits, the same first letter, common words.
   * @param {string} typed @param {{ word: string, often: number }[]} vocabulary
   * @param {boolean} open whether the reader may still be typing the word @param {number} [most]
   * @returns {string[]}
   */
  search.suggest = (typed, vocabulary, open, most = typed.length < 4 ? 0 : typed.length < 8 ? 1 : 2) => {
    if (!most || !LETTERS.test(typed)) return [];
    const found = /** @type {{ word: string, rank: number }[]} */ ([]);
    for (const { word, often } of vocabulary) {
      if (word === typed || word.length < 4 || !LETTERS.test(word)) continue;
      if (word.length < typed.length - most || (!open && word.length > typed.length + most)) continue;
      let distance = edits(typed, word, most, false);
      if (open) distance = Math.min(distance, edits(typed, word, most, true) + 0.4);
      if (distance <= most + 0.4) found.push({ word, rank: distance + (word[0] === typed[0] ? 0 : 0.5) - often / 100 });
    }
    return found.sort((one, other) => one.rank - other.rank || (one.word < other.word ? -1 : 1)).map(({ word }) => word);
  };

  /**
   * A few words to offer for `typed`, which is not in the index: near ones, else ones that begin alike.
   * @param {string} typed @param {{ word: string, often: number }[]} vocabulary @returns {string[]}
   */
  search.nearest = (typed, vocabulary) => {
    const near = search.suggest(typed, vocabulary, typed.length > 3, Math.min(3, typed.length >> 1));
    const alike = vocabulary.filter(({ word }) => word.length > 3 && typed.length > 3 && word.startsWith(typed.slice(0, 4)));
    return (near.length ? near : alike.sort((one, other) => other.often - one.often).map(({ word }) => word)).slice(0, 4);
  };
})();
