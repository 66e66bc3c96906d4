// Which connections stand at which moment of training.

const topology = { moment: 0, focus: null };

const pairs = flat => Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i], flat[2 * i + 1]]);
const keyOf = ([from, to]) => from * layer.topology.columns + to;

/** What stands at a moment, by key: 'first' of the first graph, 'grown' later, 'new' in this very update; and what has just gone. */
function connectionsAt(moment) {
  const standing = new Map(pairs(layer.topology.start).map(pair => [keyOf(pair), 'first']));
  let gone = new Map();
  for (let i = 1; i <= moment; i++) {
    const { formed, pruned } = layer.topology.moments[i];
    for (const [key, kind] of standing) if (kind === 'new') standing.set(key, 'grown');
    gone = new Map();
    for (const pair of pairs(formed)) standing.set(keyOf(pair), 'new');
    for (const pair of pairs(pruned)) {
      standing.delete(keyOf(pair));
      gone.set(keyOf(pair), 'gone');
    }
  }
  return { standing, gone };
}

const momentName = i => {
  const { moments, isComplete } = layer.topology;
  if (!isComplete) return 'now';
  return i === 0 ? 'start' : i === moments.length - 1 ? `now, after batch ${count(moments[i].batch)}` : `after batch ${count(moments[i].batch)}`;
};
