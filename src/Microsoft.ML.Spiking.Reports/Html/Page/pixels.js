// Samples as pictures on a canvas.

/** Whether samples are ink on paper, as written digits and spikes are, and not photographs. */
const isInk = report.samples.kind !== 'image' || report.samples.channels === 1 && (() => {
  const nearlyBare = 32;
  let bare = 0, all = 0;
  for (const sample of report.samples.all.slice(0, 50))
    for (const pixel of bytes(sample.pixels)) { all++; if (pixel < nearlyBare) bare++; }
  return bare > 0.4 * all;
})();

function describe(sample) {
  const guess = `read as ${className(sample.guess)}, ${sure(sample.confidence)} sure`;
  return sample.truth == null ? `Row ${sample.row}: ${guess}` : `Row ${sample.row}, ${className(sample.truth)}: ${guess}`;
}

function picture(sample, extra = '') {
  const { width, height, channels, kind } = report.samples;
  const canvas = node('canvas', { width, height, class: `sample ${kind} ${isInk ? 'ink' : ''} ${extra}`, role: 'img', 'aria-label': describe(sample) });
  const pixels = bytes(sample.pixels), drawing = canvas.getContext('2d'), image = drawing.createImageData(width, height);
  for (let i = 0; i < width * height; i++) {
    if (isInk) {
      image.data.set([31, 39, 51, pixels[i]], 4 * i);
    } else {
      for (let c = 0; c < 3; c++) image.data[4 * i + c] = pixels[i * channels + (channels === 3 ? c : 0)];
      image.data[4 * i + 3] = 255;
    }
  }
  drawing.putImageData(image, 0, 0);
  return canvas;
}

/** A sample with the network's answer below it. */
function answered(sample) {
  const wrong = sample.truth != null && sample.truth !== sample.guess;
  return node('figure', { class: wrong ? 'answer wrong' : 'answer', title: describe(sample) },
    picture(sample),
    node('figcaption', {},
      node('span', { class: 'guess' }, wrong ? `✕ ${className(sample.guess)}` : className(sample.guess)),
      node('span', { class: 'sure' }, sure(sample.confidence, 0)),
      wrong ? node('span', { class: 'truth' }, `is ${className(sample.truth)}`) : null),
    node('div', { class: 'meter', 'aria-hidden': 'true' }, node('i', { style: `width:${100 * sample.confidence}%` })));
}
