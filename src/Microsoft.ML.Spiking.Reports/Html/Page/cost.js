// What a prediction costs, as counts.

function drawCost() {
  const cost = report.cost, most = Math.max(cost.denseOperations, cost.synapticOperations);
  const row = (name, value, hint, kind) => node('div', { class: `cost ${kind}` },
    node('div', { class: 'cost-name' }, node('b', {}, name), node('small', {}, hint)),
    kind === 'events' ? node('div') : node('div', { class: 'meter' }, node('i', { style: `width:${Math.max(0.3, 100 * value / most)}%` })),
    node('div', { class: 'cost-value' }, count(value)));
  byId('cost-bars').append(
    node('p', { class: 'headline' }, node('b', {}, shareOfDense()[0]), `${shareOfDense()[1]} the operations of an ordinary network of the same layers; the mean over ${cost.samples} samples.`),
    row('Dense multiply-adds', cost.denseOperations, 'of an ordinary network: every synapse once', 'dense'),
    row('Synaptic operations', cost.synapticOperations, `between ${count(cost.fewest)} and ${count(cost.most)}`, 'sparse'),
    row('Input events', cost.inputEvents, 'inputs that were on', 'events'),
    row('Spikes', cost.spikes, 'of all neurons', 'events'));
}

/** Accuracy against cost, where fewer time steps are shown. */
function drawCostCurve() {
  const parent = byId('cost-curve');
  if (report.curve == null) {
    parent.hidden = true;
    return;
  }
  const points = report.curve.points;
  chart(parent, 'Accuracy, by synaptic operations a sample, from one time step to all', () => ({
    traces: [curve('accuracy', points.map(point => point.synapticOperations), points.map(point => point.microAccuracy), 'third', {
      mode: 'lines+markers',
      customdata: points.map(point => `${point.timeSteps} time ${point.timeSteps === 1 ? 'step' : 'steps'}, ${count(point.spikes)} spikes`),
      hovertemplate: '%{y:.1%} right<br>%{x:,.0f} operations<br>%{customdata}<extra></extra>',
    })],
    layout: {
      xaxis: { title: { text: 'synaptic operations', standoff: 6 }, rangemode: 'tozero' },
      yaxis: { title: { text: 'right' }, tickformat: '.1~%' },
      hovermode: 'closest',
    },
  }));
}

/** '38 %' and 'of', or, where time makes it more than an ordinary network, '1.4 times' and nothing. */
function shareOfDense() {
  const share = report.cost.synapticOperations / report.cost.denseOperations;
  return share < 0.995 ? [percent(share), ' of'] : [`${share.toFixed(share < 10 ? 1 : 0)} times`, ''];
}
