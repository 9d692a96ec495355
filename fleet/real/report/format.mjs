// Formats figures by their kind.

const percent = (value, digits) => `${(100 * value).toFixed(digits)} %`;

const FORMATS = {
  recovery: (value) => (value === Infinity ? 'never' : `${value.toFixed(1)} s`),
  ratio: (value) => value.toFixed(2),
  count: (value) => value.toFixed(0),
  share: (value) => percent(value, 1),
  smallShare: (value) => percent(value, 2),
  seconds: (value) => (value > 1e6 ? 'fail' : `${value.toFixed(1)} s`),
  milliseconds: (value) => (value > 1e6 ? 'fail' : `${value.toFixed(0)} ms`),
  rate: (value) => value.toFixed(0),
};

export function format({ kind }, value) {
  return FORMATS[kind](value);
}

/** The middle of the runs, which may be Infinity. */
export function middleOf(values) {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)];
}

/** The median, and the least and the most in brackets if they differ. */
export function formatSpread(figure, values) {
  const [least, middle, most] = [Math.min(...values), middleOf(values), Math.max(...values)].map((value) =>
    format(figure, value),
  );
  return least === most ? middle : `${middle} (${least} to ${most})`;
}
