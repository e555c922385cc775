// @ts-check
/**
 * The page with all results: choices at the side, the query in the address.
 *
 * Contract with the page:
 *
 *     <div data-search-page>
 *       <form role="search" data-search data-root="">… <input type="search" name="q"> …</form>
 *       <div data-search-static>what stands here while nothing is looked for</div>
 *     </div>
 *
 * The choices are put behind the form, the results at the end. The address holds the words as `q`, the order as `sort` and each choice under the
 * key of its facet, several times if need be: `search.html?q=pool&severity=SEV1&severity=SEV2&sort=newest`.
 */
(() => {
  "use strict";
  const search = /** @type {any} */ (globalThis).AfterwordSearch ??= {};

  /** Results that are shown at once, and added by each use of the button. */
  const STEP = 10;
  /** Values of a facet that are shown before the others are asked for. */
  const VALUES = 6;
  const ORDERS = [["", "Best match"], ["newest", "Newest first"], ["oldest", "Oldest first"]];

  /** @param {HTMLFormElement} form @param {HTMLInputElement} input @param {string} root */
  search.page = (form, input, root) => {
    const element = /** @type {(name: string, className?: string, ...children: (Node | string)[]) => any} */ (search.element);
    const still = document.querySelector("[data-search-static]");
    const said = element("p", "search-said"), list = element("ol", "search-results"), facets = element("div", "search-facets");
    const narrow = element("details", "search-narrow", element("summary", "", "Filter"), facets);
    const more = element("button", "button search-more", "Show more"), order = element("select", "");
    const sorting = element("label", "search-sort", "Order ", order);
    const found = element("div", "search-found", element("div", "search-head", said, sorting), list, more);
    narrow.open = matchMedia("(min-width: 64rem)").matches;
    said.role = "status";
    more.type = "button";
    order.append(...ORDERS.map(([value, text]) => Object.assign(element("option", "", text), { value })));
    form.after(narrow);
    form.parentElement?.append(found);

    let turn = 0, timer = 0, shown = STEP, filters = /** @type {Record<string, string[]>} */ ({});

    const read = () => {
      const asked = new URLSearchParams(location.search);
      input.value = asked.get("q") ?? "";
      order.value = ORDERS.some(([value]) => value === asked.get("sort")) ? asked.get("sort") : "";
      filters = {};
      for (const key of new Set(asked.keys())) if (key !== "q" && key !== "sort") filters[key] = asked.getAll(key);
    };

    /** @param {boolean} step whether going back is to undo this */
    const write = (step) => {
      const asked = new URLSearchParams();
      if (input.value.trim()) asked.set("q", input.value);
      for (const [key, values] of Object.entries(filters)) values.forEach((value) => asked.append(key, value));
      if (order.value) asked.set("sort", order.value);
      const url = `${location.pathname}${asked.size ? `?${asked}` : ""}`;
      // A browser may refuse for files; search works on, only the address does not follow.
      try {
        history[step ? "pushState" : "replaceState"](null, "", url);
      } catch {}
    };

    const idle = () => !input.value.trim() && !Object.values(filters).some((values) => values.length);

    const answer = async () => {
      const mine = ++turn;
      list.ariaBusy = "true";
      try {
        await search.ask(root, async (/** @type {any} */ engine) => {
          const sort = order.value || (input.value.trim() ? "" : "newest");
          const answer = await engine.find({ q: input.value, filters, sort });
          const rows = await Promise.all(idle() && still ? [] : answer.docs.slice(0, shown).map(engine.row));
          if (mine !== turn) return;
          const items = rows.map((row) => element("li", "", search.result({ engine, answer, row, root })));
          list.replaceChildren(...items);
          found.hidden = idle() && !!still;
          if (still instanceof HTMLElement) still.hidden = !idle();
          said.replaceChildren(...(found.hidden ? [] : search.say(answer)));
          sorting.hidden = !answer.docs.length;
          more.hidden = answer.docs.length <= rows.length;
          const counts = await engine.counts(answer);
          if (mine === turn) choices(counts);
        });
      } catch (error) {
        if (mine === turn) said.textContent = "Search could not be loaded. The lists and pages of the site work without it.";
        throw error;
      } finally {
        if (mine === turn) list.ariaBusy = "false";
      }
    };

    /** @param {{ key: string, label: string, values: { value: string, count: number, on: boolean }[] }[]} counts */
    const choices = (counts) => {
      const focused = /** @type {any} */ (facets.contains(document.activeElement) ? document.activeElement : {});
      const opened = new Set([...facets.querySelectorAll("details[open]")].map((details) => details.dataset.key));
      facets.replaceChildren(...counts.filter(({ values }) => values.some(({ count, on }) => count || on)).map(({ key, label, values }) => {
        const boxes = values.filter(({ count, on }) => count || on).map(({ value, count, on }) => {
          const box = Object.assign(element("input", ""), { type: "checkbox", name: key, value, checked: on });
          return element("label", "check", box, element("span", "search-value", value), element("span", "search-count", String(count)));
        });
        const group = element("fieldset", "search-facet", element("legend", "", label), ...boxes.slice(0, VALUES));
        if (boxes.length > VALUES) {
          const rest = element("details", "", element("summary", "", `${boxes.length - VALUES} more`), ...boxes.slice(VALUES));
          rest.dataset.key = key;
          rest.open = opened.has(key) || boxes.slice(VALUES).some((box) => box.firstChild.checked);
          group.append(rest);
        }
        return group;
      }));
      narrow.hidden = !facets.childElementCount;
      [...facets.querySelectorAll("input")].find(({ name, value }) => name === focused.name && value === focused.value)?.focus();
    };

    const afresh = (/** @type {boolean} */ step) => {
      shown = STEP;
      write(step);
      return answer();
    };

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(timer);
      afresh(true);
    });
    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = window.setTimeout(() => afresh(false), search.PAUSE);
    });
    order.addEventListener("change", () => afresh(true));
    facets.addEventListener("change", (/** @type {any} */ { target }) => {
      const boxes = /** @type {HTMLInputElement[]} */ ([...facets.querySelectorAll(`input[name="${CSS.escape(target.name)}"]`)]);
      filters = { ...filters, [target.name]: boxes.filter(({ checked }) => checked).map(({ value }) => value) };
      afresh(true);
    });
    more.addEventListener("click", async () => {
      const at = shown;
      shown += STEP;
      await answer();
      list.children[at]?.querySelector("a")?.focus();
    });
    addEventListener("popstate", () => {
      read();
      answer();
    });
    read();
    answer();
  };
})();
