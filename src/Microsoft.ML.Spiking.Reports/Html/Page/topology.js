// The connections between the columns: a ring, a matrix and numbers, at any moment of training.

const topology = { moment: 0, focus: null };

const pairs = flat => Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i], flat[2 * i + 1]]);
const keyOf = ([from, to]) => from * report.topology.columns + to;

/** What stands at a moment, by key: 'first' of the first graph, 'grown' later, 'new' in this very update; and what has just gone. */
function connectionsAt(moment) {
  const standing = new Map(pairs(report.topology.start).map(pair => [keyOf(pair), 'first']));
  let gone = new Map();
  for (let i = 1; i <= moment; i++) {
    const { formed, pruned } = report.topology.moments[i];
    for (const [key, kind] of standing) if (kind === 'new') standing.set(key, 'grown');
    gone = new Map();
    for (const pair of pairs(formed)) standing.set(keyOf(pair), 'new');
    for (const pair of pairs(pruned)) {
      standing.delete(keyOf(pair));
      gone.set(keyOf(pair), 'gone');
    }
  }
  return { standing, gone };
}

const momentName = i => {
  const { moments, isComplete } = report.topology;
  if (!isComplete) return 'now';
  return i === 0 ? 'start' : i === moments.length - 1 ? `now, after batch ${count(moments[i].batch)}` : `after batch ${count(moments[i].batch)}`;
};

function drawRing({ standing, gone }) {
  const n = report.topology.columns, size = 440, radius = 190, middle = size / 2;
  const at = i => [middle + radius * Math.sin(2 * Math.PI * i / n), middle - radius * Math.cos(2 * Math.PI * i / n)];
  const ring = shape('svg', { viewBox: `0 0 ${size} ${size}`, class: 'ring', role: 'img', 'aria-label': `Ring of ${n} columns with ${standing.size} connections` });
  const drawn = new Set();
  for (const [key, kind] of [...gone, ...standing]) {
    const from = Math.floor(key / n), to = key % n, back = to * n + from;
    // Two directions of one age are one line.
    if (drawn.has(`${back} ${kind}`)) continue;
    drawn.add(`${key} ${kind}`);
    const [x1, y1] = at(from), [x2, y2] = at(to);
    // The farther apart, the deeper through the middle: neighbours stay on the ring.
    const bend = 0.08 + 0.55 * Math.hypot(x2 - x1, y2 - y1) / (2 * radius), cx = (x1 + x2) / 2 * (1 - bend) + middle * bend, cy = (y1 + y2) / 2 * (1 - bend) + middle * bend;
    const touched = topology.focus == null || topology.focus === from || topology.focus === to;
    const path = from === to ? `M${x1} ${y1}m-6 0a6 6 0 1 0 12 0a6 6 0 1 0 -12 0` : `M${x1.toFixed(1)} ${y1.toFixed(1)}Q${cx.toFixed(1)} ${cy.toFixed(1)} ${x2.toFixed(1)} ${y2.toFixed(1)}`;
    ring.append(shape('path', { d: path, class: `edge ${kind}${touched ? '' : ' faint'}`, 'data-ends': `${from},${to}` }));
  }
  const nodeRadius = Math.max(3, Math.min(8, 200 / n));
  for (let i = 0; i < n; i++) {
    const [x, y] = at(i), hears = [...standing.keys()].filter(key => key % n === i).length, heard = [...standing.keys()].filter(key => Math.floor(key / n) === i).length;
    const dot = shape('circle', { cx: x, cy: y, r: nodeRadius, class: `column${topology.focus === i ? ' chosen' : ''}`, tabindex: n <= 128 ? 0 : -1, 'aria-label': `column ${i} listens to ${hears}, is heard by ${heard}` },
      shape('title', {}, `column ${i} listens to ${hears} columns and is heard by ${heard}`));
    for (const [event, focus] of [['mouseenter', i], ['focus', i], ['mouseleave', null], ['blur', null]])
      dot.addEventListener(event, () => highlight(focus));
    ring.append(dot);
    if (n <= 32 || i % Math.ceil(n / 16) === 0) {
      const [lx, ly] = [middle + (radius + 17) * Math.sin(2 * Math.PI * i / n), middle - (radius + 17) * Math.cos(2 * Math.PI * i / n)];
      ring.append(shape('text', { x: lx, y: ly + 4, 'text-anchor': 'middle' }, String(i)));
    }
  }
  byId('ring').replaceChildren(ring);
}

function highlight(focus) {
  topology.focus = focus;
  byId('ring').querySelectorAll('.column').forEach((dot, i) => dot.classList.toggle('chosen', i === focus));
  byId('ring').querySelectorAll('.edge').forEach(edge => edge.classList.toggle('faint', focus != null && edge.dataset.ends.split(',').every(end => Number(end) !== focus)));
}

function drawAdjacency({ standing, gone }) {
  const n = report.topology.columns, size = 440, left = 42, top = 30, cell = (size - left) / n;
  const matrix = shape('svg', { viewBox: `0 0 ${size} ${size}`, class: 'adjacency', role: 'img', 'aria-label': `Matrix of ${standing.size} connections between ${n} columns` });
  matrix.append(shape('rect', { x: left, y: top, width: cell * n, height: cell * n, class: 'ground' }));
  const path = { first: '', grown: '', new: '', gone: '' }, gap = Math.min(1, cell * 0.1);
  for (const [key, kind] of [...gone, ...standing]) {
    const from = Math.floor(key / n), to = key % n;
    path[kind] += `M${(left + from * cell + gap / 2).toFixed(2)} ${(top + to * cell + gap / 2).toFixed(2)}h${(cell - gap).toFixed(2)}v${(cell - gap).toFixed(2)}h-${(cell - gap).toFixed(2)}z`;
  }
  for (const [kind, d] of Object.entries(path)) if (d) matrix.append(shape('path', { d, class: `square ${kind}` }));
  const every = Math.ceil(n / 16);
  for (let i = 0; i < n; i += every)
    matrix.append(shape('text', { x: left - 6, y: top + (i + 0.5) * cell + 4, 'text-anchor': 'end' }, String(i)), shape('text', { x: left + (i + 0.5) * cell, y: top - 6, 'text-anchor': 'middle' }, String(i)));
  matrix.append(shape('text', { x: left + cell * n, y: 11, 'text-anchor': 'end' }, 'sends →'), shape('text', { x: 11, y: top + cell * n, transform: `rotate(-90 11 ${top + cell * n})` }, '← listens'));
  byId('adjacency').replaceChildren(matrix);
}

function drawTopologyNumbers(moment) {
  const { moments } = report.topology, here = moments[moment], first = moments[0], last = moments[moments.length - 1], theory = here.theory;
  const digits = (value, places) => Number.isFinite(number(value)) && value != null ? Number(value).toFixed(places) : '–';
  const rows = [
    ['Connections', m => count(m.connections), '', ''],
    ['Density', m => percent(m.density), '', ''],
    ['Degree', m => digits(m.degree, 2), '', ''],
    ['Clustering', m => digits(m.clustering, 3), `${digits(theory.clustering, 3)}`, `${digits(theory.randomClustering, 3)} – ${digits(theory.latticeClustering, 3)}`],
    ['Path length', m => digits(m.pathLength, 2), '', `${digits(theory.randomPathLength, 2)} – ${digits(theory.latticePathLength, 2)}`],
  ];
  byId('topology-numbers').replaceChildren(
    node('thead', {}, node('tr', {}, ['', 'start', 'here', 'now', 'theory', 'random – ring'].map(name => node('th', { scope: 'col' }, name)))),
    node('tbody', {}, rows.map(([name, of, expected, range]) => node('tr', {},
      node('th', { scope: 'row' }, name), node('td', {}, report.topology.isComplete ? of(first) : '–'), node('td', { class: 'here' }, of(here)), node('td', {}, of(last)), node('td', {}, expected), node('td', {}, range)))),
    node('caption', {}, `${here.formed.length / 2} formed and ${here.pruned.length / 2} pruned in this update. Theory: a Watts-Strogatz graph of this degree, ${percent(report.topology.rewiring, 0)} rewired.`));
}

function drawMoment(moment) {
  topology.moment = moment;
  const connections = connectionsAt(moment), name = momentName(moment);
  byId('moment').value = moment;
  byId('moment').setAttribute('aria-valuetext', name);
  byId('moment-name').textContent = name;
  drawRing(connections);
  drawAdjacency(connections);
  drawTopologyNumbers(moment);
  topology.marker?.(moment);
}

function drawTopology() {
  const { moments, isComplete } = report.topology, slider = byId('moment'), last = moments.length - 1;
  slider.max = last;
  slider.addEventListener('input', () => drawMoment(Number(slider.value)));
  if (last === 0) byId('timeline').hidden = true;
  let playing = null;
  byId('play').addEventListener('click', () => {
    const stop = () => { clearInterval(playing); playing = null; byId('play').textContent = '▶'; byId('play').setAttribute('aria-label', 'Play training'); };
    if (playing) return stop();
    byId('play').textContent = '❚❚';
    byId('play').setAttribute('aria-label', 'Pause');
    let at = topology.moment === last ? 0 : topology.moment;
    drawMoment(at);
    playing = setInterval(() => at < last ? drawMoment(++at) : stop(), Math.max(60, 6000 / (last + 1)));
  });
  byId('topology-legend').append(...(last === 0 ? [['first', isComplete ? 'there from the start' : 'there now']]
    : [['first', 'there from the start'], ['grown', 'grown since'], ['new', 'formed in this update'], ['gone', 'pruned in this update']]).map(([kind, name]) => node('li', {}, node('i', { class: `swatch ${kind}` }), name)));
  if (last > 0) {
    const x = moments.map(m => m.batch);
    const drawn = chart(byId('topology-chart'), 'Clustering and density over training', () => ({
      traces: [curve('clustering', x, moments.map(m => m.clustering), 'excitatory', { mode: 'lines' }),
        curve('of theory', x, moments.map(m => m.theory.clustering), 'excitatory', { mode: 'lines', line: { color: colour('excitatory'), width: 1.5, dash: 'dot' } }),
        curve('density', x, moments.map(m => m.density), 'third', { mode: 'lines' })],
      layout: { xaxis: { title: { text: 'batch', standoff: 6 } }, yaxis: { rangemode: 'tozero' }, margin: { l: 40, r: 12, t: 30, b: 36 },
        shapes: [{ type: 'line', x0: x[topology.moment], x1: x[topology.moment], yref: 'paper', y0: 0, y1: 1, line: { color: colour('ink'), width: 1.5 } }] },
    }));
    topology.marker = () => drawChart(drawn);
  }
  drawMoment(last);
  drawUsed();
  drawJournal();
}

function drawUsed() {
  const { used, hasUsage } = report.topology, most = 8, parent = byId('used');
  if (used.length === 0 || !hasUsage) {
    parent.append(node('p', {}, used.length === 0 ? 'No connection stands.' : 'Usage was not kept: STDP was off.'));
    return;
  }
  const largest = Math.max(...used.map(u => Math.abs(u.usage)), 1e-12);
  const list = (name, some) => node('div', {}, node('h4', {}, name), node('table', { class: 'numbers' },
    node('thead', {}, node('tr', {}, ['from → to', 'usage', '', 'weight'].map(title => node('th', { scope: 'col' }, title)))),
    node('tbody', {}, some.map(u => node('tr', {},
      node('th', { scope: 'row' }, `${u.from} → ${u.to}`),
      node('td', {}, u.usage.toPrecision(3)),
      node('td', { class: 'meter-cell' }, node('div', { class: 'meter' }, node('i', { style: `width:${Math.max(0, 100 * u.usage / largest)}%` }))),
      node('td', {}, u.weight.toFixed(3)))))));
  parent.append(list('Most used', used.slice(0, most)), list('Least used', used.slice(-most).reverse()));
}

const reasons = { CoActive: 'formed: fire together', Unused: 'pruned: carried little', UnusedAndWeak: 'pruned: carried little and weak' };

function drawJournal() {
  const journal = report.topology.journal, parent = byId('journal');
  if (!journal) {
    parent.append(node('p', {}, 'Structural plasticity was off: the connections are those of the start.'));
    return;
  }
  const figure = (value, name) => node('div', { class: 'figure' }, node('b', {}, value), node('span', {}, name));
  parent.append(node('div', { class: 'figures' },
    figure(count(journal.formed), 'formed'),
    figure(count(journal.pruned), 'pruned'),
    figure(count(journal.updates), `updates with changes, every ${journal.interval} batches`),
    figure(journal.first ? percent(journal.firstStanding / journal.first, 0) : '–', `of the first ${count(journal.first)} still stand`),
    figure(count(journal.grownStanding), 'stand that were not there at first'),
    figure(count(journal.reversed), 'changes undid an earlier one')));
  if (journal.last.length === 0) return;
  parent.append(node('details', {}, node('summary', {}, `The last ${journal.last.length} changes`), node('div', { class: 'scroll' }, node('table', { class: 'numbers' },
    node('thead', {}, node('tr', {}, ['batch', 'from → to', 'what', 'potential', 'usage', 'weight'].map(title => node('th', { scope: 'col' }, title)))),
    node('tbody', {}, journal.last.map(change => node('tr', {},
      node('td', {}, count(change.batch)), node('th', { scope: 'row' }, `${change.from} → ${change.to}`), node('td', { class: 'words' }, reasons[change.why] ?? change.why),
      node('td', {}, Number(change.potential).toPrecision(3)), node('td', {}, Number(change.usage).toPrecision(3)), node('td', {}, Number(change.weight).toPrecision(3)))))))));
}
