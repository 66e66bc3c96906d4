// Draws the page, and keeps it in the reader's light: of the system, of the button, or of paper.

const root = document.documentElement, dark = matchMedia('(prefers-color-scheme: dark)');

function recolour() {
  drawCharts();
  drawFields.again?.();
  if (raster.neuron) redrawActivity();
  const isDark = (root.dataset.theme ?? (dark.matches ? 'dark' : 'light')) === 'dark';
  byId('theme').setAttribute('aria-pressed', String(isDark));
}

byId('theme').addEventListener('click', () => {
  const isDark = (root.dataset.theme ?? (dark.matches ? 'dark' : 'light')) === 'dark';
  root.dataset.theme = isDark ? 'light' : 'dark';
  recolour();
});
dark.addEventListener('change', recolour);

// Paper is light, and as wide as paper is.
const printed = { theme: null };
addEventListener('beforeprint', () => {
  printed.theme = root.dataset.theme ?? null;
  root.dataset.theme = 'light';
  recolour();
  charts.forEach(drawn => drawChart(drawn, 330));
});
addEventListener('afterprint', () => {
  if (printed.theme) root.dataset.theme = printed.theme;
  else delete root.dataset.theme;
  recolour();
});

drawSummary();
drawTraining();
drawConfusion();
drawPredictions();
drawActivity();
drawRates();
drawTopology();
drawFields();
drawCost();
recolour();

const links = new Map();
for (const section of document.querySelectorAll('main > section:not([hidden])')) {
  const link = node('a', { href: `#${section.id}` }, section.id === 'summary' ? 'Summary' : section.querySelector('h2').textContent);
  links.set(section, link);
  byId('sections').append(link);
}
const seen = new IntersectionObserver(entries => {
  for (const entry of entries) links.get(entry.target).classList.toggle('current', entry.isIntersecting);
}, { rootMargin: '-45% 0px -50% 0px' });
links.forEach((_, section) => seen.observe(section));
root.dataset.drawn = '';
