// Formats numbers for the tables.

export function number(value, digits = 0) {
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** Three significant digits. */
export function short(value) {
  return number(value, Math.max(0, Math.min(2, 2 - Math.floor(Math.log10(Math.abs(value) || 1)))));
}

/** The median, with the quartiles in brackets. */
export function spread({ middle, low, high }, digits = 2) {
  return `${number(middle, digits)} (${number(low, digits)} to ${number(high, digits)})`;
}
