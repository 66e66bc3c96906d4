// The spikes of one sample over time: a canvas for the excitatory neurons and one for the inhibitory, and what was answered.

const raster = { recording: null, column: null, neuron: null };

/** The lines of a raster: [column, place among the neurons shown, number of the neuron]. */
function rasterLines(kind) {
  const { columns, excitatory, inhibitory } = layer.activity;
  const numbers = kind === 'excitatory' ? excitatory : inhibitory, offset = kind === 'excitatory' ? 0 : excitatory.length;
  const shown = raster.column == null ? [...Array(columns).keys()] : [raster.column];
  return shown.flatMap(column => numbers.map((neuron, i) => [column, offset + i, neuron]));
}

function cellOf(column, place, step) {
  const { excitatory, inhibitory, steps } = layer.activity;
  return (column * (excitatory.length + inhibitory.length) + place) * steps + step;
}

const firedIn = (recording, cell) => (recording.spikeBits[cell >> 3] >> (cell & 7)) & 1;

function drawRaster() {
  const parent = byId('raster'), { steps } = layer.activity, left = 48, width = Math.max(240, parent.clientWidth);
  parent.replaceChildren();
  for (const kind of ['excitatory', 'inhibitory']) {
    const lines = rasterLines(kind);
    if (lines.length === 0) continue;
    const whole = raster.column == null, tallest = kind === 'excitatory' ? 440 : 150;
    const line = whole ? Math.min(6, Math.max(0.5, tallest / lines.length)) : Math.min(9, Math.max(4, tallest / lines.length)), height = Math.ceil(line * lines.length);
    const canvas = node('canvas', { width: 2 * width, height: 2 * height, style: `width:${width}px;height:${height}px`, class: 'raster', role: 'img', 'data-kind': kind,
      'aria-label': `Spikes of ${lines.length} ${kind} neurons in ${steps} steps` });
    const drawing = canvas.getContext('2d'), step = (width - left) / steps;
    drawing.scale(2, 2);
    drawing.font = `11px ${getComputedStyle(document.body).fontFamily}`;
    drawing.textAlign = 'right';
    drawing.textBaseline = 'middle';
    const each = lines.length / (whole ? layer.activity.columns : 1);
    if (whole) {
      const every = Math.ceil(13 / (each * line));
      for (let column = 0; column < layer.activity.columns; column++) {
        drawing.fillStyle = colour(column % 2 ? 'paper' : 'stripe');
        drawing.fillRect(left, column * each * line, width - left, each * line);
        if (column % every) continue;
        drawing.fillStyle = colour('quiet');
        drawing.fillText(String(column), left - 8, (column + 0.5) * each * line);
      }
    } else {
      drawing.fillStyle = colour('stripe');
      drawing.fillRect(left, 0, width - left, height);
      const every = Math.ceil(13 / line);
      drawing.fillStyle = colour('quiet');
      lines.forEach(([, , neuron], i) => { if (i % every === 0) drawing.fillText(String(neuron), left - 8, (i + 0.5) * line); });
    }
    lines.forEach(([column, place, neuron], i) => {
      const chosen = column === raster.neuron?.column && neuron === raster.neuron?.neuron;
      if (chosen) {
        drawing.fillStyle = colour('chosen');
        drawing.fillRect(left, i * line - (line < 3 ? 1.5 : 0), width - left, Math.max(line, 3));
      }
      drawing.fillStyle = colour(kind);
      const mark = Math.min(step * 0.8, 14), tall = line < 3 ? Math.max(line, 1) : line * 0.8;
      for (let t = 0; t < steps; t++)
        if (firedIn(raster.recording, cellOf(column, place, t))) drawing.fillRect(left + (t + 0.5) * step - mark / 2, i * line + (line - tall) / 2, mark, tall);
    });
    canvas.addEventListener('click', event => {
      const at = lines[Math.min(lines.length - 1, Math.floor(event.offsetY / line))];
      chooseNeuron(at[0], at[2]);
    });
    parent.append(node('p', { class: 'axis-name' }, `${kind}, ${whole ? 'by column' : `column ${raster.column}`}`), canvas);
  }
  parent.append(timeAxis(width, left));
}

/** The steps below a raster or a trace. */
function timeAxis(width, left) {
  const { steps } = layer.activity, step = (width - left) / steps, every = Math.ceil(steps / Math.min(12, Math.max(4, width / 60)));
  const axis = shape('svg', { width, height: 30, viewBox: `0 0 ${width} 30`, class: 'axis', 'aria-hidden': 'true' });
  for (let t = 0; t < steps; t += every) axis.append(shape('text', { x: left + (t + 0.5) * step, y: 12, 'text-anchor': 'middle' }, String(t)));
  axis.append(shape('text', { x: width, y: 26, 'text-anchor': 'end' }, 'time step'));
  return axis;
}

function chooseNeuron(column, neuron) {
  raster.neuron = { column, neuron };
  const { excitatory, inhibitory } = layer.activity;
  byId('raster-neuron').value = `${column},${neuron}`;
  drawRaster();
  drawMembrane(column, neuron, [...excitatory, ...inhibitory].indexOf(neuron));
}

function fillNeurons() {
  const { columns, excitatory, inhibitory } = layer.activity, select = byId('raster-neuron');
  select.replaceChildren();
  for (const column of raster.column == null ? Array(columns).keys() : [raster.column]) {
    select.append(node('optgroup', { label: `column ${column}` },
      [...excitatory, ...inhibitory].map((neuron, i) => node('option', { value: `${column},${neuron}` }, `${column} · ${neuron} ${i < excitatory.length ? 'excitatory' : 'inhibitory'}`))));
  }
}

/** Whose membrane tells most, of a column's neurons or of all: one that climbs for some steps before it fires. */
function mostTelling() {
  const { steps } = layer.activity;
  let best = null, nearest = Infinity;
  for (const [column, place, neuron] of rasterLines('excitatory').concat(rasterLines('inhibitory'))) {
    let fired = 0;
    for (let t = 0; t < steps; t++) fired += firedIn(raster.recording, cellOf(column, place, t));
    const off = Math.abs(fired - steps / 3);
    if (fired > 0 && off < nearest) [best, nearest] = [[column, neuron], off];
  }
  return best ?? [0, 0];
}

function drawAnswer() {
  const recording = raster.recording, sample = report.samples.all[recording.sample];
  const order = recording.score.map((p, i) => [p, i]).sort((a, b) => b[0] - a[0]), many = order.length > 12;
  const busiest = Math.max(...recording.byColumn, 1);
  byId('answer').replaceChildren(
    answered(sample),
    node('div', {},
    node('h3', {}, 'Answer'),
    node('ul', { class: many ? 'scores many' : 'scores', tabindex: many ? 0 : null, 'aria-label': `All ${order.length} classes, the likeliest first` }, order.map(([p, i]) => node('li', { class: i === sample.truth ? 'truth' : null }, node('span', {}, className(i)), node('div', { class: 'meter' }, node('i', { style: `width:${100 * p}%` })), node('span', {}, sure(p))))),
    node('h3', {}, 'Spikes'),
    node('p', { class: 'small' }, `${count(recording.byStep.reduce((a, b) => a + b, 0))} in ${layer.activity.steps} steps; of each column:`),
    node('div', { class: 'bars', role: 'img', 'aria-label': 'Spikes of each column' }, recording.byColumn.map((n, i) => node('i', { style: `height:${100 * n / busiest}%`, title: `column ${i}: ${n} spikes` })))));
}

function drawActivity() {
  const { samples } = report, { activity } = layer, parent = byId('recordings');
  const shown = (activity.excitatory.length + activity.inhibitory.length) * activity.columns, all = activity.columns * activity.neuronsPerColumn;
  byId('raster-column').append(
    node('option', { value: '' }, shown < all ? `${count(shown)} of ${count(all)} neurons` : 'all columns'),
    ...Array.from({ length: activity.columns }, (_, column) => node('option', { value: column }, `column ${column}`)));
  byId('raster-column').addEventListener('change', event => {
    raster.column = event.target.value === '' ? null : Number(event.target.value);
    fillNeurons();
    chooseNeuron(...mostTelling());
  });
  byId('raster-neuron').addEventListener('change', event => chooseNeuron(...event.target.value.split(',').map(Number)));
  fillNeurons();
  const pick = choices(parent, activity.recordings, chosen => {
    raster.recording = activity.recordings[chosen];
    raster.recording.spikeBits ??= bytes(raster.recording.spikes);
    raster.recording.potentials ??= new Int16Array(bytes(raster.recording.membranes).buffer);
    if (raster.recording.thresholds) raster.recording.moving ??= new Int16Array(bytes(raster.recording.thresholds).buffer);
    drawAnswer();
    if (byId('raster').clientWidth > 0) chooseNeuron(...(raster.neuron ? [raster.neuron.column, raster.neuron.neuron] : mostTelling()));
  }, recording => {
    const sample = samples.all[recording.sample], wrong = sample.truth != null && sample.truth !== sample.guess;
    return [picture(sample), node('small', {}, wrong ? `✕ ${className(sample.guess)}` : className(sample.guess))];
  });
  pick(0);
  redrawn(byId('raster'), redrawActivity);
}

function redrawActivity() {
  chooseNeuron(raster.neuron.column, raster.neuron.neuron);
}
