// @ts-check
/**
 * Answers: from what a reader types to documents, the best first.
 *
 * All words have to be there; each is met by itself, by a word of the same stem, or, while it is being typed, by words
 * that begin with it. What is in quotes, and what finds next to nothing, is for `search-help.js`.
 *
 * @typedef {{ terms: string[], open?: boolean, exact: boolean }} Need  One thing to find: a word, or a whole compound and
 *   its parts. `open`: the reader may still be typing it. `exact`: in quotes.
 * @typedef {{ q: string, needs: Need[], columns: Float32Array[], marks: Map<string, Need>, docs: number[],
 *   advice?: (count: number) => (string | Node)[] }} Answer  `columns`: how well each document meets each need; `marks`: the words met, each
 *   with its need; `advice`: what is said of so many results.
 */

/** A longer query counts by its longest words. */
const MOST_NEEDS = 10;
/** With fewer results several words are tried as beginnings of longer ones as well. */
const FEW = 3;
/** What a match is worth that is not the word itself. */
const STEM = 0.8, PREFIX = 0.5;
/** The highest impact: the whole of a compound is worth more than all its parts can be. */
const MOST_WORTH = 15;

/** The number of the shard that `word` is in, if anywhere. @param {string} word */
const shardOf = (word) => Math.max(0, site.words.findLastIndex((/** @type {string} */ first) => first <= word));

/** Whether words are looked for that begin with `word`: on a large site that takes three letters, or one beyond ASCII. @param {string} word */
const begins = (word) => word[!site.v || /[^\0-\x7f]/.test(word) ? 0 : 2];

/**
 * How well each document meets `word`, or with `prefix` words that begin with it, those of four shards
 * at most. What is met is marked with `need`.
 * @param {string} word @param {any} prefix @param {Need} need @param {Map<string, Need>} marks
 */
const meet = async (word, prefix, need, marks) => {
  const column = new Float32Array(site.documents), first = shardOf(word), last = prefix ? shardOf(word + "\uffff") : first;
  const keys = [...site.words.keys()].slice(first, Math.min(last, first + 3) + 1);
  for (const { words, kin, starts, steps, worth } of await Promise.all(keys.map((key) => part("t", key, shard)))) {
    const own = words.indexOf(word);
    words.forEach((/** @type {string} */ term, /** @type {number} */ at) => {
      const rate = term === word ? 1 : need.exact ? 0 : at - kin[at] === own - kin[own] ? STEM : prefix && term.startsWith(word) ? PREFIX : 0;
      if (rate) marks.set(term, need);
      for (let slot = starts[at], doc = 0; rate && slot < starts[at + 1]; slot++) {
        doc += steps[slot];
        column[doc] = Math.max(column[doc], rate * (worth[slot >> 1] >> slot % 2 * 4 & 15));
      }
    });
  }
  return column;
};

/** How well each document meets `need`: the whole of a compound, or all its parts. @param {Need} need @param {Map<string, Need>} marks */
const meetNeed = async (need, marks) => {
  const [column, ...others] = await Promise.all(need.terms.map((term, at) => meet(term, !at && need.open && begins(term), need, marks)));
  return others[1] ? column.map((value, doc) => value ? MOST_WORTH + value : Math.min(...others.map((other) => other[doc]))) : column;
};

/** How many documents `column` names. @param {Float32Array} column */
const size = (column) => column.filter(Boolean).length;

/** The documents that meet all of `columns`, the best first. @param {Float32Array[]} columns */
const rank = (columns) => {
  const score = columns.reduce((sum, column) => {
    const rarity = Math.log(1 + (column.length + 1) / (size(column) + 0.5));
    return sum.map((value, doc) => column[doc] ? value + rarity * column[doc] : NaN);
  }, new Float32Array(site.documents));
  return [...score.keys()].filter((doc) => score[doc] >= 0).sort((one, other) => score[other] - score[one] || other - one);
};

/** @param {string} q @returns {Promise<Answer>} */
const answerTo = async (q) => {
  const all = q.split(/["“”„]/).flatMap((part, at) => units(part).map((terms) => /** @type {Need} */ ({ terms, exact: at % 2 > 0 }))), last = all.at(-1);
  if (last) last.open = !last.exact && !/\s$/.test(q);
  const needs = all.filter((need) => need === last || !site.common.includes(need.terms[0])).sort((one, other) => other.terms[0].length - one.terms[0].length).slice(0, MOST_NEEDS);
  const marks = new Map(), columns = await Promise.all(needs.map((need) => meetNeed(need, marks)));
  // Too little of a word to go by: the others decide until there is more.
  const little = needs.findIndex(({ open, terms }, at) => open && !begins(terms[0]) && !size(columns[at]));
  if (little >= 0) needs.splice(little, 1), columns.splice(little, 1);
  const answer = { q, needs, columns, marks, docs: needs[0] || !q.trim() ? rank(columns) : [] };
  if (answer.docs.length < (needs[1] ? FEW : 1) || needs.some((need) => need.exact)) await more("help").then(() => search.help(answer));
  return answer;
};
