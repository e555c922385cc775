// Runs the reader scripts of the site in a bare context: a page with nothing on it, whose scripts come from folders.

import { readFile } from "node:fs/promises";
import path from "node:path";
import vm from "node:vm";

const STATIC = path.resolve(import.meta.dirname, "../../themes/afterword/static");

/**
 * The search of the site in folder `site`, as `AfterwordSearch` in a page would have it.
 *
 * @param {string} site the folder that has `search/index.js`
 * @param {{ language?: string }} [options]
 */
export async function openSite(site, { language = "en" } = {}) {
  /** @type {{ url: string, bytes: number }[]} what was loaded, and how large it is uncompressed */
  const loaded = [];
  const element = () => ({ remove() {}, src: "", onload() {}, onerror() {} });
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
  class HTMLScriptElement {
    src = "assets/search.js";
  }
  const page = vm.createContext({
    document: {
      currentScript: new HTMLScriptElement(),
      documentElement: { lang: language },
      head: { append: run },
      createElement: element,
      querySelectorAll: () => [],
      addEventListener() {},
    },
    IntersectionObserver: class {
      observe() {}
    },
    HTMLScriptElement, Blob, Response, DecompressionStream, TextDecoder, atob,
  });
  vm.runInContext(await readFile(path.join(STATIC, "search.js"), "utf8"), page, { filename: "search.js" });
  const search = vm.runInContext("AfterwordSearch", page);

  /** The titles of the documents that answer `q`, best first, and the answer itself. @param {string} q @param {object} [more] */
  const find = (q, more = {}) => search.ask("", async (/** @type {any} */ engine) => {
    const answer = await engine.find({ q, ...more });
    const rows = await Promise.all([...answer.docs].slice(0, 10).map(engine.row));
    return { ...answer, rows, titles: rows.map(({ title }) => title), ids: rows.map(({ name }) => name) };
  });
  return { search, find, loaded, page };
}
