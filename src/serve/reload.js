// @ts-check
// Keeps a page of `afterword serve` up to date. When there is another site, the page is fetched again, and what is
// different in it is changed: what the reader has scrolled to, opened, typed or focused stays as it is. Styles and
// pictures are swapped on their own. What is wrong with the site is shown above the page.
//
// It runs before the scripts that wait for the end of the page, and so sees the page as it was sent.
(() => {
  "use strict";
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  let version = script.dataset.version ?? "";
  script.remove();

  /** The page as it was sent; what scripts have made of it since is theirs. */
  const sent = /** @type {HTMLElement} */ (document.body.cloneNode(true));
  /** The node of the page that came from a node as it was sent. @type {WeakMap<Node, Node>} */
  const nodes = new WeakMap();
  pair(sent, document.body);
  const head = loads(document.head);
  /** Its scripts. What they load, such as parts of the search index, may be another one by now without any harm. */
  const scripts = new WeakSet(document.querySelectorAll("script[src]"));

  /** @type {{ version: string, notices: string[] }} */
  let state = { version, notices: [] };
  let isBusy = false;
  /** Over when the reader is not on the way to another page. @type {Promise<void>} */
  let leaving = Promise.resolve();
  /** What tells a file that the page loads from an older one of its name. @type {Map<string, string>} */
  const stamps = new Map();

  const box = document.createElement("aside");
  box.className = "afterword-notice";
  box.setAttribute("role", "alert");
  // Set through the object model, which a strict content security policy allows; a style sheet would have to be
  // loaded, and the site's own one may be what is broken.
  Object.assign(box.style, {
    position: "fixed",
    inset: "auto 0 0 0",
    zIndex: "2147483647",
    maxHeight: "50vh",
    overflow: "auto",
    margin: "0",
    padding: "1rem 1.25rem",
    background: "#2b1313",
    color: "#fff",
    borderTop: "3px solid #ff7b72",
    font: "14px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace",
    whiteSpace: "pre-wrap",
  });

  const events = new EventSource("/__afterword/events");
  events.onmessage = (event) => {
    state = JSON.parse(event.data);
    void follow();
  };
  // Loading this page anew would call back a reader who is on the way to another one. When nothing comes of that, such as
  // when a link gives a file to keep, it is made up for.
  addEventListener("beforeunload", () => {
    leaving = new Promise((stayed) => setTimeout(stayed, 5000));
  });
  // A page that is left must not keep its connection: browsers allow six to a host.
  addEventListener("pagehide", () => events.close());
  // One that comes back from the browser's cache is as old as it was.
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
  addEventListener("load", () => void learn());

  /** Goes on until the page is that of the site as it is. One at a time. */
  async function follow() {
    if (isBusy) return;
    isBusy = true;
    for (let heard = ""; state.version !== version && state.version !== heard; ) {
      // A page may be newer than what has been heard of it; then it is not asked for again, and the news follows.
      heard = state.version;
      try {
        await refresh();
      } catch {
        // The server is gone. When it comes back, it says so.
        break;
      }
    }
    isBusy = false;
    box.textContent = state.notices.join("\n");
    if (state.notices.length === 0) box.remove();
    else if (!box.isConnected) document.body.append(box);
  }

  async function refresh() {
    const response = await fetch(location.href, { cache: "no-store" });
    const text = await response.text();
    const page = new DOMParser().parseFromString(text, "text/html");
    const own = page.querySelector("script[data-version]");
    const next = own instanceof HTMLScriptElement ? (own.dataset.version ?? "") : state.version;
    own?.remove();
    // What could not be made leaves the page as it is; the notice says why.
    if (response.status < 500) {
      if (loads(page.head) !== head) return void loadAnew();
      document.title = page.title;
      if (!update(sent, page.body)) return void loadAnew();
      await renew(next);
    }
    version = next;
  }

  async function loadAnew() {
    for (let last; last !== leaving; ) await (last = leaving);
    location.reload();
  }

  /** The scripts and styles of a head: with others, it is another page. @param {HTMLElement} head */
  function loads(head) {
    const addresses = [...head.querySelectorAll("script, link[rel=stylesheet]")];
    return addresses.map((one) => one.getAttribute("src") ?? one.getAttribute("href")).join("\n");
  }

  /** @param {Node} from @param {Node} to of the same shape */
  function pair(from, to) {
    nodes.set(from, to);
    const there = to.childNodes;
    from.childNodes.forEach((child, at) => {
      const other = there[at];
      if (other) pair(child, other);
    });
  }

  /**
   * Makes a node, as it was sent and in the page, what it is now.
   * @param {Node} was
   * @param {Node} now
   * @returns {boolean} false when that cannot be done in place
   */
  function update(was, now) {
    const node = nodes.get(was);
    if (!node) return false;
    if (was instanceof CharacterData && now instanceof CharacterData && node instanceof CharacterData) {
      if (was.data !== now.data) was.data = node.data = now.data;
      return true;
    }
    if (was instanceof Element && now instanceof Element && node instanceof Element) {
      for (const { name } of [...was.attributes, ...now.attributes]) {
        const value = now.getAttribute(name);
        if (was.getAttribute(name) === value) continue;
        for (const one of [was, node]) {
          if (value === null) one.removeAttribute(name);
          else one.setAttribute(name, value);
        }
      }
    }
    return children(was, now, node);
  }

  /** @param {Node} was @param {Node} now @param {Node} node */
  function children(was, now, node) {
    const before = solid(was);
    const after = solid(now);
    let start = 0;
    while (start < before.length && start < after.length && before[start]?.isEqualNode(after[start] ?? null)) start += 1;
    let [end, till] = [before.length, after.length];
    while (end > start && till > start && before[end - 1]?.isEqualNode(after[till - 1] ?? null)) (end -= 1), (till -= 1);
    const gone = before.slice(start, end);
    const come = after.slice(start, till);
    if (gone.length + come.length === 0) return true;
    if (gone.length === come.length && gone.every((one, at) => one.nodeName === come[at]?.nodeName)) {
      return gone.every((one, at) => update(one, /** @type {Node} */ (come[at])));
    }
    // What a script of the page sorts and filters is not changed under its hands.
    if (node instanceof Element && isHeld(node)) return false;
    const rest = before[end] ?? null;
    const following = rest && nodes.get(rest);
    for (const one of gone) {
      const old = nodes.get(one);
      if (old?.parentNode) old.parentNode.removeChild(old);
      was.removeChild(one);
    }
    for (const one of come) {
      const fresh = document.importNode(one, true);
      was.insertBefore(document.adoptNode(one), rest);
      pair(one, fresh);
      node.insertBefore(fresh, following?.parentNode === node ? following : null);
    }
    return true;
  }

  /** The children of a node, without the space behind the last one, which is not the same in a page that is not whole. */
  function solid(/** @type {Node} */ node) {
    const all = [...node.childNodes];
    while (node.nodeName === "BODY" && all.at(-1) instanceof Text && !all.at(-1)?.textContent?.trim()) all.pop();
    return all;
  }

  /** @param {Element} node */
  function isHeld(node) {
    const lists = [...document.querySelectorAll("[data-filter]")].map((form) => form.getAttribute("data-filter"));
    return lists.some((list) => node.id === list || node.closest(`#${CSS.escape(list ?? "")}`));
  }

  /** The elements that load a file of the site, and its address. */
  function resources() {
    const all = document.querySelectorAll("link[rel=stylesheet], script[src], img[src]");
    return [...all].flatMap((element) => {
      if (element.localName === "script" && !scripts.has(element)) return [];
      const address = element.getAttribute("src") ?? element.getAttribute("href") ?? "";
      const url = new URL(address, document.baseURI);
      url.searchParams.delete("now");
      return url.origin === location.origin ? [{ element, url: url.href }] : [];
    });
  }

  /** @param {string} url @returns {Promise<{ stamp: string, version: string }>} */
  async function ask(url) {
    const { headers } = await fetch(url, { method: "HEAD", cache: "no-store" });
    return { stamp: headers.get("etag") ?? "", version: headers.get("afterword-version") ?? "" };
  }

  /** What is in front of the full stop: within a site, files that are no pages stay the same. @param {string} version */
  function siteOf(version) {
    return version.split(".", 1)[0];
  }

  /** Learns the stamps of files that the page has just loaded. Those of another site are not the ones it has loaded. */
  async function learn() {
    const urls = new Set(resources().map(({ url }) => url).filter((url) => !stamps.has(url)));
    const known = version;
    try {
      await Promise.all([...urls].map(async (url) => {
        const answer = await ask(url);
        if (siteOf(answer.version) === siteOf(known)) stamps.set(url, answer.stamp);
        else if (version === known) void loadAnew();
      }));
    } catch {
      // The server is gone.
    }
  }

  /** Loads what has changed beside the page. @param {string} next */
  async function renew(next) {
    const all = resources().filter(({ url }) => stamps.has(url));
    const answers = new Map();
    await Promise.all([...new Set(all.map(({ url }) => url))].map(async (url) => answers.set(url, (await ask(url)).stamp)));
    for (const { element, url } of all) {
      if (answers.get(url) === stamps.get(url)) continue;
      const address = new URL(url);
      address.searchParams.set("now", next);
      if (element instanceof HTMLImageElement) {
        element.src = address.href;
      } else if (element instanceof HTMLLinkElement) {
        const link = /** @type {HTMLLinkElement} */ (element.cloneNode());
        // The old styles stay until the new ones are there.
        link.onload = link.onerror = () => element.remove();
        link.href = address.href;
        element.after(link);
      } else {
        void loadAnew();
      }
    }
    for (const [url, stamp] of answers) stamps.set(url, stamp);
    version = next;
    await learn();
  }
})();
