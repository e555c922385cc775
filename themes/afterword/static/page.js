// @ts-check
// Small comforts of every page: `/` goes to the search, the contents list follows the reader and folds on a phone, and
// pages are kept for when there is no network. Nothing here is needed to read a page.

(() => {
  focusSearchWithSlash();
  followContents();
  keepForOffline();

  function focusSearchWithSlash() {
    document.addEventListener("keydown", (event) => {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
      const target = event.target;
      if (target instanceof HTMLElement && target.closest("input, select, textarea, [contenteditable]")) return;
      const input = document.querySelector("[data-search] input");
      if (!(input instanceof HTMLInputElement)) return;
      event.preventDefault();
      input.focus();
      input.select();
    });
  }

  function followContents() {
    const contents = document.querySelector("[data-contents]");
    if (!(contents instanceof HTMLDetailsElement)) return;
    if (matchMedia("(max-width: 63.99rem)").matches) contents.open = false;

    /** @type {Map<Element, HTMLAnchorElement>} */
    const links = new Map();
    for (const link of contents.querySelectorAll("a")) {
      const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (heading) links.set(heading, link);
    }
    const headings = [...links.keys()];
    const mark = () => {
      // The last heading above the upper third of the window is where the reader is.
      const line = innerHeight / 3;
      let current = headings[0];
      for (const heading of headings) {
        if (heading.getBoundingClientRect().top > line) break;
        current = heading;
      }
      for (const [heading, link] of links) {
        if (heading === current) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    };
    let waiting = false;
    addEventListener(
      "scroll",
      () => {
        if (waiting) return;
        waiting = true;
        requestAnimationFrame(() => {
          waiting = false;
          mark();
        });
      },
      { passive: true },
    );
    mark();
  }

  /** Where the site is served for good, not while it is written, pages that were read are kept. */
  function keepForOffline() {
    const own = document.querySelector("script[src$='assets/page.js']");
    const isAtHome = ["localhost", "127.0.0.1", "[::1]"].includes(location.hostname);
    if (!(own instanceof HTMLScriptElement) || !location.protocol.startsWith("http") || isAtHome) return;
    const manifest = document.createElement("link");
    manifest.rel = "manifest";
    manifest.href = new URL("../manifest.webmanifest", own.src).href;
    document.head.append(manifest);
    navigator.serviceWorker?.register(new URL("../offline.js", own.src)).catch(() => {
      // Without it the site is as it was: there while its host is.
    });
  }
})();
