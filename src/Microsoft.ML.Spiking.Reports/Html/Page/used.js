// The most and the least used connections.

function drawUsed() {
  const { used, hasUsage } = layer.topology, most = 8, parent = byId('used');
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
