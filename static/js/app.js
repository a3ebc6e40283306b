"use strict";
// Shortcuts, focus, printing and small htmx manners. Every page works without this file.
const find = (query, root = document) => root.querySelector(query);
const all = (query, root = document) => [...root.querySelectorAll(query)];
const composing = (event) => event.isComposing || event.keyCode === 229;
const typing = (event) => composing(event) || event.target.closest("input, textarea, select, dialog[open]");
const remembered = (store, key) => { try { return store.getItem(key); } catch { return null; } };
const remember = (store, key, value) => { try { store.setItem(key, value); } catch { /* storage is off: nothing to keep */ } };

// An error summary takes focus on load; its links put the caret into the field.
const errors = find(".errors");
if (errors) errors.focus();
document.addEventListener("click", (event) => {
  const target = event.target.closest(".errors a[href^='#'], [data-opens], [data-print], a[href]");
  if (!target) return;
  if (target.matches(".errors a")) {
    const field = document.getElementById(target.hash.slice(1));
    if (field) { event.preventDefault(); field.focus(); field.scrollIntoView({ block: "center" }); }
  } else if (target.dataset.opens) {
    const dialog = document.getElementById(target.dataset.opens);
    if (dialog && dialog.showModal) { event.preventDefault(); dialog.showModal(); }
  } else if (target.matches("[data-print]")) {
    window.print();
  } else if (target.closest("[data-rows] tbody")) {
    remember(sessionStorage, "row:" + location.pathname, target.getAttribute("href"));
  }
});

// Back from a record: the row it was opened from has the focus again.
addEventListener("pageshow", (event) => {
  const [entry] = performance.getEntriesByType("navigation");
  if (!event.persisted && !(entry && entry.type === "back_forward")) return;
  const href = remembered(sessionStorage, "row:" + location.pathname);
  const row = href && all("[data-rows] tbody a").find((link) => link.getAttribute("href") === href);
  if (row) { row.focus(); row.scrollIntoView({ block: "center" }); }
});

// Keys: / search, ? help, arrows between rows. Single keys rest while typing, composing, or switched off.
const step = (row, key) => (key === "ArrowDown" ? row.nextElementSibling : row.previousElementSibling);
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || composing(event)) return;
  const arrow = event.key === "ArrowDown" || event.key === "ArrowUp";
  if (event.key === "ArrowDown" && event.target.matches("[data-search]")) {
    const first = find("[data-rows] tbody tr > * a");
    if (first) { event.preventDefault(); first.focus(); }
  } else if (arrow && event.target.closest("[data-rows] tbody a")) {
    let row = step(event.target.closest("tr"), event.key);
    while (row && !find("a", row)) row = step(row, event.key);
    if (row) { event.preventDefault(); (find("th a:not(.twist)", row) || find("a", row)).focus(); }
  } else if (!typing(event) && remembered(localStorage, "single-keys") !== "off") {
    if (event.key === "/") {
      const search = all("[data-search]").filter((field) => field.offsetParent).pop();
      if (search) { event.preventDefault(); search.focus(); search.select(); }
    } else if (event.key === "?") {
      const dialog = document.getElementById("keys");
      if (dialog && dialog.showModal && !dialog.open) { event.preventDefault(); dialog.showModal(); }
    }
  }
});
all("[data-single-keys]").forEach((box) => {
  box.closest("[hidden]").hidden = false;
  box.checked = remembered(localStorage, "single-keys") !== "off";
  box.addEventListener("change", () => remember(localStorage, "single-keys", box.checked ? "on" : "off"));
});
all("[data-submit-on-change]").forEach((field) => field.addEventListener("change", () => field.form.requestSubmit ? field.form.requestSubmit() : field.form.submit()));

// Buttons that fill a column of a form at once; they show only where this runs.
all("button[data-fill]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => {
    all("tbody input[type=checkbox]", button.form).forEach((box) => { box.checked = true; });
    all("tbody select", button.form).forEach((select) => { if (select.value === "unknown") select.value = button.dataset.fill; });
  });
});

// Leaving the account: forms that are kept on this computer until they are saved go with it.
document.addEventListener("submit", (event) => {
  if (!/\/logout\/$/.test(event.target.action)) return;
  try { Object.keys(localStorage).filter((key) => key.startsWith("entry:")).forEach((key) => localStorage.removeItem(key)); } catch { /* storage is off */ }
});

// Paper: every basis is open on it, and closed again afterwards.
let closed = [];
addEventListener("beforeprint", () => { closed = all("details:not([open])"); closed.forEach((part) => { part.open = true; }); });
addEventListener("afterprint", () => { closed.forEach((part) => { part.open = false; }); });

// htmx: an answer from another address (the login page after a time-out) is opened, not swapped in.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const answered = detail.xhr.responseURL && new URL(detail.xhr.responseURL).pathname;
  const asked = new URL(detail.requestConfig.path, location.href);
  if (answered && answered !== asked.pathname) { detail.shouldSwap = false; location.reload(); }
});
const trouble = () => { const note = find("[data-trouble]"); if (note) note.hidden = false; };
["htmx:responseError", "htmx:sendError", "htmx:timeout"].forEach((name) => document.addEventListener(name, trouble));
document.addEventListener("htmx:afterSwap", () => { const note = find("[data-trouble]"); if (note) note.hidden = true; });
