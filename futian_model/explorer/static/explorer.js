// The page of the explorer: controls, charts and tables. It computes no economics: the kernel answers, it
// draws; on the page that works without one live.js answers.

const SILENT = 5000; // milliseconds without an answer until the page says so
const MOST_LINES = 3; // kept runs drawn at a time
const DASHES = ["7 3", "7 3 1.5 3", "3 2"]; // of kept runs, whose colours the style sheet has
const WIDTH = 380, HEIGHT = 224; // of a chart that is taken away, or whose page says nothing else
const VIEWS = ["level", "growth", "difference", "percent"];
const LEVELS = 7, BANDS = [[0, 6, "outer"], [1, 5, "middle"], [2, 4, "inner"]]; // quantiles, and the lower and upper of each band
const WRITTEN = [".fx-keep input", ...["name", "zh", "en"].map(name => `.fx-save [name=${name}]`), ".fx-load [name=file]"]; // and not sent yet
const REST = 300; // milliseconds after which what a slider does to each goal is asked for

// `whole` says whether what answers is a kernel, which saves, loads, aims and makes reports; a page that computes
// by itself does not.
export function create(root, {send, lang = "zh", beside = false, whole = true, turned = () => {}}) {
  const app = {
    lang, view: "level", year: null, layout: null, answer: null, baseline: null, runs: [], shown: new Set(),
    state: {choices: {}, numbers: {}}, number: 0, busy: false, pending: false, timer: 0, index: null,
    focused: null, open: new Set(["growth"]), taken: false, target: null, chance: null, aiming: false, again: false,
    single: null, away: "", size: [WIDTH, HEIGHT], hand: null, effect: null, presets: null, narrow: false,
    view_id: Math.random().toString(36).slice(2), ground: {}, word: null, gestures: 0, near: null, undo: false, redo: false,
  };
  const said = (key, fields = {}) => (app.layout?.texts[app.lang][key] ?? key)
    .replace(/\{(\w+)\}/g, (_, name) => fields[name] ?? "");
  const label = one => one?.[app.lang] ?? "";
  root.classList.add("fx");
  // no command of a notebook's by a key that is pressed here: Notebook asks what has the focus, others what is around it
  root.dataset.lmSuppressShortcuts = "true";
  root.addEventListener("focusin", event => { event.target.dataset.lmSuppressShortcuts = "true"; });
  const unthemed = themed(root);
  root.addEventListener("keydown", event => {
    event.stopPropagation();
    const key = event.key.toLowerCase(), back = key === "z" && !event.shiftKey, on = key === "y" || (key === "z" && event.shiftKey);
    if (!(event.ctrlKey || event.metaKey) || event.altKey || !(back || on)) return;
    if (event.target.matches("input[type=text]:not(.fx-typed,.fx-aim input)")) return; // words, not results
    event.preventDefault();
    if (!unsaid(event.target)) step(back ? "undo" : "redo");
  });
  // a movement of the hand is one step to be undone
  for (const kind of ["pointerdown", "focusin", "change", "click"]) root.addEventListener(kind, event => {
    app.gestures += 1;
    app.near = event.target.closest("[data-section],.fx-presets,.fx-save,.fx-load,.fx-runs") ?? app.near;
    if (kind === "focusin" || kind === "pointerdown") touched(event.target.closest("[data-control]"));
  }, true);
  // nothing of a notebook's own menu over charts and sliders
  root.addEventListener("contextmenu", event => event.stopPropagation());
  root.addEventListener("pointerdown", event => {
    if (!event.target.closest(".fx-picture")) release();
    for (const box of root.querySelectorAll(".fx-take[open]")) if (!box.contains(event.target)) box.open = false;
  });

  // asking, one question at a time: a new state waits until the last one is drawn

  function ask(content) {
    expect();
    try {
      send({...content, view: app.view_id});
    } catch {
      silent();
    }
  }

  function expect() {
    clearTimeout(app.timer);
    app.timer = setTimeout(silent, SILENT);
  }

  function silent() { // the next move asks again: the kernel may have been busy, or the line broken
    status("silent", true);
    app.busy = app.aiming = false;
    hold(false);
  }

  function askState() {
    hold(app.layout.grounds.some(name => app.state.choices[name] !== app.ground[name]));
    if (app.busy) {
      app.pending = true;
      return;
    }
    app.busy = true;
    root.dataset.busy = "true";
    app.number += 1;
    root.dataset.asked = String(app.number);
    ask({kind: "state", number: app.number, state: app.state, ground: app.ground, gesture: `${app.view_id} ${app.gestures}`});
  }

  function hold(held) { // other data or years: what can be moved is about to change
    const side = root.querySelector(".fx-controls"), focused = root.getRootNode().activeElement;
    if (held && side.contains(focused)) app.focused = focused.closest("[data-section]")?.dataset.section;
    side.inert = held;
  }

  function unsaid(field) { // what is typed and not yet taken over goes first
    if (!field.matches(".fx-typed,.fx-aim input") || field.value === field.dataset.shown) return false;
    field.value = field.dataset.shown ?? "";
    return true;
  }

  function step(kind) {
    app.pending = false;
    app.word = null;
    ask({kind});
  }

  function askTarget() { // as with states: one at a time, and the last one is what is shown
    if (!app.target) return;
    if (app.aiming) {
      app.again = true;
      return;
    }
    app.aiming = true;
    app.again = false;
    ask({kind: "target", ...app.target});
  }

  function answered() {
    app.busy = false;
    if (app.pending) {
      app.pending = false;
      askState();
    } else {
      delete root.dataset.busy;
      hold(false);
      if (app.focused) root.querySelector(`[data-section="${app.focused}"] select`)?.focus();
      app.focused = null;
    }
  }

  // of what another view of the session asks, it is shown what the session has become
  const SHARED = ["layout", "controls", "answer", "runs"];
  function receive(message, buffers = []) {
    const mine = (message.view ?? app.view_id) === app.view_id;
    if (!mine && (message.asked === "hello" || !SHARED.includes(message.kind))) return;
    clearTimeout(app.timer);
    if ("undo" in message) [app.undo, app.redo, app.unkept] = [message.undo, message.redo, message.unkept];
    if (message.asked === "report" && message.kind === "refused") app.working = false;
    status(app.unkept ? "unkept" : app.working ? "working" : "", Boolean(app.unkept));
    if (app.busy && message.number !== app.number && message.asked !== "state") expect();
    if (message.kind === "layout") {
      app.layout = message;
      take(message);
      app.baseline = read(message.baseline_run, buffers[0]);
      app.index = app.target = app.chance = app.effect = null;
      build();
    } else if (message.kind === "controls") {
      Object.assign(app.layout, {sections: message.sections, scenarios: message.scenarios, help: message.help, marks: message.marks});
      const lapsed = message.lapsed.map(label);
      refill();
      tell(lapsed.length ? said("lapsed", {numbers: lapsed.join(said("separator"))}) : "", true);
    } else if (message.kind === "answer") {
      const last = mine ? message.number == null || message.number === app.number : !app.busy;
      app.answer = {...message, ...read(message.run, buffers[0])};
      if (last && !app.pending) take(message);
      draw();
      if (!app.met) meet();
      sync();
      root.dataset.drawn = String(message.number ?? 0);
      if (last && mine) answered();
      if (!app.busy) later();
      askTarget();
    } else if (message.kind === "target") {
      app.aiming = false;
      if (app.again) {
        askTarget();
      } else if (app.target) {
        app.target = {indicator: message.indicator, year: message.year, level: message.level};
        app.chance = message.chance;
        aimed();
      }
    } else if (message.kind === "runs") {
      const before = new Set(app.runs.map(run => run.name));
      app.runs = message.runs.map((run, at) => ({...run, ...read(run.run, buffers[at])}));
      for (const run of app.runs) if (!before.has(run.name) && app.shown.size < MOST_LINES) app.shown.add(run.name);
      app.shown = new Set(app.runs.map(run => run.name).filter(name => app.shown.has(name)));
      if (app.answer) draw();
    } else if (message.kind === "effect") {
      if (message.name === app.hand) {
        app.effect = message;
        hint();
      }
    } else if (message.kind === "presets") {
      app.presets = message.presets;
      presets();
    } else if (message.kind === "index") {
      app.index = message.rows;
      drawIndex();
    } else if (message.kind === "saved") {
      app.taken = false;
      app.layout.scenarios = message.scenarios;
      scenarios();
      tell(said("saved", {file: message.file}), false);
    } else if (message.kind === "taken") {
      app.taken = true;
      tell(said("taken"), true);
    } else if (message.kind === "refused") {
      tell(message.faults.map(label).join("\n"), true);
      if (message.asked === "target") {
        app.aiming = app.again = false;
        aim(null);
      }
      if (message.asked === "state") {
        app.pending = false;
        take(message);
        sync();
        answered();
      }
    } else if (message.kind === "session") {
      const lines = [message.restored && said("restored"), message.unread.length && said("unread", {names: message.unread.join(said("comma"))})];
      tell(lines.filter(Boolean).join("\n"), message.unread.length > 0);
    } else if (message.kind === "page") {
      download(message.name, message.html, "text/html");
    } else if (message.kind === "file") {
      download(message.name, buffers[0], message.type);
    } else if (message.kind === "shown") {
      const box = root.querySelector(".fx-shown");
      box.hidden = false;
      box.value = message.text;
      box.rows = Math.min(18, message.text.split("\n").length + 1);
      box.focus();
      box.select();
    } else if (message.kind === "working") {
      app.working = true;
      status("working");
    } else if (message.kind === "reported") {
      app.working = false;
      status("");
      tell(said("reported", {file: message.file}), false);
    }
  }

  function take(message) {
    app.state = clone(message.state);
    app.ground = message.ground ?? {};
  }

  function release() { // the last year again
    if (app.year === null) return;
    app.year = null;
    for (const one of root.querySelector(".fx-charts").children) point(one);
  }

  let wait = 0;
  function later() { // what follows once the hand rests: what the number under it does, and the index
    clearTimeout(wait);
    wait = setTimeout(() => {
      if (app.hand) ask({kind: "effect", name: app.hand});
      if (app.index && root.querySelector(".fx-index")?.open) ask({kind: "index"});
    }, REST);
  }

  function status(key, bad = false) {
    const line = root.querySelector(".fx-status");
    if (!line) return;
    const text = key ? said(key, {fault: app.unkept}) : app.away; // a message that has gone out of view stands here
    if (!key && app.away) bad = root.querySelector(".fx-told").classList.contains("fx-bad");
    if (line.textContent !== text) line.textContent = text;
    for (const one of root.querySelectorAll("[data-step]")) one.disabled = !app[one.dataset.step];
    line.classList.toggle("fx-bad", bad);
  }

  function tell(text, bad) { // beside what the hand was on
    const box = root.querySelector(".fx-told"), near = app.near?.isConnected ? app.near : root.querySelector(".fx-bar");
    box.hidden = !text;
    if (text && near.matches("details")) near.open = true;
    if (near.matches("[data-section]")) near.querySelector(".fx-inside").append(box);
    else near.after(box);
    box.classList.toggle("fx-bad", bad);
    box.querySelector("span").textContent = text;
    if (text) box.scrollIntoView({block: "nearest"});
  }

  // the page

  function build() {
    root.lang = app.layout.languages[app.lang].locale;
    root.replaceChildren();
    const {layout} = app;
    const bar = make("header", {class: "fx-bar"}, root);
    const head = make("div", {}, bar);
    make("h2", {}, head, said("title", {place: label(layout.place)}));
    make("p", {class: "fx-sub"}, head, said("subtitle", {scenario: label(layout.scenario.title), baseline: label(layout.baseline.title)}));
    const langs = make("div", {class: "fx-langs", role: "group"}, bar);
    for (const [one, {name}] of Object.entries(layout.languages)) {
      const button = make("button", {type: "button", lang: one, "aria-pressed": one === app.lang}, langs, name);
      button.addEventListener("click", () => {
        const typed = WRITTEN.map(name => root.querySelector(name)?.value), open = [...root.querySelectorAll(".fx-results>details")].map(box => box.open);
        app.lang = one;
        turned(one);
        build();
        if (app.answer) { draw(); sync(); drawIndex(); }
        WRITTEN.forEach((name, at) => { if (typed[at]) root.querySelector(name).value = typed[at]; });
        root.querySelectorAll(".fx-results>details").forEach((box, at) => { box.open = open[at]; });
      });
    }
    const steps = make("div", {class: "fx-langs", role: "group"}, bar);
    for (const [kind, sign, keys] of [["undo", "↶", "Control+Z"], ["redo", "↷", "Control+Shift+Z"]]) {
      const button = make("button", {type: "button", "data-step": kind, "aria-keyshortcuts": keys, "aria-label": said(kind), title: said(kind), disabled: ""}, steps, sign);
      button.disabled = !app[kind];
      button.addEventListener("click", () => step(kind));
    }
    const [server, notebook] = location.pathname.split("/voila/render/");
    if (beside && notebook) make("a", {class: "fx-lab", href: `${server}/lab/tree/${notebook}`}, bar, said("lab"));
    make("p", {class: "fx-status", role: "status"}, bar);
    const told = make("div", {class: "fx-told", role: "alert", hidden: ""}, root);
    make("span", {}, told);
    make("button", {type: "button"}, told, said("close")).addEventListener("click", () => tell("", false));
    app.gone?.disconnect();
    app.gone = new IntersectionObserver(([entry]) => {
      app.away = told.hidden || entry.isIntersecting ? "" : told.firstChild.textContent;
      status(app.unkept ? "unkept" : app.working ? "working" : "", Boolean(app.unkept));
    });
    app.gone.observe(told);
    const body = make("div", {class: "fx-body"}, root);
    const top = make("section", {class: "fx-top", "aria-label": said("results")}, body), lower = make("div", {class: "fx-lower"}, body);
    controls(make("section", {class: "fx-controls", "aria-label": said("controls")}, lower));
    const results = make("section", {class: "fx-results", "aria-label": said("goals")}, lower);
    const line = make("div", {class: "fx-line"}, top);
    views(line);
    make("div", {class: "fx-tabs", role: "tablist", "aria-label": said("indicators")}, line);
    make("div", {class: "fx-charts"}, top);
    make("div", {class: "fx-goals"}, results);
    make("p", {class: "fx-note"}, results, said("note"));
    make("div", {class: "fx-changes"}, results);
    make("div", {class: "fx-runs"}, results);
    if (whole) {
      indexPanel(results);
      files(results);
    }
    if (!app.watch) {
      app.watch = new ResizeObserver(() => { if (app.answer && root.clientWidth) fit(); });
      app.watch.observe(root);
      window.addEventListener("resize", () => { if (app.answer && root.isConnected) fit(); });
    }
  }

  function meet() { // first drawn, below the cells of a notebook: all of it into view
    app.met = true;
    if (root.closest(SCROLLER)) root.scrollIntoView({block: "start"});
  }

  // what of the page is in view at once: sliders, charts and goals, each chart as high as the others leave it

  function fit() {
    const names = drawnNames(), free = room(root), form = shape(free, names.length, Boolean(app.layout.sections));
    if (!free.width) return;
    const top = root.querySelector(".fx-top"), holder = root.querySelector(".fx-charts");
    root.classList.toggle("fx-narrow", form.narrow);
    root.classList.toggle("fx-single", !form.row);
    root.classList.toggle("fx-short", form.short);
    root.style.height = `${form.height}px`;
    app.narrow = form.narrow;
    app.single = form.row ? null : names.includes(app.single) ? app.single : names[0];
    tabs(names);
    const shown = [...holder.children].find(figure => !figure.hidden) ?? holder.firstChild;
    const picture = shown?.querySelector(".fx-picture");
    if (!picture) return;
    const others = [...holder.children].map(figure => figure.hidden ? 0 : figure.offsetHeight - figure.querySelector(".fx-picture").offsetHeight);
    const width = picture.clientWidth, taken = top.offsetHeight - holder.offsetHeight + Math.max(...others);
    const goals = root.querySelector(".fx-goals").offsetHeight, above = root.querySelector(".fx-bar").offsetHeight + 24;
    const left = form.narrow || form.short ? Math.min(form.height * 0.26, 190) : form.height - above - taken - goals - 10;
    const height = Math.round(Math.min(HIGHEST, Math.max(LOWEST, left), Math.max(150, width * 0.72)));
    if (Math.abs(width - app.size[0]) + Math.abs(height - app.size[1]) < 3) return;
    app.size = [width, height];
    for (const figure of holder.children) chart(figure, figure.dataset.indicator);
  }

  function tabs(names) { // a chart at a time where not all of them stand in a row
    const holder = root.querySelector(".fx-tabs");
    holder.hidden = app.single === null;
    const kept = [...holder.children].map(tab => tab.dataset.tab);
    if (kept.join() !== names.join() || holder.dataset.lang !== app.lang) {
      holder.replaceChildren();
      holder.dataset.lang = app.lang;
      for (const name of names) {
        const tab = make("button", {type: "button", role: "tab", "data-tab": name}, holder, label(indicator(name).label));
        tab.addEventListener("click", () => turn(name));
        tab.addEventListener("keydown", event => {
          const along = STEPS[event.key];
          if (!along) return;
          event.preventDefault();
          turn(names[(names.indexOf(name) + along + names.length) % names.length], true);
        });
      }
    }
    for (const tab of holder.children) {
      tab.setAttribute("aria-selected", tab.dataset.tab === app.single);
      tab.tabIndex = tab.dataset.tab === app.single ? 0 : -1;
    }
    for (const figure of root.querySelector(".fx-charts").children) figure.hidden = app.single !== null && figure.dataset.indicator !== app.single;
  }

  function turn(name, focus = false) {
    app.single = name;
    tabs(drawnNames());
    fit();
    if (focus) root.querySelector(`[data-tab="${name}"]`).focus();
  }

  function views(results) {
    const group = make("div", {class: "fx-views", role: "radiogroup", "aria-label": said("view")}, results);
    for (const view of VIEWS) {
      const button = make("button", {type: "button", role: "radio", "data-view": view, "aria-checked": view === app.view}, group, said(`view_${view}`));
      button.addEventListener("click", () => choose(view));
      button.addEventListener("keydown", event => {
        const step = STEPS[event.key];
        if (!step) return;
        event.preventDefault();
        choose(VIEWS[(VIEWS.indexOf(app.view) + step + VIEWS.length) % VIEWS.length], true);
      });
    }
  }

  function choose(view, focus = false) {
    app.view = view;
    for (const one of root.querySelectorAll("[data-view]")) {
      one.setAttribute("aria-checked", one.dataset.view === view);
      one.tabIndex = one.dataset.view === view ? 0 : -1;
      if (focus && one.dataset.view === view) one.focus();
    }
    draw();
  }

  // controls

  function refill() { // other sections in the place of these, the hand where it was
    const side = root.querySelector(".fx-controls"), top = side.scrollTop;
    const near = app.near?.dataset.section;
    root.querySelector(".fx-bar").after(root.querySelector(".fx-told"));
    side.replaceChildren();
    controls(side);
    sync();
    side.scrollTop = top;
    if (near) app.near = side.querySelector(`[data-section="${near}"]`);
  }

  function controls(side) {
    if (whole) presetBox(side);
    for (const group of ["levers", "assumptions"]) {
      make("h3", {title: said(`group_${group}_hint`)}, side, said(`group_${group}`));
      for (const section of app.layout.sections) if (section.group === group) sectionBox(side, section);
    }
    const all = make("button", {type: "button", class: "fx-all"}, side, said("reset_all"));
    all.addEventListener("click", () => { app.word = null; app.state = {choices: {}, numbers: {}}; sync(); askState(); });
  }

  // scenarios to start from

  function presetBox(side) {
    const box = make("details", {class: "fx-presets"}, side);
    const head = make("summary", {title: said("presets_hint")}, box);
    make("span", {class: "fx-name"}, head, said("presets"));
    make("span", {class: "fx-now"}, head, label(app.layout.scenario.title));
    make("div", {class: "fx-inside"}, box);
    box.open = app.open.has("presets");
    box.addEventListener("toggle", () => {
      app.open[box.open ? "add" : "delete"]("presets");
      if (box.open && !app.presets) ask({kind: "presets"});
    });
    presets();
  }

  function presets() {
    const holder = root.querySelector(".fx-presets .fx-inside");
    if (!holder || !app.presets) return;
    holder.replaceChildren();
    make("p", {class: "fx-hint"}, holder, said("presets_hint"));
    for (const one of app.presets) {
      const button = make("button", {type: "button", "data-preset": one.id, "aria-pressed": one.id === app.layout.scenario.id}, holder);
      make("strong", {}, button, label(one.title));
      make("small", {}, button, label(one.line));
      button.addEventListener("click", () => ask({kind: "load", file: one.id}));
    }
  }

  function sectionBox(side, section) {
    const box = make("details", {class: "fx-section", "data-section": section.name}, side);
    box.open = app.open.has(section.name);
    box.addEventListener("toggle", () => app.open[box.open ? "add" : "delete"](section.name));
    const help = label(app.layout.help?.sections[section.name]);
    const head = make("summary", {title: help}, box);
    make("span", {class: "fx-name"}, head, label(section.label));
    make("span", {class: "fx-now"}, head);
    if (section.fixed) make("span", {class: "fx-fixed"}, head, said("fixed"));
    const options = Object.entries(section.options);
    const inner = make("div", {class: "fx-inside"}, box);
    make("p", {class: "fx-hint"}, inner, help);
    if (options.length > 1) {
      const line = make("div", {class: "fx-choice"}, inner);
      const select = make("select", {"aria-label": label(section.label)}, line);
      for (const [name, option] of options) make("option", {value: name}, select, label(option.label));
      select.addEventListener("change", () => { set(section, select.value); });
    }
    const reset = make("button", {type: "button", class: "fx-reset", title: said("reset_section"), "aria-label": said("reset_section")}, inner, `↺ ${said("reset")}`);
    reset.addEventListener("click", () => {
      delete app.state.choices[section.name];
      for (const [, option] of options) for (const one of option.controls) delete app.state.numbers[one.name];
      sync();
      askState();
    });
    const write = make("button", {type: "button", class: "fx-write", title: said("write_in_hint"), hidden: ""}, inner, said("write_in"));
    write.addEventListener("click", () => { takeOver(section, "path"); askState(); sync(); });
    const drawn = new Set();
    for (const [, option] of options) for (const one of option.controls) {
      if (drawn.has(one.name)) continue;
      drawn.add(one.name);
      numberBox(inner, section, one);
    }
    shiftBox(inner, section);
    if (drawn.size) make("p", {class: "fx-hand", id: `${app.view_id}${section.name}`}, inner);
  }

  // all phases moved by as much, in one step

  function shiftBox(inner, section) {
    const phases = (section.options.path?.controls ?? []).filter(one => !one.fixed && ["rate", "points"].includes(one.unit.name));
    if (phases.length < 2) return;
    const row = make("label", {class: "fx-shift"}, inner);
    make("span", {}, row, said("shift"));
    const typed = make("input", {type: "text", inputmode: "decimal", autocomplete: "off"}, row);
    make("span", {class: "fx-unit"}, row, said("unit_points"));
    typed.addEventListener("change", () => {
      const text = typed.value.trim(), {value} = numeral(text);
      typed.value = "";
      if (value === null) return text && tell(said("unreadable", {text: text.slice(0, 20)}), true);
      const before = phases.map(valueOf);
      takeOver(section, "path");
      phases.forEach((one, at) => {
        const [low, high] = one.allowed, moved = before[at] + value / one.unit.scale;
        app.state.numbers[one.name] = +Math.min(high ?? Infinity, Math.max(low ?? -Infinity, moved)).toFixed(12);
        if (app.state.numbers[one.name] === one.start) delete app.state.numbers[one.name];
      });
      askState();
      sync();
    });
  }

  // beside the number under the hand: what it is, what is plausible and was published, what a step of it does

  function touched(row) {
    if (!row || row.dataset.control === app.hand) return;
    app.hand = row.dataset.control;
    app.effect = null;
    hint();
    if (!app.busy) later();
  }

  function hint() {
    for (const line of root.querySelectorAll(".fx-hand")) {
      const section = app.layout.sections.find(one => one.name === line.closest("[data-section]").dataset.section);
      const control = Object.values(section.options).flatMap(option => option.controls).find(one => one.name === app.hand);
      const parts = control ? [label(app.layout.help?.numbers[control.name]), ...marked(control), effectOf(control)] : [];
      line.replaceChildren();
      for (const part of parts.filter(Boolean)) make("span", {}, line, part);
    }
  }

  const inUnit = (control, value) => { // a word stands apart from its number, a sign does not
    const unit = said(`unit_${control.unit.name}`);
    return `${trim(value * control.unit.scale, control.unit.digits)}${/^[a-z]/i.test(unit) ? " " : ""}${unit}`;
  };

  function marked(control) {
    const mark = app.layout.marks?.[control.name];
    if (!mark) return [];
    const figures = mark.published.slice(-3).map(([first, last, value]) => said("mark_span", {years: first === last ? first : `${first}–${last}`, value: inUnit(control, value)}));
    return [
      mark.plausible && said("mark_plausible", {low: inUnit(control, mark.plausible[0]), high: inUnit(control, mark.plausible[1])}),
      figures.length && said("mark_published", {figures: figures.join(said("comma"))}),
    ];
  }

  function effectOf(control) {
    const found = app.effect?.name === control.name && app.effect.step ? app.effect : null;
    if (!found) return "";
    const style = app.layout.styles.points[app.lang], names = new Map(app.answer.goals.map(goal => [goal.name, label(goal.label)]));
    const points = value => written(value, {...style, sign: "both"});
    const parts = found.goals.map(goal => {
      const judged = Math.abs(goal.evidence ?? 0) > 5e-4 ? said("effect_evidence", {change: points(goal.evidence)}) : "";
      const moved = Math.abs(goal.share ?? 0) > 5e-4 ? said("effect_goal", {goal: names.get(goal.name) ?? goal.name, change: points(goal.share)}) : "";
      return [moved, moved ? judged : judged && said("effect_goal", {goal: names.get(goal.name) ?? goal.name, change: judged})].filter(Boolean).join(said("comma"));
    }).filter(Boolean);
    const step = `${found.step > 0 ? "+" : ""}${inUnit(control, found.step)}`;
    return parts.length ? said("effect", {step, goals: parts.join(said("separator"))}) : said("effect_none", {step});
  }

  function numberBox(inner, section, control) {
    const {unit} = control, [low, high] = control.allowed, grain = 1 / 10 ** unit.digits / unit.scale;
    const row = make("div", {class: "fx-number", "data-control": control.name}, inner);
    const id = `fx${Math.random().toString(36).slice(2)}`;
    make("label", {for: id, title: label(app.layout.help?.numbers[control.name])}, row, label(control.label));
    const typed = make("input", {id, type: "text", class: "fx-typed", inputmode: "decimal", autocomplete: "off", "aria-describedby": `${id}w`}, row);
    make("span", {class: "fx-unit"}, row, said(`unit_${unit.name}`));
    const back = make("button", {type: "button", class: "fx-back", title: said("reset_number"), "aria-label": `${said("reset_number")} ${label(control.label)}`}, row, "↺");
    const slider = make("input", {
      type: "range", min: control.near[0] * unit.scale, max: control.near[1] * unit.scale, step: "any",
      "aria-label": `${label(section.label)} ${label(control.label)}`,
    }, row);
    slider.setAttribute("aria-describedby", `${app.view_id}${section.name}`);
    scaleOf(row, control);
    make("small", {id: `${id}w`, class: "fx-word", role: "status"}, row);
    row.classList.toggle("fx-still", Boolean(control.fixed));
    if (control.fixed && !section.fixed) make("span", {class: "fx-fixed"}, row, said("fixed"));
    typed.disabled = slider.disabled = Boolean(control.fixed);
    const ends = [low, high].map(end => end === null ? "" : trim(end * unit.scale, unit.digits));
    const allowed = said(low === null ? (high === null ? "allowed_any" : "allowed_most") : high === null ? "allowed_least" : "allowed", {low: ends[0], high: ends[1], unit: said(`unit_${unit.name}`)});
    const to = (value, step = grain, word = "") => {
      const whole = Math.round(value / step) * step;
      const held = Math.min(high ?? Infinity, Math.max(low ?? -Infinity, whole));
      app.word = {name: control.name, text: Math.abs(held - whole) > 1e-12 ? allowed : word};
      move(section, control, +held.toFixed(12));
    };
    slider.addEventListener("input", () => to(slider.value / unit.scale, unit.step));
    slider.addEventListener("keydown", event => {
      const sign = {ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10}[event.key];
      if (!sign) return;
      event.preventDefault();
      to(valueOf(control) + sign * (event.shiftKey ? grain : unit.step));
    });
    typed.addEventListener("keydown", event => {
      const sign = {ArrowUp: 1, ArrowDown: -1}[event.key];
      if (sign) event.preventDefault();
      if (sign) to(valueOf(control) + sign * (event.shiftKey ? grain : unit.step));
    });
    typed.addEventListener("change", () => {
      const {value, comma} = numeral(typed.value);
      if (value === null) {
        const text = typed.value.trim();
        app.word = {name: control.name, text: text && said("unreadable", {text: text.slice(0, 20)})};
        sync();
        typed.value = trim(valueOf(control) * unit.scale, unit.digits, false);
      } else {
        to(value / unit.scale, grain, comma ? said("read_as", {text: typed.value.trim(), number: trim(value, unit.digits)}) : "");
      }
    });
    back.addEventListener("click", () => { app.word = null; delete app.state.numbers[control.name]; sync(); askState(); });
  }

  // on the slider: where growth lies in eight cases of ten by the data, and what was published

  function scaleOf(row, control) {
    const mark = app.layout.marks?.[control.name], [low, high] = control.near;
    if (!mark || !(mark.plausible || mark.published.length)) return;
    const scale = make("div", {class: "fx-scale", "aria-hidden": "true"}, row);
    const place = value => Math.min(100, Math.max(0, (value - low) / (high - low) * 100));
    if (mark.plausible) {
      const [left, right] = mark.plausible.map(place);
      make("i", {style: `left:${left.toFixed(1)}%;width:${(right - left).toFixed(1)}%`, title: marked(control)[0]}, scale);
    }
    for (const [first, last, value] of mark.published) {
      const years = first === last ? first : `${first}–${last}`;
      if (value >= low && value <= high) make("b", {style: `left:${place(value).toFixed(1)}%`, title: said("mark_published", {figures: said("mark_span", {years, value: inUnit(control, value)})})}, scale);
    }
  }

  const optionOf = section => app.state.choices[section.name] ?? section.own;
  // a number that is not set says what its section is set to amounts to
  const idle = control => !Object.values(app.layout.sections).some(section => optionOf(section) === control.name.split(":")[0] && section.options[optionOf(section)].controls.some(one => one.name === control.name));
  const valueOf = control => (idle(control) ? app.answer?.implied?.[control.name] : undefined) ?? app.state.numbers[control.name] ?? control.start;
  const there = section => {
    if (!section.when) return true;
    const parent = app.layout.sections.find(one => one.name === section.when[0]);
    return there(parent) && optionOf(parent) === section.when[1];
  };

  function takeOver(section, option) { // what the sliders show is what they are set to
    for (const one of section.options[option].controls) {
      const value = app.answer?.implied?.[one.name];
      if (value === undefined) continue;
      if (value === one.start) delete app.state.numbers[one.name];
      else app.state.numbers[one.name] = value;
    }
    if (option === section.own) delete app.state.choices[section.name];
    else app.state.choices[section.name] = option;
  }

  function set(section, option) {
    app.word = null;
    if (option === section.own) delete app.state.choices[section.name];
    else app.state.choices[section.name] = option;
    askState();
    sync();
  }

  function move(section, control, value) {
    const option = control.name.split(":")[0];
    if (optionOf(section) !== option && value !== valueOf(control)) takeOver(section, option);
    if (value === control.start) delete app.state.numbers[control.name];
    else app.state.numbers[control.name] = value;
    askState();
    sync();
  }

  // controls as the state has them

  function sync() {
    for (const section of app.layout.sections ?? []) {
      const box = root.querySelector(`[data-section="${section.name}"]`), option = optionOf(section);
      box.hidden = !there(section);
      const own = section.options[option].controls;
      const moved = option !== section.own || own.some(one => one.name.startsWith(`${option}:`) && valueOf(one) !== one.start);
      box.classList.toggle("fx-moved", moved);
      box.querySelector(".fx-reset").disabled = !moved;
      const select = box.querySelector("select");
      if (select) select.value = option;
      box.querySelector(".fx-now").textContent = label(section.options[option].label);
      const takes = option !== "path" && section.options.path?.controls.some(one => app.answer?.implied?.[one.name] !== undefined);
      box.querySelector(".fx-write").hidden = !takes;
      const shift = box.querySelector(".fx-shift");
      if (shift) shift.hidden = !own.some(one => one.name.startsWith("path:"));
      const names = new Set(own.map(one => one.name));
      for (const row of box.querySelectorAll("[data-control]")) {
        row.hidden = !names.has(row.dataset.control);
        const control = own.find(one => one.name === row.dataset.control);
        if (!control) continue;
        const {unit} = control, value = valueOf(control), shown = value * unit.scale;
        const [typed, slider] = row.querySelectorAll("input");
        if (Math.abs(slider.valueAsNumber - shown) > 1e-9) slider.value = shown;
        slider.closest(".fx-number").style.setProperty("--at", `${(slider.value - slider.min) / (slider.max - slider.min) * 100}%`);
        slider.setAttribute("aria-valuetext", `${trim(shown, unit.digits)} ${said(`unit_${unit.name}`)}`);
        if (root.getRootNode().activeElement !== typed || numeral(typed.value).value !== shown) typed.value = trim(shown, unit.digits, false);
        typed.dataset.shown = trim(shown, unit.digits, false);
        row.querySelector(".fx-word").textContent = app.word?.name === control.name ? app.word.text : "";
        row.querySelector(".fx-back").disabled = value === control.start || !control.name.startsWith(`${option}:`);
        row.classList.toggle("fx-idle", !control.name.startsWith(`${option}:`));
      }
    }
  }

  // charts

  function lines(name) {
    const current = {key: "current", run: app.answer, edge: app.answer.edge, name: said("current"), colour: "now", dash: "", width: 2.4};
    const base = {key: "baseline", run: app.baseline, edge: app.layout.baseline_edge, name: said("baseline"), colour: "base", dash: "2.5 3", width: 1.8};
    const kept = shownRuns().map((run, at) => ({key: `run ${run.name}`, run, edge: run.edge, name: run.title ? label(run.title) : run.name, colour: `run${at + 1}`, dash: DASHES[at], width: 1.9}));
    return [...kept, current, base].filter(line => line.run?.names.includes(name))
      .map(line => ({...line, values: viewed(line.run, name, app.view, ruleOf(name) === "share", app.baseline)}))
      .filter(line => line.values.length);
  }

  const shownRuns = () => app.runs.filter(run => app.shown.has(run.name)).slice(0, MOST_LINES);
  const drawnNames = () => app.layout.indicators.map(one => one.name).filter(name => app.answer.names.includes(name));

  const indicator = name => app.layout.indicators.find(one => one.name === name);
  const ruleOf = name => indicator(name).rule;
  function styleOf(name) {
    const share = ruleOf(name) === "share", style = app.layout.styles[ruleIn(app.view, ruleOf(name))][app.lang];
    const sign = {growth: share && "below", difference: !share && "both"}[app.view];
    return sign ? {...style, sign} : style;
  }

  function draw() {
    const holder = root.querySelector(".fx-charts");
    const names = drawnNames();
    while (holder.children.length > names.length) holder.lastChild.remove();
    names.forEach((name, at) => chart(holder.children[at] ?? panel(holder), name));
    goals();
    runs();
    changes();
    fit();
  }

  function panel(holder) {
    const figure = make("figure", {class: "fx-chart"}, holder), caption = make("figcaption", {}, figure);
    make("strong", {}, caption);
    taking(caption, () => [figure.dataset.indicator, app.view], () => chartPicture(figure));
    make("span", {}, caption);
    make("em", {class: "fx-at"}, caption);
    const picture = make("div", {class: "fx-picture", tabindex: "0", role: "img"}, figure);
    make("dl", {class: "fx-values"}, figure);
    make("p", {class: "fx-odds"}, figure);
    if (whole) targeting(figure, picture);
    picture.addEventListener("pointerleave", event => { if (event.pointerType === "mouse") release(); });
    picture.addEventListener("blur", release);
    pointing(picture, {
      ends: () => picture.ends,
      at: () => app.year ?? picture.ends[1],
      near: across => figure.told.year(across * figure.told.width),
      show: year => {
        app.year = year;
        for (const one of holder.children) point(one);
        goals();
      },
    });
    return figure;
  }

  // what can be taken away of a chart or a table: its picture, and its data from the kernel

  function taking(parent, what, picture) {
    const box = make("details", {class: "fx-take"}, parent), head = make("summary", {title: said("take"), "aria-label": said("take")}, box, "⤓");
    const row = make("div", {role: "group", "aria-label": said("take")}, box);
    box.addEventListener("keydown", event => { if (event.key === "Escape") { box.open = false; head.focus(); } });
    box.addEventListener("focusout", event => { if (!box.contains(event.relatedTarget) && event.relatedTarget) box.open = false; });
    const start = () => (app.answer.start ?? app.layout.scenario).id;
    for (const form of ["png", "svg", "csv", ...(whole ? ["xlsx"] : [])]) {
      const button = make("button", {type: "button", "data-take": form}, row, form.toUpperCase());
      button.addEventListener("click", async () => {
        const [name, view] = what();
        if (form === "csv" || form === "xlsx") return ask({kind: "data", what: name, form, drawn: view ?? "level", lang: app.lang});
        const svg = picture(), file = [start(), name, ...(view ? [view] : []), form].join(".");
        download(file, form === "svg" ? svg : await png(svg), form === "svg" ? "image/svg+xml" : "image/png");
      });
    }
  }

  const footer = () => { // which scenario a picture shows, and what was changed of it
    const moved = (app.answer.changes ?? []).map(label).join(said("separator"));
    const scenario = label((app.answer.start ?? app.layout.scenario).title);
    return [
      said("subtitle", {scenario, baseline: label(app.layout.baseline.title)}),
      ...(moved ? [`${said("changed_here")}${said("colon")}${moved}`] : []),
    ];
  };

  function chartPicture(figure) { // in a size of its own and in ink on paper, whatever the page is
    const {one, name} = figure.told, theme = root.dataset.theme, size = app.size, stage = make("div", {class: "fx fx-stage"}, document.body);
    const copied = panel(make("div", {class: "fx-charts"}, stage));
    app.size = [WIDTH, HEIGHT];
    root.dataset.theme = "light";
    chart(copied, name);
    const drawn = copied.querySelector("svg"), copy = drawn.cloneNode(true);
    const own = [...drawn.querySelectorAll("*")], held = [...copy.querySelectorAll("*")];
    own.forEach((part, at) => plain(part, held[at]));
    app.size = size;
    root.dataset.theme = theme;
    stage.remove();
    for (const part of [...copy.querySelectorAll(".fx-guide,[visibility=hidden]")]) part.remove();
    for (const part of copy.querySelectorAll("[class]")) part.removeAttribute("class");
    const inner = new XMLSerializer().serializeToString(copy).replace(/^<svg[^>]*>|<\/svg>$/g, "");
    return framed([label(one.label), unitOf(one)], `<g>${inner}</g>`, WIDTH, HEIGHT, figure.told.fan ? [said("note"), ...footer()] : footer());
  }

  function tablePicture(table, notes) { // as it would stand without a narrow page: every cell on a line of its own
    const stage = make("div", {class: "fx fx-stage"}, document.body), copy = stage.appendChild(table.cloneNode(true));
    const box = copy.getBoundingClientRect(), parts = [];
    for (const cell of copy.querySelectorAll("th,td")) {
      const {left, top, right, bottom} = cell.getBoundingClientRect(), style = getComputedStyle(cell);
      parts.push(`<path d="M${left - box.left} ${bottom - box.top - 0.5}H${right - box.left}" stroke="${style.borderBottomColor}" stroke-width="0.8"/>`);
      const bar = cell.querySelector("i")?.getBoundingClientRect();
      if (bar) parts.push(`<rect x="${bar.left - box.left}" y="${bar.top - box.top}" width="${bar.width}" height="${bar.height}" fill="${getComputedStyle(cell.querySelector("i")).backgroundColor}"/>`);
      const far = style.textAlign === "right", x = (far ? right - parseFloat(style.paddingRight) : left + parseFloat(style.paddingLeft)) - box.left;
      parts.push(`<text x="${x.toFixed(1)}" y="${((top + bottom) / 2 - box.top + 4.5).toFixed(1)}" font-size="13" fill="${style.color}"${far ? ' text-anchor="end"' : ""}>${escape(cell.textContent)}</text>`);
    }
    const title = copy.querySelector("caption"), skip = title ? title.getBoundingClientRect().height : 0;
    const svg = framed([title?.textContent ?? ""], `<g transform="translate(0 ${-skip})">${parts.join("")}</g>`, box.width, box.height - skip, [...notes, ...footer()]);
    stage.remove();
    return svg;
  }

  // a target: a point set on a chart of levels by hand or in fields, and its chance

  function aim(target) {
    app.target = target;
    app.chance = null;
    aimed();
    askTarget();
  }

  function targeting(figure, picture) {
    const row = make("div", {class: "fx-aim"}, figure);
    make("span", {}, row, said("target"));
    const year = make("input", {type: "text", inputmode: "numeric", autocomplete: "off", class: "fx-aim-year"}, row);
    const level = make("input", {type: "text", inputmode: "decimal", autocomplete: "off", class: "fx-aim-level"}, row);
    make("span", {class: "fx-unit"}, row);
    const drop = make("button", {type: "button", class: "fx-back", title: said("target_drop"), "aria-label": said("target_drop")}, row, "✕");
    make("output", {"aria-live": "polite"}, row);
    const typed = () => {
      const {value} = numeral(level.value, true);
      if (value === null) return aimed(level.value.trim());
      const {name, last, style} = figure.told, at = Math.round(numeral(year.value).value ?? last);
      aim({indicator: name, year: Math.min(at, last), level: value / timesOf(style)});
    };
    level.addEventListener("change", typed);
    year.addEventListener("change", typed);
    drop.addEventListener("click", () => aim(null));
    let held = null;
    const to = event => {
      const {name, start, last, low, high, style, top, bottom, width, height, year} = figure.told, box = picture.firstChild.getBoundingClientRect();
      const at = year((event.clientX - box.left) / box.width * width), down = (event.clientY - box.top) / box.height * height;
      const within = Math.min(1, Math.max(0, (bottom - down) / (bottom - top)));
      const scale = timesOf(style), grain = 10 ** (style.digits ?? 0);
      const value = Math.round((low + within * (high - low)) * scale * grain) / grain / scale;
      aim({indicator: name, year: Math.min(last, Math.max(start, at)), level: value});
    };
    picture.addEventListener("pointerdown", event => {
      if (event.button || app.view !== "level") return;
      held = event.pointerId;
      picture.setPointerCapture(held);
      to(event);
    });
    picture.addEventListener("pointermove", event => { if (event.pointerId === held) to(event); });
    for (const over of ["pointerup", "pointercancel"]) picture.addEventListener(over, () => { held = null; });
  }

  function aimed(unread = "") {
    for (const figure of root.querySelectorAll(".fx-chart")) {
      const row = figure.querySelector(".fx-aim"), mark = figure.querySelector(".fx-target");
      if (!row || !figure.told) continue;
      const {name, one, style, level, x, y, top: first, bottom} = figure.told, target = app.target?.indicator === name ? app.target : null;
      row.hidden = !level;
      mark.setAttribute("visibility", target && level ? "visible" : "hidden");
      const [year, height] = row.querySelectorAll("input"), focused = root.getRootNode().activeElement;
      year.setAttribute("aria-label", said("target_year", {name: label(one.label)}));
      height.setAttribute("aria-label", said("target_level", {name: label(one.label)}));
      row.querySelector(".fx-unit").textContent = `${style.prefix ?? ""}${style.suffix ?? ""}`.replace(/\s+/g, " ").trim();
      row.querySelector("button").hidden = !target;
      row.classList.toggle("fx-idle", !target);
      row.title = said("target_hint");
      row.querySelector("output").textContent = unread && row.contains(focused) ? said("unreadable", {text: unread.slice(0, 20)}) : !target ? "" : app.chance ? said("target_chance", {chance: app.chance}) : "…";
      if (target) {
        const top = Math.min(bottom, Math.max(first, y(target.level)));
        mark.setAttribute("transform", `translate(${x(target.year)} ${top})`);
        if (focused !== year) year.value = target.year;
        const shown = target.level * timesOf(style);
        if (focused !== height) height.value = trim(shown, style.digits ?? 0, false);
        [year.dataset.shown, height.dataset.shown] = [String(target.year), trim(shown, style.digits ?? 0, false)];
      } else if (focused !== year && focused !== height) {
        year.value = height.value = year.dataset.shown = height.dataset.shown = "";
      }
    }
  }

  function chart(figure, name) {
    const one = indicator(name), drawn = lines(name), style = styleOf(name), level = app.view === "level", [width, height] = app.size;
    const past = (level ? app.answer.history : app.view === "growth" ? app.answer.grown : null)?.[name] ?? [];
    const aims = level ? app.answer.goals.filter(goal => goal.indicator === name) : [];
    const last = Math.max(...drawn.map(line => line.values.at(-1)[0])), start = Math.min(...drawn.map(line => line.values[0][0]));
    const begun = Math.min(start, ...past.map(row => row[0])), edge = app.answer.edge ?? start;
    const fan = quantiles(app.answer, name, app.view);
    const spread = [
      ...drawn.flatMap(line => line.values.map(point => point[1])), ...past.map(row => row[1]), ...aims.map(goal => goal.target),
      ...(fan ? [...fan[0], ...fan.at(-1)].map(point => point[1]) : []),
    ];
    let [low, high] = [Math.min(...spread), Math.max(...spread)];
    if (!level || ruleOf(name) !== "share") [low, high] = [Math.min(0, low), Math.max(0, high)];
    if (high - low < 1e-9) { // a line that is flat
      const spare = app.view === "growth" || app.view === "percent" || ruleOf(name) === "share" ? 0.005 : 1;
      [low, high] = [low - spare, high + spare];
    }
    const ticks = rounds(low, high, height < 150 ? 3 : 4), axis = {...along(ticks, style), sign: "below"};
    [low, high] = [ticks[0], ticks.at(-1)];
    // room for what stands beside: the ticks' numbers, and the lines' names
    const wide = text => [...text].reduce((sum, sign) => sum + (sign.charCodeAt(0) > 0x2e7f ? 13 : 7.2), 0), most = width < 300 ? 8 : 12;
    const left = Math.ceil(Math.max(...ticks.map(tick => wide(written(tick, axis)))) + 9);
    const right = width - Math.ceil(Math.max(...drawn.map(line => wide(cut(line.name, most)))) + 13);
    const top = 18, bottom = height - 22;
    const x = year => +(left + (year - begun) / (last - begun || 1) * (right - left)).toFixed(1);
    const y = value => +(bottom - (value - low) / (high - low || 1) * (bottom - top)).toFixed(1);
    const yearAt = across => Math.round(begun + (across - left) / (right - left) * (last - begun));
    const way = points => points.map(([year, value], at) => `${at ? "L" : "M"}${x(year)} ${y(value)}`).join("");
    const parts = [];
    for (const tick of ticks) {
      parts.push(`<path class="fx-grid" d="M${left} ${y(tick)}H${right}"/>`);
      parts.push(`<text class="fx-up" x="${left - 5}" y="${y(tick) + 4}">${escape(written(tick, axis))}</text>`);
    }
    const every = (right - left) / (last - begun || 1) * 5 < 38 ? 10 : 5;
    for (let year = Math.ceil(begun / every) * every; year <= last; year += every)
      parts.push(`<text class="fx-across" x="${x(year)}" y="${bottom + 16}">${year}</text>`);
    if (fan) for (const [under, over, band] of BANDS)
      parts.push(`<path class="fx-${band}" d="${way([...fan[over], ...[...fan[under]].reverse()])}z"/>`);
    if (low < 0) parts.push(`<path class="fx-zero" d="M${left} ${y(0)}H${right}"/>`);
    if (edge > begun && edge < last) { // the edge of the data, as in the reports
      parts.push(`<path class="fx-edge" d="M${x(edge)} ${top - 4}V${bottom}"/>`);
      for (const [key, side] of [["before", -4], ["after", 4]])
        if (side > 0 || x(edge) - left > wide(said("edge_before")) + 6) parts.push(`<text class="fx-side${side < 0 ? " fx-up" : ""}" x="${x(edge) + side}" y="11">${escape(said(`edge_${key}`))}</text>`);
    }
    for (const line of drawn) { // a path is the scenario's own from there on
      const own = line.values.filter(([year]) => app.view !== "level" && app.view !== "growth" || year >= Math.min(last, (line.edge ?? year) + (level ? 0 : 1)));
      if (line.key === "baseline") parts.push(`<path class="fx-line fx-under" stroke-width="3.4" stroke-dasharray="${line.dash}" d="${way(own)}"/>`);
      parts.push(`<path class="fx-line fx-${line.colour}" data-line="${escape(line.key)}" stroke-width="${line.width}" stroke-dasharray="${line.dash}" d="${way(own)}"/>`);
    }
    if (past.length) {
      if (level) parts.push(`<path class="fx-past" d="${way(past.filter(row => row[2]).map(row => [row[0], row[1]]))}"/>`);
      for (const [year, value, known] of past) parts.push(`<circle class="${known ? "fx-dot" : "fx-ring"}" cx="${x(year)}" cy="${y(value)}" r="2.6"/>`);
    }
    for (const goal of aims) parts.push(`<path class="fx-goal" d="${diamond(x(goal.year), y(goal.target), 5)}"/>`);
    const ends = drawn.map(line => ({line, at: y(line.values.at(-1)[1])}));
    const labels = apart(ends.map(({line, at}) => ({text: line.name, colour: line.colour, at, from: at})), [top, bottom - 8]);
    for (const one of labels) {
      if (Math.abs(one.at - one.from) > 4) parts.push(`<path class="fx-lead" d="M${right + 2} ${one.from}L${right + 8} ${one.at}"/>`);
      parts.push(`<text class="fx-end fx-ink-${one.colour}" x="${right + 9}" y="${(one.at + 4).toFixed(1)}">${escape(cut(one.text, most))}</text>`);
    }
    parts.push(`<path class="fx-guide" d=""/>`);
    parts.push(`<g class="fx-target" visibility="hidden"><path d="M-7 0H7M0 -7V7"/><circle r="5"/></g>`);
    const picture = figure.children[1];
    picture.ends = [start, last];
    picture.innerHTML = `<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" aria-hidden="true">${parts.join("")}</svg>`;
    figure.dataset.indicator = name;
    figure.told = {name, one, drawn, style, level, fan, x, y, year: yearAt, width, height, top, bottom, start, last, low, high};
    const [caption] = figure.children;
    caption.querySelector("strong").textContent = label(one.label);
    caption.querySelector("span").textContent = unitOf(one);
    const odds = app.answer.goals.filter(goal => goal.indicator === name);
    figure.querySelector(".fx-odds").innerHTML = odds.map(goal => `<span>${escape(label(goal.label))} ${cell(goal)}</span>`).join("");
    point(figure);
    aimed();
  }

  function unitOf(one) {
    if (app.view === "level") return label(one.unit);
    const share = one.rule === "share";
    return said(`${app.view}${share && app.view !== "percent" ? "_share" : ""}_note`, {unit: label(one.unit)});
  }

  // the year that is pointed at: a line through the chart, and every line's value
  function point(figure) {
    const {one, drawn, style, fan, x, top, bottom} = figure.told, [caption, picture, list] = figure.children;
    const year = Math.min(picture.ends[1], Math.max(picture.ends[0], app.year ?? picture.ends[1]));
    picture.querySelector(".fx-guide").setAttribute("d", `M${x(year)} ${top}V${bottom}`);
    const order = [...drawn.filter(line => line.key === "current"), ...drawn.filter(line => line.key !== "current")];
    const rows = order.map(line => {
      const found = line.values.find(point => point[0] === year);
      let text = found ? written(found[1], style) : "–";
      if (line.key === "current" && fan) {
        const ends = BANDS[1].slice(0, 2).map(row => fan[row].find(point => point[0] === year)).map(point => point ? written(point[1], bare(style)) : "–");
        text += ` <small>${escape(said("band", {low: ends[0], high: ends[1]}))}</small>`;
      }
      return [line, text];
    });
    list.innerHTML = rows.map(([line, text]) => `<div data-value="${escape(line.key)}"><dt class="fx-ink-${line.colour}">${escape(cut(line.name, 18))}</dt><dd>${text}</dd></div>`).join("");
    list.dataset.year = year;
    const words = rows.map(([line, text]) => `${line.name} ${text.replace(/<[^>]*>/g, "")}`).join(said("comma"));
    picture.setAttribute("aria-label", said("alt", {name: label(one.label), year, values: words}));
    caption.lastChild.dataset.year = year;
    caption.lastChild.textContent = said("year", {year});
  }

  // tables

  // runs by goals: how far each central path is beyond or short of a goal, and how many paths meet it

  function goals() {
    const holder = root.querySelector(".fx-goals"), rows = app.answer.goals ?? [], open = holder.querySelector(".fx-take")?.open;
    if (!rows.length) { holder.innerHTML = `<p>${escape(said("no_goals"))}</p>`; return; }
    const sides = lines(drawnNames()[0]).map(line => ({...line, goals: new Map((line.key === "baseline" ? app.layout.baseline_goals : line.run.goals ?? []).map(goal => [goal.name, goal]))}));
    const order = [...sides.filter(side => side.key === "current"), ...sides.filter(side => side.key !== "current")];
    const heads = [
      `<th scope="col">${escape(said("head_goal"))}</th>`, `<th scope="col" class="fx-figure">${escape(said("head_target"))}</th>`,
      ...order.map(side => `<th scope="col" class="fx-figure fx-ink-${side.colour}">${escape(cut(side.name, 16))}</th>`),
      `<th scope="col" class="fx-figure" title="${escape(said("goals_note"))}">${escape(said("head_evidence"))}</th>`,
    ];
    const lines_of = rows.map(goal => {
      const style = goal.indicator && app.layout.styles[ruleOf(goal.indicator)][app.lang];
      const cells = order.map(side => `<td class="fx-figure" data-side="${escape(side.key)}">${cell(side.goals.get(goal.name))}</td>`);
      return `<tr data-goal="${escape(goal.name)}"><th scope="row">${escape(label(goal.label))}</th><td class="fx-figure" data-side="target">${escape(goal.indicator ? written(goal.target, style).replaceAll("\u00a0", " ") : "–")}</td>${cells.join("")}<td class="fx-figure" data-side="evidence">${escape(goal.evidence ?? "–")}</td></tr>`;
    });
    holder.innerHTML = `<div class="fx-scroll" tabindex="-1"><table style="--columns:${order.length + 3}"><caption>${escape(said("goals"))} <small>${escape(said("goals_short"))}</small></caption><thead><tr>${heads.join("")}</tr></thead><tbody>${lines_of.join("")}</tbody></table></div>`;
    taking(holder, () => ["goals"], () => tablePicture(holder.querySelector("table"), [said("goals_short"), said("goals_note")]));
    holder.querySelector(".fx-take").open = Boolean(open);
  }

  function cell(goal) {
    if (!goal) return "–";
    const chance = `<span data-chance>${escape(goal.chance ?? "–")}</span>`;
    if (!goal.indicator) return chance;
    const rule = ruleOf(goal.indicator), style = rule === "share" ? app.layout.styles.points[app.lang] : app.layout.styles[rule][app.lang];
    const far = Math.abs(goal.gap) < 1e-9 * Math.abs(goal.target) ? 0 : -goal.gap;
    return `<span class="fx-${goal.met ? "met" : "missed"}" title="${escape(said(goal.met ? "met" : "missed"))}">${escape(written(far, {...bare(style), sign: "both"}))}</span> ${chance}`;
  }

  function runs() {
    const holder = root.querySelector(".fx-runs");
    const key = JSON.stringify([app.lang, app.runs.map(run => [run.name, run.note]), [...app.shown]]);
    if (holder.dataset.key === key && holder.children.length) return;
    holder.dataset.key = key;
    const typed = holder.querySelector("input[type=text]")?.value ?? "";
    holder.replaceChildren();
    make("h3", {}, holder, said("runs"));
    if (app.runs.length) taking(holder, () => ["runs"], () => tablePicture(runTable(), [said("goals_short")]));
    const line = make("form", {class: "fx-keep"}, holder);
    const name = make("input", {type: "text", maxlength: "40", placeholder: said("run_name"), "aria-label": said("run_name")}, line);
    name.value = typed;
    make("button", {type: "submit"}, line, said("keep"));
    line.addEventListener("submit", event => {
      event.preventDefault();
      let number = 1;
      while (app.runs.some(run => run.name === said("run_number", {number}))) number += 1;
      const text = name.value.trim() || said("run_number", {number});
      if (app.runs.some(run => run.name === text)) return tell(said("run_taken"), true);
      name.value = "";
      ask({kind: "keep", name: text});
    });
    const list = make("ul", {}, holder);
    app.runs.forEach(run => {
      const item = make("li", {"data-run": run.name}, list), line = make("label", {}, item);
      const box = make("input", {type: "checkbox"}, line);
      box.checked = app.shown.has(run.name);
      box.disabled = !box.checked && app.shown.size >= MOST_LINES;
      box.addEventListener("change", () => { app.shown[box.checked ? "add" : "delete"](run.name); draw(); });
      box.setAttribute("aria-label", run.name);
      const name = make("input", {type: "text", class: "fx-run-name", maxlength: "40", value: run.name, "aria-label": said("rename", {name: run.name})}, item);
      name.addEventListener("change", () => {
        const text = name.value.split(/\s+/).filter(Boolean).join(" ");
        const taken = app.runs.some(other => other !== run && other.name === text);
        if (taken) tell(said("run_taken"), true);
        if (taken || !text) name.value = run.name;
        if (taken || !text || text === run.name) return;
        if (app.shown.has(run.name)) app.shown.add(text);
        ask({kind: "rename", name: run.name, new: text});
      });
      make("small", {}, item, run.changes.map(label).join(said("comma")) || said("unmoved", {scenario: label(run.start?.title)}));
      const note = make("input", {type: "text", class: "fx-run-note", maxlength: "400", placeholder: said("note_empty"), value: run.note, "aria-label": said("note_of", {name: run.name})}, item);
      note.addEventListener("change", () => ask({kind: "note", name: run.name, note: note.value}));
      make("button", {type: "button"}, item, said("take_up")).addEventListener("click", () => ask({kind: "take up", name: run.name}));
      make("button", {type: "button"}, item, said("drop")).addEventListener("click", () => ask({kind: "drop", name: run.name}));
    });
    make("p", {class: "fx-note"}, holder, said(app.runs.length ? "runs_note" : "runs_none"));
  }

  function runTable() { // every run by goals, as it is taken away
    const current = {name: said("current"), goals: app.answer.goals}, base = {name: said("baseline"), goals: app.layout.baseline_goals};
    const head = text => `<th scope="col" class="fx-figure">${escape(text)}</th>`, table = make("table", {}, document.createElement("div"));
    const rows = [current, base, ...app.runs].map(side => {
      const cells = app.answer.goals.map(goal => `<td class="fx-figure">${cell(side.goals.find(one => one.name === goal.name))}</td>`);
      return `<tr><th scope="row">${escape(side.name)}</th>${cells.join("")}</tr>`;
    });
    table.innerHTML = `<caption>${escape(said("runs"))}</caption><thead><tr><th></th>${app.answer.goals.map(goal => head(label(goal.label))).join("")}</tr></thead><tbody>${rows.join("")}</tbody>`;
    return table;
  }

  function changes() {
    const holder = root.querySelector(".fx-changes");
    if (!holder) return;
    const list = texts => texts.length ? `<ul>${texts.map(text => `<li>${escape(text)}</li>`).join("")}</ul>` : `<p>${escape(said("changed_none"))}</p>`;
    const named = label((app.answer.start ?? app.layout.scenario).title), differ = (app.answer.differences ?? []).map(label);
    const before = differ.length ? `<p>${escape(said("changed_start", {scenario: named}))}</p>${list(differ)}` : "";
    const here = (app.answer.changes ?? []).map(label);
    holder.innerHTML = `<h3>${escape(said("changes"))}</h3>${before}<p>${escape(said("changed_here"))}</p>${list(here)}`;
  }

  // which lever moves what

  function indexPanel(results) {
    const box = make("details", {class: "fx-index"}, results);
    make("summary", {}, box, said("index"));
    box.open = Boolean(app.index);
    box.addEventListener("toggle", () => { if (box.open && !app.index) ask({kind: "index"}); });
    make("p", {class: "fx-note"}, box, said("index_note"));
    make("div", {class: "fx-effects"}, box);
  }

  function drawIndex() {
    const holder = root.querySelector(".fx-effects");
    if (!holder || !app.index) return;
    const keyOf = row => row.goal ? `goal ${row.goal}` : `${row.indicator} ${row.year}`;
    const results = new Map(app.index.map(row => [keyOf(row), row]));
    const levers = new Map(app.index.map(row => [row.lever, row]));
    app.asked ??= `result ${[...results].filter(([, row]) => !row.goal && row.indicator === app.index[0].indicator).at(-1)[0]}`; // the first result's last year
    const [kind, ...rest] = app.asked.split(" "), wanted = rest.join(" ");
    const named = row => label(row.result_label);
    holder.replaceChildren();
    const choice = (title, entries, kindOf, text) => {
      const line = make("div", {class: "fx-asks", role: "group", "aria-label": title}, holder);
      make("span", {}, line, title);
      for (const [key, row] of entries) {
        const button = make("button", {type: "button", "data-ask": `${kindOf} ${key}`, "aria-pressed": app.asked === `${kindOf} ${key}`}, line, text(row));
        button.addEventListener("click", () => { app.asked = `${kindOf} ${key}`; drawIndex(); });
      }
    };
    choice(said("ask_result"), results, "result", named);
    choice(said("ask_lever"), levers, "lever", row => label(row.lever_label));
    const rows = app.index.filter(row => (kind === "result" ? keyOf(row) : row.lever) === wanted);
    if (kind === "result") rows.sort((one, other) => Math.abs(other.relative) - Math.abs(one.relative));
    const most = odds => Math.max(...rows.filter(row => Boolean(row.goal) === odds).map(row => Math.abs(row.relative)), 1e-12);
    const scales = [most(false), most(true)]; // results on one scale, chances on another
    const body = rows.map(row => {
      const size = Math.abs(row.relative) / scales[row.goal ? 1 : 0] * 50, left = row.relative < 0 ? 50 - size : 50;
      return `<tr><th scope="row">${escape(kind === "result" ? label(row.lever_label) : named(row))}</th><td class="fx-figure">${escape(row.relative === 0 ? "–" : label(row.text))}</td><td class="fx-strip"><i style="left:${left.toFixed(1)}%;width:${size.toFixed(1)}%"></i></td></tr>`;
    });
    const table = make("table", {}, holder);
    const title = kind === "result" ? named(results.get(wanted)) : label(levers.get(wanted).lever_label);
    table.innerHTML = `<caption>${escape(said(`caption_${kind}`, {name: title}))}</caption><tbody>${body.join("")}</tbody>`;
    taking(holder, () => ["index"], () => tablePicture(table, [said("index_note")]));
  }

  // files

  function files(results) {
    const box = make("details", {class: "fx-files"}, results);
    make("summary", {}, box, said("files"));
    const save = make("form", {class: "fx-save"}, box);
    const field = (form, name, key) => {
      const line = make("label", {}, form, said(key));
      return make("input", {type: "text", name, maxlength: "80"}, line);
    };
    const id = field(save, "name", "save_id");
    id.value = `${app.layout.scenario.id}_explored`;
    field(save, "zh", "save_zh");
    field(save, "en", "save_en");
    make("button", {type: "submit"}, save, said("save"));
    const over = make("label", {class: "fx-over"}, save);
    make("input", {type: "checkbox", name: "replace"}, over);
    make("span", {}, over, said("replace"));
    const named = () => {
      const held = save.elements, replace = app.taken && held.replace.checked;
      held.replace.checked = false;
      return {name: held.name.value, zh: held.zh.value, en: held.en.value, replace};
    };
    save.addEventListener("submit", event => {
      event.preventDefault();
      ask({kind: "save", ...named()});
    });
    const report = make("button", {type: "button", class: "fx-report", title: said("report_hint")}, save, said("report"));
    report.addEventListener("click", () => ask({kind: "report", ...named(), lang: app.lang}));
    const load = make("form", {class: "fx-load"}, box);
    const line = make("label", {}, load, said("load_file"));
    const list = `fx${Math.random().toString(36).slice(2)}`;
    make("input", {type: "text", name: "file", list}, line);
    make("datalist", {id: list, class: "fx-known"}, load);
    make("button", {type: "submit"}, load, said("load"));
    load.addEventListener("submit", event => {
      event.preventDefault();
      ask({kind: "load", file: load.elements.file.value});
    });
    const page = make("button", {type: "button", class: "fx-page"}, box, said("live"));
    page.addEventListener("click", () => ask({kind: "page", lang: app.lang}));
    const all = make("button", {type: "button", class: "fx-workbook"}, box, said("workbook"));
    all.addEventListener("click", () => ask({kind: "data", form: "xlsx", drawn: app.view, lang: app.lang}));
    const shows = make("div", {class: "fx-asks"}, box);
    make("span", {}, shows, said("show"));
    for (const form of ["python", "yaml", "text"]) {
      const button = make("button", {type: "button", "data-show": form}, shows, said(`show_${form}`));
      const {name, zh, en} = save.elements;
      button.addEventListener("click", () => ask({kind: "show", form, name: name.value, zh: zh.value, en: en.value}));
    }
    make("textarea", {class: "fx-shown", readonly: "", hidden: "", spellcheck: "false", "aria-label": said("show")}, box);
    scenarios();
  }

  function scenarios() {
    root.querySelector(".fx-known").replaceChildren(...app.layout.scenarios.map(id => Object.assign(document.createElement("option"), {value: id})));
  }

  const leave = () => {
    unthemed();
    app.watch?.disconnect();
    app.gone?.disconnect();
    clearTimeout(wait);
    clearTimeout(app.timer);
  };
  return {app, receive, leave};
}

// a run's numbers by indicator: the central path, then its quantiles
export function read(head, buffer) {
  const bytes = buffer instanceof ArrayBuffer ? buffer : buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + buffer.byteLength);
  const all = new Float32Array(bytes), size = all.length / head.names.length, rows = size / head.years;
  return {
    first: head.first,
    names: head.names,
    rows: name => {
      const begin = head.names.indexOf(name) * size;
      return Array.from({length: rows}, (_, row) => all.subarray(begin + row * head.years, begin + (row + 1) * head.years));
    },
  };
}

// points [year, value] of a run as a view draws them; none where the baseline has nothing to differ from
function viewed(run, name, view, share, base) {
  const own = run.rows(name)[0], points = Array.from(own, (value, at) => [run.first + at, value]);
  if (view === "level") return points;
  if (view === "growth") return points.slice(1).map(([year, value], at) => [year, share ? value - own[at] : value / own[at] - 1]);
  if (!base.names.includes(name)) return [];
  const others = base.rows(name)[0], beside = year => others[year - base.first];
  return points.filter(([year]) => beside(year) !== undefined).map(([year, value]) => [year, view === "percent" ? value / beside(year) - 1 : value - beside(year)]);
}

// points of each quantile of a run; none of differences
function quantiles(run, name, view) {
  const [row, first] = {level: [1, 0], growth: [1 + LEVELS, 1]}[view] ?? [];
  return row && run.rows(name).slice(row, row + LEVELS).map(path => Array.from(path, (value, at) => [run.first + at, value]).slice(first));
}

// by which a value of an indicator is written in a view
const ruleIn = (view, rule) => ({growth: rule === "share" ? "growth_points" : "growth", difference: rule === "share" ? "points" : rule, percent: "change_coarse"})[view] ?? rule;

// what a value of the library is multiplied by where it is shown
const timesOf = style => (style.times ?? 1) / (style.over ?? 1);

const clone = state => ({choices: {...state.choices}, numbers: {...state.numbers}});
const escape = text => String(text).replace(/[&<>"']/g, sign => `&#${sign.charCodeAt(0)};`);
const trim = (value, digits, minus = true) => {
  const text = String(+value.toFixed(digits));
  return minus ? text.replace("-", "\u2212") : text;
};

// A number as a person types it; null for none. A comma before one, two or four and more digits is a decimal
// sign, which `comma` says; before three digits it is either, so that it is read in levels alone.
export function numeral(text, levels = false) {
  let plain = text.normalize("NFKC").replace(/[\s%_]/g, "").replace(/\u2212/g, "-").replace(/，/g, ","), comma = false;
  if (levels && /^[+-]?\d{1,3}(,\d{3})+(\.\d*)?$/.test(plain)) plain = plain.replaceAll(",", "");
  else if (/^[+-]?\d*,(\d{1,2}|\d{4,})$/.test(plain)) [plain, comma] = [plain.replace(",", "."), true];
  return {value: /^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain) ? +plain : null, comma};
}

// a name in the room beside a chart: a Chinese sign takes two places
function cut(text, room = 12) {
  const size = sign => sign.charCodeAt(0) > 0x2e7f ? 2 : 1, signs = [...text];
  if (signs.reduce((sum, sign) => sum + size(sign), 0) <= room) return text;
  let used = 1, kept = "";
  for (const sign of signs) {
    used += size(sign);
    if (used > room) break;
    kept += sign;
  }
  return `${kept.trim()}…`;
}

// labels that do not touch, each as near to its line as the others let it
function apart(labels, [top, bottom], gap = 14) {
  const sorted = [...labels].sort((one, other) => one.at - other.at);
  for (let turn = 0; turn < 60; turn++) {
    let still = true;
    for (let at = 1; at < sorted.length; at++) {
      const lack = gap - (sorted[at].at - sorted[at - 1].at);
      if (lack > 0.1) {
        sorted[at - 1].at -= lack / 2;
        sorted[at].at += lack / 2;
        still = false;
      }
    }
    const over = Math.max(0, sorted.at(-1).at - (bottom + 4)), under = Math.max(0, top - sorted[0].at);
    for (const one of sorted) one.at += under - over;
    if (still && !over && !under) break;
  }
  return sorted;
}

// a picture that stands by itself needs no style sheet
const STYLED = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "opacity", "font-size", "text-anchor"];
function plain(part, copy) {
  const style = getComputedStyle(part);
  for (const name of STYLED) copy.setAttribute(name, style.getPropertyValue(name));
  copy.removeAttribute("style");
}

// a picture with its heads above and its notes below
function framed(heads, inner, width, height, notes) {
  const lines = notes.flatMap(note => broken(note, Math.floor(width / 5.6))), top = 8 + 18 * heads.length, margin = 22;
  const head = heads.map((text, at) => `<text y="${14 + 18 * at}" font-size="${at ? 12 : 14}" fill="${at ? "#595959" : "#1a1a1a"}"${at ? "" : ' font-weight="600"'}>${escape(text)}</text>`);
  const foot = lines.map((text, at) => `<text y="${top + height + 20 + 15 * at}" font-size="11" fill="#595959">${escape(text)}</text>`);
  const size = [width + 2 * margin, top + height + 20 + 15 * lines.length + margin].map(Math.ceil);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size[0]}" height="${size[1]}" viewBox="${-margin} ${-margin / 2} ${size[0]} ${size[1]}" font-family="system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif"><rect x="${-margin}" y="${-margin / 2}" width="${size[0]}" height="${size[1]}" fill="#fff"/>${head.join("")}<g transform="translate(0 ${top})">${inner}</g>${foot.join("")}</svg>`;
}

// lines of so many places; a Chinese sign takes two, and other words stay whole
function broken(text, room) {
  const lines = [""], size = part => [...part].reduce((sum, sign) => sum + (sign.charCodeAt(0) > 0x2e7f ? 2 : 1), 0);
  for (const part of text.match(/[\u2e80-\uffff][，。；：、”）]*|[^\u2e80-\uffff\s]+\s*|\s+/g) ?? []) {
    if (size(lines.at(-1)) + size(part.trimEnd()) > room) lines.push("");
    lines[lines.length - 1] += part;
  }
  return lines;
}

async function png(svg, scale = 3) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), {width: image.width * scale, height: image.height * scale});
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise(resolve => canvas.toBlob(resolve, "image/png"));
}

function download(name, content, type) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], {type}));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

// a widget: the kernel answers
export default {
  render({model, el}) {
    const root = document.createElement("div");
    el.append(root);
    const key = `futian-explorer ${model.get("lang")}`; // of the language chosen instead, for as long as the tab is open
    const turned = lang => sessionStorage.setItem(key, lang);
    const page = create(root, {send: content => model.send(content), lang: sessionStorage.getItem(key) ?? model.get("lang"), beside: model.get("beside"), turned});
    const heard = (message, buffers) => page.receive(message, buffers);
    model.on("msg:custom", heard);
    const still = model.get("picture"), unless = (act, wait) => setTimeout(() => { if (!page.app.layout) act(); }, wait);
    if (still) unless(() => make("img", {class: "fx-pictured", alt: "", src: `data:image/svg+xml,${encodeURIComponent(still)}`}, root), 1000); // no kernel, or a slow one
    page.app.timer = unless(() => make("p", {}, root, model.get("silent")), 8000);
    model.send({kind: "hello"});
    return () => {
      model.off("msg:custom", heard);
      page.leave();
    };
  },
};
