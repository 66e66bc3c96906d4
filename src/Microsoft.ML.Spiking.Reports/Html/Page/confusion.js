// The confusion matrix as a table of buttons, and the samples behind a cell.

function drawConfusion() {
  const confusion = report.confusion;
  if (!confusion) {
    byId('confusion').hidden = true;
    return;
  }
  const { shown, counts } = confusion, size = shown.length;
  const rows = counts.map(row => row.reduce((a, b) => a + b, 0));
  const columns = shown.map((_, guess) => counts.reduce((sum, row) => sum + row[guess], 0));
  const worst = Math.max(1e-9, ...counts.flatMap((row, i) => row.map((n, j) => i === j ? 0 : n / Math.max(1, rows[i]))));
  const share = (part, whole) => whole ? (100 * part / whole).toFixed(part === whole ? 0 : 1) : '–';

  const cells = [];
  const table = byId('matrix');
  table.style.setProperty('--classes', size);
  if (shown.some(c => className(c).length > 4)) table.classList.add('long');
  table.append(
    node('caption', {}, size < report.classes.length ? `The ${size} most confused of ${report.classes.length} classes, in rows of the data` : 'Rows of the data: truth from top to bottom, answer from left to right; recall and precision in %'),
    node('thead', {}, node('tr', {}, node('td'), shown.map(c => node('th', { scope: 'col', title: className(c) }, node('span', {}, className(c)))), node('th', { scope: 'col', class: 'margin' }, 'recall'))),
    node('tbody', {}, shown.map((truth, i) => node('tr', {},
      node('th', { scope: 'row', title: className(truth) }, className(truth)),
      shown.map((guess, j) => {
        const n = counts[i][j], part = n / Math.max(1, rows[i]);
        const strength = n === 0 ? 0 : i === j ? 18 + 72 * part : 8 + 82 * Math.sqrt(part / worst);
        const button = node('button', {
          type: 'button', tabindex: i + j === 0 ? 0 : -1, 'data-cell': `${truth},${guess}`, class: i === j ? 'right' : 'wrong', style: `--strength:${strength.toFixed(0)}%`,
          'data-strong': strength > 70, 'aria-label': `${className(truth)} read as ${className(guess)}: ${n} of ${rows[i]}`, onclick: () => open(i, j),
        }, n === 0 ? '·' : String(n));
        (cells[i] ??= [])[j] = button;
        return node('td', {}, button);
      }),
      node('td', { class: 'margin' }, share(counts[i][i], rows[i]))))),
    node('tfoot', {}, node('tr', {}, node('th', { scope: 'row', class: 'margin' }, 'precision'), shown.map((_, j) => node('td', { class: 'margin' }, share(counts[j][j], columns[j]))), node('td'))));

  table.addEventListener('keydown', event => {
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    const at = cells.flatMap((row, i) => row.map((button, j) => [button, i, j])).find(([button]) => button === document.activeElement);
    if (!step || !at) return;
    event.preventDefault();
    const next = cells[at[1] + step[0]]?.[at[2] + step[1]];
    if (!next) return;
    at[0].tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });

  const drawer = byId('cell');
  let opened = null;
  function open(i, j) {
    opened?.classList.remove('open');
    opened = cells[i][j];
    opened.classList.add('open');
    const truth = shown[i], guess = shown[j], n = counts[i][j], kept = confusion.cells[`${truth},${guess}`] ?? [];
    const words = i === j ? `${className(truth)}, read rightly` : `${className(truth)} read as ${className(guess)}`;
    drawer.replaceChildren(
      node('div', { class: 'drawer-head' },
        node('h3', {}, words),
        node('p', {}, n === 0 ? 'No row.' : `${count(n)} of ${count(rows[i])}${kept.length < n ? `; the first ${kept.length} of them` : ''}`),
        node('button', { type: 'button', class: 'quiet-button close', onclick: close }, 'Close')),
      node('div', { class: 'grid' }, kept.map(place => answered(report.samples.all[place]))));
    drawer.hidden = false;
  }
  function close() {
    drawer.hidden = true;
    opened?.classList.remove('open');
    opened?.focus();
    opened = null;
  }
  document.addEventListener('keydown', event => { if (event.key === 'Escape' && opened) close(); });

  const mistakes = counts.flatMap((row, i) => row.map((n, j) => ({ i, j, n }))).filter(cell => cell.i !== cell.j && cell.n > 0).sort((a, b) => b.n - a.n).slice(0, 6);
  if (mistakes.length === 0) byId('pairs').replaceWith(node('p', {}, 'None: every answer was right.'));
  else byId('pairs').append(...mistakes.map(({ i, j, n }) => node('li', {},
    node('button', { type: 'button', onclick: () => { open(i, j); drawer.scrollIntoView({ block: 'nearest' }); } },
      node('span', {}, node('b', {}, className(shown[i])), ' read as ', node('b', {}, className(shown[j])), node('small', {}, `${count(n)} of ${count(rows[i])}`)),
      node('span', { class: 'thumbs' }, (confusion.cells[`${shown[i]},${shown[j]}`] ?? []).slice(0, report.samples.kind === 'image' ? 5 : 1).map(place => picture(report.samples.all[place])))))));
}
