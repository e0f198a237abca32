"use strict";
// The library's core on draws that a page carries: a scenario's plain values in, paths, bands and chances out.
// What each part is written after: `space` explorer/state.py, `block` scenario/blocks, `happened`
// drivers/paths.py, `core` simulation/core.py and headquarters.py. tests/browser/test_live.py holds it to them.

const FURTHEST = Math.log(1e6); // drivers/blocks.py
const LEAST_REST = 0.01; // headquarters.py
const sum = values => values.reduce((total, value) => total + value, 0);
const cumulated = values => { let total = 0; return values.map(value => total += value); };
const logOdds = share => Math.log(share) - Math.log1p(-share);

// A refusal, as a key of the page's texts with what it names.
class Refused extends Error {
  constructor(key, fields = {}) {
    super(key);
    this.fields = fields;
  }
}

// The scenario that a state is, in the plain values of its file.
function valuesOf({raw, sections}, state) {
  const values = structuredClone(raw), taken = {};
  const put = (at, value) => { at.slice(0, -1).reduce((part, key) => part[key], values)[at.at(-1)] = value; };
  for (const section of sections) {
    if (section.when && taken[section.when[0]] !== section.when[1]) continue;
    const option = taken[section.name] = state.choices[section.name] ?? section.own, {template, controls} = section.options[option];
    if (option !== section.own || section.when) put(section.at, structuredClone(template));
    for (const [name, at] of Object.entries(controls))
      if (name.startsWith(`${option}:`) && name in state.numbers) put(at, +state.numbers[name].toFixed(12));
  }
  return values;
}

function engine(model) {
  const {base, years, jump, draws} = model, span = years - jump, start = base.year + jump;
  const {drivers, pieces, kept} = unpacked(model);
  const wanted = [...new Set(pieces.flatMap(([below, above]) => [below, above]))].sort((one, other) => one - other);
  const ones = new Float64Array(draws).fill(1), buffers = {};

  // blocks

  function phased(phases, field) {
    const stated = phases.flatMap(phase => {
      const from = phase[field], reached = phase.at - phase.start;
      return Array.from({length: phase.end - phase.start + 1}, (_, at) => ({
        list: () => phase[`${field}s`][at],
        ramp: () => from + (phase.to - from) * Math.min(1, at / reached),
        step: () => at < reached ? from : phase.to,
        constant: () => from,
      })[phase.shape ?? "constant"]());
    });
    return stated.slice(-span);
  }

  const grown = path => phased(path.phases, "growth_rate").map(Math.log1p);
  const apart = path => phased(path.phases, "growth_gap");
  function levels(path) { // the year it starts from first
    if (!path) return Array(span + 1).fill(1);
    const stated = phased(path.phases, "value");
    return [path.base ?? stated[0], ...stated];
  }

  const before = Object.fromEntries(Object.entries(model.nowcast).map(([name, path]) => [name, sum(path)]));
  const stocks = (first, path) => [first, ...cumulated(path).map(log => first * Math.exp(log))];
  const means = stock => stock.slice(1).map((end, at) => (stock[at] + end) / 2);
  const from = { // levels of the jump-off year, at the base year's prices
    gdp: base.gdp * Math.exp(before.growth),
    people: base.year_end_population * Math.exp(before.population),
    average: jump ? means(stocks(base.year_end_population, model.nowcast.population)).at(-1) : base.average_population,
    odds: name => logOdds(base.shares[name]) + before[name],
  };
  const averages = people => [from.average, ...means(stocks(from.people, people))];

  function aims(targets, driver) {
    const rows = targets.map(target => {
      if (target.goal) return model.targets[target.goal];
      const indicator = target.indicator ?? driver;
      return {indicator, year: target.year, level: target.value ?? target.multiple * model.origin[indicator]};
    });
    return rows.map(row => ({...row, at: row.year - start})).filter(row => row.at > 0).sort((a, b) => a.at - b.at);
  }

  function toward(first, aimed) { // growth.py
    const path = Array(span).fill(0);
    let at = 0, log = Math.log(first);
    for (const [year, level] of aimed) {
      path.fill((Math.log(level) - log) / (year - at), at);
      [at, log] = [year, Math.log(level)];
    }
    return path;
  }

  function toTargets(block, {people}) {
    const asked = new Map();
    for (const {indicator, at, level} of aims(block.targets)) {
      const gdp = indicator === "real_gdp_per_capita" ? level * averages(people)[at] : level;
      asked.set(at, Math.max(gdp, asked.get(at) ?? 0));
    }
    return toward(from.gdp, asked);
  }

  function shareToTargets(block, {driver}) { // and stays after the last
    const path = Array(span).fill(0);
    let at = 0, odds = from.odds(driver);
    for (const aim of aims(block.targets, driver)) {
      const reached = logOdds(aim.level);
      path.fill((reached - odds) / (aim.at - at), at, aim.at);
      [at, odds] = [aim.at, reached];
    }
    return path;
  }

  function rateToAverage(ratio, count) { // population.py, growth_to_average
    if (count === 1) return 2 * ratio - 2;
    let low = -1, high = Math.max(ratio, 1) ** (1 / (count - 1)) - 1;
    for (let turn = 0; turn < 100; turn++) {
      const rate = (low + high) / 2;
      if ((1 + rate) ** (count - 1) * (2 + rate) / 2 < ratio) low = rate;
      else high = rate;
    }
    return (low + high) / 2;
  }

  function implied(block, {gdp}) {
    const path = Array(span).fill(0), reached = stocks(from.gdp, gdp);
    let at = 0, people = from.people;
    for (const aim of aims(block.targets)) {
      const rate = rateToAverage(reached[aim.at] / aim.level / people, aim.at - at);
      path.fill(Math.log1p(rate), at);
      people *= (1 + rate) ** (aim.at - at);
      at = aim.at;
    }
    return path;
  }

  function produced(block, {people, added}) { // production.py, project
    const lagged = block.timing === "lagged", first = lagged ? 0 : 1, same = block.timing === "same_year";
    const pool = stated => ({share: stated.capital_share, lost: stated.depreciation, ratio: stated.capital_output_ratio});
    const pools = [{...pool(block), spent: levels(block.investment_share).slice(first)}];
    if (block.public) {
      const useful = levels(block.public.efficiency);
      pools.push({...pool(block.public), spent: levels(block.public.investment_share).map((part, at) => part * useful[at]).slice(first)});
    }
    const employed = levels(block.participation).map((part, at) => part * levels(block.working_age_share)[at]);
    const labour = averages(people.map((path, at) => path + added[at])).map((average, at) => average * employed[at]);
    const tfp = phased(block.tfp_growth.phases, "growth_rate");
    const human = block.human_capital_growth ? phased(block.human_capital_growth.phases, "growth_rate") : Array(span).fill(0);
    const left = 1 - sum(pools.map(one => one.share));
    if (!(left > 0)) throw new Refused("capital");
    return tfp.map((rate, year) => {
      const other = Math.log1p(rate) + left * Math.log((1 + human[year]) * labour[year + 1] / labour[year]);
      const factor = (one, log) => 1 - one.lost + one.spent[year] * (same ? Math.exp(log) : 1) / one.ratio;
      let log = other;
      for (let turn = 0; turn < (same ? 200 : 1); turn++) { // Newton's steps: concave and rising in the log
        const reached = other + sum(pools.map(one => one.share * Math.log(factor(one, log))));
        if (!same) { log = reached; break; }
        const slope = 1 - sum(pools.map(one => one.share * (factor(one, log) - 1 + one.lost) / factor(one, log)));
        const step = (reached - log) / slope;
        log += step;
        if (Math.abs(step) < 1e-15) break;
      }
      for (const one of pools) one.ratio *= factor(one, log) / Math.exp(log);
      return log;
    });
  }

  function context(block) {
    const {rungs} = model, lead = (stated, rung) => ({
      trend: () => rungs[rung].map((mean, at) => mean - rungs[rung - 1][at]),
      none: () => Array(span).fill(0),
      path: () => apart(stated),
    })[stated.block]();
    const place = (stated, rung, around) => ({
      trend: () => rungs[rung],
      path: () => grown(stated),
      published: () => model.published_paths[`${stated.path}|${stated.point}`],
      lead: () => lead(stated.lead, rung).map((ahead, at) => around[at] + ahead),
    })[stated.block]();
    const nation = block.nation && place(block.nation.growth, 0);
    const city = place(block.city.growth, 1, nation), ahead = lead(block.differential, 2);
    return city.map((path, at) => path + ahead[at]);
  }

  const BLOCKS = {
    trend: (block, {driver}) => model.trends[driver],
    path: (block, {share}) => share ? apart(block) : grown(block),
    target: (block, ground) => ground.share ? shareToTargets(block, ground) : toTargets(block, ground),
    implied, production: produced, context,
  };

  // central log growth of every driver since the base year

  function happened(events, driver) {
    const path = Array(years).fill(0);
    for (const event of Object.values(events)) {
      if (event?.on !== driver) continue;
      const at = event.start - base.year - 1, change = Math.log1p(event.size), over = at + event.duration;
      for (let year = at; year < Math.min(over, years); year++) path[year] += change / event.duration;
      for (let year = over; year < Math.min(over + event.recovery, years); year++) path[year] -= event.made_up * change / event.recovery;
    }
    return path;
  }

  function centres(values) {
    const {levers, assumptions, judgments} = values, beside = driver => {
      const judged = Object.entries(model.judgments).filter(([name, one]) => one.driver === driver && judgments[name]);
      return happened(levers.events, driver).map((path, at) => path + sum(judged.map(([, one]) => one.path[at])));
    };
    const path = (driver, block, ground = {}) => BLOCKS[block.block]?.(block, {driver, ...ground}) ?? model.paths[driver]; // of another package
    const {growth, population} = levers, after = population.block === "implied";
    const aimed = growth.block === "target" ? aims(growth.targets) : [];
    if (after && (growth.block === "production" || aimed.some(aim => aim.indicator === "real_gdp_per_capita"))) throw new Refused("clash");
    const own = {};
    if (!after) own.population = path("population", population);
    own.growth = path("growth", growth, {people: own.population, added: beside("population").slice(jump)});
    if (after) own.population = path("population", population, {gdp: own.growth});
    own.deflator = path("deflator", assumptions.deflator);
    for (const share of Object.keys(base.shares)) own[share] = path(share, levers.shares[share], {share: true});
    for (const driver of Object.keys(own)) own[driver] = [...model.nowcast[driver], ...own[driver]];
    const centre = Object.fromEntries(Object.entries(own).map(([driver, path]) => {
      const top = beside(driver), whole = path.map((log, at) => log + top[at]);
      const far = cumulated(whole).findIndex(log => !(Math.abs(log) <= FURTHEST));
      if (far >= 0) throw new Refused("far", {year: base.year + 1 + far});
      return [driver, whole];
    }));
    return {centre, own};
  }

  // paths: a level is a number of the year, which levers move, times a factor of the draw, which they do not

  function core(centre, factors, left, count, own) {
    const logs = Object.fromEntries(Object.entries(centre).map(([name, path]) => [name, cumulated(path)]));
    const out = {}, room = name => out[name] = Array.from({length: years}, (_, year) => (own[`${name} ${year}`] ??= new Float64Array(count)));
    const {firms} = model, gdp = room("real_gdp"), prices = room("deflator"), nominal = room("nominal_gdp");
    const people = base.population_held && room("people"), head = base.population_held && room("real_gdp_per_capita");
    const parts = Object.keys(base.shares).map(name => [name, room(name)]);
    const spill = firms && model.spillover();
    for (let year = 0; year < years; year++) {
      const grown = base.gdp * Math.exp(logs.growth[year]), priced = Math.exp(logs.deflator[year]);
      const [more, dearer] = [factors.growth[year], factors.deflator[year]];
      for (let at = 0; at < count; at++) {
        gdp[year][at] = grown * more[at];
        prices[year][at] = priced * dearer[at];
      }
      for (const [name, share] of parts) {
        const odds = Math.exp(-logOdds(base.shares[name]) - logs[name][year]), less = factors[name][year];
        for (let at = 0; at < count; at++) share[year][at] = 1 / (1 + odds * less[at]);
        if (firms === name) for (let at = 0; at < count; at++) { // headquarters.py, shift
          const held = share[year][at], staying = left[year][at];
          const rest = 1 - held - Math.min(held * (1 - staying) * spill, (1 - LEAST_REST) * (1 - held));
          gdp[year][at] *= held * staying + rest;
          share[year][at] = held * staying / (held * staying + rest);
        }
      }
    }
    through(gdp, prices, count, own);
    for (let year = 0; year < years; year++) {
      for (let at = 0; at < count; at++) nominal[year][at] = gdp[year][at] * prices[year][at];
      if (!people) continue;
      const stock = base.year_end_population * Math.exp(logs.population[year]), more = factors.population[year];
      for (let at = 0; at < count; at++) people[year][at] = stock * more[at];
      for (let at = 0; at < count; at++) {
        const earlier = year ? people[year - 1][at] : base.year_end_population;
        head[year][at] = gdp[year][at] / ((earlier + people[year][at]) / 2);
      }
    }
    return out;
  }

  function through(gdp, prices, count, own) { // prices take up how far a path lies from published GDP
    const {published, between} = model;
    const away = published.map(([year, level], row) => {
      const ratio = own[`away ${row}`] ??= new Float64Array(count);
      for (let at = 0; at < count; at++) ratio[at] = level / (gdp[year - 1][at] * prices[year - 1][at]);
      return ratio;
    });
    for (let year = 0; year < years; year++) between[year].forEach((part, row) => {
      if (part === 1) for (let at = 0; at < count; at++) prices[year][at] *= away[row][at];
      else if (part) for (let at = 0; at < count; at++) prices[year][at] *= away[row][at] ** part;
    });
  }

  // answers

  function run(state) {
    const values = valuesOf(model, state), {centre, own} = centres(values);
    model.spillover = () => values.levers.firms.spillover;
    const still = Object.fromEntries(Object.keys(centre).map(name => [name, Array(years).fill([1])]));
    const whole = core(centre, still, kept && model.kept.central.map(part => [part]), 1, {});
    const draws_of = Object.fromEntries(Object.keys(centre).map(name => [name, drivers[name] ?? Array(years).fill(ones)]));
    const paths = core(centre, draws_of, kept, draws, buffers), met = {};
    for (const goal of model.goals) {
      const reached = paths[goal.indicator][goal.position - 1];
      met[goal.name] = Uint8Array.from(reached, value => value >= goal.low && value <= goal.high);
    }
    const rows = Object.fromEntries(model.names.map(name => [name, quantiles(name, whole[name], paths[name])]));
    return {values, own, rows, chances: chances(met)};
  }

  // the central path, quantiles of the level, and of growth on the year before, of a share its change
  function quantiles(name, whole, paths) {
    const size = pieces.length, begun = model.levels[name], grown = buffers.grown ??= new Float64Array(draws);
    const rows = Array.from({length: 1 + 2 * size}, (_, row) => new Float64Array(years + 1).fill(row > size ? 0 : begun));
    const put = (first, year, values) => {
      order(values, wanted);
      pieces.forEach(([below, above, part], level) => { rows[first + level][year + 1] = values[below] + (values[above] - values[below]) * part; });
    };
    for (let year = years - 1; year >= 0; year--) { // the last first: growth asks for years in the draws' order
      const values = paths[year], before = paths[year - 1], share = name in base.shares;
      for (let at = 0; at < draws; at++) {
        const earlier = before ? before[at] : begun;
        grown[at] = share ? values[at] - earlier : values[at] / earlier - 1;
      }
      rows[0][year + 1] = whole[year][0];
      put(1 + size, year, grown);
      put(1, year, values);
    }
    return rows;
  }

  function chances(met) {
    const counted = test => {
      let hits = 0;
      for (let at = 0; at < draws; at++) hits += test(at);
      const smooth = (hits + 0.5) / (draws + 1); // uncertainty.py, share_error
      return {share: hits / draws, error: Math.sqrt(smooth * (1 - smooth) / draws)};
    };
    const judged = model.goals.map(({name, judged}) => [name, judged ? counted(at => met[name][at]) : null]);
    if (judged.length > 1) judged.push(["all_goals", counted(at => model.goals.every(({name}) => met[name][at]))]);
    return Object.fromEntries(judged);
  }

  return {run};
}

// Has wanted places of a list hold what they would hold if it were sorted (Hoare's selection).
function order(values, wanted, low = 0, high = values.length - 1) {
  if (low >= high || !wanted.length) return;
  const pivot = values[(low + high) >> 1];
  let left = low, right = high;
  while (left <= right) {
    while (values[left] < pivot) left++;
    while (values[right] > pivot) right--;
    if (left > right) break;
    const held = values[left];
    values[left++] = values[right];
    values[right--] = held;
  }
  order(values, wanted.filter(place => place <= right), low, right);
  order(values, wanted.filter(place => place >= left), left, high);
}

// Draws as a page carries them: whole numbers of a step a year, year after year.
function unpacked(model) {
  const matrix = ({steps, data}, shown) => {
    const whole = new Int16Array(Uint8Array.from(atob(data), sign => sign.charCodeAt(0)).buffer);
    return steps.map((step, year) => Float64Array.from(whole.subarray(year * model.draws, (year + 1) * model.draws), size => shown(size * step)));
  };
  const drivers = Object.fromEntries(Object.entries(model.drawn).map(([name, packed]) => {
    return [name, matrix(packed, name in model.base.shares ? away => Math.exp(-away) : Math.exp)];
  }));
  const pieces = model.ranks.map(at => [Math.floor(at), Math.min(Math.floor(at) + 1, model.draws - 1), at - Math.floor(at)]);
  return {drivers, pieces, kept: model.kept && matrix(model.kept, size => size)};
}
