// Horizontal bars, in a colour that says whose they are.
import { CLIENTS } from '../clients.mjs';
import { clientOf, isOurs } from '../rows.mjs';
import { tenth, text, widthOf } from './svg.mjs';

export const ROW = 26;
const BAR = 16;

export const KINDS = {
  ours: 'this package',
  bare: 'transport alone: no tokens, retries, deadlines or errors',
  other: 'other clients',
};

export function kindOf(row) {
  if (isOurs(row)) return 'ours';
  return CLIENTS[clientOf(row)]?.isBare ? 'bare' : 'other';
}

/**
 * One row: the bar, the quartiles as a line over its end, and the figure.
 *
 * @param perUnit pixels per unit of the figure
 */
export function bar({ row, figure, spread, shown }, { x, y, perUnit }) {
  const length = (value) => Math.max(1, Math.max(0, value) * perUnit);
  const kind = kindOf(row);
  const centre = y + ROW / 2;
  const [low, , high = figure] = spread;
  const end = x + length(Math.max(figure, high));
  return [
    `<rect class="${kind}" x="${tenth(x)}" y="${centre - BAR / 2}" width="${tenth(length(figure))}" height="${BAR}" rx="3"/>`,
    spread.length > 1 && `<path class="whisker" d="M${tenth(x + length(low))} ${centre}H${tenth(x + length(high))}"/>`,
    text(shown, { x: end + 7, y: centre + 4.5, of: kind === 'ours' ? 'ours-text' : '' }),
  ].filter(Boolean);
}

export function label(content, row, { x, y }) {
  return text(content, { x, y: y + ROW / 2 + 4.5, anchor: 'end', of: kindOf(row) === 'ours' ? 'ours-text' : '' });
}

/** What the colours of `rows` mean. */
export function legend(rows, { x, y }) {
  const kinds = Object.keys(KINDS).filter((kind) => rows.some((row) => kindOf(row) === kind));
  let left = x;
  return kinds.flatMap((kind) => {
    const of = kind === 'ours' ? 'ours-text' : 'quiet';
    const parts = [
      `<rect class="${kind}" x="${tenth(left)}" y="${y - 10}" width="12" height="12" rx="3"/>`,
      text(KINDS[kind], { x: left + 18, y, of }),
    ];
    left += 18 + widthOf(KINDS[kind], of) + 14;
    return parts;
  });
}
