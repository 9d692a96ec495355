// Formats numbers for the tables.

export function number(value, digits = 0) {
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** Three significant digits. */
export function short(value) {
  return number(value, Math.max(0, Math.min(2, 2 - Math.floor(Math.log10(Math.abs(value) || 1)))));
}

/** The median, with the quartiles in brackets where they are known. */
export function spread(of, digits = 2) {
  if (of.length === 1) return number(of[0], digits);
  const [low, middle, high] = of;
  return `${number(middle, digits)} (${number(low, digits)} to ${number(high, digits)})`;
}
