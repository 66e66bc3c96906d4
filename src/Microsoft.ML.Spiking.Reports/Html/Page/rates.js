// Histograms of spike rates, against the target.

function drawRates() {
  const { excitatory, inhibitory, columns, target, samples } = layer.rates, parent = byId('rate-charts');
  const most = Math.max(...excitatory, ...inhibitory, target ?? 0, 0.01), size = most / 40;
  const line = (value, ink, dash) => ({ type: 'line', x0: value, x1: value, yref: 'paper', y0: 0, y1: 1, line: { color: colour(ink), width: 2, dash } });
  const name = (value, most, text) => ({ x: value, y: 1, yref: 'paper', yanchor: 'top', xanchor: value > 0.6 * most ? 'right' : 'left', bgcolor: colour('paper'), xshift: value > 0.6 * most ? -4 : 4, showarrow: false, text, font: { color: colour('ink'), size: 12 } });
  const targets = most => target == null ? {} : { shapes: [line(target, 'ink', 'dash')], annotations: [name(target, most, `target ${target.toFixed(3)}`)] };
  const heap = (label, x, ink, bins) => ({ name: label, x, type: 'histogram', xbins: bins, marker: { color: colour(ink) }, opacity: 0.85 });
  const axes = text => ({ xaxis: { title: { text: 'spikes per neuron and time step', standoff: 6 }, rangemode: 'tozero' }, yaxis: { title: { text } }, bargap: 0.06 });
  chart(parent, `Neurons, over ${samples} samples`, () => ({
    traces: [heap('excitatory', excitatory, 'excitatory', { start: 0, end: most + size, size }), heap('inhibitory', inhibitory, 'inhibitory', { start: 0, end: most + size, size })],
    layout: { ...axes('neurons'), barmode: 'stack', hovermode: 'closest', ...targets(most) },
  }));
  const widest = Math.max(...columns, target ?? 0, 0.01);
  chart(parent, 'Columns, the mean of their neurons', () => ({
    traces: [heap('columns', columns, 'third', { start: 0, end: widest * 1.05, size: widest / 20 })],
    layout: { ...axes('columns'), hovermode: 'closest', ...targets(widest) },
  }));
  const silent = [...excitatory, ...inhibitory].filter(rate => rate === 0).length;
  parent.after(node('p', { class: 'small' }, `${count(silent)} of ${count(excitatory.length + inhibitory.length)} neurons stayed silent. Mean: excitatory ${mean(excitatory).toFixed(4)}, inhibitory ${mean(inhibitory).toFixed(4)}.`));
}

const mean = values => values.length === 0 ? 0 : values.reduce((a, b) => a + b, 0) / values.length;
