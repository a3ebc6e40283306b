"use strict";
// Pasting starts the preview at once; the keyboard moves between the cells that are to be mended.
const pasteForm = document.querySelector("[data-paste]");
if (pasteForm) {
  const box = pasteForm.querySelector("textarea");
  const send = () => (pasteForm.requestSubmit ? pasteForm.requestSubmit() : pasteForm.submit());
  // a block has a heading and a row: what is shorter is being typed
  const isBlock = (text) => text.trim().includes("\n");
  box.addEventListener("paste", () => setTimeout(() => { if (isBlock(box.value)) send(); }));
  document.addEventListener("paste", (event) => {
    if (event.target.closest("input, textarea, select")) return;
    const text = event.clipboardData && event.clipboardData.getData("text/plain");
    if (!text || !isBlock(text)) return;
    event.preventDefault();
    box.value = text;
    send();
  });
  let sent = false;
  pasteForm.addEventListener("submit", (event) => { if (sent) event.preventDefault(); sent = true; });
  addEventListener("pageshow", () => { sent = false; });
}

const grid = document.querySelector("[data-grid]");
if (grid) {
  const inputs = () => [...grid.querySelectorAll("input.in")].filter((field) => field.offsetParent);
  // after a correction the next cell that waits has the caret
  const here = location.hash && document.getElementById(location.hash.slice(1));
  const first = here && here.querySelector("input.in");
  if (first) { first.focus(); first.select(); }
  grid.addEventListener("focusin", ({ target }) => { if (target.matches("input.in")) target.select(); });
  grid.addEventListener("keydown", (event) => {
    if (!event.target.matches("input.in") || event.isComposing || event.keyCode === 229) return;
    const step = { ArrowDown: 1, ArrowUp: -1, Enter: event.shiftKey ? -1 : 1 }[event.key];
    if (!step || event.ctrlKey || event.altKey || event.metaKey) return;
    const fields = inputs();
    const next = fields[fields.indexOf(event.target) + step];
    event.preventDefault();
    if (next) next.focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "s" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (grid.requestSubmit) grid.requestSubmit(); else grid.submit();
  });
  // leaving with corrections that were not stored asks first
  const before = new Map(inputs().map((field) => [field, field.value]));
  let leaving = false;
  grid.addEventListener("submit", () => { leaving = true; });
  addEventListener("beforeunload", (event) => {
    if (leaving || ![...before].some(([field, text]) => field.value !== text)) return;
    event.preventDefault();
    event.returnValue = "";
  });
}
