// @ts-check
// Filters and sorts a list that stands complete in the page. The address keeps the filter (behind `#`, which also works
// from a file), so that it can be linked; the number of matches is announced.
//
// The form names its list in `data-filter`. A select or check box named NAME is held against `data-NAME` of each item,
// a space-separated list of keys; the field named `q` against the item's text. Items are the children of the list, or
// what the selector in its `data-items` finds. After each change the list gets an event `arranged` with the items in
// their order, which grouping.js puts under headings.

(() => {
  /** @typedef {{ element: HTMLElement, text: string, order: number }} Item */

  for (const form of document.querySelectorAll("form[data-filter]")) {
    if (form instanceof HTMLFormElement) start(form);
  }

  /** @param {HTMLFormElement} form */
  function start(form) {
    const list = document.getElementById(form.dataset.filter ?? "");
    const status = document.querySelector("[data-count]");
    const empty = document.querySelector("[data-empty]");
    const sort = document.querySelector("select[data-sort]");
    const group = document.querySelector("select[data-group]");
    if (!list || !(status instanceof HTMLElement)) return;

    let items = [...list.querySelectorAll(list.dataset.items ?? ":scope > *")].flatMap((element, order) =>
      element instanceof HTMLElement ? [{ element, order, text: fold(element.textContent ?? "") }] : [],
    );
    const controls = [...form.elements].filter(
      (control) => control instanceof HTMLSelectElement || control instanceof HTMLInputElement,
    );
    const details = form.querySelector("details");
    if (details && matchMedia("(max-width: 63.99rem)").matches) details.open = false;
    // Until here the style sheet keeps the fields of a small window out of sight, or what is below would jump.
    form.dataset.ready = "";

    /** @type {[string, HTMLSelectElement][]} the name in the address, and the field */
    const views = [];
    if (sort instanceof HTMLSelectElement) views.push(["sort", sort]);
    if (group instanceof HTMLSelectElement) views.push(["group", group]);

    let arranged = "";

    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", () => apply(true));
    for (const view of [sort, group]) view?.addEventListener("change", () => apply(true));
    for (const button of document.querySelectorAll("[data-clear]")) {
      button.addEventListener("click", () => {
        for (const control of controls) set(control, "");
        apply(true);
      });
    }
    addEventListener("hashchange", () => {
      read();
      apply(false);
    });
    read();
    apply(false);

    /** Takes the filter from the address. */
    function read() {
      const hash = location.hash.slice(1);
      const wanted = new URLSearchParams(hash.includes("=") ? hash : location.search);
      for (const control of controls) set(control, wanted.get(control.name) ?? "");
      for (const [name, view] of views) {
        const value = wanted.get(name) ?? "";
        const known = [...view.options].some((option) => option.value === value);
        view.value = known ? value : (view.options[0]?.value ?? "");
      }
    }

    /** @param {boolean} keep whether the address is to follow */
    function apply(keep) {
      const tests = controls.flatMap((control) => {
        const test = testOf(control);
        return test ? [{ control, test }] : [];
      });
      let shown = 0;
      for (const item of items) {
        const fits = tests.every(({ test }) => test(item));
        item.element.hidden = !fits;
        if (fits) shown += 1;
      }
      for (const control of controls) {
        const texts = textsOf(control);
        if (texts.length === 0) continue;
        // What a choice would give, all other choices being kept.
        const others = tests.filter((other) => other.control !== control);
        count(control.name, texts, items.filter((item) => others.every(({ test }) => test(item))));
      }
      if (sort instanceof HTMLSelectElement) arrange(sort.value);
      list?.dispatchEvent(new CustomEvent("arranged", { detail: items.map((item) => item.element) }));
      tell(shown, tests.length > 0);
      if (keep) write();
    }

    /** @param {number} shown @param {boolean} filtered */
    function tell(shown, filtered) {
      if (!(status instanceof HTMLElement)) return;
      const names = { n: items.length, shown };
      const isOfActions = status.dataset.count === "actions";
      if (isOfActions && filtered) status.textContent = afterwordSay("actions-of", names);
      else if (isOfActions) status.textContent = afterwordSay("count.actions", names);
      else if (filtered) status.textContent = afterwordSay("postmortems-of", names);
      else status.textContent = afterwordSay("count.postmortems", names);
      if (empty instanceof HTMLElement) empty.hidden = shown > 0;
    }

    /** @param {string} order the name of a data attribute and `asc` or `desc` */
    function arrange(order) {
      if (order === arranged) return;
      arranged = order;
      const [name = "", direction] = order.split(" ");
      const sign = direction === "desc" ? -1 : 1;
      items = [...items].sort((a, b) => {
        const left = a.element.dataset[name] ?? "";
        const right = b.element.dataset[name] ?? "";
        // What is not known comes last, whichever way the rest is sorted.
        if (left === "" || right === "") return left === right ? a.order - b.order : left === "" ? 1 : -1;
        return sign * left.localeCompare(right, "en", { numeric: true }) || a.order - b.order;
      });
      // Each stays with its neighbours: in the list, or in its group of the list.
      for (const { element } of items) element.parentElement?.append(element);
    }

    function write() {
      const wanted = new URLSearchParams();
      for (const control of controls) {
        const value = valueOf(control);
        if (value && control.name) wanted.set(control.name, value);
      }
      for (const [name, view] of views) {
        if (view.selectedIndex > 0) wanted.set(name, view.value);
      }
      const text = wanted.toString();
      try {
        history.replaceState(null, "", text ? `#${text}` : location.href.split(/[?#]/)[0]);
      } catch {
        // Some browsers refuse this for files; the filter works, it is only not in the address.
      }
    }
  }

  /**
   * @param {HTMLSelectElement | HTMLInputElement} control
   * @returns {((item: Item) => boolean) | undefined} nothing when the control asks for nothing
   */
  function testOf(control) {
    const value = valueOf(control);
    if (!value || !control.name) return undefined;
    if (control.name === "q") {
      const words = fold(value).split(/\s+/).filter(Boolean);
      return (item) => words.every((word) => item.text.includes(word));
    }
    return (item) => keysOf(item, control.name).includes(value);
  }

  /** @param {HTMLSelectElement | HTMLInputElement} control */
  function valueOf(control) {
    if (control.type === "checkbox" && control instanceof HTMLInputElement) return control.checked ? control.value : "";
    return control.value.trim();
  }

  /** @param {HTMLSelectElement | HTMLInputElement} control @param {string} value */
  function set(control, value) {
    if (control instanceof HTMLInputElement && control.type === "checkbox") control.checked = control.value === value;
    else control.value = value;
  }

  /** @param {Item} item @param {string} name @returns {string[]} */
  function keysOf(item, name) {
    return (item.element.dataset[name] ?? "").split(" ");
  }

  /**
   * The texts that say how many items a choice would give, each with the key of that choice.
   * @param {HTMLSelectElement | HTMLInputElement} control
   * @returns {[string, HTMLElement][]}
   */
  function textsOf(control) {
    if (control instanceof HTMLSelectElement) {
      return [...control.options].flatMap((option) => (option.value ? [[option.value, option]] : []));
    }
    const text = control.type === "checkbox" ? control.labels?.[0]?.querySelector("span") : null;
    return text ? [[control.value, text]] : [];
  }

  /** @param {string} name @param {[string, HTMLElement][]} texts @param {Item[]} items */
  function count(name, texts, items) {
    /** @type {Map<string, number>} */
    const counts = new Map();
    for (const item of items) {
      for (const key of keysOf(item, name)) counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    for (const [key, text] of texts) {
      text.dataset.name ??= (text.textContent ?? "").replace(/ \(\d+\)$/, "");
      text.textContent = `${text.dataset.name} (${counts.get(key) ?? 0})`;
    }
  }

  /** @param {string} text @returns {string} lower case, without accents */
  function fold(text) {
    return text
      .normalize("NFD")
      .replace(/\p{M}/gu, "")
      .toLowerCase();
  }
})();
