// @ts-check
// Light or dark, decided before the first paint, and the button that changes it. It stands in the head and blocks for
// its few bytes: loaded later, it would let a dark page flash white. Without it the page follows the system.

(() => {
  const KEY = "afterword-mode";
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");

  root.classList.add("js");
  show(remembered());

  /** @returns {string | undefined} the mode that the reader chose on an earlier page */
  function remembered() {
    try {
      return localStorage.getItem(KEY) ?? undefined;
    } catch {
      return undefined;
    }
  }

  /** @param {string | undefined} mode */
  function remember(mode) {
    try {
      if (mode) localStorage.setItem(KEY, mode);
      else localStorage.removeItem(KEY);
    } catch {
      // A browser that keeps nothing still shows the choice on this page.
    }
  }

  /** @param {string | undefined} mode */
  function show(mode) {
    if (mode === "light" || mode === "dark") root.dataset.mode = mode;
    else delete root.dataset.mode;
  }

  function isDark() {
    return root.dataset.mode ? root.dataset.mode === "dark" : system.matches;
  }

  document.addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector("[data-mode-toggle]");
    if (!button) return;
    const tell = () => button.setAttribute("aria-pressed", String(isDark()));
    button.addEventListener("click", () => {
      const dark = !isDark();
      // A choice that equals the system's is no choice: the page then follows the system again.
      const mode = dark === system.matches ? undefined : dark ? "dark" : "light";
      remember(mode);
      show(mode);
      tell();
    });
    system.addEventListener("change", tell);
    tell();
  });
})();
