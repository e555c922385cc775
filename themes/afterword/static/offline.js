// @ts-check
// Pages that were read once can be read again when the network, or the host of the site, is down: which is when people
// look for them. What is there is always asked for first, so that nobody reads yesterday's page while today's can be had.

(() => {
  /** The little of a service worker that is used here; the types of pages do not know it. */
  const worker = /** @type {EventTarget & {registration: {scope: string}, skipWaiting(): void}} */ (
    /** @type {unknown} */ (self)
  );
  const SCOPE = worker.registration.scope;
  const CACHE = `afterword ${SCOPE}`;
  /** What leads to everything else. */
  const FIRST = ["index.html", "postmortems/index.html", "actions.html", "search.html", "assets/style.css"];

  worker.addEventListener("install", (event) => {
    worker.skipWaiting();
    const install = /** @type {Event & {waitUntil(work: Promise<unknown>): void}} */ (event);
    install.waitUntil(Promise.allSettled(FIRST.map((path) => fresh(new Request(SCOPE + path)))));
  });

  worker.addEventListener("fetch", (event) => {
    const asked = /** @type {Event & {request: Request, respondWith(answer: Promise<Response>): void}} */ (event);
    if (asked.request.method !== "GET" || !asked.request.url.startsWith(SCOPE)) return;
    asked.respondWith(fresh(asked.request));
  });

  /**
   * @param {Request} request
   * @returns {Promise<Response>} the answer of the host, else what it answered last
   */
  async function fresh(request) {
    const cache = await caches.open(CACHE);
    try {
      const answer = await fetch(request);
      if (answer.status === 200) await cache.put(request, answer.clone());
      return answer;
    } catch (error) {
      // What follows the question mark is for the page, not for the host.
      const kept = await cache.match(request, { ignoreSearch: true });
      if (kept) return kept;
      throw error;
    }
  }
})();
