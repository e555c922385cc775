// @ts-check
// Says the words of the interface for the other scripts, in the language of the page. The build puts the words in front
// of this file: texts, and tables of forms by plural category.

/** @type {Record<string, string | Record<string, string>> | undefined} */
var afterwordWords;

/**
 * The word with this key (without `script.`), its `{names}` filled in. `n` also chooses the form.
 * @param {string} key
 * @param {Record<string, string | number>} [names]
 * @returns {string}
 */
function afterwordSay(key, names = {}) {
  const language = document.documentElement.lang || "en";
  const word = afterwordWords?.[key] ?? "";
  const form = typeof word === "string" ? word : (word[new Intl.PluralRules(language).select(Number(names.n))] ?? word.other);
  return (form ?? "").replace(/\{([a-z]+)\}/g, (whole, name) => {
    const value = names[name];
    return typeof value === "number" ? value.toLocaleString(language) : (value ?? whole);
  });
}
