"use strict";
// Filter, order, a year and a baseline for the page of all scenarios, which is whole without them.
// It loads nothing: paths are carried to the last digit, differences are subtracted and drawn here.
// A scenario's value in a year; its last year; the last year of all.
const valueAt = (ground, own, year) => ground.paths[own][year - ground.starts[own]];
const lastOf = (ground, own) => ground.starts[own] + ground.paths[own].length - 1;
const lastYear = ground => Math.max(...ground.paths.map((_, own) => lastOf(ground, own)));
const place = line => +line.dataset.scenario;
const title = line => (line.cells[0].querySelector("a") ?? line.cells[0].firstChild).textContent;
const diamond = (x, y, size = 4.5) => `M${x.toFixed(1)} ${(y - size).toFixed(1)}l${size} ${size}-${size} ${size}-${size}-${size}z`;

function compare({frame, grounds, formats}) {
  const sections = [...document.querySelectorAll(".controls")].map(one => one.closest("section"));
  if (!sections.length) return;
  const state = {filter: "", sort: "", up: false, baseline: "", difference: false, years: grounds.map(lastYear)};
  const kept = new Map();
  for (const shown of document.querySelectorAll("[data-script]")) shown.hidden = false;

  function apply() {
    document.querySelectorAll(".controls").forEach(showState);
    sections.forEach(section => { tabulate(section); arrange(section); });
    grounds.forEach(draw);
    document.querySelectorAll(".ground").forEach(caption);
  }

  function showState(one) {
    one.querySelector(".filter").value = state.filter;
    one.querySelector(".sort").value = state.sort;
    one.querySelector(".baseline").value = state.baseline;
    for (const radio of one.querySelectorAll("[type=radio]")) {
      radio.checked = Boolean(radio.value) === state.difference;
      if (radio.value) radio.disabled = state.baseline === "";
    }
  }

  function tabulate(section) {
    const lang = section.closest("[lang]").lang, heads = section.querySelectorAll(".all [data-gap]");
    const lines = [...section.querySelectorAll(".all tbody tr")];
    const base = lines.find(line => line.dataset.scenario === state.baseline);
    const rules = [...heads].map(({dataset: {gap, bare}}) => bare === undefined ? formats[gap][lang] : unnamed(gap, lang));
    for (const line of lines) {
      line.classList.toggle("base-row", line === base);
      rules.forEach((rule, column) => {
        const cell = line.cells[column + 1].firstElementChild, from = base && base.cells[column + 1].firstElementChild;
        if (!cell) return;
        if (!kept.has(cell)) kept.set(cell, cell.textContent);
        if (!state.difference) cell.textContent = kept.get(cell);
        else cell.textContent = from ? shaped(cell.value - from.value, rule, true) : "–";
      });
    }
  }

  function arrange(section) {
    const lang = section.closest("[lang]"), body = section.querySelector(".all tbody");
    const order = [...body.rows].sort((one, other) => place(one) - place(other));
    if (state.sort) order.sort((one, other) => (state.up ? 1 : -1) * ahead(one, other, lang.lang));
    const wanted = state.filter.trim().toLowerCase();
    let shown = 0;
    for (const line of order) {
      const name = `${title(line)} ${line.dataset.id}`.toLowerCase();
      line.hidden = !name.includes(wanted);
      shown += !line.hidden;
    }
    body.append(...order);
    for (const panels of lang.querySelectorAll(".panels")) {
      const held = new Map([...panels.children].map(one => [one.dataset.scenario, one]));
      for (const line of order) held.get(line.dataset.scenario).hidden = line.hidden;
      panels.append(...order.map(line => held.get(line.dataset.scenario)));
    }
    for (const head of section.querySelectorAll("th[data-sort]"))
      head.ariaSort = head.dataset.sort === state.sort ? (state.up ? "ascending" : "descending") : null;
    section.querySelector(".count").textContent =
      section.dataset.shown.replace("{shown}", shown).replace("{count}", order.length);
  }

  function ahead(one, other, lang) {
    if (state.sort === "name") return title(one).localeCompare(title(other), lang);
    const values = [one, other].map(line => {
      const cell = state.sort in line.cells ? line.cells[+state.sort + 1].firstElementChild : line.querySelector(`.${state.sort} data`);
      return cell ? +cell.value : NaN;
    });
    // who has no value stands last in either order
    if (values.some(Number.isNaN)) return (state.up ? 1 : -1) * (isNaN(values[0]) - isNaN(values[1]));
    return values[0] - values[1];
  }

  function draw(ground, at) {
    const base = +state.baseline, name = ground.indicator, away = state.difference;
    const shown = away ? differences(ground, base) : ground;
    const [first, last] = shown.years, [low, high] = [shown.ticks[0], shown.ticks.at(-1)];
    const x = year => frame.left + (year - first) / (last - first) * (frame.right - frame.left);
    const y = value => frame.bottom - (value - low) / (high - low) * (frame.bottom - frame.top);
    const line = (start, values) => values.length
      ? "M" + values.map((value, step) => `${x(start + step).toFixed(1)} ${y(value).toFixed(1)}`).join("L") : "";
    const chosen = state.baseline !== "" && !away;
    part("b", name).setAttribute("d", chosen ? line(ground.starts[base], ground.paths[base]) : "");
    const year = state.years[at], marked = year === lastYear(ground) || year < first ? "" : x(year).toFixed(1);
    part("y", name).setAttribute("d", marked && `M${marked} ${frame.top}V${frame.bottom}`);
    for (const one of [part("o", name), ...document.querySelectorAll(`[id^="h-${name}-"]`)])
      one.setAttribute("display", away ? "none" : "inline");
    for (const one of document.querySelectorAll(`[id^="a-${name}-"]`)) swap(one, away && axes(shown, one.id, x, y));
    ground.paths.forEach((_, own) => swap(part("p", `${name}-${own}`), away && [
      svg("path", {class: "m-path", d: line(shown.starts[own], shown.paths[own])}),
      svg("path", {class: "m-goal", d: shown.goals[own].map(([when, value]) => diamond(x(when), y(value))).join("")}),
    ]));
  }

  function axes(shown, id, x, y) {
    const rule = unnamed(shown.gap, id.split("-").at(-1));
    const step = (shown.ticks[1] - shown.ticks[0]) * (rule.times ?? 1) / (rule.over ?? 1);
    rule.digits = [0, 1, 2, 3].find(digits => Math.abs(step - step.toFixed(digits)) < 1e-9 * step) ?? 3;
    rule.fine = null;
    const made = shown.ticks.flatMap(tick => [
      svg("path", {class: tick === 0 ? "m-zero" : "m-grid", d: `M${frame.left} ${y(tick).toFixed(1)}H${frame.right}`}),
      svg("text", {class: "m-up", x: frame.left - 5, y: y(tick) + 4}, shaped(tick, rule, true)),
    ]);
    const ends = shown.years.map(year => svg("text", {class: year === shown.years[1] ? "m-last" : "m-across", x: x(year), y: frame.bottom + 16}, year));
    return [...made, ...ends];
  }

  function caption(one) {
    const lang = one.closest("[lang]").lang, at = grounds.findIndex(ground => ground.indicator === one.dataset.indicator);
    const ground = grounds[at], base = +state.baseline, said = one.closest("[lang]").querySelector("[data-at]").dataset.at;
    const slider = one.querySelector("[type=range]");
    slider.min = Math.min(...ground.starts);
    slider.max = lastYear(ground);
    slider.value = state.years[at];
    slider.nextElementSibling.textContent = slider.value;
    const [plain, apart, dotted] = one.querySelectorAll(".subtitle");
    plain.hidden = state.difference;
    apart.hidden = !state.difference;
    dotted.hidden = state.difference || state.baseline === "";
    const chosen = one.closest("[lang]").querySelector(".baseline").selectedOptions[0].textContent;
    for (const line of [apart, dotted]) {
      if (!kept.has(line)) kept.set(line, line.textContent);
      line.textContent = kept.get(line).replace("{baseline}", chosen);
    }
    for (const panel of one.querySelectorAll("figure")) {
      const own = +panel.dataset.scenario, most = ground.starts[own] + ground.paths[own].length - 1;
      const told = panel.querySelector(".value"), picture = panel.lastElementChild;
      const year = Math.min(state.years[at], most, state.difference ? lastOf(ground, base) : most);
      if (!kept.has(told)) kept.set(told, told.textContent).set(picture, picture.getAttribute("aria-label"));
      picture.setAttribute("aria-label", kept.get(picture));
      if (year === most && !state.difference) { told.textContent = kept.get(told); continue; }
      const value = valueAt(ground, own, year) - (state.difference ? valueAt(ground, base, year) : 0);
      const text = write(value, state.difference ? one.dataset.gap : one.dataset.rule, lang, state.difference);
      told.textContent = said.replace("{year}", year).replace("{value}", text);
      if (state.difference) picture.setAttribute("aria-label", `${panel.textContent.trim()} (${apart.textContent})`);
    }
  }

  function swap(element, made) {
    if (!kept.has(element)) kept.set(element, [...element.childNodes]);
    element.replaceChildren(...(made || kept.get(element)));
  }

  const write = (value, rule, lang, sign) => shaped(value, formats[rule][lang], sign);
  const unnamed = (rule, lang) => ({...formats[rule][lang], prefix: "", suffix: ""});
  const part = (kind, name) => document.getElementById(`${kind}-${name}`);

  document.addEventListener("input", event => {
    const one = event.target;
    if (one.matches(".filter")) state.filter = one.value;
    else if (one.matches(".sort")) [state.sort, state.up] = [one.value, one.value === "name"];
    else if (one.matches(".baseline")) {
      state.difference = one.value !== "" && (state.difference || state.baseline === "");
      state.baseline = one.value;
    } else if (one.matches(".controls [type=radio]")) state.difference = Boolean(one.value);
    else if (one.matches(".year input")) turn(one.closest(".ground"), +one.value);
    else return;
    apply();
  });
  for (const head of document.querySelectorAll("th[data-sort]")) {
    // no <button>: printing leaves it out where a head is repeated
    const button = document.createElement("span");
    button.setAttribute("role", "button");
    button.tabIndex = 0;
    button.append(...head.childNodes);
    const sort = () => {
      const key = head.dataset.sort;
      state.up = state.sort === key ? !state.up : key === "name";
      state.sort = key;
      apply();
    };
    button.addEventListener("click", sort);
    button.addEventListener("keydown", event => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      sort();
    });
    head.append(button);
  }
  for (const figure of document.querySelectorAll(".panels figure"))
    figure.lastElementChild.addEventListener("pointermove", event => {
      const one = figure.closest(".ground"), box = event.currentTarget.getBoundingClientRect();
      const ground = grounds.find(held => held.indicator === one.dataset.indicator);
      const years = state.difference ? differences(ground, +state.baseline).years : ground.years;
      const across = (event.clientX - box.left) / box.width * event.currentTarget.viewBox.baseVal.width;
      const share = (across - frame.left) / (frame.right - frame.left);
      const year = Math.round(years[0] + share * (years[1] - years[0]));
      const before = state.years.slice();
      turn(one, Math.max(Math.min(...ground.starts), Math.min(year, lastYear(ground))));
      if (before.some((held, at) => held !== state.years[at])) { grounds.forEach(draw); document.querySelectorAll(".ground").forEach(caption); }
    });

  function turn(one, year) {
    state.years[grounds.findIndex(ground => ground.indicator === one.dataset.indicator)] = year;
  }
  apply();
}

// Every path less the baseline's, and goals less the baseline in their year.
function differences(ground, base) {
  const start = Math.max(...ground.starts), end = lastOf(ground, base);
  const paths = ground.paths.map((path, own) => {
    const values = [];
    for (let year = start; year <= Math.min(end, lastOf(ground, own)); year++)
      values.push(valueAt(ground, own, year) - valueAt(ground, base, year));
    return values;
  });
  const goals = ground.goals.map(own => own.filter(([year]) => year >= start && year <= end)
    .map(([year, value]) => [year, value - valueAt(ground, base, year)]));
  const values = [...paths.flat(), ...goals.flat().map(([, value]) => value)];
  const ticks = round(Math.min(...values, 0), Math.max(...values, 0));
  return {paths, goals, ticks, starts: paths.map(() => start), years: [start, end], gap: ground.gap};
}

// Round values that span a range, zero among them.
function round(low, high) {
  const rough = (high - low || 1e-9) / 3, power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 2.5, 5, 10].find(size => size * power >= rough);
  const ticks = [];
  for (let count = Math.floor(low / step + 1e-9); count <= Math.ceil(high / step - 1e-9); count++) ticks.push(count * step);
  return ticks.length > 1 ? ticks : [0, step];
}

// A number as the rules of the reports write it.
function shaped(value, {times = 1, over = 1, digits, fine, grouped = true, prefix = "", suffix = ""}, sign) {
  const size = Math.abs(value), shown = fine && size < fine[0] ? fine[1] : digits;
  const text = exactly(size * times / over, shown);
  const [whole, part] = text.split(".");
  const told = (grouped ? whole.replace(/\B(?=(\d{3})+$)/g, ",") : whole) + (part ? `.${part}` : "");
  const mark = !/[1-9]/.test(text) ? "" : value < 0 ? "\u2212" : sign ? "+" : "";
  return mark + prefix + told + suffix;
}

// To so many digits; an exact half goes to the even neighbour, as it does in the reports.
function exactly(value, digits) {
  if (digits < 0) return String(exactly(value / 10 ** -digits, 0) * 10 ** -digits);
  const whole = value.toFixed(60), cut = whole.length - 60 + digits;
  if (!/^50*$/.test(whole.slice(cut)) || /[13579]\.?$/.test(whole.slice(0, cut))) return value.toFixed(digits);
  return whole.slice(0, cut).replace(/\.$/, "");
}

function svg(tag, attributes, text = "") {
  const one = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) one.setAttribute(name, value);
  one.textContent = text;
  return one;
}

const carried = document.getElementById("index-data");
if (carried) compare(JSON.parse(carried.textContent));
