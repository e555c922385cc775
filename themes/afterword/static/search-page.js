// @ts-check
/**
 * The page of results: choices at the side, the query in the address.
 *
 * Contract with the page:
 *
 *     <div data-search-page>
 *       <form role="search" data-search data-root="">… <input type="search" name="q"> …</form>
 *       <div data-search-static>what stands here while nothing is looked for</div>
 *     </div>
 *
 * The choices and the results are put at the end. The address holds the words as `q`, the order as `sort`
 * and each choice under the key of its facet, several times if need be:
 * `search.html?q=pool&severity=SEV1&severity=SEV2&sort=newest`.
 *
 * @typedef {{ key: string, label: string, values: string[], starts: number[], cells: number[] }} Facet  The cells of a
 *   document, places in `values`, are those from its place in `starts` to the next.
 */
(() => {
  "use strict";
  const search = /** @type {any} */ (globalThis).AfterwordSearch, { element, part, reader } = search;
  const form = /** @type {any} */ (document.querySelector("form[data-search]")), input = form?.querySelector("input");

  /** Results that are shown at once, and added by each use of the button. */
  const STEP = 8;
  /** Values of a facet that are shown before the others are asked for. */
  const VALUES = 6;
  const ORDERS = [["", afterwordSay("order-best")], ["newest", afterwordSay("order-newest")], ["oldest", afterwordSay("order-oldest")]];

  // ---- Facets -------------------------------------------------------------------------------------------------------

  /** @returns {Promise<Facet[]>} */
  const facets = () => part("f", 0, (/** @type {Uint8Array} */ bytes) => {
    const { text, varint, many } = reader(bytes);
    return JSON.parse(text()).map((/** @type {any} */ { several, ...facet }) => {
      const starts = [0], cells = /** @type {number[]} */ ([]);
      for (const first of many(search.site.documents)) {
        if (!several && first) cells.push(first - 1);
        starts.push(several ? (starts.at(-1) ?? 0) + first : cells.length);
      }
      if (several) cells.push(...many(starts.at(-1)));
      return { ...facet, starts, cells };
    });
  });

  /** @typedef {Record<string, string[]>} Filters by the key of a facet the values of which a document has one */

  /** The documents of `docs` that fit, whatever they have of the facet `but`. @param {number[]} docs @param {Facet[]} all @param {Filters} filters @param {string} [but] */
  const filtered = (docs, all, filters, but) => {
    const tests = all.filter(({ key }) => key !== but && filters[key]?.length).map(({ key, values, starts, cells }) => {
      const wanted = values.map((value) => filters[key].includes(value));
      return (/** @type {number} */ doc) => {
        for (let at = starts[doc]; at < starts[doc + 1]; at++) if (wanted[cells[at]]) return true;
        return false;
      };
    });
    return docs.filter((doc) => tests.every((test) => test(doc)));
  };

  /** How many documents each value of each facet would leave. @param {number[]} docs @param {Facet[]} all @param {Filters} filters */
  const counted = (docs, all, filters) => all.map(({ key, label, values, starts, cells }) => {
    const counts = values.map((value) => ({ value, count: 0, on: !!filters[key]?.includes(value) }));
    for (const doc of filtered(docs, all, filters, key)) for (let at = starts[doc]; at < starts[doc + 1]; at++) counts[cells[at]].count++;
    return { key, label, values: counts };
  });

  Object.assign(search, { facets, filtered, counted });
  if (!form) return;

  // ---- The page -----------------------------------------------------------------------------------------------------

  const still = document.querySelector("[data-search-static]");
  const said = element("p", { className: "search-said", role: "status" }), list = element("ol", { className: "search-results" });
  const choices = element("div", { className: "search-facets" }), clear = element("button", { className: "button", type: "button" }, afterwordSay("filter-clear"));
  const narrow = element("details", { className: "search-narrow", open: matchMedia("(min-width: 64rem)").matches, hidden: true }, element("summary", {}, afterwordSay("filter")), choices, clear);
  const more = element("button", { className: "button search-more", type: "button", hidden: true }, afterwordSay("show-more"));
  const order = element("select", {}, ...ORDERS.map(([value, text]) => element("option", { value }, text)));
  const sorting = element("label", { className: "search-sort", hidden: true }, afterwordSay("order"), " ", order);
  const loosen = element("div", { className: "search-loosen" });
  const found = element("div", { className: "search-found" }, element("div", { className: "search-head" }, said, sorting), loosen, list, more);
  // Behind what stands there already, so that nothing which is being read moves.
  form.parentElement.append(narrow, found);

  let shown = STEP, filters = /** @type {Filters} */ ({});

  const read = () => {
    const asked = new URLSearchParams(location.search);
    input.value = asked.get("q") ?? "";
    order.value = ORDERS.some(([value]) => value === asked.get("sort")) ? asked.get("sort") : "";
    filters = {};
    for (const key of asked.keys()) if (key !== "q" && key !== "sort") filters[key] = asked.getAll(key);
  };

  /** @param {boolean} step whether going back is to undo this */
  const write = (step) => {
    const asked = new URLSearchParams();
    if (input.value.trim()) asked.set("q", input.value);
    for (const [key, values] of Object.entries(filters)) values.forEach((value) => asked.append(key, value));
    if (order.value) asked.set("sort", order.value);
    // A browser may refuse for files; search works on, only the address does not follow.
    try {
      history[step ? "pushState" : "replaceState"](null, "", `${location.pathname}${asked.size ? `?${asked}` : ""}`);
    } catch {}
  };

  const chosen = () => Object.values(filters).some((values) => values.length);

  /** Tells links when they become visible, so that only texts that are seen are loaded. */
  const watcher = new IntersectionObserver((entries) => entries.forEach(({ isIntersecting, target }) => {
    if (!isIntersecting) return;
    watcher.unobserve(target);
    /** @type {any} */ (target).more();
  }));

  const { now } = search.asking(said, async (/** @type {() => boolean} */ wanted) => {
    const words = input.value.trim(), idle = !words && !chosen() && !!still;
    const answer = await search.answerTo(input.value), all = chosen() ? await facets() : [];
    const docs = filtered(answer.docs, all, filters), sort = order.value || (words ? "" : "newest");
    if (sort) docs.sort((one, other) => sort === "newest" ? other - one : one - other);
    const rows = await Promise.all(idle ? [] : docs.slice(0, shown).map(search.row));
    if (!wanted()) return;
    const links = rows.map((row) => search.result(answer, row));
    list.replaceChildren(...links.map((link) => element("li", {}, link)));
    links.forEach((link) => watcher.observe(link));
    found.hidden = idle;
    if (still instanceof HTMLElement) still.hidden = !idle;
    // Words that find something are not to blame when the choices leave nothing of it.
    const over = !docs.length && answer.docs.length;
    said.replaceChildren(...idle ? [] : over ? [afterwordSay("filter-none")] : search.summary(answer, docs.length));
    loosen.replaceChildren(...over ? without(answer.docs, all) : []);
    sorting.hidden = !docs.length;
    more.hidden = docs.length <= rows.length;
    clear.hidden = !chosen();
    const counts = counted(answer.docs, await facets(), filters);
    if (wanted()) offer(counts);
  });

  /** Buttons that take away the choices of one facet each, where that leaves something, and what. @param {number[]} docs @param {Facet[]} all */
  const without = (docs, all) => all.filter(({ key }) => filters[key]?.length).flatMap(({ key, label }) => {
    const count = filtered(docs, all, filters, key).length, name = filters[key].join(", ");
    const text = afterwordSay("filter-without", { facet: label, values: name, n: count });
    return count ? [element("button", { type: "button", className: "button", onclick: () => (filters = { ...filters, [key]: [] }, afresh(true), input.focus()) }, text)] : [];
  });

  /** @param {ReturnType<typeof counted>} counts */
  const offer = (counts) => {
    const focused = choices.contains(document.activeElement) ? /** @type {any} */ (document.activeElement) : {};
    const opened = new Set([...choices.querySelectorAll("details[open]")].map((details) => details.dataset.key));
    const groups = counts.map(({ key, label, values }) => ({ key, label, values: values.filter(({ count, on }) => count || on) }));
    choices.replaceChildren(...groups.filter(({ values }) => values.length).map(({ key, label, values }) => {
      const boxes = values.map(({ value, count, on }) => element("label", { className: "check" },
        element("input", { type: "checkbox", name: key, value, checked: on }),
        element("span", { className: "search-value" }, value), element("span", { className: "search-count" }, String(count))));
      const group = element("fieldset", { className: "search-facet" }, element("legend", {}, label), ...boxes.slice(0, VALUES));
      if (boxes.length > VALUES) {
        const rest = element("details", {}, element("summary", {}, afterwordSay("filter-others", { n: boxes.length - VALUES })), ...boxes.slice(VALUES));
        rest.dataset.key = key;
        rest.open = opened.has(key) || values.slice(VALUES).some(({ on }) => on);
        group.append(rest);
      }
      return group;
    }));
    narrow.hidden = !choices.childElementCount;
    [...choices.querySelectorAll("input")].find(({ name, value }) => name === focused.name && value === focused.value)?.focus();
  };

  const afresh = (/** @type {boolean} */ step) => {
    shown = STEP;
    write(step);
    return now();
  };

  const later = input.oninput;
  input.oninput = (/** @type {Event} */ event) => {
    shown = STEP;
    write(false);
    later(event);
  };
  form.onsubmit = (/** @type {Event} */ event) => {
    event.preventDefault();
    afresh(true);
  };
  order.onchange = () => afresh(true);
  choices.onchange = (/** @type {any} */ { target }) => {
    const boxes = /** @type {HTMLInputElement[]} */ ([...choices.querySelectorAll(`input[name="${CSS.escape(target.name)}"]`)]);
    filters = { ...filters, [target.name]: boxes.filter(({ checked }) => checked).map(({ value }) => value) };
    afresh(true);
  };
  clear.onclick = () => {
    filters = {};
    afresh(true);
    input.focus();
  };
  more.onclick = async () => {
    const at = shown;
    shown += STEP;
    await now();
    list.children[at]?.querySelector("a")?.focus();
  };
  addEventListener("popstate", () => {
    read();
    now();
  });
  read();
  now();
})();
