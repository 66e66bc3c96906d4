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

/** '38 %' and 'of', or, where time makes it more than an ordinary network, '1.4 times' and nothing. */
function shareOfDense() {
  const share = report.cost.synapticOperations / report.cost.denseOperations;
  return share < 0.995 ? [percent(share), ' of'] : [`${share.toFixed(share < 10 ? 1 : 0)} times`, ''];
}
