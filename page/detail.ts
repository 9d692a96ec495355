import type { AttemptReport, CallDetail, ExchangeReport } from '../src/inspector/report';
import { curlOf } from './curl';
import { h, type Child } from './dom';
import { clock, duration, nameOf, outcomeOf, pathOf, schemeOf, toneOf, toneOfCall } from './format';
import { plain, storyOf, type Piece } from './story';
import { waterfall } from './waterfall';

/** What the buttons of the detail do. */
export interface DetailActions {
  readonly copy: (text: string, message: string) => void;
  /** Types a filter. */
  readonly filter: (query: string) => void;
}

/** All that is known of one call. */
export function detail(call: CallDetail, now: number, traceURL: string | undefined, actions: DetailActions): Child[] {
  const { exchanges } = call;
  const last = exchanges.at(-1);
  const isGone = exchanges.length === 0 && call.attempts.some(({ requests }) => requests.length > 0);
  const nothing = isGone ? 'The service does not keep it any more.' : 'nothing';
  return [
    title(call, now, traceURL, actions),
    section(
      'What happened',
      h('div', { class: 'box story' }, ...storyOf(call, now).map((pieces) => h('p', {}, ...pieces.map(toNode)))),
    ),
    section('Where the time went', waterfall(call, now)),
    call.attempts.length > 0 && section('Journal', journal(call)),
    section('Sent', headers(exchanges[0]?.sent, nothing)),
    section('Came back', headers(last?.received, nothing)),
    call.context && section('Made for', madeFor(call, actions)),
    call.error && section('Error', h('pre', {}, [call.error.message, call.error.cause].filter(Boolean).join('\n'))),
    exchanges.length > 0 && section('As curl', h('pre', { class: 'curl' }, curlOf(call))),
  ];
}

function title(call: CallDetail, now: number, traceURL: string | undefined, actions: DetailActions): HTMLElement {
  const [path, query, host] = pathOf(call.url);
  const { template } = call;
  return h(
    'div',
    { class: 'title' },
    h(
      'h2',
      {},
      h(
        'span',
        { class: `status ${toneOfCall(call)}` },
        String(outcomeOf(call) ?? (call.state === 'open' ? 'in flight' : 'ok')),
      ),
      h('span', { class: 'method' }, call.method),
      h('span', { class: 'u' }, path + query),
    ),
    h(
      'div',
      { class: 'sub' },
      `${schemeOf(call.url)}://${host} · client `,
      h('b', {}, nameOf({ name: call.client, clientId: call.clientId })),
      ` · ${clock(call.at)} UTC`,
      ...(template === undefined ? [] : [' · template ', h('code', {}, template)]),
    ),
    buttons(call, now, traceURL, actions),
  );
}

function buttons(
  call: CallDetail,
  now: number,
  traceURL: string | undefined,
  { copy, filter }: DetailActions,
): HTMLElement {
  const { context } = call;
  return h(
    'div',
    { class: 'acts' },
    button(
      'Copy as curl',
      () => {
        copy(curlOf(call), 'The command is copied, without secrets.');
      },
      'primary',
    ),
    button('Copy story', () => {
      copy(plain(storyOf(call, now)), 'The story is copied.');
    }),
    h('a', { class: 'tool', href: `har?call=${call.key}`, download: `call-${call.key}.har` }, 'HAR'),
    traceURL !== undefined && context?.traceId !== undefined
      ? h(
          'a',
          {
            class: 'tool',
            href: traceURL.replaceAll('{traceId}', context.traceId),
            target: '_blank',
            rel: 'noreferrer noopener',
          },
          'Open trace ↗',
        )
      : undefined,
    context &&
      button('Calls of this request', () => {
        filter(`request:${context.requestId}`);
      }),
  );
}

function button(text: string, onclick: () => void, kind = 'tool'): HTMLButtonElement {
  return h('button', { class: kind, onclick }, text);
}

function section(name: string, ...content: Child[]): HTMLElement {
  return h('section', {}, h('h3', {}, name), ...content);
}

function toNode(piece: Piece): Child {
  if (typeof piece === 'string') return piece;
  const { text, tone, code } = piece;
  const inner: Child = code ? h('code', {}, text) : text;
  return tone ? h('b', { class: tone }, inner) : inner;
}

function journal({ attempts }: CallDetail): HTMLElement {
  const head = ['#', 'started', 'took', 'outcome', 'decision', 'connection'];
  return h(
    'div',
    { class: 'box' },
    h(
      'table',
      {},
      h('thead', {}, h('tr', {}, ...head.map((text) => h('th', { scope: 'col' }, text)))),
      h(
        'tbody',
        {},
        ...attempts.map((attempt, index) => h('tr', {}, ...cellsOf(attempt, index).map((cell) => h('td', {}, cell)))),
      ),
    ),
  );
}

function cellsOf(attempt: AttemptReport, index: number): Child[] {
  const { at, took, outcome, decision = '', reason, wait, requests } = attempt;
  const wanted = wait === undefined || decision !== 'retry' ? '' : ` in ${duration(wait)}`;
  const connection = requests.at(-1)?.connection;
  const how = connection ? (connection.reused ? 'reused' : 'new') : '';
  return [
    String(index + 1),
    h('span', { class: 'mono' }, clock(at)),
    h('span', { class: 'mono' }, took === undefined ? '' : duration(took)),
    h('span', { class: `mono ${toneOf(outcome)}` }, String(outcome ?? '···')),
    `${decision}${wanted}${reason === undefined ? '' : `: ${reason}`}`,
    [how, connection?.address].filter(Boolean).join(' '),
  ];
}

function headers(list: ExchangeReport['sent'] = [], nothing: string): HTMLElement {
  if (list.length === 0) return h('div', { class: 'box dim' }, nothing);
  return pairs(list.map(([name, value]) => [name, value === '***' ? h('span', { class: 'redacted' }, value) : value]));
}

function pairs(rows: readonly (readonly [string, Child])[]): HTMLElement {
  const body = rows.map(([name, value]) => h('tr', {}, h('th', { scope: 'row' }, name), h('td', {}, value)));
  return h('div', { class: 'box' }, h('table', { class: 'kv' }, h('tbody', {}, ...body)));
}

function madeFor({ context, limit }: CallDetail, { filter }: DetailActions): HTMLElement {
  const { requestId = '', traceId, route } = context ?? {};
  const link = button(
    requestId,
    () => {
      filter(`request:${requestId}`);
    },
    'link',
  );
  return pairs([
    ...(route === undefined ? [] : [['route', route] as const]),
    ['request id', link],
    ...(traceId === undefined ? [] : [['trace', traceId] as const]),
    ...(limit === undefined ? [] : [['time limit', duration(limit)] as const]),
  ]);
}
