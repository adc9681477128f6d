/**
 * The whole document at the right edge: where codings stand, where the window is. A picture for the
 * pointer; keyboards move from coding to coding instead, so it is hidden from assistive technology.
 */

import { element } from "./element.js";

const WIDTH = 8;
const LEAST = 2;
const COLOURS = 24;

export class Strip {
  constructor({ host, turns, codings, codebook, filter, goTo }) {
    Object.assign(this, { turns, codings, codebook, filter, goTo });
    this.canvas = element("canvas", { class: "strip-codings" });
    this.thumb = element("span", { class: "strip-window" });
    this.probes = Array.from({ length: COLOURS }, (_, n) => element("span", { class: "swatch strip-probe", data: { colour: n } }));
    this.host = host;
    host.append(this.canvas, this.thumb, ...this.probes);
    this.total = turns.list.at(-1)?.end || 1;
    this.frame = 0;
    this.colours = null;
  }

  start(scroller) {
    (scroller ?? document).addEventListener("scroll", () => this.follow(), { passive: true });
    new ResizeObserver(() => this.redraw()).observe(this.host);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.repaint());
    new MutationObserver(() => this.repaint()).observe(document.documentElement, { attributes: true });
    this.host.addEventListener("pointerdown", (event) => {
      this.host.setPointerCapture(event.pointerId);
      this.jump(event);
    });
    this.host.addEventListener("pointermove", (event) => {
      if (this.host.hasPointerCapture(event.pointerId)) this.jump(event);
    });
    this.follow();
  }

  jump(event) {
    const box = this.host.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (event.clientY - box.top) / box.height));
    this.goTo(Math.floor(share * this.total));
  }

  repaint() {
    this.colours = null;
    this.redraw();
  }

  redraw() {
    // A picture of everything may wait: the words and their colours come first.
    this.frame ||= (globalThis.requestIdleCallback ?? requestAnimationFrame)(() => {
      this.frame = 0;
      this.draw();
    }, { timeout: 500 });
  }

  resolved() {
    // A canvas knows no custom properties: the browser resolves them on probes.
    this.colours ??= this.probes.map((probe) => getComputedStyle(probe).backgroundColor);
    return this.colours;
  }

  draw() {
    const height = this.host.clientHeight;
    if (!height) return;
    const scale = devicePixelRatio || 1;
    this.canvas.width = WIDTH * scale;
    this.canvas.height = height * scale;
    const context = this.canvas.getContext("2d");
    context.scale(scale, scale);
    const colours = this.resolved();
    for (const row of this.codings.all()) {
      if (!this.filter.shows(row)) continue;
      const top = (row.start / this.total) * height;
      const size = Math.max(LEAST, ((row.end - row.start) / this.total) * height);
      context.fillStyle = colours[this.codebook.get(row.code)?.colour ?? 0];
      context.fillRect(0, top, WIDTH, size);
    }
  }

  follow() {
    this.following ||= requestAnimationFrame(() => {
      this.following = 0;
      const [top, bottom] = [this.pointAtHeight(0), this.pointAtHeight(innerHeight)];
      this.thumb.style.insetBlockStart = `${(top / this.total) * 100}%`;
      this.thumb.style.blockSize = `${((bottom - top) / this.total) * 100}%`;
    });
  }

  /** The point that stands at a height of the window, to the nearest line or so. */
  pointAtHeight(y) {
    const { list } = this.turns;
    let low = 0;
    let high = list.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle].section.getBoundingClientRect().bottom < y) low = middle + 1;
      else high = middle;
    }
    const turn = list[low];
    if (!turn) return 0;
    const box = turn.section.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (y - box.top) / (box.height || 1)));
    return turn.start + share * (turn.end - turn.start);
  }
}
