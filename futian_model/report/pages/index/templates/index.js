"use strict";
// Filter, order, a year and a baseline for the page of all scenarios, which is whole without them.
// It loads nothing: paths are carried to the last digit, differences are subtracted and drawn here.
// A scenario's value in a year; its last year; the last year of all.
const valueAt = (ground, own, year) => ground.paths[own][year - ground.starts[own]];
const lastOf = (ground, own) => ground.starts[own] + ground.paths[own].length - 1;
const lastYear = ground => Math.max(...ground.paths.map((_, own) => lastOf(ground, own)));
const place = line => +line.dataset.scenario;
const title = line => (line.cells[0].querySelector("a") ?? line.cells[0].firstChild).textContent;

function compare({frame, grounds, styles}) {
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
    const rules = [...heads].map(({dataset}) => dataset.bare === undefined ? styles[dataset.gap][lang] : bare(styles[dataset.gap][lang]));
    for (const line of lines) {
      line.classList.toggle("base-row", line === base);
      rules.forEach((rule, column) => {
        const cell = line.cells[column + 1].firstElementChild, from = base && base.cells[column + 1].firstElementChild;
        if (!cell) return;
        if (!kept.has(cell)) kept.set(cell, cell.textContent);
        if (!state.difference) cell.textContent = kept.get(cell);
        else cell.textContent = from ? written(cell.value - from.value, rule) : "–";
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
      svg("path", {class: "m-goal", d: shown.goals[own].map(([when, value]) => diamond(x(when), y(value), frame.diamond)).join("")}),
    ]));
  }

  function axes(shown, id, x, y) {
    const style = along(shown.ticks, styles[shown.gap][id.split("-").at(-1)]);
    const made = shown.ticks.flatMap(tick => [
      svg("path", {class: tick === 0 ? "m-zero" : "m-grid", d: `M${frame.left} ${y(tick).toFixed(1)}H${frame.right}`}),
      svg("text", {class: "m-up", x: frame.left - 5, y: y(tick) + 4}, written(tick, style)),
    ]);
    const ends = shown.years.map(year => svg("text", {class: year === shown.years[1] ? "m-last" : "m-across", x: x(year), y: frame.bottom + 16}, year));
    return [...made, ...ends];
  }

  function caption(one) {
    const lang = one.closest("[lang]").lang, at = groundOf(one);
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
      const text = written(value, styles[state.difference ? one.dataset.gap : one.dataset.rule][lang]);
      told.textContent = said.replace("{year}", year).replace("{value}", text);
      if (state.difference) picture.setAttribute("aria-label", `${panel.textContent.trim()} (${apart.textContent})`);
    }
  }

  function swap(element, made) {
    if (!kept.has(element)) kept.set(element, [...element.childNodes]);
    element.replaceChildren(...(made || kept.get(element)));
  }

  const groundOf = one => grounds.findIndex(ground => ground.indicator === one.dataset.indicator);
  const part = (kind, name) => document.getElementById(`${kind}-${name}`);

  document.addEventListener("input", event => {
    const one = event.target;
    if (one.matches(".filter")) state.filter = one.value;
    else if (one.matches(".sort")) [state.sort, state.up] = [one.value, one.value === "name"];
    else if (one.matches(".baseline")) {
      state.difference = one.value !== "" && (state.difference || state.baseline === "");
      state.baseline = one.value;
    } else if (one.matches(".controls [type=radio]")) state.difference = Boolean(one.value);
    else if (one.matches(".year input")) state.years[groundOf(one.closest(".ground"))] = +one.value;
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
  for (const figure of document.querySelectorAll(".panels figure")) {
    const one = figure.closest(".ground"), at = groundOf(one), ground = grounds[at], picture = figure.lastElementChild;
    pointing(picture, {
      ends: () => [Math.min(...ground.starts), lastYear(ground)],
      at: () => state.years[at],
      near: across => {
        const [first, last] = (state.difference ? differences(ground, +state.baseline) : ground).years;
        const share = (across * picture.viewBox.baseVal.width - frame.left) / (frame.right - frame.left);
        return Math.round(first + share * (last - first));
      },
      show: year => {
        if (year === state.years[at]) return;
        state.years[at] = year;
        draw(ground, at);
        document.querySelectorAll(".ground").forEach(caption);
      },
    });
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
  const ticks = rounds(Math.min(...values, 0), Math.max(...values, 0), 3);
  return {paths, goals, ticks, starts: paths.map(() => start), years: [start, end], gap: ground.gap};
}

function svg(tag, attributes, text = "") {
  return make(tag, attributes, null, text, SVG);
}

const carried = document.getElementById("index-data");
if (carried) compare(JSON.parse(carried.textContent));
