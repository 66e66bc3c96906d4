// The columns on a ring, their connections as lines.

function drawRing({ standing, gone }) {
  const n = layer.topology.columns, size = 440, radius = 190, middle = size / 2;
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
    const dot = shape('circle', { cx: x, cy: y, r: nodeRadius, class: `column${topology.focus === i ? ' chosen' : ''}`, tabindex: i === 0 ? 0 : -1, 'aria-label': `column ${i} listens to ${hears}, is heard by ${heard}` },
      shape('title', {}, `column ${i} listens to ${hears} columns and is heard by ${heard}`));
    for (const [event, focus] of [['mouseenter', i], ['focus', i], ['mouseleave', null], ['blur', null]])
      dot.addEventListener(event, () => highlight(focus));
    dot.addEventListener('keydown', event => {
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: n - 1, ArrowUp: n - 1 }[event.key];
      if (!step) return;
      event.preventDefault();
      ring.querySelectorAll('.column')[(i + step) % n].focus();
    });
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
