export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)];
  return below + (sorted[Math.ceil(position)] - below) * (position % 1);
}

export const median = (values) => quantile(values, 0.5);

/** `[lower quartile, median, upper quartile]`, or the only value. */
export function spreadOf(values) {
  return values.length === 1 ? [...values] : [0.25, 0.5, 0.75].map((share) => quantile(values, share));
}

/** The median of a spread. */
export const middleOf = (spread) => spread[spread.length >> 1];

/** The ratio of `a` to `b` within each round, because what slows a round down slows both. */
export function ratioOf(samples, a, b, key) {
  return spreadOf(samples[a].map((sample, round) => sample[key] / samples[b][round][key]));
}

/** Four significant digits: more would be noise. */
export const rounded = (value) => Number(value.toPrecision(4));

/** The same values in random order. */
export function shuffled(values) {
  const rest = [...values];
  return values.map(() => rest.splice(Math.floor(Math.random() * rest.length), 1)[0]);
}
