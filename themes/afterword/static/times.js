// @ts-check
// Shows the times of a postmortem in the zone that the reader chooses: that of the document, UTC, or the reader's own.
// Only moments of which day, time and zone are known can move; they are in `<time data-clock>`.

(() => {
  const select = document.querySelector("select[data-zones]");
  if (!(select instanceof HTMLSelectElement)) return;
  const zones = select;
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const language = document.documentElement.lang;
  const times = [...document.querySelectorAll("time[data-clock]")].flatMap((time) => {
    const date = new Date(time.getAttribute("datetime") ?? "");
    return time instanceof HTMLElement && !Number.isNaN(date.getTime())
      ? [{ time, written: time.textContent ?? "", date }]
      : [];
  });
  const published = document.querySelector('meta[property="article:published_time"]');
  const year = published?.getAttribute("content")?.slice(0, 4);
  const local = zones.querySelector("option[value=local]");
  if (local) local.textContent = `${local.textContent} (${own})`;

  zones.addEventListener("change", show);
  show();

  function show() {
    const zone = zones.value === "local" ? own : zones.value === "utc" ? "UTC" : "";
    for (const { time, written, date } of times) {
      time.textContent = zone ? `${about(written)}${clock(date, zone)}` : written;
      // What the document has is still to be had.
      time.title = zone ? written : "";
    }
  }

  /** @param {string} written @returns {string} the sign of a time that is not exact */
  function about(written) {
    return /^\s*[~≈]/.test(written) ? "~" : "";
  }

  /** @param {Date} date @param {string} zone @returns {string} with its day, which may be another one there */
  function clock(date, zone) {
    return new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, {
      timeZone: zone,
      year: String(date.getUTCFullYear()) === year ? undefined : "numeric",
      day: "numeric",
      month: "short",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    }).format(date);
  }
})();
