// @ts-check
// Listens to `afterword serve`: reloads the page when the site is newer than it, and shows what is wrong with the site.
(() => {
  "use strict";
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const version = script.dataset.version;
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
    /** @type {{ version: string, notices: string[] }} */
    const state = JSON.parse(event.data);
    if (state.version !== version) {
      events.close();
      location.reload();
      return;
    }
    box.textContent = state.notices.join("\n");
    if (state.notices.length === 0) box.remove();
    else if (!box.isConnected) document.body.append(box);
  };
  // A page that is left must not keep its connection: browsers allow six to a host.
  addEventListener("pagehide", () => events.close());
  // One that comes back from the browser's cache is as old as it was.
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
})();
