import type { CallReport } from '../src/inspector/report';
import { labelOf, nameOf, outcomeOf, tookOf } from './format';

type Test = (call: CallReport, now: number) => boolean;

/** The chips above the list. */
export const CHIPS = {
  all: 'All',
  open: 'In flight',
  failed: 'Failed',
  retried: 'Retried',
  slow: 'Slower than 500 ms',
} as const;

export type Chip = keyof typeof CHIPS;

export const isChip = (name: string | null): name is Chip => name !== null && Object.hasOwn(CHIPS, name);

const SLOW = 0.5;

export function testOfChip(chip: Chip): Test {
  switch (chip) {
    case 'all':
      return () => true;
    case 'open':
      return ({ state }) => state === 'open';
    case 'failed':
      return ({ state }) => state === 'failed';
    case 'retried':
      return ({ attempts }) => attempts.length > 1;
    case 'slow':
      return (call, now) => tookOf(call, now) >= SLOW;
  }
}

/**
 * The filter as somebody types it: `status:5xx client:tickets retries:>0 took:>500ms request:req-1 POST /users`. All terms must hold;
 * a `-` before a term turns it round. Terms without a known name are looked for in method, URL, client, outcome and request id.
 */
export function testOfQuery(query: string): Test {
  const tests = query.split(/\s+/).filter(Boolean).map(testOfTerm);
  return (call, now) => tests.every((test) => test(call, now));
}

function testOfTerm(term: string): Test {
  if (term.length > 1 && term.startsWith('-')) {
    const test = testOfTerm(term.slice(1));
    return (call, now) => !test(call, now);
  }
  const [, name = '', value = ''] = /^([a-z]+):(.+)$/i.exec(term) ?? [];
  return testOfField(name.toLowerCase(), value) ?? contains(term.toLowerCase());
}

function testOfField(name: string, value: string): Test | undefined {
  const lower = value.toLowerCase();
  switch (name) {
    case 'status':
    case 'code':
      return (call) => [call.status, call.error?.code, outcomeOf(call)].some((one) => isStatus(one, lower));
    case 'client':
      return ({ client: name, clientId }) => nameOf({ name, clientId }).toLowerCase() === lower;
    case 'method':
      return ({ method }) => method.toLowerCase() === lower;
    case 'request':
      return ({ context }) => context?.requestId.toLowerCase() === lower;
    case 'trace':
      return ({ context }) => context?.traceId === lower;
    case 'retries':
      return numeric(value, (call) => call.attempts.length - 1);
    case 'took':
      return numeric(value, tookOf);
    default:
      return undefined;
  }
}

/** `503`, `5xx`, `TIMEOUT` */
function isStatus(outcome: number | string | undefined, wanted: string): boolean {
  const text = String(outcome).toLowerCase();
  return /^\dxx$/.test(wanted) ? text.length === 3 && text.startsWith(wanted.charAt(0)) : text === wanted;
}

/** `>0`, `>=2`, `<1s`, `500ms` */
function numeric(value: string, read: (call: CallReport, now: number) => number): Test | undefined {
  const [, operator = '', digits, unit] = /^([<>]=?)?(\d+(?:\.\d+)?)(ms|s)?$/i.exec(value) ?? [];
  if (digits === undefined) return undefined;
  const limit = Number(digits) / (unit?.toLowerCase() === 'ms' ? 1000 : 1);
  const compare: Readonly<Record<string, (one: number) => boolean>> = {
    '': (one) => one === limit,
    '>': (one) => one > limit,
    '>=': (one) => one >= limit,
    '<': (one) => one < limit,
    '<=': (one) => one <= limit,
  };
  return (call, now) => compare[operator]?.(read(call, now)) ?? false;
}

function contains(text: string): Test {
  return (call) => {
    const { method, url, client = '', error, context, template = '' } = call;
    const all = [method, url, template, client, labelOf(call), error?.code, context?.requestId, context?.route];
    return all.join(' ').toLowerCase().includes(text);
  };
}
