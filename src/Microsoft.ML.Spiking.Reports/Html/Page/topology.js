// The slider over training, and the numbers of the moment it stands at.

function drawTopologyNumbers(moment) {
  const { moments } = layer.topology, here = moments[moment], first = moments[0], last = moments[moments.length - 1], theory = here.theory;
  const digits = (value, places) => Number.isFinite(number(value)) && value != null ? Number(value).toFixed(places) : '–';
  const rows = [
    ['Connections', m => count(m.connections), '', ''],
    ['Density', m => percent(m.density), '', ''],
    ['Degree', m => digits(m.degree, 2), '', ''],
    ['Clustering', m => digits(m.clustering, 3), `${digits(theory.clustering, 3)}`, `${digits(theory.randomClustering, 3)} – ${digits(theory.latticeClustering, 3)}`],
    ['Path length', m => digits(m.pathLength, 2), '', `${digits(theory.randomPathLength, 2)} – ${digits(theory.latticePathLength, 2)}`],
  ];
  byId('topology-numbers').replaceChildren(
    node('thead', {}, node('tr', {}, ['', 'start', 'here', 'end', 'theory', 'random – ring'].map(name => node('th', { scope: 'col' }, name)))),
    node('tbody', {}, rows.map(([name, of, expected, range]) => node('tr', {},
      node('th', { scope: 'row' }, name), node('td', {}, layer.topology.isComplete ? of(first) : '–'), node('td', { class: 'here' }, of(here)), node('td', {}, of(last)), node('td', {}, expected), node('td', {}, range)))),
    node('caption', {}, `${here.formed.length / 2} formed and ${here.pruned.length / 2} pruned in this update. Theory: a Watts-Strogatz graph of this degree, ${percent(layer.topology.rewiring, 0)} rewired.`));
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
  if (!layer.topology) {
    byId('topology').hidden = true;
    return;
  }
  const { moments, isComplete } = layer.topology, slider = byId('moment'), last = moments.length - 1;
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
