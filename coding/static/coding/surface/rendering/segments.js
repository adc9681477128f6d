/**
 * Overlapping codings cut into stretches that do not overlap, each with the colours that meet there.
 * Flat stretches keep the number of painted ranges low and let the style say how two colours share.
 */

/**
 * @param rows [{start, end, colour}] in any order
 * @returns [{start, end, colours}] in order; colours are distinct, the coding that began first leads
 */
export function segmentsOf(rows, from, to) {
  const inside = rows
    .map(({ start, end, colour }) => ({ start: Math.max(start, from), end: Math.min(end, to), colour }))
    .filter(({ start, end }) => start < end)
    .sort((a, b) => a.start - b.start || b.end - a.end);
  const edges = [...new Set(inside.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b);
  const segments = [];
  let active = [];
  let next = 0;
  for (let i = 0; i + 1 < edges.length; i++) {
    const start = edges[i];
    active = active.filter((row) => row.end > start);
    while (next < inside.length && inside[next].start <= start) active.push(inside[next++]);
    if (active.length) append(segments, start, edges[i + 1], [...new Set(active.map((row) => row.colour))]);
  }
  return segments;
}

function append(segments, start, end, colours) {
  const last = segments.at(-1);
  const joins = last?.end === start && last.colours.length === colours.length && last.colours.every((c, i) => c === colours[i]);
  if (joins) last.end = end;
  else segments.push({ start, end, colours });
}
