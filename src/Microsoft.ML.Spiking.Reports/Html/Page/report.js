// Draws the page, and keeps it in the reader's light: of the system, of the button, or of paper.

const root = document.documentElement, dark = matchMedia('(prefers-color-scheme: dark)');

const isDark = () => (root.dataset.theme ?? (dark.matches ? 'dark' : 'light')) === 'dark';

function recolour() {
  drawCharts();
  drawFields.again?.();
  if (raster.neuron) redrawActivity();
  byId('theme').textContent = isDark() ? 'Light' : 'Dark';
  byId('theme').setAttribute('aria-label', isDark() ? 'Light colours' : 'Dark colours');
}

byId('theme').addEventListener('click', () => {
  root.dataset.theme = isDark() ? 'light' : 'dark';
  recolour();
});
dark.addEventListener('change', recolour);

// Paper is light, and as wide as paper is.
const printed = { theme: null, closed: [] };
addEventListener('beforeprint', () => {
  printed.theme = root.dataset.theme ?? null;
  printed.closed = [...document.querySelectorAll('details:not([open])')];
  printed.closed.forEach(details => { details.open = true; });
  root.dataset.theme = 'light';
  recolour();
  charts.forEach(drawn => drawChart(drawn, 330));
});
addEventListener('afterprint', () => {
  if (printed.theme) root.dataset.theme = printed.theme;
  else delete root.dataset.theme;
  printed.closed.forEach(details => { details.open = false; });
  recolour();
});

if (report.samples.kind !== 'image') document.body.classList.add('wide');
drawSummary();
drawTraining();
drawConfusion();
drawPredictions();
drawReliability();
drawActivity();
drawRates();
drawTopology();
drawFields();
drawCost();
drawCostCurve();
recolour();
// The first chart of a row was drawn before the next one took its half.
charts.forEach(({ place }) => Plotly.relayout(place, { autosize: true }));

// A network of several layers: the sections on its neurons show one of them, and another is a click away.
if (layers.length > 1) {
  for (const id of ['activity', 'rates', 'topology', 'fields'])
    byId(id).querySelector('h2').after(node('p', { class: 'layers' },
      layers.map((_, i) => i === shownLayer ? node('strong', {}, `Layer ${i}`) : node('a', { href: `?layer=${i}#${id}` }, `Layer ${i}`))));
}

const links = new Map();
for (const section of document.querySelectorAll('main > section:not([hidden])')) {
  const link = node('a', { href: `#${section.id}` }, section.dataset.name);
  links.set(section, link);
  byId('sections').append(link);
}
const seen = new IntersectionObserver(entries => {
  for (const entry of entries) links.get(entry.target).classList.toggle('current', entry.isIntersecting);
}, { rootMargin: '-45% 0px -50% 0px' });
links.forEach((_, section) => seen.observe(section));
root.dataset.drawn = '';
