import type { CallReport } from '../src/inspector/report';
import { h } from './dom';

/** A line of the list: a call, or the inbound request above the calls that were made for it. */
export type Line = { readonly call: CallReport } | { readonly heading: readonly CallReport[] };

/** The inbound requests, the latest first, each with its calls in the order in which they were made. */
export function grouped(calls: readonly CallReport[]): Line[] {
  const groups = new Map<string, CallReport[]>();
  for (const call of calls) {
    const id = call.context?.requestId ?? '';
    const group = groups.get(id);
    if (group) group.push(call);
    else groups.set(id, [call]);
  }
  const outside = groups.get('');
  groups.delete('');
  // Last, because it may be long.
  return [...groups.values(), ...(outside ? [outside] : [])].flatMap((group) => [
    { heading: group },
    ...group.reverse().map((call) => ({ call })),
  ]);
}

export function headingOf(calls: readonly CallReport[]): HTMLElement {
  const context = calls[0]?.context;
  const failed = calls.filter(({ state }) => state === 'failed').length;
  return h(
    'h3',
    { class: 'group' },
    h('span', { class: 'route' }, context ? (context.route ?? 'inbound request') : 'outside of any request'),
    context && h('code', {}, context.requestId),
    h('span', { class: 'dim' }, `${calls.length} ${calls.length === 1 ? 'call' : 'calls'}`),
    failed > 0 && h('span', { class: 'bad' }, `${failed} failed`),
  );
}
