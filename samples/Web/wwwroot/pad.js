// Paper to draw on: strokes are kept as points, smoothed as they are drawn, and given out as a picture, black on white.

const PEN = 0.1;                // the pen's width, as part of the paper's side: of MNIST's proportions once a digit fills most of it
const PICTURE = 224;            // side of the picture that is given out, in pixels
const FULL = 0.9;               // share of the picture under ink from which on there is no drawing to be seen
const WHITE = 0xffffffff;
const STRIDE = 1 / 28;          // how far an arrow key moves the pen

export class Pad {
  #canvas;
  #context;
  #strokes = [];
  #drawing = null;              // the pointer that draws
  #cursor = { x: 0.5, y: 0.25, shown: false, down: false };
  #changed;

  constructor(canvas, changed) {
    this.#canvas = canvas;
    this.#context = canvas.getContext("2d");
    this.#changed = changed;
    canvas.addEventListener("pointerdown", event => this.#down(event));
    canvas.addEventListener("pointermove", event => this.#move(event));
    for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, event => this.#up(event));
    canvas.addEventListener("keydown", event => this.#key(event));
    canvas.addEventListener("blur", () => { this.#cursor.shown = this.#cursor.down = false; this.paint(); });
    new ResizeObserver(() => this.paint()).observe(canvas);
  }

  get strokes() { return this.#strokes.length; }

  clear() {
    this.#strokes = [];
    this.#cursor.down = false;
    this.#tell();
  }

  undo() {
    this.#strokes.pop();
    this.#cursor.down = false;
    this.#tell();
  }

  /** The drawing as PNG; null where it is all paper, or nearly all ink, and there is nothing to ask about. */
  async picture() {
    if (this.#strokes.length === 0) return null;
    const canvas = new OffscreenCanvas(PICTURE, PICTURE), context = canvas.getContext("2d", { willReadFrequently: true });
    context.fillStyle = "#fff";
    context.fillRect(0, 0, PICTURE, PICTURE);
    this.#ink(context, PICTURE, "#000");
    const pixels = new Uint32Array(context.getImageData(0, 0, PICTURE, PICTURE).data.buffer);
    const inked = pixels.reduce((sum, pixel) => sum + (pixel !== WHITE ? 1 : 0), 0) / pixels.length;
    return inked === 0 || inked > FULL ? null : canvas.convertToBlob({ type: "image/png" });
  }

  paint() {
    const canvas = this.#canvas, side = Math.round(canvas.clientWidth * devicePixelRatio);
    if (side === 0) return;
    if (canvas.width !== side) canvas.width = canvas.height = side;
    const style = getComputedStyle(canvas), context = this.#context;
    context.clearRect(0, 0, side, side);
    this.#ink(context, side, style.getPropertyValue("--ink"));
    if (!this.#cursor.shown) return;
    context.beginPath();
    context.arc(this.#cursor.x * side, this.#cursor.y * side, PEN * side / 2, 0, 2 * Math.PI);
    context.strokeStyle = style.getPropertyValue("--focus");
    context.lineWidth = 2 * devicePixelRatio;
    context.stroke();
  }

  #ink(context, side, colour) {
    context.strokeStyle = context.fillStyle = colour;
    context.lineWidth = PEN * side;
    context.lineCap = context.lineJoin = "round";
    for (const points of this.#strokes) {
      context.beginPath();
      if (points.length === 1) {
        context.arc(points[0].x * side, points[0].y * side, PEN * side / 2, 0, 2 * Math.PI);
        context.fill();
        continue;
      }
      // Quadratic curves from middle to middle of the points: smooth, and never ahead of the hand.
      context.moveTo(points[0].x * side, points[0].y * side);
      for (let i = 1; i < points.length - 1; i++) {
        const { x, y } = points[i], next = points[i + 1];
        context.quadraticCurveTo(x * side, y * side, (x + next.x) / 2 * side, (y + next.y) / 2 * side);
      }
      const last = points.at(-1);
      context.lineTo(last.x * side, last.y * side);
      context.stroke();
    }
  }

  #down(event) {
    if (this.#drawing !== null || event.button !== 0) return;
    this.#canvas.setPointerCapture(event.pointerId);
    this.#drawing = event.pointerId;
    this.#cursor.shown = this.#cursor.down = false;
    this.#strokes.push([this.#place(event)]);
    this.#tell();
  }

  #move(event) {
    if (event.pointerId !== this.#drawing) return;
    // All that the pointer passed since the last frame, not its last place alone.
    const passed = event.getCoalescedEvents?.() ?? [];
    for (const one of passed.length > 0 ? passed : [event]) this.#extend(this.#place(one));
    this.#tell();
  }

  /** Takes a point into the stroke, unless it is where the pen is: a line of no length leaves no ink. */
  #extend(point) {
    const points = this.#strokes.at(-1), last = points?.at(-1);
    if (last && (point.x !== last.x || point.y !== last.y)) points.push(point);
  }

  #up(event) {
    if (event.pointerId !== this.#drawing) return;
    this.#drawing = null;
    this.#tell();
  }

  #key(event) {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key], cursor = this.#cursor;
    if (step) {
      cursor.shown = true;
      cursor.x = Math.min(0.96, Math.max(0.04, cursor.x + step[0] * STRIDE));
      cursor.y = Math.min(0.96, Math.max(0.04, cursor.y + step[1] * STRIDE));
      if (cursor.down) this.#extend({ x: cursor.x, y: cursor.y });
    } else if (event.key === " ") {
      cursor.shown = true;
      cursor.down = !cursor.down;
      if (cursor.down) this.#strokes.push([{ x: cursor.x, y: cursor.y }]);
    } else {
      return;
    }
    event.preventDefault();
    this.#tell();
  }

  #place(event) {
    const box = this.#canvas.getBoundingClientRect();
    return { x: (event.clientX - box.left) / box.width, y: (event.clientY - box.top) / box.height };
  }

  #tell() {
    this.paint();
    this.#changed();
  }
}
