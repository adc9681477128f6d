/**
 * Overlapping codings cut into stretches that do not overlap, each with the colours that meet there.
 * Flat stretches keep the number of painted ranges low and let the style say how two colours share.
 */

/**
 * @param rows [{start, end, colour, key}] in any order; codings that agree share a key
 * @returns [{start, end, colours, deep}] in order; colours are distinct, the coding that began first leads;
 *   `deep` where two different codings share that colour, as codes of one family do
 */
export function segmentsOf(rows, from, to) {
  const inside = rows
    .map((row) => ({ ...row, start: Math.max(row.start, from), end: Math.min(row.end, to) }))
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
    if (active.length) append(segments, { start, end: edges[i + 1], colours: [...new Set(active.map((row) => row.colour))], deep: isDeep(active) });
  }
  return segments;
}

function isDeep(active) {
  const [{ colour }] = active;
  return new Set(active.filter((row) => row.colour === colour).map((row) => row.key)).size > 1;
}

function append(segments, segment) {
  const last = segments.at(-1);
  const { start, end, colours, deep } = segment;
  const joins = last?.end === start && last.deep === deep && last.colours.length === colours.length && last.colours.every((c, i) => c === colours[i]);
  if (joins) last.end = end;
  else segments.push(segment);
}
