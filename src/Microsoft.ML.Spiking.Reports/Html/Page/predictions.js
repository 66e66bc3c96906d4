// The grid of predictions.

function drawPredictions() {
  const { first, wrong, unsure } = report.grid;
  const sets = [['As they come', first], ['Wrong ones', wrong], ['Least sure', unsure]].filter(([, places]) => places.length > 0);
  const show = places => byId('grid').replaceChildren(...places.map(place => answered(report.samples.all[place])));
  choices(byId('which'), sets, chosen => show(sets[chosen][1]), ([name, places]) => [name, node('small', {}, String(places.length))])(0);
}
