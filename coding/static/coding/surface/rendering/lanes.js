/** Where brackets and their labels stand in the margin, as plain numbers (px). */

const TOUCH = 2;

/**
 * Each bracket gets the leftmost lane in which it collides with no other.
 * @param intervals [{top, bottom}] @returns lane number of each, in the order given
 */
export function lanesOf(intervals) {
  const order = intervals.map((_, i) => i).sort((a, b) => {
    const [one, two] = [intervals[a], intervals[b]];
    return one.top - two.top || two.bottom - one.bottom;
  });
  const lanes = new Array(intervals.length);
  const free = [];
  for (const i of order) {
    let lane = free.findIndex((bottom) => bottom + TOUCH <= intervals[i].top);
    if (lane < 0) lane = free.length;
    free[lane] = intervals[i].bottom;
    lanes[i] = lane;
  }
  return lanes;
}

/**
 * Labels as near to where they belong as their neighbours above allow.
 * @param labels [{top, height}] in reading order @returns {tops, bottom}
 */
export function stacked(labels, gap) {
  let floor = 0;
  const tops = labels.map(({ top, height }) => {
    const y = Math.max(top, floor);
    floor = y + height + gap;
    return y;
  });
  return { tops, bottom: labels.length ? floor - gap : 0 };
}

/**
 * How a turn's labels are shown: two lines while they fit beside the words, one line when there are
 * many, the rest behind a button. `least` are shown however short the turn is.
 * @returns {compact, shown}
 */
export function fitting(count, height, { tall, low, least }) {
  const roomFor = (size) => Math.max(least, Math.floor(height / size));
  if (count <= Math.max(2, Math.floor(height / tall))) return { compact: false, shown: count };
  const room = roomFor(low);
  // One hidden coding behind a button saves no room.
  return { compact: true, shown: count <= room + 1 ? count : room };
}
