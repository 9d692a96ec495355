// Formats figures by their kind.
import { median } from '../../bench/statistics.mjs';

const percent = (value, digits) => `${(100 * value).toFixed(digits)} %`;

const FORMATS = {
  recovery: (value) => (value === Infinity ? 'never' : `${value.toFixed(1)} s`),
  requests: (value) => value.toFixed(2),
  bridged: (value) => percent(value, 0),
  wasted: (value) => percent(value, 0),
  failed: (value) => percent(value, 2),
  lost: (value) => percent(value, 3),
};

export function format({ kind }, value) {
  return FORMATS[kind](value);
}

/** The middle of the seeds, which may be Infinity. */
export function middleOf(values) {
  return values.length % 2 === 1 ? values.toSorted((a, b) => a - b)[(values.length - 1) / 2] : median(values);
}

/** The median, and the least and the most in brackets if they differ. */
export function formatSpread(figure, values) {
  const [least, middle, most] = [Math.min(...values), middleOf(values), Math.max(...values)].map((value) =>
    format(figure, value),
  );
  return least === most ? middle : `${middle} (${least} to ${most})`;
}
