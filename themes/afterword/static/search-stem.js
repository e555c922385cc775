// @ts-check
/**
 * The stem of an English word, after M. F. Porter, "An algorithm for suffix stripping", Program 14 (1980), 130-137.
 *
 * One rule is Porter's later one: a final `y` counts as `i` only after a consonant, so that `deploy` and `deployment`
 * meet. Used at query time only: the index holds words as they are written, and those of one stem stand close together in it.
 */
(() => {
  "use strict";
  const search = /** @type {any} */ (globalThis).AfterwordSearch ??= {};

  const C = "[^aeiou]", V = "[aeiouy]", CS = `${C}[^aeiouy]*`, VS = `${V}[aeiou]*`;
  /** The measure, the number of vowel-consonant sequences, is more than 0, is 1, is more than 1. */
  const MORE_THAN_0 = new RegExp(`^(${CS})?${VS}${CS}`);
  const IS_1 = new RegExp(`^(${CS})?${VS}${CS}(${VS})?$`);
  const MORE_THAN_1 = new RegExp(`^(${CS})?${VS}${CS}${VS}${CS}`);
  const HAS_VOWEL = new RegExp(`^(${CS})?${V}`);
  const SHORT = new RegExp(`^${CS}${V}[^aeiouwxy]$`);

  const STEP_2 = /** @type {Record<string, string>} */ ({
    ational: "ate", tional: "tion", enci: "ence", anci: "ance", izer: "ize", bli: "ble", alli: "al", entli: "ent", eli: "e",
    ousli: "ous", ization: "ize", ation: "ate", ator: "ate", alism: "al", iveness: "ive", fulness: "ful", ousness: "ous",
    aliti: "al", iviti: "ive", biliti: "ble", logi: "log",
  });
  const STEP_3 = /** @type {Record<string, string>} */ ({
    icate: "ic", ative: "", alize: "al", iciti: "ic", ical: "ic", ful: "", ness: "",
  });
  const ENDS_2 = new RegExp(`^(.+?)(${Object.keys(STEP_2).join("|")})$`);
  const ENDS_3 = new RegExp(`^(.+?)(${Object.keys(STEP_3).join("|")})$`);
  const ENDS_4 = /^(.+?)(al|ance|ence|er|ic|able|ible|ant|ement|ment|ent|ou|ism|ate|iti|ous|ive|ize)$/;

  /** @param {string} word */
  search.stem = (word) => {
    if (word.length < 3 || !/^[a-z]+$/.test(word)) return word;
    // A `y` that opens the word is a consonant.
    let stem = word.replace(/^y/, "Y");
    stem = stem.replace(/(ss|i)es$/, "$1").replace(/([^s])s$/, "$1");
    const past = /^(.+?)(?:ed|ing)$/.exec(stem);
    if (/eed$/.test(stem)) {
      if (MORE_THAN_0.test(stem.slice(0, -3))) stem = stem.slice(0, -1);
    } else if (past && HAS_VOWEL.test(past[1])) {
      stem = past[1];
      if (/(at|bl|iz)$/.test(stem) || SHORT.test(stem)) stem += "e";
      else if (/([^aeiouylsz])\1$/.test(stem)) stem = stem.slice(0, -1);
    }
    if (/[^aeiou]y$/.test(stem) && HAS_VOWEL.test(stem.slice(0, -1))) stem = stem.slice(0, -1) + "i";
    for (const [ends, table] of /** @type {[RegExp, Record<string, string>][]} */ ([[ENDS_2, STEP_2], [ENDS_3, STEP_3]])) {
      const found = ends.exec(stem);
      if (found && MORE_THAN_0.test(found[1])) stem = found[1] + table[found[2]];
    }
    const found = ENDS_4.exec(stem) ?? /^(.+?[st])(ion)$/.exec(stem);
    if (found && MORE_THAN_1.test(found[1])) stem = found[1];
    if (/e$/.test(stem)) {
      const root = stem.slice(0, -1);
      if (MORE_THAN_1.test(root) || (IS_1.test(root) && !SHORT.test(root))) stem = root;
    }
    if (/ll$/.test(stem) && MORE_THAN_1.test(stem)) stem = stem.slice(0, -1);
    return stem.toLowerCase();
  };
})();
