import type { ClientReport } from '../src/inspector/report';
import { h, svg } from './dom';
import { ahead, duration, nameOf } from './format';

/** Seconds over which the rate is taken. */
const RATE_OVER = 10;
const COLUMN = 4;
const HEIGHT = 26;

/** A button for each client; the one that is pressed shows its calls only. */
export function cards(
  clients: readonly ClientReport[],
  chosen: string | undefined,
  now: number,
  choose: (name: string | undefined) => void,
): HTMLElement[] {
  return clients.map((client) => {
    const name = nameOf(client);
    const isChosen = chosen === name;
    return h(
      'button',
      {
        class: `card${isChosen ? ' on' : ''}`,
        'aria-pressed': String(isChosen),
        'data-client': name,
        onclick: () => {
          choose(isChosen ? undefined : name);
        },
      },
      h('span', { class: 'top' }, h('span', { class: 'name' }, name), h('span', { class: 'host' }, hostsOf(client))),
      h('span', { class: 'mid' }, ...numbers(client), sparkline(client)),
      h('span', { class: 'states' }, ...states(client, now)),
    );
  });
}

function hostsOf({ hosts: [first = '', ...others] }: ClientReport): string {
  return first.replace(/^https?:\/\//, '') + (others.length > 0 ? ` +${others.length}` : '');
}

function numbers({ seconds, p95 }: ClientReport): HTMLElement[] {
  const lately = seconds.slice(-RATE_OVER - 1, -1);
  const count = lately.reduce((sum, [ok, retried, failed]) => sum + ok + retried + failed, 0);
  const failed = lately.reduce((sum, [, , one]) => sum + one, 0);
  const share = count === 0 ? 0 : Math.round((100 * failed) / count);
  const text = failed === 0 ? 'none failed' : `${Math.max(share, 1)}\u00a0% failed`;
  return [
    h('span', { class: 'num' }, h('b', {}, (count / RATE_OVER).toFixed(1)), h('span', { class: 'dim' }, ' /s')),
    h('span', { class: 'num' }, h('span', { class: 'dim' }, 'p95 '), p95 === undefined ? '–' : duration(p95)),
    h('span', { class: `num ${failed === 0 ? 'dim' : 'bad'}` }, text),
  ];
}

function sparkline({ seconds }: ClientReport): SVGSVGElement {
  const shown = seconds.slice(-30);
  const most = Math.max(3, ...shown.map(([ok, retried, failed]) => ok + retried + failed));
  const bars = shown.flatMap(([ok, retried, failed], index) => {
    const x = index * COLUMN;
    const fine = ((HEIGHT - 2) * (ok + retried)) / most;
    const bad = ((HEIGHT - 2) * failed) / most;
    return [
      bar(x, HEIGHT - fine, fine, 'f-good'),
      bar(x, HEIGHT - fine - bad, bad, 'f-bad'),
      bar(x, HEIGHT - 1, 1, 'f-line'),
    ];
  });
  const box = { viewBox: `0 0 ${30 * COLUMN} ${HEIGHT}`, preserveAspectRatio: 'none', 'aria-hidden': 'true' };
  return svg('svg', box, ...bars);
}

function bar(x: number, y: number, height: number, tone: string): SVGRectElement | undefined {
  if (height <= 0) return undefined;
  return svg('rect', {
    x: String(x),
    y: y.toFixed(1),
    width: String(COLUMN - 1),
    height: height.toFixed(1),
    class: tone,
  });
}

const BREAKERS: Readonly<Record<string, string>> = { closed: 'good', 'half-open': 'warn', open: 'bad' };

/** Only what the client has told. */
function states({ breaker, budget, tokenExpiresAt, underWay }: ClientReport, now: number): (HTMLElement | undefined)[] {
  const left = tokenExpiresAt === undefined ? undefined : (tokenExpiresAt - now) / 1000;
  return [
    breaker === undefined
      ? undefined
      : h('span', { class: `pill ${BREAKERS[breaker] ?? ''}` }, h('i'), `breaker ${breaker}`),
    budget === undefined
      ? undefined
      : h('span', { class: `pill ${budget < 1 ? 'bad' : ''}` }, `budget ${Math.floor(budget * 10) / 10}`),
    h(
      'span',
      { class: 'facts' },
      left === undefined ? undefined : h('span', { class: left > 0 ? 'tok' : 'bad' }, `token ${ahead(left)}`),
      left === undefined ? undefined : ' · ',
      `${underWay} in flight`,
    ),
  ];
}
