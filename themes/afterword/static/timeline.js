// @ts-check
// Makes the drawn timeline one stop of the Tab key: the arrow keys, Home and End go from event to event, Enter goes to the
// event in the text. Below the drawing stands what the event under the pointer or the focus says, since there is no room
// for the words of many events beside their marks.

(() => {
  for (const figure of document.querySelectorAll(".chart-timeline")) {
    // It is hidden from screen readers, which have the same from the name of the link.
    const reading = figure.querySelector(".chart-reading");
    if (!(reading instanceof HTMLElement)) continue;
    for (const drawing of figure.querySelectorAll(":scope > svg")) start(drawing, reading);
  }

  /** @param {Element} drawing @param {HTMLElement} reading */
  function start(drawing, reading) {
    const events = [...drawing.querySelectorAll("a.event")].filter((event) => event instanceof SVGElement);
    const marks = [...drawing.querySelectorAll(".event")];
    let current = 0;
    for (const [index, event] of events.entries()) event.setAttribute("tabindex", index === 0 ? "0" : "-1");

    for (const mark of marks) {
      const title = mark.querySelector("title");
      // The browser's own bubble would stand over the neighbours.
      const text = title?.textContent ?? "";
      if (mark instanceof SVGAElement) mark.setAttribute("aria-label", text);
      title?.remove();
      const tell = () => {
        // The name may have come to tell its time in another zone.
        reading.textContent = mark.getAttribute("aria-label") ?? text;
      };
      mark.addEventListener("pointerenter", tell);
      mark.addEventListener("focusin", tell);
    }

    for (const [index, event] of events.entries()) event.addEventListener("focusin", () => choose(index));
    drawing.addEventListener("keydown", (key) => {
      if (!(key instanceof KeyboardEvent) || key.ctrlKey || key.metaKey || key.altKey) return;
      const last = events.length - 1;
      const next = new Map([
        ["ArrowRight", current + 1],
        ["ArrowDown", current + 1],
        ["ArrowLeft", current - 1],
        ["ArrowUp", current - 1],
        ["Home", 0],
        ["End", last],
      ]).get(key.key);
      if (next === undefined) return;
      key.preventDefault();
      events[Math.min(Math.max(next, 0), last)]?.focus();
    });

    /** @param {number} index */
    function choose(index) {
      events[current]?.setAttribute("tabindex", "-1");
      current = index;
      events[current]?.setAttribute("tabindex", "0");
    }
  }
})();
