// The connections as a matrix, in which a row listens to a column.

function drawAdjacency({ standing, gone }) {
  const n = layer.topology.columns, size = 440, left = 42, top = 30, cell = (size - left) / n;
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
