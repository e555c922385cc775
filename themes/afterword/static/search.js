// @ts-check
/**
 * The way into search, on every page: finds the search fields, loads the engine when one is used, shows a list of results.
 *
 * Contract with the page:
 *
 *     <form role="search" data-search data-root="../" action="../search.html">
 *       <label for="search">Search</label> <input type="search" name="q" id="search">
 *     </form>
 *
 * `data-root` leads to the root of the site, where the build put `search/index.js`; it is empty or ends with `/`. The
 * other scripts named `search-*.js` lie beside this one. Everything else is made here: the list below the field, its
 * state for screen readers, its keys (`/` is in `page.js`). `search.css` has the looks. Enter with nothing chosen sends the form as usual, so
 * `action` names a page with all results: one with an element `data-search-page` around the form (`search-page.js`).
 * No inline code, no `fetch`, no `innerHTML`: it works from `file:` and under `script-src 'self'`.
 */
(() => {
  "use strict";
  const search = /** @type {any} */ (globalThis).AfterwordSearch ??= {};
  const here = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : "";

  /** How long typing has to pause before an answer is looked for, in milliseconds. */
  const PAUSE = 80;
  /** Results in the list below the field. */
  const SHOWN = 7;
  /** Choices below the field. */
  const CHIPS = 8;

  // ---- Loading ------------------------------------------------------------------------------------------------------

  /** A part of the index is missing or older than its manifest: the site was built anew. */
  class Stale extends Error {}

  /** What the scripts of the index have brought, by kind and key. @type {Map<string, { hash: string, payload: any }>} */
  const brought = new Map();

  /** @param {string} kind @param {number | string} key @param {string} hash @param {any} payload */
  const add = (kind, key, hash, payload) => void brought.set(kind + key, { hash, payload });

  const policy = /** @type {any} */ (globalThis).trustedTypes?.createPolicy("afterword-search", {
    createScriptURL: (/** @type {string} */ url) => url,
  });

  /** Runs the script at `url`. @param {string} url @returns {Promise<void>} */
  const load = (url) => new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = policy ? policy.createScriptURL(url) : url;
    script.onload = () => (script.remove(), resolve());
    script.onerror = () => (script.remove(), reject(new Stale(url)));
    document.head.append(script);
  });

  /** @type {Map<string, Promise<void>>} */
  const siblings = new Map();

  /** Runs `search-NAME.js`, once. @param {string} name */
  const sibling = (name) => {
    if (!siblings.has(name)) siblings.set(name, load(here.replace("search.js", `search-${name}.js`)));
    return /** @type {Promise<void>} */ (siblings.get(name));
  };

  /** @type {Map<string, Promise<any>>} */
  const engines = new Map();

  /** @param {string} root @param {string} [fresh] */
  const start = async (root, fresh = "") => {
    const english = /^en\b/.test(document.documentElement.lang || "en");
    await Promise.all([
      ...["index", "query", "results"].concat(english ? "stem" : []).map(sibling),
      brought.has("i0") || load(`${root}search/index.js${fresh}`),
    ]);
    const index = await search.open(root), stem = /^en\b/.test(index.manifest.language);
    if (stem) await sibling("stem");
    return search.over({ ...index, stem: stem ? search.stem : undefined, typos: () => sibling("typos") });
  };

  /** The engine of the site at `root`. @param {string} root @returns {Promise<any>} */
  const engine = (root) => {
    const engine = engines.get(root) ?? start(root);
    engines.set(root, engine);
    return engine;
  };

  /**
   * What `use` makes of the engine; once more with a fresh index when the site was built anew in between.
   * @template T @param {string} root @param {(engine: any) => Promise<T>} use @returns {Promise<T>}
   */
  const ask = async (root, use) => {
    try {
      return await use(await engine(root));
    } catch (error) {
      if (!(error instanceof Stale)) throw error;
      brought.clear();
      siblings.clear();
      engines.set(root, start(root, `?v=${Date.now()}`));
      return use(await engine(root));
    }
  };

  Object.assign(search, { Stale, brought, add, load, sibling, engine, ask, PAUSE });

  // ---- The field and its list ---------------------------------------------------------------------------------------

  let fields = 0;

  /** @param {HTMLFormElement} form */
  const attach = (form) => {
    const input = form.querySelector("input");
    if (!input) return;
    const root = form.dataset.root ?? "", id = `search-list-${++fields}`;
    if (form.closest("[data-search-page]")) {
      Promise.all(["results", "page"].map(sibling)).then(() => search.page(form, input, root));
      return;
    }
    const popup = document.createElement("div"), said = document.createElement("p"), list = document.createElement("div");
    const chips = document.createElement("div"), live = document.createElement("p");
    popup.className = "search-popup";
    popup.hidden = true;
    said.className = "search-said";
    list.className = "search-list";
    list.id = id;
    list.role = "listbox";
    list.ariaLabel = "Results";
    // Scrollers can be reached with Tab in some browsers; the options of this one are reached from the field.
    list.tabIndex = -1;
    chips.className = "search-chips";
    chips.role = "group";
    chips.ariaLabel = "Narrow the results";
    live.className = "visually-hidden";
    live.role = "status";
    popup.append(said, list, chips);
    form.append(popup, live);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": id, "aria-expanded": "false", autocomplete: "off" })) input.setAttribute(name, value);

    let turn = 0, timer = 0, filters = /** @type {Record<string, string[]>} */ ({});

    /** @param {boolean} open */
    const show = (open) => {
      popup.hidden = !open;
      input.setAttribute("aria-expanded", String(open));
      if (!open) choose(undefined);
    };

    /** @param {Element | undefined | null} option */
    const choose = (option) => {
      list.querySelector("[aria-selected=true]")?.setAttribute("aria-selected", "false");
      option?.setAttribute("aria-selected", "true");
      option?.scrollIntoView({ block: "nearest" });
      if (option) input.setAttribute("aria-activedescendant", option.id);
      else input.removeAttribute("aria-activedescendant");
    };

    const answer = async () => {
      const mine = ++turn, q = input.value;
      if (!q.trim()) return show(false);
      popup.ariaBusy = "true";
      try {
        await ask(root, async (engine) => {
          const answer = await engine.find({ q, filters });
          const rows = await Promise.all(answer.docs.slice(0, SHOWN).map(engine.row));
          if (mine !== turn) return;
          const options = rows.map((row, at) => search.result({ engine, answer, row, root, option: `${id}-${at}` }));
          if (answer.docs.length > SHOWN) options.push(search.more(form, q, answer, `${id}-all`));
          list.replaceChildren(...options);
          said.replaceChildren(...search.say(answer));
          live.textContent = said.textContent;
          choose(undefined);
          show(true);
          const counts = await engine.counts(answer);
          if (mine === turn) search.chips(chips, counts, answer, CHIPS);
        });
      } catch (error) {
        if (mine !== turn) return;
        list.replaceChildren();
        live.textContent = said.textContent = "Search could not be loaded. The lists and pages of the site work without it.";
        show(true);
        throw error;
      } finally {
        if (mine === turn) popup.ariaBusy = "false";
      }
    };

    input.addEventListener("focus", () => void engine(root).catch(() => {}), { once: true });
    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = window.setTimeout(answer, PAUSE);
    });
    input.addEventListener("focus", () => list.childElementCount && input.value.trim() && show(true));
    // Looked at a moment later, because a chip that is made anew loses the focus and gets it back.
    form.addEventListener("focusout", () => setTimeout(() => {
      if (form.contains(document.activeElement)) return;
      turn++;
      show(false);
    }));
    // A press on a result must not take the focus away from the field, or the list would close before the click.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    chips.addEventListener("click", ({ target }) => {
      const chip = target instanceof Element ? target.closest("button") : null;
      if (!chip) return;
      const { key = "", value = "" } = chip.dataset, on = filters[key] ?? [];
      filters = { ...filters, [key]: on.includes(value) ? on.filter((other) => other !== value) : [...on, value] };
      answer();
    });
    form.addEventListener("keydown", (event) => {
      const options = [...list.children], at = options.findIndex((option) => option.ariaSelected === "true");
      const to = /** @type {Record<string, number>} */ ({ ArrowDown: at + 1, ArrowUp: at < 0 ? options.length - 1 : at - 1, Home: 0, End: options.length - 1 });
      if (event.key === "Escape" && !popup.hidden) {
        // An answer that is still on its way must not open the list again.
        clearTimeout(timer);
        turn++;
        popup.ariaBusy = "false";
        show(false);
        input.focus();
      } else if (event.target !== input || event.isComposing) {
        return;
      } else if (event.key === "Enter" && !popup.hidden && at >= 0) {
        /** @type {HTMLElement} */ (options[at]).click();
      } else if (event.key in to && (at >= 0 || event.key.startsWith("Arrow")) && options.length) {
        show(true);
        choose(options[to[event.key]]);
      } else {
        return;
      }
      event.preventDefault();
    });
  };

  document.querySelectorAll("form[data-search]").forEach((form) => form instanceof HTMLFormElement && attach(form));
})();
