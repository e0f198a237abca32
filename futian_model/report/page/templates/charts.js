"use strict";
// What the charts of all pages share.
const STEPS = {ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1};
const SVG = "http://www.w3.org/2000/svg";

// The stop that mouse, finger or keys choose on a plot. `ends` gives the first stop and the last, `at` the
// one that is shown; `near` finds one for a point, in parts of the plot's width and height; `show` shows it.
function pointing(plot, {ends, at, near, show}) {
  const turn = stop => {
    const [first, last] = ends();
    show(Math.max(first, Math.min(stop, last)));
  };
  const follow = event => {
    const box = plot.getBoundingClientRect();
    turn(near((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height));
  };
  plot.addEventListener("pointerdown", follow);
  plot.addEventListener("pointermove", follow);
  plot.addEventListener("keydown", event => {
    const [first, last] = ends(), stop = {Home: first, End: last}[event.key] ?? at() + STEPS[event.key];
    if (Number.isNaN(stop) || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    turn(stop);
  });
}

// Round values, about so many steps apart, that span a range.
function rounds(low, high, steps) {
  const rough = (high - low || 1e-9) / steps, power = 10 ** Math.floor(Math.log10(rough));
  const step = power * [1, 2, 2.5, 5, 10].find(size => size * power >= rough * 0.999);
  const first = Math.floor(low / step + 1e-9), last = Math.max(first + 1, Math.ceil(high / step - 1e-9));
  return Array.from({length: last - first + 1}, (_, at) => +((first + at) * step).toPrecision(12));
}

function diamond(x, y, size) {
  return `M${x.toFixed(1)} ${(y - size).toFixed(1)}l${size} ${size}-${size} ${size}-${size}-${size}z`;
}

function make(tag, attributes, parent = null, text = "", space = "http://www.w3.org/1999/xhtml") {
  const element = document.createElementNS(space, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (text !== "") element.textContent = text;
  parent?.append(element);
  return element;
}
