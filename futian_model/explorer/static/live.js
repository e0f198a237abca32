// A page that computes: the explorer's page with a desk in place of the kernel, which answers its messages as
// messages.py does, from the engine; the state is the address, and can be taken along as a scenario file.

const MOST_STEPS = 200;
const FORMATS = {csv: "text/csv;charset=utf-8"};

function live(data) {
  const bytes = text => Uint8Array.from(atob(text), sign => sign.charCodeAt(0)).buffer;
  data.baseline = bytes(data.baseline);
  for (const held of data.runs) if (held.numbers) held.numbers = bytes(held.numbers);
  const hash = location.hash, {lang = data.lang} = Object.fromEntries(new URLSearchParams(hash.slice(1)));
  const desk = seat(data, message => page.receive(...message));
  const page = create(document.getElementById("page"), {send: desk.answer, lang: lang in data.layout.languages ? lang : data.lang, whole: false});
  const around = frame(data, page, desk);
  desk.told = around.tell;
  desk.lang = () => page.app.lang;
  desk.answer({kind: "hello"});
  around.compare(desk.opening);
  desk.open(hash);
  addEventListener("hashchange", () => { if (location.hash !== desk.address()) desk.open(location.hash); });
  return {desk, page};
}

// The session: where it stands, what was kept, what can be undone

function seat(data, hear) {
  const {run} = engine(data.model), words = data.layout.texts, langs = Object.keys(words);
  const sections = data.sections, said = (key, fields = {}) => Object.fromEntries(langs.map(lang => {
    const field = name => fields[name]?.[lang] ?? fields[name] ?? "";
    return [lang, words[lang][key].replace(/\{(\w+)\}/g, (_, name) => field(name))];
  }));
  const joined = labels => Object.fromEntries(langs.map(lang => [lang, labels.map(label => label[lang]).join(words[lang].enumeration)]));
  const own = (section, option) => section.options[option].controls.filter(control => !control.fixed && control.name.startsWith(`${option}:`));
  let here = {state: data.state, runs: data.runs}, past = [], ahead = [], gesture = null, latest = null, view = null;
  const desk = {answer, open, address, as: {yaml}, lang: () => data.lang, told: () => {}};

  function chosen(state) {
    const taken = {};
    return sections.filter(section => {
      if (section.when && taken[section.when[0]] !== section.when[1]) return false;
      taken[section.name] = state.choices[section.name] ?? section.own;
      return true;
    }).map(section => [section, taken[section.name]]);
  }

  function changes(state) { // explorer/state.py
    const texts = [...data.changes];
    for (const [section, option] of chosen(state)) {
      if (option !== section.own) texts.push(said("change_option", {section: section.label, option: section.options[option].label}));
      for (const control of own(section, option)) {
        const value = state.numbers[control.name] ?? control.start;
        if (value !== control.start) texts.push(said("change_number", {section: section.label, control: control.label, number: sized(control, value)}));
      }
    }
    return texts;
  }

  function sized({unit}, value) {
    const digits = rounded(Math.abs(value * unit.scale), unit.digits);
    return said(`unit_${unit.name}_number`, {number: (value < 0 && /[1-9]/.test(digits) ? "\u2212" : "") + digits});
  }

  function chance({share, error}) { // report/words/styles.py, Chance
    const {step, digits} = data.chances.find(rule => error <= rule.error) ?? data.chances.at(-1);
    if (share < step) return `<${(100 * step).toFixed(digits)}%`;
    if (share > 1 - step) return `>${(100 * (1 - step)).toFixed(digits)}%`;
    return `${(100 * Math.floor(share / step + 0.5 + 1e-9) * step).toFixed(digits)}%`;
  }

  // growth phase by phase where it is not set by phase, and what a step does (implied.py, effects.py)

  const ways = new Map(data.model.sections.map(way => [way.name, way.growth]));
  function implied(only = null) {
    const numbers = {}, {year} = data.model.base;
    for (const [section, option] of chosen(here.state)) {
      const growth = ways.get(section.name);
      if (!growth || !section.options.path || option === "path" || only && section !== only) continue;
      const whole = growth.driver === "population" ? Math.floor : Math.ceil;
      for (const control of own(section, "path")) {
        const [first, last, gap] = growth.numbers[control.name];
        const mean = sum(latest.own[growth.driver].slice(first - year - 1, last - year)) / (last - first + 1);
        const value = gap ? mean : Math.expm1(mean);
        if (option === "trend" && value.toFixed(4) === control.start.toFixed(4)) continue; // the slider stands there
        numbers[control.name] = +(whole(value / 1e-6 - 1e-9) * 1e-6).toFixed(6);
      }
    }
    return numbers;
  }

  function effect(name) {
    const none = {kind: "effect", name, step: 0, goals: []}, {choices, numbers} = here.state;
    const option = name.split(":")[0], section = sections.find(section => option in section.options && own(section, option).some(control => control.name === name));
    if (!section) return none;
    const {start, unit, allowed} = own(section, option).find(control => control.name === name);
    const set = {...numbers, ...((choices[section.name] ?? section.own) === option ? {} : implied(section))};
    const before = set[name] ?? start, step = before + unit.step <= (allowed[1] ?? Infinity) ? unit.step : -unit.step;
    try {
      const after = run({choices: {...choices, [section.name]: option}, numbers: {...set, [name]: +(before + step).toFixed(12)}});
      const goals = data.model.goals.map(({name: goal, indicator, position}) => ({
        name: goal,
        central: after.rows[indicator][0][position] - latest.rows[indicator][0][position],
        share: after.chances[goal] && after.chances[goal].share - latest.chances[goal].share,
        evidence: null, // which no lever moves
      }));
      return {...none, step, goals};
    } catch (fault) {
      if (!(fault instanceof Refused)) throw fault;
      return none;
    }
  }

  // where it is

  const head = {first: data.model.base.year, years: data.model.years + 1, names: data.model.names};
  const buffer = rows => Float32Array.from(head.names.flatMap(name => rows[name].flatMap(path => [...path]))).buffer;
  const stands = () => ({state: here.state, ground: {}, undo: past.length > 0, redo: ahead.length > 0, unkept: ""});
  const same = (one, other) => one.runs === other.runs && JSON.stringify(one.state) === JSON.stringify(other.state);

  function settle(state) {
    latest = run(state);
    here = {...here, state};
  }

  function remember(before, hand = null) {
    if (same(before, here)) return;
    if (hand === null || hand !== gesture) past = [...past.slice(1 - MOST_STEPS), before];
    [ahead, gesture] = [[], hand];
  }

  function step(source, other) {
    if (!source.length) return;
    const there = source.pop();
    other.push(here);
    settle(there.state);
    [here, gesture] = [there, null];
  }

  const judged = ({rows, chances}) => data.goals.map(goal => {
    const odds = chances[goal.name], aim = data.model.goals.find(({name}) => name === goal.name);
    const central = aim && rows[aim.indicator][0][aim.position];
    const path = aim && {met: central >= aim.low && central <= aim.high, gap: Math.max(aim.low - central, central - aim.high)};
    return {...goal, share: odds?.share ?? null, chance: odds ? chance(odds) : null, ...path};
  });

  function answered(number = null) {
    const {rows} = latest, goals = judged(latest);
    history.replaceState(null, "", address());
    return [{kind: "answer", number, ...stands(), run: head, goals, changes: changes(here.state), implied: implied(), differences: data.differences, history: data.history, grown: data.grown, edge: data.edge, start: data.layout.scenario}, [buffer(rows)]];
  }

  const kept = () => [{kind: "runs", runs: here.runs.map(({numbers, rows, ...shown}) => shown), ...stands()}, here.runs.map(held => held.numbers)];

  function replaced(name, parts) {
    const before = here;
    here = {...here, runs: here.runs.map(held => held.name === name ? {...held, ...parts} : held)};
    remember(before);
    return [kept()];
  }

  // what the page asks

  const kinds = {
    hello: () => [[{kind: "layout", ...data.layout, sections, grounds: [], scenarios: [], ...stands()}, [data.baseline]], kept(), answered()],
    state({number, state, gesture: hand}) {
      const before = here;
      settle(state);
      remember(before, hand);
      return [answered(number)];
    },
    undo: () => { step(past, ahead); return [kept(), answered()]; },
    redo: () => { step(ahead, past); return [kept(), answered()]; },
    keep({name}) {
      const before = here, shown = {name, note: "", start: data.layout.scenario, changes: changes(here.state), goals: judged(latest), edge: data.edge, run: head};
      here = {...here, runs: [...here.runs, {...shown, state: here.state, rows: latest.rows, numbers: buffer(latest.rows)}]};
      remember(before);
      return [kept()];
    },
    drop({name}) {
      const before = here;
      here = {...here, runs: here.runs.filter(held => held.name !== name)};
      remember(before);
      return [kept()];
    },
    rename: ({name, new: other}) => replaced(name, {name: other}),
    note: ({name, note}) => replaced(name, {note}),
    "take up"({name}) {
      const {state} = here.runs.find(held => held.name === name), before = here;
      if (!state) throw new Refused("elsewhere");
      settle(state);
      remember(before);
      return [answered()];
    },
    effect: ({name}) => [[effect(name), []]],
    data: ({what, form, drawn, lang: spoken}) => [[{kind: "file", name: [data.layout.scenario.id, what, ...(what in tables ? [] : [drawn]), form].join("."), type: FORMATS[form]}, [table(what, drawn, spoken)]]],
  };

  function answer(content) {
    const before = here;
    view = content.view ?? view;
    let messages;
    try {
      messages = kinds[content.kind]?.(content) ?? []; // what only a kernel knows is not answered
    } catch (fault) {
      if (!(fault instanceof Refused)) throw fault;
      here = before;
      messages = [[{kind: "refused", faults: [said(`live_${fault.message}`, fault.fields)], ...stands()}, []]];
    }
    for (const [message, buffers] of messages) hear([{...message, asked: content.kind, view}, buffers]);
  }

  // the state as an address

  function address() {
    const {choices, numbers} = here.state, moved = [...Object.entries(choices), ...Object.entries(numbers)];
    const items = [["of", data.mark], ["lang", desk.lang()], ...moved.map(([name, value]) => [name, decimal(value)])];
    return `#${new URLSearchParams(items).toString().replaceAll("%3A", ":")}`;
  }

  function open(hash) { // what it names and is not here, or not allowed, is left out and said
    const {of, lang: spoken, ...items} = Object.fromEntries(new URLSearchParams(hash.slice(hash.indexOf("#") + 1)));
    if (!of && !Object.keys(items).length) return;
    const state = {choices: {}, numbers: {}}, lost = [], controls = new Map(), before = here;
    for (const section of sections) for (const option of Object.keys(section.options)) for (const control of own(section, option)) controls.set(control.name, control);
    for (const [name, text] of Object.entries(items)) {
      const control = controls.get(name), section = sections.find(section => section.name === name), value = numeral(text).value;
      const [low, high] = control?.allowed ?? [];
      if (control && value !== null && value >= (low ?? -Infinity) && value <= (high ?? Infinity) && (control.unit.digits || Number.isInteger(value))) state.numbers[name] = value;
      else if (section && !section.fixed && text in section.options) state.choices[name] = text;
      else lost.push(name);
    }
    try {
      settle(state);
    } catch (fault) {
      if (!(fault instanceof Refused)) throw fault;
      desk.told(said(`live_${fault.message}`, fault.fields), true);
      return;
    }
    remember(before);
    hear([{...answered()[0], asked: "state", view}, [buffer(latest.rows)]]);
    if (lost.length) desk.told(said("live_lost", {names: lost.join(", ")}), true);
    else if (of !== data.mark) desk.told(said("live_other"), true);
  }

  // a chart or the goals as a file that Excel opens, as tables.py writes them

  function table(what, drawn, spoken) {
    const text = (key, fields) => said(key, fields)[spoken], cell = value => {
      const written = value ?? "";
      return /[",\n]/.test(written) ? `"${String(written).replaceAll('"', '""')}"` : written;
    };
    const rows = what in tables ? tables[what](text, spoken) : chartRows(what, drawn, text, spoken);
    return new TextEncoder().encode(`\ufeff${rows.map(row => row.map(cell).join(",") + "\r\n").join("")}`).buffer;
  }

  const sides = text => [
    {name: text("current"), goals: judged(latest), note: ""}, {name: text("baseline"), goals: data.layout.baseline_goals, note: ""}, ...here.runs,
  ];
  const shownOf = name => data.layout.indicators.find(one => one.name === name);
  const styleOf = ({indicator}, spoken) => indicator && data.layout.styles[shownOf(indicator).rule][spoken]; // of all goals together there is none
  const apartIn = ({indicator}, spoken) => { // the unit of a difference
    const {rule, unit} = shownOf(indicator);
    return rule === "share" ? data.layout.styles.points[spoken].suffix.trim() : unit[spoken];
  };
  const beyond = (goal, style) => goal && style ? -goal.gap * timesOf(style) : "";
  const tables = {goals: goalRows, runs: runRows};

  function goalRows(text, spoken) {
    const [own, ...others] = sides(text), heads = keys => keys.map(key => text(`head_${key}`));
    const columns = others.map(({name}) => text("column_assumed", {run: name}));
    return [[...heads(["goal", "target", "met", "gap", "assumed"]), ...columns, text("head_evidence")], ...own.goals.map(goal => {
      const style = styleOf(goal, spoken), chances = others.map(({goals}) => goals.find(one => one.name === goal.name)?.chance);
      const judged = style ? [written(goal.target, style), text(goal.met ? "met" : "missed")] : ["", ""];
      return [goal.label[spoken], ...judged, beyond(goal, style), goal.chance, ...chances, goal.evidence];
    })];
  }

  function runRows(text, spoken) {
    const every = sides(text), columns = [[text("column_run"), ...every.map(({name}) => name)]];
    for (const goal of every[0].goals) {
      const head = `${goal.label[spoken]}${text("colon")}`, style = styleOf(goal, spoken), held = every.map(({goals}) => goals.find(one => one.name === goal.name));
      if (style) columns.push([`${head}${text("head_gap")} (${apartIn(goal, spoken)})`, ...held.map(other => beyond(other, style))]);
      columns.push([head + text("head_assumed"), ...held.map(other => other?.chance)]);
    }
    columns.push([text("note_empty"), ...every.map(({note}) => note)]);
    return columns[0].map((_, row) => columns.map(column => column[row]));
  }

  function chartRows(name, drawn, text, spoken) {
    const shown = shownOf(name), share = shown.rule === "share";
    const style = data.layout.styles[ruleIn(drawn, shown.rule)][spoken], scale = timesOf(style);
    const bare = !share && (drawn === "level" || drawn === "difference"), unit = bare ? shown.unit[spoken] : (style.suffix ?? "").trim();
    const exact = rows => ({first: head.first, names: head.names, rows: one => rows[one]});
    const base = {first: data.layout.baseline_run.first, names: Object.keys(data.exact), rows: one => [data.exact[one]]}, current = exact(latest.rows);
    const runs = here.runs.map(held => [held.name, held.rows ? exact(held.rows) : read(held.run, held.numbers)]);
    const columns = [[text("current"), current], [text("baseline"), base], ...runs].filter(([, run]) => run.names.includes(name))
      .map(([label, run]) => [label, new Map(viewed(run, name, drawn, share, base))]);
    const fan = quantiles(current, name, drawn), known = (drawn === "level" ? data.history : data.grown)[name];
    if (fan) {
      data.levels.forEach((level, at) => columns.push([text("column_quantile", {level}), new Map(fan[at])]));
      columns.push([text("column_published"), new Map(known?.map(([year, value]) => [year, value]))]);
    }
    const years = [...new Set(columns.flatMap(([, points]) => [...points.keys()]))].sort((a, b) => a - b);
    const heads = [text("unit_year"), ...columns.map(([label]) => `${label} (${unit})`)];
    return [heads, ...years.map(year => [year, ...columns.map(([, points]) => points.has(year) ? points.get(year) * scale : "")])];
  }

  // the state as a scenario file: what differs from the start where a file can extend it, else everything

  function yaml() {
    const texts = changes(here.state), scenario = data.layout.scenario.title, parts = ["levers", "assumptions", "judgments", "run"];
    const titles = texts.length ? said("moved_title", {scenario}) : scenario;
    const about = texts.length ? said("description", {scenario, changes: joined(texts)}) : said("description_same", {scenario});
    const own = label => Object.fromEntries(data.spoken.map(code => [code, label[code]]));
    const content = {id: `${data.layout.scenario.id}_explored`, title: own(titles), description: own(about)};
    if (data.extends) content.extends = data.extends;
    for (const part of parts) {
      const changed = data.extends ? differing(data.start[part], latest.values[part]) : latest.values[part];
      if (changed !== undefined) content[part] = changed;
    }
    return Object.entries(content).map(([key, value]) => `${key}:${node(value, "  ")}\n`).join("");
  }

  settle(here.state);
  desk.opening = latest.rows;
  here.runs = here.runs.map(held => {
    if (!held.state) return held;
    const made = run(held.state), {rows} = made;
    return {...held, run: head, goals: judged(made), rows, numbers: buffer(rows)};
  });
  return desk;
}

// What a file says so that merging it over a base gives what is changed; nothing where nothing is. (saving.py)
function differing(base, changed) {
  const plain = value => value !== null && typeof value === "object" && !Array.isArray(value);
  if (JSON.stringify(sorted(base)) === JSON.stringify(sorted(changed))) return undefined;
  if (!plain(base) || !plain(changed) || base.block !== changed.block || "place" in changed) return changed;
  const parts = Object.entries(changed).map(([key, value]) => [key, key in base ? differing(base[key], value) : value]);
  return Object.fromEntries(parts.filter(([, value]) => value !== undefined));
}

function sorted(value) {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(sorted);
  return Object.fromEntries(Object.keys(value).sort().map(key => [key, sorted(value[key])]));
}

// A value of a YAML file after its key; strings as JSON has them, numbers without an exponent.
function node(value, pad) {
  if (Array.isArray(value)) return value.length ? value.map(part => `\n${pad}-${node(part, `${pad}  `)}`).join("") : " []";
  if (value !== null && typeof value === "object") {
    const parts = Object.entries(value);
    return parts.length ? parts.map(([key, part]) => `\n${pad}${key}:${node(part, `${pad}  `)}`).join("") : " {}";
  }
  if (typeof value !== "number") return ` ${JSON.stringify(value)}`;
  return ` ${decimal(value)}`;
}

// A number without an exponent; a text as it is.
function decimal(value) {
  const text = String(value);
  return typeof value === "number" && text.includes("e") ? value.toFixed(15).replace(/0+$/, "0") : text;
}

// What stands around the page: what it is of, and how its state is taken along

function frame(data, page, desk) {
  const root = document.getElementById("page"), spoken = () => page.app.lang;
  const text = key => data.layout.texts[spoken()][key];
  const about = document.getElementById("about"), take = document.getElementById("take"), box = take.querySelector("textarea");
  const said = take.querySelector("p"), check = document.getElementById("check");
  let words = {}, shown = null;
  const show = form => {
    shown = form;
    box.hidden = false;
    box.value = form === "link" ? location.href : desk.as[form]();
    box.rows = Math.min(18, box.value.split("\n").length + 1);
    box.focus();
    box.select();
  };
  for (const button of take.querySelectorAll("button")) button.addEventListener("click", async () => {
    show(button.dataset.form);
    let copied = false;
    try {
      await navigator.clipboard.writeText(box.value);
      copied = true;
    } catch { // a page of a file may not be let: what is marked can be copied by hand
      copied = document.execCommand("copy");
    }
    said.dataset.words = copied ? "live_copied" : "live_marked";
    spell();
  });
  take.querySelector("form").addEventListener("submit", event => {
    event.preventDefault();
    desk.open(event.target.elements.link.value.trim().replace(/^[^#]*$/, "#$&"));
    event.target.reset();
  });
  root.addEventListener("input", () => { box.hidden = true; delete said.dataset.words; spell(); }, true);

  function spell() { // in the page's language
    document.documentElement.lang = spoken();
    if (location.hash) history.replaceState(null, "", desk.address());
    document.title = root.querySelector("h2")?.textContent ?? document.title;
    about.textContent = data.about[spoken()];
    for (const part of document.querySelectorAll("[data-words]")) part.textContent = text(part.dataset.words);
    if (!said.dataset.words) said.textContent = words[spoken()] ?? "";
    for (const name of ["aria-label", "placeholder"]) take.querySelector("input").setAttribute(name, text("live_paste"));
    box.setAttribute("aria-label", text("live_take"));
    if (shown === "yaml" && !box.hidden) box.value = desk.as.yaml();
  }

  new MutationObserver(spell).observe(root, {attributes: true, attributeFilter: ["lang"]});

  return {
    tell(label) {
      words = label;
      delete said.dataset.words;
      spell();
      said.scrollIntoView({block: "nearest"});
    },
    compare(rows) { // with what the library made of the same draws
      const size = (row, value) => row <= data.levels.length ? Math.abs(value) : 1; // growth may be nothing
      const far = Object.entries(data.library).flatMap(([name, paths]) => paths.map((path, row) => path.map((value, at) => Math.abs(rows[name][row][at] - value) / size(row, value)))).flat();
      check.dataset.words = Math.max(...far) < 1e-6 ? "live_checked" : "live_differs";
      check.classList.toggle("fx-bad", check.dataset.words === "live_differs");
      spell();
    },
  };
}
