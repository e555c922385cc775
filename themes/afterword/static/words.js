// @ts-check
// Says the words of the interface for the other scripts, in the language of the page. The build puts the words in front
// of this file, as `afterwordWords`.

/** @typedef {string | Record<string, string>} AfterwordWord a text, or its forms by plural category */

/**
 * The word with this key (without `script.`), its `{names}` filled in. `n` also chooses the form.
 * @param {string} key
 * @param {Record<string, string | number>} [names]
 * @returns {string}
 */
globalThis.afterwordSay = (key, names = {}) => {
  const language = document.documentElement.lang || "en";
  const word = globalThis.afterwordWords?.[key] ?? "";
  const form = typeof word === "string" ? word : (word[new Intl.PluralRules(language).select(Number(names.n))] ?? word.other);
  return (form ?? "").replace(/\{([a-z]+)\}/g, (whole, name) => {
    const value = names[name];
    return typeof value === "number" ? value.toLocaleString(language) : (value ?? whole);
  });
};
