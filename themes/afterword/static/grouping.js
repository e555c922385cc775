// @ts-check
// Puts the items of a filtered list under headings, by the field that `select[data-group]` names. The page comes grouped
// by the first of its choices; list.js tells when something has changed, and in which order the items are.
//
// The headings are the words of the filter's field of the same name, in its order. An item with several keys stands
// under each of them: under all but the first as a copy. States are not several: they hold within each other.

(() => {
  for (const select of document.querySelectorAll("select[data-group]")) {
    const list = select instanceof HTMLSelectElement && document.getElementById(select.dataset.group ?? "");
    if (list) start(select, list);
  }

  /** @param {HTMLSelectElement} select @param {HTMLElement} list */
  function start(select, list) {
    let grouped = select.options[0]?.value ?? "";
    /** @type {HTMLElement[]} as last arranged */
    let before = [];
    /** @type {[HTMLElement, HTMLElement][]} items with their copies */
    let copies = [];

    list.addEventListener("arranged", (event) => {
      if (!(event instanceof CustomEvent)) return;
      /** @type {HTMLElement[]} */
      const items = event.detail;
      const isMoved = copies.length > 0 && items.some((item, at) => item !== before[at]);
      if (select.value !== grouped || isMoved) {
        grouped = select.value;
        group(items);
      }
      before = items;
      for (const [item, copy] of copies) copy.hidden = item.hidden;
      tell();
    });

    /** @param {HTMLElement[]} items */
    function group(items) {
      /** @type {Map<string, HTMLElement[]>} */
      const groups = new Map();
      const names = namesOf(grouped);
      for (const key of names.keys()) groups.set(key, []);
      copies = [];
      for (const item of items) {
        const keys = (item.dataset[grouped] ?? "").split(" ").slice(0, grouped === "is" ? 1 : undefined);
        const known = keys.filter((key) => names.has(key));
        for (const [at, key] of (known.length > 0 ? known : [""]).entries()) {
          const copy = at === 0 ? item : /** @type {HTMLElement} */ (item.cloneNode(true));
          if (at > 0) copies.push([item, copy]);
          const members = groups.get(key);
          if (members) members.push(copy);
          else groups.set(key, [copy]);
        }
      }
      const classes = list.querySelector("ul")?.className ?? "";
      const sections = [...groups].flatMap(([key, members]) =>
        members.length > 0 ? [section(key, names.get(key) ?? afterwordSay("not-stated"), classes, members)] : [],
      );
      list.replaceChildren(...sections);
    }

    /**
     * @param {string} key
     * @param {string} name
     * @param {string} classes
     * @param {HTMLElement[]} members
     */
    function section(key, name, classes, members) {
      const whole = document.createElement("section");
      const heading = document.createElement("h2");
      const count = document.createElement("span");
      const items = document.createElement("ul");
      heading.id = `group-${key}`;
      whole.setAttribute("aria-labelledby", heading.id);
      count.className = "count";
      heading.append(`${name.charAt(0).toUpperCase()}${name.slice(1)} `, count);
      items.className = classes;
      items.append(...members);
      whole.append(heading, items);
      return whole;
    }

    /** How many of each group are to be seen; a group without any is not. */
    function tell() {
      for (const whole of list.querySelectorAll("section")) {
        const shown = whole.querySelectorAll("li:not([hidden])").length;
        const count = whole.querySelector(".count");
        if (count) count.textContent = String(shown);
        whole.hidden = shown === 0;
      }
    }
  }

  /** @param {string} name @returns {Map<string, string>} the words for each key of a field */
  function namesOf(name) {
    const options = document.querySelectorAll(`select[name="${name}"] option`);
    return new Map(
      [...options].flatMap((option) => {
        if (!(option instanceof HTMLOptionElement) || option.value === "") return [];
        return [[option.value, option.dataset.name ?? (option.textContent ?? "").replace(/ \(\d+\)$/, "")]];
      }),
    );
  }
})();
