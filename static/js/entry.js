"use strict";
// The form of a year's facts: saved while it is typed, kept on this computer until it is saved, keys as in Excel.
// Without this file every button works: each posts the whole form with the texts with which it was opened.
(() => {
  const form = document.getElementById("entry");
  if (!form) return;
  const WAIT = 1500;
  const say = form.querySelector("[data-say]");
  const trouble = document.getElementById("entry-trouble");
  const cells = () => all("input[name], select[name], textarea[name]", form).filter((cell) => cell.type !== "hidden" && cell.name !== "action");
  const cell = (key) => cells().find((one) => one.name === key);
  const textOf = (one) => (one.type === "checkbox" ? (one.checked ? "1" : "") : one.value.trim());
  const put = (one, text) => { if (one.type === "checkbox") one.checked = text === "1"; else one.value = text; };
  const keep = form.dataset.keep;
  let base = JSON.parse(form.elements.base.value || "{}");
  let timer = null;
  let saving = null;
  let leaving = false;
  let found = ""; // what was found on this computer: said until something else is to be said
  const waiting = new Set(); // cells in conflict: not sent again until they are touched

  const changed = () => {
    const mine = allChanged();
    waiting.forEach((key) => { delete mine[key]; });
    return mine;
  };
  const allChanged = () => {
    const mine = {};
    cells().forEach((one) => { if (textOf(one) !== (base[one.name] || "")) mine[one.name] = textOf(one); });
    return mine;
  };
  const tell = (text) => { if (say) say.textContent = text; };
  const warn = (text, link) => {
    trouble.hidden = !text;
    const line = trouble.querySelector("p");
    line.textContent = text;
    if (link) { const anchor = document.createElement("a"); anchor.href = link; anchor.target = "_blank"; anchor.textContent = "在新窗口重新登录"; line.append("，", anchor); }
  };

  // What is not saved yet stays on this computer, with the texts on which it was typed.
  const store = () => {
    const mine = allChanged();
    // identity numbers are kept nowhere
    Object.keys(mine).forEach((key) => { if (/\d{17}[\dXx]/.test(mine[key].normalize("NFKC").replace(/[\s-]/g, ""))) delete mine[key]; });
    if (!Object.keys(mine).length) { try { localStorage.removeItem(keep); } catch { /* storage is off */ } return; }
    const opened = {};
    Object.keys(mine).forEach((key) => { opened[key] = base[key] || ""; });
    remember(localStorage, keep, JSON.stringify({ mine, opened }));
  };
  const restore = () => {
    let held = null;
    try { held = JSON.parse(remembered(localStorage, keep)); } catch { held = null; }
    if (!held || !held.mine) return;
    let number = 0;
    Object.keys(held.mine).forEach((key) => {
      const one = cell(key);
      if (!one || textOf(one) === held.mine[key]) return;
      put(one, held.mine[key]);
      base[key] = held.opened[key] || "";
      shown(key);
      number += 1;
    });
    if (number) { found = `找回了没有保存的${number}项，已填回原处`; warn(found); form.elements.base.value = JSON.stringify(base); later(0); } else store();
  };
  const shown = (key) => { if (key.startsWith("reason-")) { const box = cell(key).closest("[data-reason]"); if (box) box.hidden = false; } };

  const body = (mine) => {
    const sent = new URLSearchParams();
    sent.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    // the whole base, so that the answer names what others changed
    sent.set("base", JSON.stringify(base));
    Object.keys(mine).forEach((key) => {
      if (key.startsWith("none-")) sent.append("offered", key.slice(5));
      if (!key.startsWith("none-") || mine[key]) sent.set(key, mine[key]);
    });
    return sent;
  };

  const later = (wait) => { clearTimeout(timer); timer = setTimeout(save, wait); };
  const lost = (text, link) => { store(); warn(text, link); tell("没有保存到服务器，已存在本机"); };

  async function save() {
    clearTimeout(timer);
    if (saving) { await saving; }
    const mine = changed();
    if (!Object.keys(mine).length || leaving) return;
    tell("正在保存…");
    saving = post(mine);
    await saving;
    saving = null;
  }

  async function post(mine) {
    let answer;
    try {
      answer = await fetch(form.dataset.draft, { method: "POST", body: body(mine), credentials: "same-origin", headers: { Accept: "application/json" } });
    } catch {
      lost("没有连上，已存在本机。连上以后自动保存");
      later(10000);
      return;
    }
    if (answer.redirected || answer.status === 401) { lost("登录已过期，填的内容已存在本机", form.getAttribute("action")); later(10000); return; }
    if (answer.status === 403) { lost("登录已更换，填的内容已存在本机。刷新本页后自动填回"); return; }
    if (!answer.ok) { lost("没有保存，已存在本机。稍后自动再试"); later(10000); return; }
    take(await answer.json(), mine);
  }

  function take(data, mine) {
    Object.keys(mine).forEach((key) => { if (!data.clashes[key] && !data.refused.includes(key)) base[key] = mine[key]; });
    Object.keys(data.texts).forEach((key) => {
      const one = cell(key);
      const theirs = data.texts[key];
      if (!one) { base[key] = theirs; return; }
      const untouched = textOf(one) === (base[key] || "");
      if (untouched && one !== document.activeElement) put(one, theirs);
      if (untouched || textOf(one) === theirs) base[key] = theirs;
    });
    all("[data-clash]", form).forEach((note) => note.remove());
    Object.keys(data.clashes).forEach((key) => clash(key, data.clashes[key]));
    Object.keys(data.lines).forEach((name) => line(name, data.lines[name]));
    Object.keys(data.sections).forEach((key) => {
      const row = form.querySelector(`[data-section="${key}"]`);
      if (!row) return;
      const [filled, needed] = data.sections[key];
      const meter = row.querySelector("progress");
      meter.max = needed || 1;
      meter.value = needed ? filled : 1;
      meter.classList.toggle("low", filled !== needed);
      row.querySelector("b").textContent = `${filled}/${needed}`;
    });
    const percent = form.querySelector("[data-percent]");
    if (percent) percent.textContent = `${data.percent}%`;
    form.elements.base.value = JSON.stringify(base);
    store();
    warn(data.notice || found);
    tell(data.said || "没有要保存的");
    form.dispatchEvent(new CustomEvent("saved"));
  }

  function clash(key, told) {
    waiting.add(key);
    const one = cell(key);
    if (!one) return;
    const note = document.createElement("span");
    note.className = "err";
    note.dataset.clash = key;
    note.textContent = told.said;
    [["用你填的", textOf(one)], ["用那边的", told.theirs]].forEach(([label, text]) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "linkbtn";
      button.textContent = label;
      button.addEventListener("click", () => { base[key] = told.theirs; waiting.delete(key); put(one, text); note.remove(); form.elements.base.value = JSON.stringify(base); later(0); store(); });
      note.append(" ", button);
    });
    (one.closest("td") || form).append(note);
  }

  function line(name, told) {
    const row = form.querySelector(`[data-line="${name}"]`);
    if (!row) return;
    const one = cell(name);
    row.querySelector("[data-change]").textContent = told.change;
    const place = row.querySelector("[data-found]");
    place.textContent = "";
    let wrong = false, asks = false;
    told.found.forEach(([grade, message]) => {
      const note = document.createElement("span");
      note.className = { wrong: "err", unlikely: "ask" }[grade] || "look";
      note.textContent = message;
      place.append(note);
      wrong = wrong || grade === "wrong";
      asks = asks || grade === "unlikely";
    });
    row.classList.toggle("haserr", wrong);
    if (wrong) one.setAttribute("aria-invalid", "true"); else one.removeAttribute("aria-invalid");
    const reason = row.querySelector("[data-reason]");
    reason.hidden = !asks && !reason.querySelector("input").value;
  }

  // Saved on leaving a cell, after a pause in typing, on leaving the page; never while composing.
  form.addEventListener("input", (event) => { waiting.delete(event.target.name); store(); if (!event.isComposing) later(WAIT); });
  form.addEventListener("change", () => later(0));
  form.addEventListener("submit", () => { leaving = true; clearTimeout(timer); store(); });
  addEventListener("pageshow", () => { leaving = false; });
  // Leaving the account: what is not saved yet is saved first; nothing stays on this computer.
  document.addEventListener("submit", (event) => {
    if (!/\/logout\/$/.test(event.target.action) || !Object.keys(changed()).length) return;
    event.preventDefault();
    const go = () => { leaving = true; try { localStorage.removeItem(keep); } catch { /* storage is off */ } event.target.submit(); };
    save().then(go, go);
  });
  addEventListener("online", () => later(0));
  addEventListener("pagehide", () => {
    const mine = changed();
    if (leaving || !Object.keys(mine).length) return;
    store();
    fetch(form.dataset.draft, { method: "POST", body: body(mine), credentials: "same-origin", keepalive: true }).catch(() => {});
  });

  // Enter and arrows between cells, the content selected; Ctrl+S saves.
  const reach = () => cells().filter((one) => one.type !== "checkbox" && one.offsetParent);
  form.addEventListener("focusin", (event) => { if (event.target.matches("input.in")) event.target.select(); });
  form.addEventListener("keydown", (event) => {
    if (composing(event) || event.altKey) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") { event.preventDefault(); store(); save().then(() => { if (!Object.keys(allChanged()).length && say && say.textContent === "还没有改动") tell("没有要保存的"); }); return; }
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const target = event.target;
    const arrow = event.key === "ArrowDown" || event.key === "ArrowUp";
    if (!target.matches(".ledger .in") || target.matches("textarea")) return;
    if (event.key !== "Enter" && !(arrow && target.matches("input"))) return;
    event.preventDefault();
    const order = reach();
    const next = order[order.indexOf(target) + (event.key === "ArrowUp" ? -1 : 1)];
    if (next) next.focus(); else if (event.key === "Enter") { const button = form.querySelector(".actionbar .primary"); if (button) button.focus(); }
  });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s" && !form.contains(event.target)) { event.preventDefault(); save(); }
  });

  all("[data-clash]", form).forEach((note) => waiting.add(note.dataset.clash));
  restore();
})();
