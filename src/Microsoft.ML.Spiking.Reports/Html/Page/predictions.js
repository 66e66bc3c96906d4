// The grid of predictions: one set of samples at a time, and all of them on paper.

function drawPredictions() {
  const { first, wrong, unsure } = report.grid;
  const sets = [['As they come', first], ['Wrong ones', wrong], ['Least sure', unsure]].filter(([, places]) => places.length > 0);
  const grids = sets.map(([, places]) => node('div', { class: 'grid', hidden: true }, places.map(place => answered(report.samples.all[place]))));
  byId('sets').append(...sets.flatMap(([name], i) => [node('h3', {}, name), grids[i]]));
  const show = chosen => grids.forEach((grid, i) => { grid.hidden = i !== chosen; });
  choices(byId('which'), sets, show, ([name, places]) => [name, node('small', {}, String(places.length))])(0);
}
