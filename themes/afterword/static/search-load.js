// @ts-check
/**
 * Search, first part: how scripts, and with them the parts of the index, get into the page.
 *
 * `theme.toml` joins this and the next parts (`search-terms.js`, `search-index.js`, `search-query.js`, `search-list.js`)
 * into the reader, `search.js`, one script with a scope of its own that every page has. Beside it lie `search-help.js`,
 * for quotations and what finds nothing, and `search-page.js`, for the page of results; they are loaded when they are
 * needed. No inline code, no `fetch`, no `innerHTML`: search works from `file:` and under `script-src 'self'`.
 */

const here = /** @type {HTMLScriptElement} */ (document.currentScript).src;

/** The search field of the page; `search-list.js` says what it has to be like. */
const form = /** @type {HTMLFormElement} */ (document.querySelector("form[data-search]"));
const input = /** @type {HTMLInputElement} */ (form?.querySelector("input")), root = form?.dataset.root ?? "";


/** What the scripts of the index have brought, by kind, key and hash. @type {Record<string, any>} */
const brought = {};

/** What other scripts call. @type {any} */
const search = /** @type {any} */ (globalThis).AfterwordSearch = {
  /** @param {string} kind @param {number | string} key @param {string} hash @param {any} payload */
  add: (kind, key, hash, payload) => brought[kind + key + hash] = payload,
};

/** Private to this scope, and asked for addresses that are put together here only. */
const policy = /** @type {any} */ (globalThis).trustedTypes?.createPolicy("afterword-search", {
  createScriptURL: (/** @type {string} */ url) => url,
});

/** Scripts that run or have run, by address. @type {Record<string, Promise<any>>} */
let loaded = {};

/** Runs the script at `url`, once. @param {string} url */
const load = (url) => loaded[url] ??= new Promise((resolve, reject) => {
  const script = document.createElement("script");
  script.src = policy ? policy.createScriptURL(url) : url;
  script.onload = resolve;
  script.onerror = reject;
  document.head.append(script);
});

/** Runs `search-NAME.js`, which adds to `AfterwordSearch`. @param {string} name */
const more = (name) => load(`${here.slice(0, -3)}-${name}.js`);
