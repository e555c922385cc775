// @ts-check
// Says the words of the interface for the other scripts, in the language of the page. The build puts the words in front
// of this file: texts, and tables of forms by plural category.

/** @type {Record<string, string | Record<string, string>> | undefined} */
var afterwordWords;

/** The language of the page, as far as the browser can make sense of it. */
var afterwordLanguage = (() => {
  try {
    return Intl.getCanonicalLocales(document.documentElement.lang)[0] ?? "en";
  } catch {
    return "en";
  }
})();

/**
 * The word with this key (of the table `script`, or `count.NAME`), its `{names}` filled in. `n` also chooses the form.
 * @param {string} key
 * @param {Record<string, string | number>} [names]
 * @returns {string}
 */
function afterwordSay(key, names = {}) {
  const word = afterwordWords?.[key] ?? "";
  const plurals = new Intl.PluralRules(afterwordLanguage);
  const form = typeof word === "string" ? word : (word[plurals.select(Number(names.n))] ?? word.other);
  return (form ?? "").replace(/\{([a-z]+)\}/g, (whole, name) => String(names[name] ?? whole));
}
