// Runs the reader scripts of the site in a bare context: a page with nothing on it, whose scripts come from folders.

import { readFile } from "node:fs/promises";
import path from "node:path";
import vm from "node:vm";

const STATIC = path.resolve(import.meta.dirname, "../../themes/afterword/static");

/** The parts of the reader, in the order of `theme.toml`. */
export const PARTS = ["load", "terms", "index", "query", "list"].map((part) => `search-${part}.js`);

/** The reader as the build joins it, with its comments. */
export async function reader() {
  const parts = await Promise.all(PARTS.map((part) => readFile(path.join(STATIC, part), "utf8")));
  return `(() => {\n${parts.join("\n")}})();`;
}

/**
 * The search of the site in folder `site`, as `AfterwordSearch` in a page would have it.
 *
 * @param {string} site the folder that has `search/index.js`
 */
export async function openSite(site) {
  /** @type {{ url: string, bytes: number }[]} what was loaded, and how large it is uncompressed */
  const loaded = [];
  const element = () => ({ append() {}, src: "", onload() {}, onerror() {} });
  /** @param {ReturnType<typeof element>} script */
  const run = async (script) => {
    const [file] = script.src.split("?");
    const full = file.startsWith("assets/") ? path.join(STATIC, file.slice(7)) : path.join(site, file);
    let code;
    try {
      code = await readFile(full, "utf8");
    } catch {
      script.onerror();
      return;
    }
    loaded.push({ url: script.src, bytes: code.length });
    vm.runInContext(code, page, { filename: full });
    script.onload();
  };
  const page = vm.createContext({
    document: {
      currentScript: { src: "assets/search.js" },
      head: { append: run },
      createElement: element,
      querySelector: () => null,
    },
    afterwordSay: (/** @type {string} */ key) => key,
    Response, DecompressionStream, TextDecoder, atob, setTimeout, clearTimeout,
  });
  vm.runInContext(await reader(), page, { filename: "search.js" });
  const search = vm.runInContext("AfterwordSearch", page);

  /**
   * The titles of the documents that answer `q`, best first, and the answer itself.
   * @param {string} q @param {{ filters?: Record<string, string[]>, sort?: string }} [more]
   */
  const find = (q, { filters = {}, sort } = {}) => search.ask(async () => {
    const answer = await search.answerTo(q);
    let docs = [...answer.docs];
    if (Object.keys(filters).length) {
      await run({ ...element(), src: "assets/search-page.js" });
      docs = search.filtered(docs, await search.facets(), filters);
    }
    if (sort) docs.sort((one, other) => sort === "newest" ? other - one : one - other);
    const rows = await Promise.all(docs.slice(0, 10).map(search.row));
    return { ...answer, docs, rows, titles: rows.map(({ title }) => title), ids: rows.map(({ url }) => path.basename(url, ".html")) };
  });
  return { search, find, loaded, page, run };
}
