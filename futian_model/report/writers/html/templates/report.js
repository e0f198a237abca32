"use strict";
// Values of a chart under mouse, finger or arrow keys, read from the table behind it. The page is whole
// without this script; it loads nothing and formats nothing.
for (const figure of document.querySelectorAll("figure[data-grounds]")) pointAt(figure);

function pointAt(figure) {
  const plot = figure.querySelector(".plot");
  const grounds = JSON.parse(figure.dataset.grounds);
  const stops = grounds.flatMap(ground => ground.at.map(at => ({ground, at})));
  if (!stops.length) return;
  const guide = made("div", "guide"), values = made("div", "values");
  values.setAttribute("role", "status");
  plot.append(guide, values);
  plot.tabIndex = 0;
  plot.setAttribute("role", "group");
  plot.setAttribute("aria-label", figure.dataset.keys);
  let shown = -1;

  function show(at) {
    if (at === shown) return;
    shown = at;
    plot.classList.toggle("pointed", at >= 0);
    if (at < 0) return;
    const stop = stops[at], [left, top, right, bottom] = stop.ground.box;
    tell(figure, at, values);
    const wide = plot.clientWidth / 100, tall = plot.clientHeight / 100, gap = 8;
    if (stop.ground.along === "x") {
      place(guide, stop.at, top, stop.at, bottom);
      const beside = stop.at * wide + (stop.at > (left + right) / 2 ? -gap - values.offsetWidth : gap);
      put(values, beside, top * tall);
    } else {
      place(guide, 0, stop.at[0], 100, stop.at[1]);
      const above = stop.at[0] * tall - gap - values.offsetHeight;
      put(values, right * wide - values.offsetWidth, above > 0 ? above : stop.at[1] * tall + gap);
    }
  }

  function put(box, left, top) {
    const most = plot.clientWidth - box.offsetWidth;
    box.style.left = `${Math.max(0, Math.min(left, most))}px`;
    box.style.top = `${top}px`;
  }

  function follow(event) {
    const at = plot.getBoundingClientRect();
    const x = 100 * (event.clientX - at.left) / at.width, y = 100 * (event.clientY - at.top) / at.height;
    const off = stops.map(({ground, at}) => {
      const [left, top, right, bottom] = ground.box;
      const along = ground.along === "x" ? Math.abs(at - x) : outside(y, ...at);
      return 1e3 * (outside(x, left, right) + outside(y, top, bottom)) * (grounds.length > 1) + along;
    });
    show(off.indexOf(Math.min(...off)));
  }

  const keys = {
    ArrowRight: () => shown + 1, ArrowDown: () => shown + 1,
    ArrowLeft: () => shown - 1, ArrowUp: () => shown - 1,
    Home: () => 0, End: () => stops.length - 1,
  };
  plot.addEventListener("keydown", event => {
    if (event.key === "Escape") return show(-1);
    if (!(event.key in keys) || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    show(Math.max(0, Math.min(keys[event.key](), stops.length - 1)));
  });
  plot.addEventListener("focus", () => plot.matches(":focus-visible") && show(stops.length - 1));
  plot.addEventListener("blur", () => show(-1));
  plot.addEventListener("pointerdown", follow);
  plot.addEventListener("pointermove", follow);
  plot.addEventListener("pointerleave", event => event.pointerType === "mouse" && show(-1));
  document.addEventListener("pointerdown", event => plot.contains(event.target) || show(-1));
}

function tell(figure, at, values) {
  const heads = [...figure.querySelectorAll("thead th")].map(head => head.textContent);
  const cells = [...figure.querySelectorAll("tbody tr")[at].cells];
  const labels = cells.filter(cell => cell.tagName === "TH").map(cell => cell.textContent);
  const head = made("p", "at", labels.join(" · ")), list = made("dl");
  if (figure.dataset.unit) head.append(made("span", "", figure.dataset.unit));
  cells.forEach((cell, column) => {
    if (cell.tagName === "TH" || !cell.textContent) return;
    const line = made("div");
    line.append(made("dt", "", heads[column]), made("dd", "", cell.textContent));
    list.append(line);
  });
  values.replaceChildren(head, list);
}

function outside(value, low, high) {
  return Math.max(0, low - value, value - high);
}

function place(box, left, top, right, bottom) {
  Object.assign(box.style, {left: `${left}%`, top: `${top}%`, width: `${right - left}%`, height: `${bottom - top}%`});
}

function made(tag, name = "", text = "") {
  const one = document.createElement(tag);
  one.className = name;
  one.textContent = text;
  return one;
}
