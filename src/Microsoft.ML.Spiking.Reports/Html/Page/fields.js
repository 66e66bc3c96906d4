// Input weights of neurons as images: blue drives, orange silences.

function drawFields() {
  const fields = layer.fields;
  if (!fields) {
    byId('fields').hidden = true;
    return;
  }
  const byColumn = Map.groupBy(fields.neurons, field => field.column), drawings = [];
  byId('field-list').style.setProperty('--each', Math.max(...[...byColumn.values()].map(neurons => neurons.length)));
  for (const [column, neurons] of byColumn)
    byId('field-list').append(node('div', { class: 'field-row' }, node('span', { class: 'axis-name' }, String(column)), neurons.map(field => {
      const canvas = node('canvas', { width: fields.width, height: fields.height, class: field.inhibitory ? 'field inhibitory' : 'field', role: 'img',
        'aria-label': `Weights of neuron ${field.neuron} of column ${column}, ${field.inhibitory ? 'inhibitory' : 'excitatory'}`, title: `column ${column}, neuron ${field.neuron}, ${field.inhibitory ? 'inhibitory' : 'excitatory'}; largest weight ${field.largest.toFixed(3)}` });
      drawings.push(() => drawField(canvas, field));
      return canvas;
    })));
  drawings.forEach(draw => draw());
  drawFields.again = () => drawings.forEach(draw => draw());
  byId('field-legend').append(node('li', {}, node('i', { class: 'swatch drives' }), 'drives'), node('li', {}, node('i', { class: 'swatch silences' }), 'silences'), node('li', {}, node('i', { class: 'swatch framed' }), 'inhibitory neuron'),
    fields.neurons[0].height < fields.height ? node('li', {}, 'Each column sees only a patch of the image.') : node('li', {}, 'One row of tiles a cortical column, named by its number.'));
}

function drawField(canvas, field) {
  const weights = new Int8Array(bytes(field.weights).buffer), drawing = canvas.getContext('2d'), image = drawing.createImageData(field.width, field.height);
  const inks = [colour('excitatory'), colour('inhibitory')].map(hex => [1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16)));
  weights.forEach((weight, i) => image.data.set([...inks[weight < 0 ? 1 : 0], Math.min(255, 2 * Math.abs(weight))], 4 * i));
  drawing.clearRect(0, 0, canvas.width, canvas.height);
  drawing.putImageData(image, field.left, field.top);
}
