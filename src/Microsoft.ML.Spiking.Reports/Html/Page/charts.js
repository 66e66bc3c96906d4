// Charts by plotly.js, in the page's colours; made anew when those change.

const charts = [];

/** A chart; `make` gives its traces and what its layout has of its own, with the colours of the moment. */
function chart(parent, title, make) {
  const place = node('div', { class: 'plot', role: 'img', 'aria-label': title });
  parent.append(node('figure', { class: 'chart' }, node('figcaption', {}, title), place));
  const drawn = { place, make };
  charts.push(drawn);
  drawChart(drawn);
  return drawn;
}

function drawChart({ place, make }, width) {
  const { traces, layout = {} } = make();
  const axis = { gridcolor: colour('grid'), linecolor: colour('frame'), zeroline: false, tickfont: { size: 11 }, automargin: true, fixedrange: true };
  const whole = {
    height: 220,
    margin: { l: 48, r: 12, t: 8, b: 36 },
    paper_bgcolor: 'transparent',
    plot_bgcolor: 'transparent',
    font: { family: getComputedStyle(document.body).fontFamily, size: 12, color: colour('quiet') },
    hoverlabel: { bgcolor: colour('paper'), bordercolor: colour('frame'), font: { color: colour('ink') } },
    hovermode: 'x unified',
    legend: { orientation: 'h', x: 0, y: 1.02, yanchor: 'bottom', bgcolor: 'transparent' },
    showlegend: traces.length > 1,
    ...layout,
    xaxis: { ...axis, ...layout.xaxis },
    yaxis: { ...axis, ...layout.yaxis },
    ...(layout.yaxis2 ? { yaxis2: { ...axis, ...layout.yaxis2 } } : {}),
  };
  if (traces.length > 1 && !layout.margin) whole.margin.t = 30;
  if (width) whole.width = width;
  Plotly.react(place, traces, whole, { displayModeBar: false, responsive: true });
}

const drawCharts = () => charts.forEach(drawn => drawChart(drawn));

function curve(name, x, y, ink, extra = {}) {
  return { name, x, y, type: 'scatter', mode: x.length < 15 ? 'lines+markers' : 'lines', line: { color: colour(ink), width: 2 }, marker: { size: 6, color: colour(ink) }, ...extra };
}

function drawTraining() {
  const parent = byId('curves'), epochs = report.epochs;
  if (epochs.length === 0) {
    parent.append(node('p', {}, 'The model keeps no history of its training.'));
    return;
  }
  const x = epochs.map(e => e.epoch), of = name => epochs.map(e => e[name]);
  const xaxis = { title: { text: 'epoch', standoff: 6 }, tickformat: 'd', dtick: x.length <= 12 ? 1 : undefined };
  const has = name => epochs.some(e => e[name] != null);
  chart(parent, 'Loss, in nats', () => ({ traces: [curve('loss', x, of('loss'), 'excitatory')], layout: { xaxis, yaxis: { rangemode: 'tozero' } } }));
  chart(parent, 'Accuracy', () => ({
    traces: [
      curve('training', x, of('accuracy'), 'excitatory'),
      ...(has('validationAccuracy') ? [curve('validation', x, of('validationAccuracy'), 'inhibitory')] : []),
    ],
    layout: { xaxis, yaxis: { tickformat: '.1~%' } },
  }));
  chart(parent, 'Spike rate, spikes per neuron and step', () => ({ traces: [curve('rate', x, of('spikeRate'), 'third')], layout: { xaxis, yaxis: { rangemode: 'tozero' } } }));
  if (epochs.some(e => e.formed || e.pruned)) {
    const bars = (name, y, ink) => ({ name, x, y, type: 'bar', marker: { color: colour(ink) } });
    chart(parent, 'Connections formed and pruned', () => ({ traces: [bars('formed', of('formed'), 'third'), bars('pruned', of('pruned'), 'inhibitory')], layout: { xaxis, bargap: 0.35 } }));
  }
}
