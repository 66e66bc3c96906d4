// The structural journal in numbers.

const reasons = { CoActive: 'formed: fire together', Unused: 'pruned: carried little', UnusedAndWeak: 'pruned: carried little and weak' };

function drawJournal() {
  const journal = layer.topology.journal, parent = byId('journal');
  if (!journal) {
    parent.append(node('p', {}, 'Structural plasticity was off: the connections are those of the start.'));
    return;
  }
  const figure = (value, name) => node('div', { class: 'figure' }, node('b', {}, value), node('span', {}, name));
  parent.append(node('div', { class: 'figures' },
    figure(count(journal.formed), 'formed'),
    figure(count(journal.pruned), 'pruned'),
    figure(count(journal.updates), `updates with changes, every ${journal.interval} batches`),
    figure(journal.first ? percent(journal.firstStanding / journal.first, 0) : '–', `of the first ${count(journal.first)} still stand`),
    figure(count(journal.grownStanding), 'stand that were not there at first'),
    figure(count(journal.reversed), 'changes undid an earlier one')));
  if (journal.last.length === 0) return;
  parent.append(node('details', {}, node('summary', {}, `The last ${journal.last.length} changes`), node('div', { class: 'scroll' }, node('table', { class: 'numbers' },
    node('thead', {}, node('tr', {}, ['batch', 'from → to', 'what', 'potential', 'usage', 'weight'].map(title => node('th', { scope: 'col', class: title === 'what' ? 'words' : null }, title)))),
    node('tbody', {}, journal.last.map(change => node('tr', {},
      node('td', {}, count(change.batch)), node('th', { scope: 'row' }, `${change.from} → ${change.to}`), node('td', { class: 'words' }, reasons[change.why] ?? change.why),
      node('td', {}, Number(change.potential).toPrecision(3)), node('td', {}, Number(change.usage).toPrecision(3)), node('td', {}, Number(change.weight).toPrecision(3)))))))));
}
