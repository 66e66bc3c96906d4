// The time steps: how many neurons fired in each, a hand that runs over them, and the keys that move it.

const GLYPHS = { play: "M8 5v14l11-7z", pause: "M7 5h4v14H7zM13 5h4v14h-4z" };
const REST = 2;                 // steps of silence before the animation begins anew

export class Timeline {
  #elements;
  #moved;
  #bars = [];
  #time = 0;
  #playing = false;
  #frame = 0;
  #before = 0;

  constructor(elements, moved) {
    this.#elements = elements;
    this.#moved = moved;
    elements.play.addEventListener("click", () => this.playing = !this.#playing);
    elements.scrub.addEventListener("input", () => {
      this.playing = false;
      this.#go(elements.scrub.valueAsNumber - 1);
    });
    // A key that leaves the hand where it is, as Home at the first step, is no input, but it means to stop all the same.
    elements.scrub.addEventListener("keydown", event => { if (event.key !== "Tab") this.playing = false; });
    new ResizeObserver(() => this.paint()).observe(elements.rates);
  }

  get playing() { return this.#playing; }

  set playing(on) {
    this.#playing = on && this.#bars.length > 0;
    const { play, glyph } = this.#elements;
    play.setAttribute("aria-label", this.#playing ? "Pause" : "Play");
    glyph.setAttribute("d", this.#playing ? GLYPHS.pause : GLYPHS.play);
    cancelAnimationFrame(this.#frame);
    if (this.#playing) {
      this.#before = performance.now();
      this.#frame = requestAnimationFrame(now => this.#tick(now));
    }
  }

  /** Takes a recording, or null for none; the hand stays where it is, unless there is no such step. */
  show(recording, excitatory) {
    this.#bars = (recording?.fired ?? []).map(neurons => {
      const up = neurons.reduce((sum, neuron) => sum + (neuron % recording.neuronsPerColumn < excitatory ? 1 : 0), 0);
      return [up, neurons.length - up];
    });
    const { scrub, play } = this.#elements;
    scrub.disabled = play.disabled = this.#bars.length === 0;
    scrub.min = Math.min(1, this.#bars.length);
    scrub.max = this.#bars.length;
    if (this.#bars.length === 0) this.playing = false;
    this.#go(this.#time < this.#bars.length + REST ? this.#time : 0);
  }

  step(by) {
    if (this.#bars.length === 0) return;
    this.playing = false;
    this.#go(Math.max(0, Math.min(this.#bars.length - 1, Math.floor(this.#time) + by)));
  }

  paint() {
    const canvas = this.#elements.rates, width = Math.round(canvas.clientWidth * devicePixelRatio), height = Math.round(canvas.clientHeight * devicePixelRatio);
    if (width === 0) return;
    if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
    const context = canvas.getContext("2d"), style = getComputedStyle(canvas), pitch = width / Math.max(1, this.#bars.length), gap = Math.min(pitch * 0.18, 4 * devicePixelRatio);
    const most = Math.max(1, ...this.#bars.map(([up, down]) => up + down)), now = Math.floor(this.#time), base = height - devicePixelRatio;
    context.clearRect(0, 0, width, height);
    context.fillStyle = style.getPropertyValue("--line");
    context.fillRect(0, base, width, devicePixelRatio);
    this.#bars.forEach(([up, down], step) => {
      context.globalAlpha = step === now ? 1 : step < now ? 0.55 : 0.25;
      const tall = up / most * base * 0.96, low = down / most * base * 0.96;
      context.fillStyle = style.getPropertyValue("--excitatory");
      context.fillRect(step * pitch + gap / 2, base - tall, pitch - gap, tall);
      context.fillStyle = style.getPropertyValue("--inhibitory");
      context.fillRect(step * pitch + gap / 2, base - tall - low, pitch - gap, low);
    });
    context.globalAlpha = 1;
    if (this.#bars.length > 0) {
      context.fillStyle = style.getPropertyValue("--ink");
      context.fillRect(Math.min(this.#time * pitch, width - 2 * devicePixelRatio), 0, 2 * devicePixelRatio, height);
    }
  }

  #tick(now) {
    const end = this.#bars.length + REST, speed = Number(this.#elements.speed.value);
    this.#go((this.#time + Math.min(0.25, (now - this.#before) / 1000) * speed) % end);
    this.#before = now;
    if (this.#playing) this.#frame = requestAnimationFrame(next => this.#tick(next));
  }

  #go(time) {
    this.#time = time;
    const steps = this.#bars.length, shown = Math.min(steps, Math.floor(time) + 1), { step, scrub } = this.#elements;
    step.textContent = steps === 0 ? "step – of –" : `step ${shown} of ${steps}`;
    if (steps > 0) scrub.value = shown;
    this.paint();
    this.#moved(time);
  }
}
