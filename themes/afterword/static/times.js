// @ts-check
// Shows the times of a postmortem in the zone that the reader chooses: that of the document, UTC, or the reader's own.
// The choice is remembered for the next postmortem.
//
// Only moments of which day, time and zone are known can move. They are in `data-clock` (empty where `datetime` has it),
// a range has its end in `data-until`; `data-zoned` is on those that name their zone, `data-zone` on the name of the zone
// in a sentence. The marks of a drawn axis are in `data-tick`, each with its time of day and its day.

(() => {
  const KEY = "afterword-zone";
  /** @type {Intl.DateTimeFormatOptions} */
  const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  const select = document.querySelector("select[data-zones]");
  if (!(select instanceof HTMLSelectElement)) return;
  const zones = select;
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone || "";
  const language = afterwordLanguage === "en" ? "en-GB" : afterwordLanguage;
  const published = document.querySelector('meta[property="article:published_time"]');
  const year = published?.getAttribute("content")?.slice(0, 4);

  const times = [...document.querySelectorAll("[data-clock]")].map((element) => ({
    element,
    iso: element.getAttribute("data-clock") || element.getAttribute("datetime") || "",
    until: element.getAttribute("data-until"),
    isNamed: element.hasAttribute("data-zoned"),
    // The texts of a drawing have the room that they were given: there the axis tells the days.
    isDrawn: element instanceof SVGElement,
    written: timeOf(element),
  }));
  const ticks = [...document.querySelectorAll("[data-tick]")].map((element) => {
    const [clock, day] = element.children;
    return { element, clock, day, written: [clock?.textContent ?? "", day?.textContent ?? ""] };
  });
  const names = [...document.querySelectorAll("[data-zone]")].map((name) => ({ name, written: name.textContent }));

  const local = zones.querySelector("option[value=local]");
  if (local && own) local.textContent += ` (${own})`;
  zones.value = remembered();
  zones.addEventListener("change", () => {
    remember();
    show();
  });
  if (zones.value) show();

  function show() {
    // Without a name, the zone is the browser's.
    const zone = zones.value === "utc" ? "UTC" : own || undefined;
    const isMoved = zones.value !== "";
    for (const { name, written } of names) name.textContent = isMoved ? (zone ?? "–") : written;
    for (const time of times) {
      setTime(time.element, isMoved ? told(time, zone) : time.written);
      // What the document has is still to be had.
      if (time.element instanceof HTMLElement) time.element.title = isMoved ? time.written : "";
    }
    let axis, before;
    for (const { element, clock, day, written } of ticks) {
      const date = new Date(element.getAttribute("data-tick") ?? "");
      const isUsual = dayOf(date, zone).slice(0, 4) === year;
      const now = text(date, { timeZone: zone, day: "numeric", month: "short", year: isUsual ? undefined : "numeric" });
      const isNew = axis !== element.parentElement || before !== now;
      [axis, before] = [element.parentElement, now];
      if (clock) clock.textContent = isMoved ? text(date, { timeZone: zone, ...CLOCK }) : (written[0] ?? "");
      if (day) day.textContent = isMoved ? (isNew ? now : "") : (written[1] ?? "");
    }
  }

  /** @param {Date} date @param {Intl.DateTimeFormatOptions} options */
  function text(date, options) {
    return new Intl.DateTimeFormat(language, options).format(date);
  }

  /** `2026-03-14`, as Swedish has it. @param {Date} date @param {string | undefined} timeZone */
  function dayOf(date, timeZone) {
    return new Intl.DateTimeFormat("sv", { timeZone, dateStyle: "short" }).format(date);
  }

  /** @param {typeof times[number]} time @param {string | undefined} timeZone */
  function told({ iso, until, isNamed, isDrawn, written }, timeZone) {
    const ends = [iso, until ?? iso].map((end) => new Date(end));
    const [from, to] = ends;
    if (!from || !to || ends.some((end) => Number.isNaN(end.getTime()))) return written;
    const days = ends.map((end) => dayOf(end, timeZone));
    const isOtherDay = days[0] !== iso.slice(0, 10) || days[1] !== (until ?? iso).slice(0, 10);
    // Digits that belong to no time of day are those of a date.
    const hasDay = /\d/.test(written.replace(/\d+[:.]\d+(:\d+)?/g, ""));
    const isDated = hasDay || (isOtherDay && !isDrawn);
    const format = new Intl.DateTimeFormat(language, {
      ...CLOCK,
      timeZone,
      second: /\d[:.]\d\d:\d/.test(written) ? "2-digit" : undefined,
      year: isDated && days.some((day) => day.slice(0, 4) !== year) ? "numeric" : undefined,
      day: isDated ? "numeric" : undefined,
      month: isDated ? "short" : undefined,
      timeZoneName: isNamed ? "short" : undefined,
    });
    return (/[~≈]/.test(written) ? "~" : "") + (until ? format.formatRange(from, to) : format.format(from));
  }

  /** The time that an element tells: of the name of an event, what stands between its number and its words. @param {Element} element */
  function timeOf(element) {
    return nameParts(element)?.[2] ?? element.textContent ?? "";
  }

  /** @param {Element} element @param {string} time */
  function setTime(element, time) {
    const parts = nameParts(element);
    if (parts) element.setAttribute("aria-label", `${parts[1]}${time}${parts[3]}`);
    else element.textContent = time;
  }

  /** @param {Element} element */
  function nameParts(element) {
    return /^(\S+ )(.*?)(: .*)$/s.exec(element.getAttribute("aria-label") ?? "");
  }

  /** @returns {string} the zone chosen on an earlier page */
  function remembered() {
    try {
      const zone = localStorage.getItem(KEY) ?? "";
      return [...zones.options].some(({ value }) => value === zone) ? zone : "";
    } catch {
      return "";
    }
  }

  function remember() {
    try {
      localStorage.setItem(KEY, zones.value);
    } catch {
      // A browser that keeps nothing still shows the choice on this page.
    }
  }
})();
