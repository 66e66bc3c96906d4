// The columns in a ring: each a disc of neurons, the inhibitory ones at its heart, that flash as they fire; in the middle, what the network sees.

const GOLDEN = Math.PI * (3 - Math.sqrt(5));
const FADE = 1.5;               // steps in which a flash fades to a third

export class Columns {
  #canvas;
  #context;
  #model;
  #recording = null;
  #last = [];                   // of each step, each neuron's latest spike up to it; -1 before the first
  #picture = null;
  #time = 0;
  #layout = null;
  #colours = {};

  constructor(canvas, model) {
    this.#canvas = canvas;
    this.#context = canvas.getContext("2d");
    this.#model = model;
    this.recolour();
    new ResizeObserver(() => { this.#layout = null; this.paint(); }).observe(canvas);
  }

  recolour() {
    const style = getComputedStyle(document.documentElement);
    for (const name of ["excitatory", "inhibitory", "rest", "wire", "ink", "card", "line", "soft"]) this.#colours[name] = style.getPropertyValue(`--${name}`).trim();
    this.#sprites = {};
    if (this.#recording) this.#picture = this.#seen(this.#recording.pixels);
    this.paint();
  }

  #sprites = {};

  /** Takes a recording, or null for a silent network. */
  show(recording) {
    this.#recording = recording;
    this.#picture = recording && this.#seen(recording.pixels);
    this.#last = [];
    let before = new Int16Array(this.#model.columns * this.#model.neuronsPerColumn).fill(-1);
    recording?.fired.forEach((neurons, step) => {
      const now = before.slice();
      for (const neuron of neurons) now[neuron] = step;
      this.#last.push(before = now);
    });
    this.paint();
  }

  /** Moves to a time, in steps: 2.5 is half a step after step 2 began. */
  at(time) {
    this.#time = time;
    this.paint();
  }

  paint() {
    const canvas = this.#canvas, side = Math.round(canvas.clientWidth * devicePixelRatio);
    if (side === 0) return;
    if (canvas.width !== side) { canvas.width = canvas.height = side; this.#layout = null; }
    const layout = this.#layout ??= this.#lay(side), context = this.#context, colours = this.#colours;
    context.clearRect(0, 0, side, side);
    const step = Math.min(Math.floor(this.#time), this.#last.length - 1), last = step < 0 ? null : this.#last[step];
    const rest = new Path2D(), tired = { excitatory: new Path2D(), inhibitory: new Path2D() }, glowing = [], activity = new Float32Array(layout.discs.length);
    for (const [c, disc] of layout.discs.entries()) {
      for (const [n, dot] of disc.dots.entries()) {
        const spike = last ? last[c * this.#model.neuronsPerColumn + n] : -1;
        const glow = spike < 0 ? 0 : Math.exp(-(this.#time - spike) / FADE), kind = n < this.#model.excitatoryNeurons ? "excitatory" : "inhibitory";
        if (glow > 0.03) {
          glowing.push([dot, glow, kind]);
          activity[c] += glow / disc.dots.length;
        }
        const path = spike < 0 ? rest : tired[kind];
        path.moveTo(dot.x + layout.dot, dot.y);
        path.arc(dot.x, dot.y, layout.dot, 0, 2 * Math.PI);
      }
    }
    this.#wires(context, layout, activity);
    context.fillStyle = colours.rest;
    context.fill(rest);
    // Who has fired keeps a trace of it, so that at the end the discs show who did.
    for (const kind of ["excitatory", "inhibitory"]) {
      context.fillStyle = `color-mix(in srgb, ${colours[kind]} 45%, ${colours.rest})`;
      context.fill(tired[kind]);
    }
    for (const [dot, glow, kind] of glowing) {
      const sprite = this.#sprite(kind, layout.dot), size = sprite.width * (0.7 + 0.3 * glow);
      context.globalAlpha = Math.min(1, glow * 1.15);
      context.drawImage(sprite, dot.x - size / 2, dot.y - size / 2, size, size);
    }
    context.globalAlpha = 1;
    this.#middle(context, layout, side);
  }

  /** Connections between columns: faint, and brighter as the column that speaks is active. */
  #wires(context, layout, activity) {
    context.strokeStyle = this.#colours.wire;
    context.lineWidth = Math.max(1, layout.side / 720);
    const share = Math.min(1, 90 / this.#model.connections.length) + 0.15;
    for (const [pre, post] of this.#model.connections) {
      const from = layout.discs[pre], to = layout.discs[post];
      context.globalAlpha = Math.min(0.75, share * (0.13 + 1.6 * activity[pre]));
      context.beginPath();
      context.moveTo(from.gate.x, from.gate.y);
      context.quadraticCurveTo(layout.side / 2 + (from.gate.x + to.gate.x - layout.side) * 0.22, layout.side / 2 + (from.gate.y + to.gate.y - layout.side) * 0.22, to.gate.x, to.gate.y);
      context.stroke();
    }
    context.globalAlpha = 1;
  }

  #middle(context, layout, side) {
    const size = layout.picture, left = (side - size) / 2, round = size * 0.08;
    context.beginPath();
    context.roundRect(left, left, size, size, round);
    context.fillStyle = this.#colours.card;
    context.fill();
    context.save();
    context.clip();
    if (this.#picture) {
      context.imageSmoothingEnabled = false;
      context.drawImage(this.#picture, left, left, size, size);
    }
    context.restore();
    context.strokeStyle = this.#colours.line;
    context.lineWidth = Math.max(1, side / 640);
    context.stroke();
    const { height, width } = this.#model;
    context.fillStyle = this.#colours.soft;
    context.font = `${Math.max(11 * devicePixelRatio, side / 52)}px ${getComputedStyle(document.body).fontFamily}`;
    context.textAlign = "center";
    if (!this.#picture) {
      context.textBaseline = "middle";
      context.fillText(`${width} × ${height}`, side / 2, side / 2);
    }
  }

  /** The network's picture, in the page's ink. */
  #seen(pixels) {
    const { height, width } = this.#model, canvas = new OffscreenCanvas(width, height), context = canvas.getContext("2d");
    context.fillStyle = this.#colours.ink;
    pixels.forEach((value, i) => {
      context.globalAlpha = value;
      context.fillRect(i % width, Math.floor(i / width), 1, 1);
    });
    return canvas;
  }

  #sprite(kind, dot) {
    return this.#sprites[kind] ??= (() => {
      const size = Math.ceil(dot * 6.5), canvas = new OffscreenCanvas(size, size), context = canvas.getContext("2d");
      const glow = context.createRadialGradient(size / 2, size / 2, 0, size / 2, size / 2, size / 2), colour = this.#colours[kind];
      glow.addColorStop(0, colour);
      glow.addColorStop(0.38, colour);
      glow.addColorStop(0.42, `color-mix(in srgb, ${colour} 34%, transparent)`);
      glow.addColorStop(1, `color-mix(in srgb, ${colour} 0%, transparent)`);
      context.fillStyle = glow;
      context.fillRect(0, 0, size, size);
      return canvas;
    })();
  }

  /** Discs that just touch, in a ring that fills the square; neurons as seeds of a sunflower, the inhibitory ones first and so inmost. */
  #lay(side) {
    this.#sprites = {};
    const { columns, neuronsPerColumn: neurons, excitatoryNeurons } = this.#model, half = side / 2;
    const sine = columns > 2 ? Math.sin(Math.PI / columns) : 0.6, margin = side * 0.012;
    const ring = (half - margin) / (1 + sine), disc = ring * sine * 0.93, seed = disc / Math.sqrt(neurons);
    const discs = Array.from({ length: columns }, (_, c) => {
      const angle = 2 * Math.PI * c / columns - Math.PI / 2, x = half + ring * Math.cos(angle), y = half + ring * Math.sin(angle);
      const dots = Array.from({ length: neurons }, (_, n) => {
        const place = n < excitatoryNeurons ? neurons - excitatoryNeurons + n : n - excitatoryNeurons;
        const radius = seed * Math.sqrt(place + 0.5) * 0.97, turn = place * GOLDEN + angle;
        return { x: x + radius * Math.cos(turn), y: y + radius * Math.sin(turn) };
      });
      const inner = ring - disc * 1.06;
      return { dots, gate: { x: half + inner * Math.cos(angle), y: half + inner * Math.sin(angle) } };
    });
    return { side, discs, dot: seed * 0.6, picture: Math.min((ring - disc) * 0.78, side * 0.3) };
  }
}
