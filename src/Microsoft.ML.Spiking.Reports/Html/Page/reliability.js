// Whether scores mean what they say: accuracy against confidence, in bins.

function drawReliability() {
  const parent = byId('reliability');
  if (report.reliability == null) {
    parent.hidden = true;
    return;
  }
  const bins = report.reliability.filter(bin => bin.rows > 0), middle = bin => (bin.from + bin.to) / 2;
  chart(parent, 'How often answers are right, by how sure they are', () => ({
    traces: [
      { name: 'right', type: 'bar', x: bins.map(middle), y: bins.map(bin => bin.accuracy), width: bins.map(bin => bin.to - bin.from), marker: { color: colour('third') },
        customdata: bins.map(bin => `${count(bin.rows)} answers, ${(100 * bin.confidence).toFixed(1)} % sure on the mean`), hovertemplate: '%{y:.1%} right<br>%{customdata}<extra></extra>' },
      { name: 'as often as they are sure', type: 'scatter', mode: 'lines', x: [0, 1], y: [0, 1], line: { color: colour('ink'), dash: 'dash', width: 1.5 }, hoverinfo: 'skip' },
    ],
    layout: {
      xaxis: { title: { text: 'probability of the answer', standoff: 6 }, range: [0, 1], tickformat: '.0%' },
      yaxis: { title: { text: 'right' }, range: [0, 1.02], tickformat: '.0%' },
      bargap: 0, hovermode: 'closest',
    },
  }));
}
