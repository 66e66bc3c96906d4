// The first screen: how good it is, what it is.

function drawSummary() {
  const summary = report.summary, cost = report.cost;
  const figure = (value, name, hint) => node('div', { class: 'figure' }, node('b', {}, value), node('span', {}, name), hint ? node('small', {}, hint) : null);
  byId('figures').append(
    summary.accuracy == null
      ? figure(count(summary.unlabelled), 'rows without labels', 'scored, but nobody knows the truth')
      : figure(percent(summary.accuracy, 2), 'accuracy', `${count(summary.right)} of ${count(summary.labelled)} right`),
    figure(sure(summary.confidence), 'mean confidence', summary.accuracy == null ? null : confidenceInWords(summary.confidence - summary.accuracy)),
    figure(summary.facts.Training.Time, 'of training', summary.facts['Made with'].Device),
    figure(count(cost.spikes), 'spikes a prediction', `${shareOfDense().join('')} the operations of an ordinary network`));

  const left = [summary.unlabelled && summary.accuracy != null ? counted(summary.unlabelled, 'without a known label') : null, summary.unscored ? counted(summary.unscored, 'with missing features, which cannot be scored') : null].filter(Boolean);
  const rows = summary.accuracy == null ? 'rows without labels' : `${count(summary.labelled)} rows of ${report.classes.length} classes`;
  byId('lead').textContent = `A trained spiking network, on ${rows}.${left.length ? ` Left out: ${left.join(' and ')}.` : ''}`;

  for (const [group, facts] of Object.entries(summary.facts))
    byId('facts').append(node('div', {}, node('h3', {}, group), node('dl', {}, Object.entries(facts).map(([name, value]) => node('div', {}, node('dt', {}, name), node('dd', {}, value))))));
  byId('options').textContent = summary.options;
  byId('colophon').textContent = `Microsoft.ML.Spiking ${summary.facts['Made with'].Library}. Charts by plotly.js. This file loads nothing from anywhere.`;
}

const counted = (rows, which) => `${count(rows)} ${rows === 1 ? 'row' : 'rows'} ${which}`;

function confidenceInWords(surplus) {
  if (Math.abs(surplus) < 0.01) return 'as sure as it is right';
  return surplus > 0 ? `${percent(surplus)} surer than right` : `${percent(-surplus)} less sure than right`;
}
