"use strict";
// Values of a chart under mouse, finger or arrow keys, read from the table behind it. The page is whole
// without this script; it loads nothing and formats nothing.
for (const figure of document.querySelectorAll("figure[data-grounds]")) {
  pointAt(figure);
  saveFrom(figure);
}

// The figures behind a chart as a table for Excel, and the chart itself, each as a file.
function saveFrom(figure) {
  const image = figure.querySelector("img"), table = figure.querySelector("table");
  const [data, picture] = figure.dataset.save.split("|"), line = make("p", {class: "save"});
  figure.querySelector("summary").after(line);
  const save = (label, ending, link) => {
    make("button", {type: "button"}, line, label).addEventListener("click", () => {
      const name = image.alt.split(/[。.:：]/, 1)[0].replace(/[\\/:*?"<>|]/g, " ").trim().slice(0, 60);
      make("a", {href: link(), download: `${name}.${ending}`}).click();
    });
  };
  save(data, "csv", () => {
    const plain = cell => cell.textContent.replace(/(?<=\d),(?=\d{3})/g, "").replace(/^\u2212/, "-");
    const rows = [...table.rows].map(row => [...row.cells].map(cell => `"${plain(cell).replaceAll('"', '""')}"`).join());
    return URL.createObjectURL(new Blob(["\ufeff", rows.join("\r\n")], {type: "text/csv"}));
  });
  save(picture, "svg", () => image.src);
}

function pointAt(figure) {
  const plot = figure.querySelector(".plot");
  const grounds = JSON.parse(figure.dataset.grounds);
  const stops = grounds.flatMap(ground => ground.at.map(at => ({ground, at})));
  if (!stops.length) return;
  const guide = make("div", {class: "guide"}, plot), values = make("div", {class: "values", role: "status"}, plot);
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
      // where there is no room beside the point, below the chart
      const from = values.offsetLeft, point = stop.at * wide;
      if (from - 1 < point && point < from + values.offsetWidth + 1) values.style.top = `${plot.clientHeight}px`;
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

  function near(x, y) {
    [x, y] = [100 * x, 100 * y];
    const off = stops.map(({ground, at}) => {
      const [left, top, right, bottom] = ground.box;
      const along = ground.along === "x" ? Math.abs(at - x) : outside(y, ...at);
      return 1e3 * (outside(x, left, right) + outside(y, top, bottom)) * (grounds.length > 1) + along;
    });
    return off.indexOf(Math.min(...off));
  }

  pointing(plot, {ends: () => [0, stops.length - 1], at: () => shown, near, show});
  plot.addEventListener("keydown", event => event.key === "Escape" && show(-1));
  plot.addEventListener("focus", () => plot.matches(":focus-visible") && show(stops.length - 1));
  plot.addEventListener("blur", () => show(-1));
  plot.addEventListener("pointerleave", event => event.pointerType === "mouse" && show(-1));
  document.addEventListener("pointerdown", event => plot.contains(event.target) || show(-1));
}

function tell(figure, at, values) {
  const heads = [...figure.querySelectorAll("thead th")].map(head => head.textContent);
  const cells = [...figure.querySelectorAll("tbody tr")[at].cells];
  const labels = cells.filter(cell => cell.tagName === "TH").map(cell => cell.textContent);
  values.replaceChildren();
  const head = make("p", {class: "at"}, values, labels.join(" · ")), list = make("dl", {}, values);
  if (figure.dataset.unit) make("span", {}, head, figure.dataset.unit);
  cells.forEach((cell, column) => {
    if (cell.tagName === "TH" || !cell.textContent) return;
    const line = make("div", {}, list);
    make("dt", {}, line, heads[column]);
    make("dd", {}, line, cell.textContent);
  });
}

function outside(value, low, high) {
  return Math.max(0, low - value, value - high);
}

function place(box, left, top, right, bottom) {
  Object.assign(box.style, {left: `${left}%`, top: `${top}%`, width: `${right - left}%`, height: `${bottom - top}%`});
}
