import type { ClientReport } from '../src/inspector/report';
import { h, setChildren, svg } from './dom';
import { ahead, duration, nameOf } from './format';

/** Seconds over which the rate is taken. */
const RATE_OVER = 10;
const COLUMN = 4;
const HEIGHT = 26;

/** A button for each client; the one that is pressed shows its calls only. */
export class Cards {
  #buttons = new Map<number, HTMLButtonElement>();

  constructor(
    private readonly container: HTMLElement,
    private readonly choose: (name: string) => void,
  ) {}

  draw(clients: readonly ClientReport[], chosen: string | undefined, now: number): void {
    this.#buttons = new Map(clients.map((client) => [client.clientId, this.#buttonOf(client)]));
    for (const client of clients) fill(this.#buttons.get(client.clientId), client, chosen, now);
    setChildren(this.container, [...this.#buttons.values()]);
  }

  #buttonOf(client: ClientReport): HTMLButtonElement {
    const name = nameOf(client);
    const onclick = this.choose.bind(undefined, name);
    return this.#buttons.get(client.clientId) ?? h('button', { class: 'card', 'data-client': name, onclick });
  }
}

function fill(
  button: HTMLButtonElement | undefined,
  client: ClientReport,
  chosen: string | undefined,
  now: number,
): void {
  const name = nameOf(client);
  button?.classList.toggle('on', chosen === name);
  button?.setAttribute('aria-pressed', String(chosen === name));
  button?.replaceChildren(
    h('span', { class: 'top' }, h('span', { class: 'name' }, name), h('span', { class: 'host' }, hostsOf(client))),
    h('span', { class: 'mid' }, ...numbers(client), sparkline(client)),
    h('span', { class: 'states' }, ...states(client, now)),
  );
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

/** One path for each kind of bar: there may be a hundred cards. */
function sparkline({ seconds }: ClientReport): SVGSVGElement {
  const shown = seconds.slice(-30);
  const most = Math.max(3, ...shown.map(([ok, retried, failed]) => ok + retried + failed));
  const paths = { 'f-good': '', 'f-bad': '', 'f-line': '' };
  for (const [index, [ok, retried, failed]] of shown.entries()) {
    const x = index * COLUMN;
    const fine = ((HEIGHT - 2) * (ok + retried)) / most;
    const bad = ((HEIGHT - 2) * failed) / most;
    paths['f-good'] += bar(x, HEIGHT - fine, fine);
    paths['f-bad'] += bar(x, HEIGHT - fine - bad, bad);
    paths['f-line'] += bar(x, HEIGHT - 1, 1);
  }
  const box = { viewBox: `0 0 ${30 * COLUMN} ${HEIGHT}`, preserveAspectRatio: 'none', 'aria-hidden': 'true' };
  return svg('svg', box, ...Object.entries(paths).map(([tone, d]) => svg('path', { d, class: tone })));
}

function bar(x: number, y: number, height: number): string {
  return height <= 0 ? '' : `M${x} ${y.toFixed(1)}h${COLUMN - 1}v${height.toFixed(1)}h${1 - COLUMN}z`;
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
