// Draws, asks, shows. One question is under way at a time, and the latest drawing is asked about next.

import { Columns } from "./columns.js";
import { Pad } from "./pad.js";
import { Timeline } from "./timeline.js";

const find = id => document.getElementById(id);
const count = new Intl.NumberFormat("en");
// Never all: what is left beside 99.97 % is a chance of being wrong.
const percent = (part, digits = 1) => {
  const most = 100 - 10 ** -digits;
  return 100 * part > most + 10 ** -digits / 2 ? `> ${most.toFixed(digits)} %` : part < 0.0005 ? "0 %" : `${(100 * part).toFixed(digits)} %`;
};
const surely = part => percent(part, part > 0.999 ? 2 : 1);
const still = matchMedia("(prefers-reduced-motion: reduce)");

const model = await (await fetch("model")).json();
const columns = new Columns(find("columns"), model);
const timeline = new Timeline({ play: find("play"), glyph: find("glyph"), scrub: find("scrub"), step: find("step"), speed: find("speed"), rates: find("rates") }, time => columns.at(time));
const pad = new Pad(find("pad"), changed);
const rows = describe(model);

let asking = false, stale = false, fresh = true;

function describe(model) {
  const right = model.accuracy === undefined ? "" : ` Together they read ${(100 * model.accuracy).toFixed(1)} % of unseen digits correctly`
    + ` after ${Math.max(1, Math.round(model.trainingSeconds))} seconds of training.`;
  find("model").textContent = `${model.columns} cortical columns of ${model.neuronsPerColumn} spiking neurons look at ${model.width} × ${model.height} pixels for ${model.steps} time steps.${right}`;
  find("hint").textContent = `${model.classes[0]} – ${model.classes.at(-1)}, here`;
  find("speed").value = model.steps > 16 ? "16" : "8";
  const list = find("scores");
  list.style.setProperty("--rows", Math.ceil(model.classes.length / 2));
  return model.classes.map(name => {
    const row = list.appendChild(document.createElement("li"));
    row.innerHTML = '<span class="name"></span><span class="track"><i></i></span><span class="part"></span>';
    row.querySelector(".name").textContent = name;
    return row;
  });
}

function changed() {
  const drawn = pad.strokes > 0;
  find("pad").parentElement.classList.toggle("drawn", drawn);
  find("clear").disabled = find("undo").disabled = !drawn;
  stale = true;
  if (!asking) ask();
}

async function ask() {
  asking = true;
  find("scores").ariaBusy = "true";
  while (stale) {
    stale = false;
    const picture = await pad.picture();
    if (picture === null) { show(null); continue; }
    try {
      const response = await fetch("spikes", { method: "POST", headers: { "Content-Type": "image/png" }, body: picture });
      const answer = await response.json();
      if (!response.ok) throw new Error(answer.detail ?? answer.title);
      if (pad.strokes > 0) show(answer);
    } catch (fault) {
      complain(fault instanceof TypeError ? "The server does not answer; is it still running?" : fault.message);
    }
  }
  asking = false;
  find("scores").ariaBusy = "false";
}

function show(answer) {
  find("fault").hidden = true;
  const likeliest = answer?.scores.find(score => score.label === answer.label), best = answer?.recognised ? likeliest : undefined;
  rows.forEach((row, i) => {
    const score = answer?.scores[i];
    row.classList.toggle("first", score !== undefined && score === best);
    row.style.setProperty("--score", score?.score ?? 0);
    row.querySelector(".part").textContent = score ? percent(score.score) : "";
  });
  const none = answer !== null || pad.strokes > 0, word = best?.label ?? (none ? "no digit" : "?");
  document.body.dataset.label = best?.label ?? "";
  find("verdict").textContent = word;
  find("verdict").classList.toggle("long", word.length > 2);
  find("sure").textContent = best ? `${surely(best.score)} sure` : likeliest ? `nearest: ${likeliest.label}` : none ? "" : "Nothing is drawn yet";
  speak(best ? `${best.label}, ${surely(best.score)} sure.` : none ? "No digit." : "");
  find("cost").innerHTML = answer
    ? `<b>${count.format(answer.cost.spikes)}</b> spikes and <b>${count.format(answer.cost.synapticOperations)}</b> synaptic operations;`
      + ` an ordinary network of the same layers takes ${against(answer.cost.denseOperations, answer.cost.synapticOperations)}.`
    : "";
  columns.show(answer?.recording ?? null);
  timeline.show(answer?.recording ?? null, model.excitatoryNeurons);
  if (answer && fresh) timeline.playing = !still.matches;
  fresh = answer === null;
}

/** So many multiply-adds, more or fewer than the spikes took. */
function against(dense, sparse) {
  const times = dense / sparse, many = count.format(dense);
  if (times >= 1.05) return `${many}, <b>${times.toFixed(1)} times</b> as many`;
  return times > 0.95 ? `${many}, <b>about as many</b>` : `only ${many}, <b>${Math.round(100 * times)} %</b> of that`;
}

let speaking = 0;

/** For those who listen: once the hand rests, not at every turn of it. */
function speak(sentence) {
  clearTimeout(speaking);
  speaking = setTimeout(() => find("spoken").textContent = sentence, 700);
}

function complain(sentence) {
  find("fault").textContent = sentence;
  find("fault").hidden = false;
}

find("clear").addEventListener("click", () => pad.clear());
find("undo").addEventListener("click", () => pad.undo());
addEventListener("keydown", event => {
  if (event.key === "Escape") pad.clear();
  else if (event.key === "z" && (event.ctrlKey || event.metaKey)) pad.undo();
  else if (event.target !== document.body) return;
  else if (event.key === " ") timeline.playing = !timeline.playing;
  else if (event.key === "ArrowLeft") timeline.step(-1);
  else if (event.key === "ArrowRight") timeline.step(1);
  else return;
  event.preventDefault();
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { columns.recolour(); timeline.paint(); pad.paint(); });
document.body.dataset.ready = "true";
