export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)];
  return below + (sorted[Math.ceil(position)] - below) * (position % 1);
}

export const median = (values) => quantile(values, 0.5);

/** The median and the quartiles. */
export function spreadOf(values) {
  return { middle: median(values), low: quantile(values, 0.25), high: quantile(values, 0.75) };
}

/**
 * The ratio of `a` to `b` within each round, because what slows a round down slows both.
 *
 * @returns `undefined` if one of them was not measured
 */
export function ratioOf(samples, a, b, key) {
  if (!samples[a] || !samples[b]) return undefined;
  return spreadOf(samples[a].map((sample, round) => sample[key] / samples[b][round][key]));
}

/** The same values in random order. */
export function shuffled(values) {
  const rest = [...values];
  return values.map(() => rest.splice(Math.floor(Math.random() * rest.length), 1)[0]);
}
