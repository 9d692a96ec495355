// A bar chart as SVG. Its colours are readable on white and on black, because the background is unknown.
import { isOurs, labelOf } from '../clients.mjs';
import { number } from './format.mjs';
import { ranked } from './tables.mjs';

const WIDTH = 720;
const LABELS = 200;
const VALUES = 90;
const ROW = 26;
const TOP = 40;
const TEXT = '#768390';
const OUR_BAR = '#2f81f7';
const OTHER_BAR = '#8b949e';

export function chart(scenario) {
  const { title, metric } = scenario;
  const figures = ranked(scenario);
  const longest = Math.max(...figures.map(({ figure }) => figure), Number.MIN_VALUE);
  const height = TOP + figures.length * ROW + 8;
  const direction = metric.isMoreBetter ? 'more is better' : 'less is better';
  const bars = figures.map(({ row, figure }, index) => {
    const length = Math.max(1, (Math.max(0, figure) / longest) * (WIDTH - LABELS - VALUES));
    return bar({ row, length, y: TOP + index * ROW, value: number(figure, metric.digits) });
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}"
  font-family="system-ui, sans-serif" font-size="13" fill="${TEXT}" role="img" aria-label="${title}">
<text y="20"><tspan font-size="15" font-weight="600">${title}</tspan>  ${metric.unit}, ${direction}</text>
${bars.join('\n')}
</svg>
`;
}

function bar({ row, length, y, value }) {
  const [fill, weight] = isOurs(row) ? [OUR_BAR, 600] : [OTHER_BAR, 400];
  return [
    `<text x="${LABELS - 10}" y="${y + 15}" text-anchor="end" font-weight="${weight}">${labelOf(row)}</text>`,
    `<rect x="${LABELS}" y="${y + 2}" width="${length.toFixed(1)}" height="${ROW - 8}" rx="2" fill="${fill}"/>`,
    `<text x="${(LABELS + length + 8).toFixed(1)}" y="${y + 15}" font-weight="${weight}">${value}</text>`,
  ].join('');
}
