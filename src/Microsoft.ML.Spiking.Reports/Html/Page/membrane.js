// The membrane of one neuron over time.

function drawMembrane(column, neuron, place) {
  const { steps, excitatory, excitatoryThreshold, inhibitoryThreshold, excitatoryReset, inhibitoryReset } = layer.activity, recording = raster.recording;
  const isExcitatory = place < excitatory.length, kind = isExcitatory ? 'excitatory' : 'inhibitory';
  const threshold = isExcitatory ? excitatoryThreshold : inhibitoryThreshold, reset = isExcitatory ? excitatoryReset : inhibitoryReset;
  const potential = [], fired = [], moving = [];
  for (let t = 0; t < steps; t++) {
    const cell = cellOf(column, place, t);
    potential.push(recording.potentials[cell] * recording.unit);
    fired.push(firedIn(recording, cell) === 1);
    if (recording.moving) moving.push(recording.moving[cell] * recording.unit);
  }

  const parent = byId('membrane'), width = Math.max(240, parent.clientWidth), height = 190, left = 48, top = 14, bottom = 8;
  let low = Math.min(0, reset, ...potential), high = Math.max(threshold ?? 0, 0.1, ...potential, ...moving);
  const room = 0.08 * (high - low);
  [low, high] = [low - room, high + room];
  const step = (width - left) / steps, x = t => left + (t + 0.5) * step, y = v => top + (high - v) / (high - low) * (height - top - bottom);

  const drawing = shape('svg', { width, height, viewBox: `0 0 ${width} ${height}`, class: 'axis membrane', role: 'img',
    'aria-label': `Membrane of neuron ${neuron} of column ${column}: from ${potential[0].toFixed(2)} to ${potential[steps - 1].toFixed(2)}, ${fired.filter(Boolean).length} spikes` });
  for (const tick of ticks(low, high, 4)) {
    drawing.append(
      shape('line', { x1: left, x2: width, y1: y(tick), y2: y(tick), class: 'gridline' }),
      shape('text', { x: left - 8, y: y(tick) + 4, 'text-anchor': 'end' }, Number(tick.toPrecision(4)).toString()));
  }
  if (moving.length > 0) drawing.append(shape('path', { d: `M${left} ${y(moving[0])}` + moving.map((v, t) => `V${y(v)}H${t + 1 < steps ? x(t) + step : width}`).join(''), class: 'threshold', fill: 'none' }));
  else if (threshold != null) drawing.append(shape('line', { x1: left, x2: width, y1: y(threshold), y2: y(threshold), class: 'threshold' }));
  // Steps are whole: the potential changes in each of them and not between, so that it crosses the threshold where the neuron fires, and nowhere else.
  let path = `M${left} ${y(0)}`;
  potential.forEach((v, t) => { path += `H${x(t)}V${y(v)}${fired[t] ? `V${y(reset)}` : ''}`; });
  path += `H${width}`;
  drawing.append(shape('path', { d: path, class: `trace ${kind}-line` }));
  fired.forEach((spike, t) => { if (spike) drawing.append(shape('circle', { cx: x(t), cy: y(potential[t]), r: Math.min(4, Math.max(2, step / 3)), class: `${kind}-fill` })); });
  const total = fired.filter(Boolean).length;
  byId('membrane-title').replaceChildren(
    `Membrane of neuron ${neuron} in column ${column}, ${kind}: ${total} ${total === 1 ? 'spike' : 'spikes'} `,
    node('small', {}, threshold == null ? 'no threshold that it could reach' : moving.length > 0 ? `threshold from ${Number(threshold.toPrecision(3))} up, dashed` : `threshold ${Number(threshold.toPrecision(3))}, dashed`));
  parent.replaceChildren(drawing, timeAxis(width, left));
}

/** About so many round numbers within a range. */
function ticks(low, high, wanted) {
  const rough = (high - low) / wanted, power = 10 ** Math.floor(Math.log10(rough)), unit = [1, 2, 5, 10].find(m => m * power >= rough) * power;
  const made = [];
  for (let tick = Math.ceil(low / unit) * unit; tick <= high; tick += unit) made.push(tick);
  return made;
}
