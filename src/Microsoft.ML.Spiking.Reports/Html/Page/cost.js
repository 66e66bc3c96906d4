// What a prediction costs, as counts.

function drawCost() {
  const cost = report.cost, most = cost.denseOperations;
  const row = (name, value, hint, kind) => node('div', { class: `cost ${kind}` },
    node('div', { class: 'cost-name' }, node('b', {}, name), node('small', {}, hint)),
    kind === 'events' ? node('div') : node('div', { class: 'meter' }, node('i', { style: `width:${Math.max(0.3, 100 * value / most)}%` })),
    node('div', { class: 'cost-value' }, count(value)));
  byId('cost-bars').append(
    node('p', { class: 'headline' }, node('b', {}, percent(cost.synapticOperations / most)), ` of the operations of the same network computed densely; the mean over ${cost.samples} samples.`),
    row('Dense multiply-adds', most, 'every synapse in every step', 'dense'),
    row('Synaptic operations', cost.synapticOperations, `between ${count(cost.fewest)} and ${count(cost.most)}`, 'sparse'),
    row('Input events', cost.inputEvents, 'inputs that were on', 'events'),
    row('Spikes', cost.spikes, 'of all neurons', 'events'));
}
