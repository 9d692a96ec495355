import type { AttemptReport, CallDetail, RequestReport } from '../src/inspector/report';
import { h, place, type Child } from './dom';
import { duration, pathOf, toneOf, tookOf } from './format';

const PHASES = [
  ['queued', 'queued'],
  ['dns', 'DNS'],
  ['connect', 'connect'],
  ['tls', 'TLS'],
  ['sent', 'send'],
  ['wait', 'wait for the response'],
  ['receive', 'receive'],
] as const;

/** Where the time of a call went. */
export function waterfall(call: CallDetail, now: number): HTMLElement {
  const took = Math.max(tookOf(call, now), 0.001);
  const { limit } = call;
  const isNear = limit !== undefined && limit < took * 3;
  const total = isNear ? Math.max(took, limit * 1.02) : took;
  const percent = (seconds: number): number => (100 * seconds) / total;
  const ticks = ticksOf(total).filter((tick) => !isNear || tick < limit * 0.75);
  const used = new Set<string>();
  const lines = call.attempts.flatMap((attempt, index) => linesOf(call, attempt, index, { now, percent, used }));
  return h(
    'div',
    { class: 'wf' },
    h(
      'div',
      { class: 'axis' },
      ...ticks.map((tick) => place(h('span', {}, tick === 0 ? '0' : duration(tick)), percent(tick))),
      isNear && place(h('span', { class: 'deadline' }, `deadline ${duration(limit)}`), percent(limit)),
    ),
    h(
      'div',
      { class: 'grid' },
      ...ticks.map((tick) => place(h('i'), percent(tick))),
      isNear && place(h('i', { class: 'deadline' }), percent(limit)),
    ),
    ...lines,
    used.size > 0 &&
      h(
        'div',
        { class: 'phases' },
        ...PHASES.filter(([name]) => used.has(name)).map(([name, text]) => h('span', { class: `p-${name}` }, text)),
      ),
  );
}

interface Scale {
  readonly now: number;
  readonly percent: (seconds: number) => number;
  readonly used: Set<string>;
}

function linesOf(call: CallDetail, attempt: AttemptReport, index: number, scale: Scale): HTMLElement[] {
  const start = (attempt.at - call.at) / 1000;
  const end = start + (attempt.took ?? (scale.now - attempt.at) / 1000);
  const tone = toneOf(attempt.outcome);
  const label = h('span', { class: `status ${tone}` }, attempt.outcome === undefined ? '···' : String(attempt.outcome));
  const [first, ...others] = attempt.requests;
  const isSingle = others.length === 0;
  const own = line(
    [`attempt ${index + 1}${attempt.hedge ? ' (hedge)' : ''}`, label],
    bar(start, end, scale, tone, isSingle ? first : undefined),
    noteOf(attempt, end - start, isSingle ? first : undefined),
    [start, end, scale],
  );
  const hops = isSingle ? [] : attempt.requests.map((request) => hopLine(call, request, scale));
  const next = call.attempts[index + 1];
  const wait = next && !next.hedge ? (next.at - call.at) / 1000 - end : 0;
  if (attempt.decision !== 'retry' || wait <= 0) return [own, ...hops];
  const gap = bar(end, end + wait, scale, 'gap', undefined);
  return [own, ...hops, line(['wait'], gap, `${duration(wait)}: ${attempt.reason ?? ''}`, [end, end + wait, scale])];
}

function hopLine(call: CallDetail, request: RequestReport, scale: Scale): HTMLElement {
  const start = (request.at - call.at) / 1000;
  const end = start + (request.took ?? 0);
  const [path] = pathOf(request.url);
  const text = `${request.status ?? request.code ?? '···'} ${duration(end - start)}`;
  return line(
    [h('span', { class: 'hop' }, `↳ ${path}`)],
    bar(start, end, scale, toneOf(request.status ?? request.code), request),
    text,
    [start, end, scale],
  );
}

/** With the phases of its request, if they are known. */
function bar(
  start: number,
  end: number,
  { percent, used }: Scale,
  tone: string,
  request: RequestReport | undefined,
): HTMLElement {
  const element = place(h('i', { class: `b-${tone}` }), percent(start), percent(end - start));
  for (const [name, text] of PHASES) {
    const seconds = request?.timings?.[name];
    if (seconds === undefined || seconds === 0) continue;
    used.add(name);
    const phase = h('span', { class: `p-${name}`, title: `${text} ${duration(seconds)}` });
    phase.style.flexGrow = String(seconds * 1e6);
    element.append(phase);
  }
  return element;
}

function noteOf({ outcome }: AttemptReport, took: number, request: RequestReport | undefined): string {
  const reused = request?.connection?.reused;
  const detail = outcome === undefined ? 'under way' : reused === false ? 'new connection' : '';
  return duration(took) + (detail === '' ? '' : ` · ${detail}`);
}

/** The note stands behind its bar, or before it where there is no room. */
function line(
  label: readonly Child[],
  element: HTMLElement,
  note: string,
  [start, end, { percent }]: readonly [number, number, Scale],
): HTMLElement {
  const text = h('span', { class: 'note' }, note);
  if (percent(end) <= 60) place(text, percent(end));
  else if (percent(start) >= 40) text.style.right = `${100 - percent(start)}%`;
  else {
    text.classList.add('inside');
    text.style.right = `${Math.max(0, 100 - percent(end))}%`;
  }
  return h('div', { class: 'line' }, h('div', { class: 'label' }, ...label), h('div', { class: 'bar' }, element, text));
}

/** At most six, at round numbers. */
function ticksOf(total: number): number[] {
  const rough = total / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  return Array.from({ length: Math.floor((total * 0.97) / step) + 1 }, (_, index) => index * step);
}
