/** When in the recording each turn is said, and the recording as a picture. */

const STEP_SECONDS = 5;
export const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 2];

export class Sound {
  /**
   * @param times [[ms, turn], ...] of the turns that have a time code, in the order of the text;
   *   a turn lasts until the next one begins
   */
  constructor(times) {
    const sorted = times.toSorted(([a], [b]) => a - b);
    this.spans = sorted.map(([ms, turn], i) => ({ turn, start: ms / 1000, end: (sorted[i + 1]?.[0] ?? Infinity) / 1000 }));
    this.byTurn = new Map(this.spans.map((span) => [span.turn, span]));
  }

  /** The span that is said at a moment, or null before the first. */
  at(seconds) {
    let low = 0;
    let high = this.spans.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.spans[middle].start <= seconds) low = middle + 1;
      else high = middle;
    }
    return this.spans[low - 1] ?? null;
  }

  /** At least how long the recording is, as far as the text tells; seconds. */
  get least() {
    return this.spans.at(-1)?.start ?? 0;
  }
}

/** 12:47, or 1:02:47 from the first hour on. */
export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (number) => String(number).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** Five seconds on (1) or back (-1), inside the recording. */
export function stepped(at, direction, total) {
  return Math.min(Math.max(0, at + direction * STEP_SECONDS), total);
}

/** The next speed that is faster (1) or slower (-1), or the same at the end. */
export function otherSpeed(speed, direction) {
  const found = SPEEDS.indexOf(speed) + direction;
  return SPEEDS[Math.min(Math.max(0, found), SPEEDS.length - 1)];
}

/** Bars as one path, in a box as wide as there are bars and 2 high. @param peaks 0 to 255 each */
export function wavePath(peaks) {
  return peaks.map((peak, i) => {
    const half = Math.max(0.02, peak / 255);
    return `M${i} ${(1 - half).toFixed(2)}h.7v${(half * 2).toFixed(2)}h-.7z`;
  }).join("");
}

/** Where turns begin, in a box 1000 wide, none nearer than 4 to the one before. */
export function ticksPath(starts, total) {
  let last = -4;
  const path = [];
  for (const start of starts) {
    const x = Math.round((start / total) * 1000);
    if (x - last < 4 || x > 1000) continue;
    last = x;
    path.push(`M${x} 0v1`);
  }
  return path.join("");
}
