// The room a page has: what of it is in view at once, how its parts stand in it, and whether it is dark.

const SCROLLER = ".jp-WindowedPanel-outer,.jp-NotebookPanel-notebook"; // what a notebook scrolls in
const NARROW = 540, LEAST = 222, GAP = 16, LOWEST = 100, HIGHEST = 260, SHORTEST = 380, LOW = 560;

// Light or dark as the page around it: JupyterLab's theme, elsewhere what the reader's system prefers.
function themed(root) {
  const asked = matchMedia("(prefers-color-scheme: dark)"), {body} = document;
  const set = () => { // Voila's pages have no choice of a theme
    const own = location.pathname.includes("/voila/") || body.dataset.jpThemeLight === undefined;
    const dark = own ? asked.matches : body.dataset.jpThemeLight === "false";
    root.dataset.theme = dark ? "dark" : "light";
    if (own) document.documentElement.dataset.fxTheme = root.dataset.theme;
  };
  set();
  asked.addEventListener("change", set);
  const watch = new MutationObserver(set);
  watch.observe(body, {attributes: true, attributeFilter: ["data-jp-theme-light"]});
  return () => { asked.removeEventListener("change", set); watch.disconnect(); };
}

// How wide and high what is in view is: of a notebook its panel, elsewhere the window below what stands above.
function room(root) {
  const panel = root.closest(SCROLLER);
  if (panel && panel.clientHeight) return {width: root.clientWidth, height: panel.clientHeight - 12};
  const above = root.getBoundingClientRect().top + window.scrollY;
  return {width: root.clientWidth, height: window.innerHeight - (above < 120 ? 2 * above : 0)};
}

// In what shape the parts stand: charts in a row, a chart at a time beside the sliders, or above them.
function shape({width, height}, charts, controlled) {
  const narrow = width < NARROW, side = controlled && !narrow ? Math.min(310, Math.max(220, width * 0.25)) + GAP : 0;
  const across = Math.floor((width - 24 - side + GAP) / (LEAST + GAP));
  return {narrow, row: !narrow && (across >= charts || !controlled), short: controlled && height < LOW, height: Math.max(SHORTEST, height)};
}
