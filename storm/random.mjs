// Random numbers that a seed determines, so that a call can be repeated.

/** mulberry32. @returns a function like Math.random */
export function seeded(...seeds) {
  let state = seeds.reduce((mixed, seed) => Math.imul(mixed ^ seed, 0x9e3779b1) ^ (mixed >>> 15), 0x51ed270b);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), 1 | state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const pick = (random, values) => values[Math.floor(random() * values.length)];

export const between = (random, low, high) => low + random() * (high - low);

/** One of the keys of `weights`, as often as its weight says. */
export function weighted(random, weights) {
  const entries = Object.entries(weights);
  let left = random() * entries.reduce((sum, [, weight]) => sum + weight, 0);
  return entries.find(([, weight]) => (left -= weight) < 0)?.[0] ?? entries[0][0];
}

/** The same values in random order. */
export function shuffled(random, values) {
  const rest = [...values];
  return values.map(() => rest.splice(Math.floor(random() * rest.length), 1)[0]);
}
