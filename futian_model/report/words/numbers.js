"use strict";
// Numbers as styles.py writes them; a style is what its `to_dict` says.
function written(value, style) {
  const {times = 1, over = 1, prefix = "", suffix = "", grouped = false, sign = "below", small = null} = style;
  const digits = small && Math.abs(value) < small[0] ? small[1] : style.digits ?? 0;
  const figure = rounded(Math.abs(value * times / over), digits), [whole, part] = figure.split(".");
  const mark = sign === "neither" || !/[1-9]/.test(figure) ? "" : value < 0 ? "\u2212" : sign === "both" ? "+" : "";
  const groups = grouped ? whole.replace(/\B(?=(\d{3})+$)/g, ",") : whole;
  return mark + prefix + groups + (part ? `.${part}` : "") + suffix;
}

// To so many digits, below nothing so many zeros before the point; a half goes to the even neighbour.
function rounded(size, digits) {
  const places = 60, all = BigInt(size.toFixed(places).replace(".", ""));
  const step = 10n ** BigInt(places - digits), left = 2n * (all % step);
  const count = all / step + (left > step || left === step && (all / step) % 2n ? 1n : 0n);
  if (digits <= 0) return String(count * 10n ** BigInt(-digits));
  const text = String(count).padStart(digits + 1, "0");
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

// A style without words, where they stand elsewhere; a per cent sign stays with its number.
function bare(style) {
  return {...style, prefix: "", suffix: style.suffix === "%" ? "%" : ""};
}

// The style of numbers along an axis: no more decimals than its round values have.
function along(ticks, style) {
  const shown = ticks.map(tick => tick * (style.times ?? 1) / (style.over ?? 1));
  const whole = (value, digits) => Math.abs(value - +value.toFixed(digits)) < 1e-9 * Math.max(1, Math.abs(value));
  return {...bare(style), small: null, digits: [0, 1, 2, 3].find(digits => shown.every(value => whole(value, digits))) ?? 3};
}
