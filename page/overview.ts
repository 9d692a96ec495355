import type { ClientReport } from '../src/inspector/report';
import { h, svg } from './dom';

const HEIGHT = 44;
const COLUMN = 8;

const LEGEND = [
  ['f-good', 'at once'],
  ['f-warn', 'after retries'],
  ['f-bad', 'failed'],
] as const;

/** All calls of the last minute by second and outcome. */
export function overview(clients: readonly ClientReport[]): Element[] {
  const seconds = sums(clients);
  const most = Math.max(4, ...seconds.map((counts) => counts.reduce((sum, one) => sum + one, 0)));
  const [ok, retried, failed] = seconds.reduce(add, [0, 0, 0]);
  const label = `Calls of the last minute: ${ok} succeeded at once, ${retried} after retries, ${failed} failed`;
  const box = { viewBox: `0 0 ${Math.max(seconds.length, 1) * COLUMN} ${HEIGHT}`, preserveAspectRatio: 'none' };
  return [
    svg(
      'svg',
      { ...box, role: 'img', 'aria-label': label },
      ...seconds.flatMap((counts, index) => columnOf(counts, index, most)),
    ),
    h(
      'div',
      { class: 'legend', 'aria-hidden': 'true' },
      ...LEGEND.map(([tone, text]) => h('span', { class: tone }, text)),
    ),
  ];
}

type Counts = readonly [number, number, number];

function sums(clients: readonly ClientReport[]): Counts[] {
  const length = Math.max(0, ...clients.map(({ seconds }) => seconds.length));
  return Array.from({ length }, (_, index) =>
    clients.map(({ seconds }) => seconds[index]).reduce<Counts>(add, [0, 0, 0]),
  );
}

function add(sum: Counts, more: Counts | undefined): Counts {
  return more ? [sum[0] + more[0], sum[1] + more[1], sum[2] + more[2]] : sum;
}

function columnOf(counts: Counts, index: number, most: number): SVGRectElement[] {
  let y = HEIGHT;
  return counts.flatMap((count, kind) => {
    if (count === 0) return [];
    const height = (count * (HEIGHT - 4)) / most;
    y -= height;
    const place = {
      x: String(index * COLUMN + 1),
      y: y.toFixed(1),
      width: String(COLUMN - 2),
      height: height.toFixed(1),
    };
    return [svg('rect', { ...place, class: LEGEND[kind]?.[0] })];
  });
}
