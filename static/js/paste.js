"use strict";
// A block pasted from Excel: several columns go to the preview of the import, one column fills the form downwards.
(() => {
  const way = document.querySelector("[data-block]");
  const form = document.getElementById("entry");
  // the figures of the form from a cell on, without reasons and notes
  const below = (target) => {
    const cells = form ? all("input.in, select.in", form).filter((one) => !one.name.startsWith("reason-") && one.offsetParent) : [];
    const first = cells.indexOf(target);
    return first < 0 ? [] : cells.slice(first);
  };
  const put = (one, text) => {
    if (one.matches("select")) {
      const option = [...one.options].find((each) => each.textContent === text || each.value === text);
      if (!option) return false;
      one.value = option.value;
    } else one.value = text;
    one.dispatchEvent(new Event("input", { bubbles: true }));
    return true;
  };
  const tell = (text) => { const say = form.querySelector("[data-say]"); if (say) say.textContent = text; };
  const fill = (cells, texts) => {
    const before = cells.map((one) => one.value);
    const done = texts.filter((text, place) => cells[place] && put(cells[place], text)).length;
    const left = texts.length - done;
    tell(`已从这一格往下填了${done}格${left ? `，${left}格没有填上` : ""}`);
    all("[data-undo]", form).forEach((one) => one.remove());
    const back = document.createElement("button");
    back.dataset.undo = "";
    back.type = "button";
    back.className = "linkbtn";
    back.textContent = "撤销粘贴";
    back.addEventListener("click", () => { cells.forEach((one, place) => { if (place < texts.length && one.value !== before[place]) put(one, before[place]); }); back.remove(); tell("已撤销粘贴"); });
    const say = form.querySelector("[data-say]");
    if (say) say.after(back);
  };
  document.addEventListener("paste", (event) => {
    const text = event.clipboardData ? event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n+$/, "") : "";
    const inside = event.target.closest("input, textarea, select");
    if (!text || (inside && inside.matches("textarea")) || (!text.includes("\n") && !text.includes("\t"))) return;
    const cells = inside ? below(inside) : [];
    if (inside && !cells.length) return;
    if (inside && !text.includes("\t")) {
      event.preventDefault();
      fill(cells, text.split("\n").map((line) => line.trim()));
    } else if (way) {
      event.preventDefault();
      way.elements.text.value = text;
      way.submit();
    }
  });
})();
