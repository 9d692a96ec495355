import type { RequestEnd, RequestTimings } from '../../src/index';
import { observed } from './observed';

/** The messages of all requests that end from now until the end of the test. */
export function requestEnds(): RequestEnd[] {
  return observed('requestEnd');
}

/** Seconds of all steps together. */
export function total(timings: RequestTimings = {}): number {
  return Object.values(timings as Record<string, number>).reduce((sum, one) => sum + one, 0);
}

/** The steps of a request in their order. */
export function stepsOf({ timings = {} }: Pick<RequestEnd, 'timings'>): string {
  const { queued, dns, connect, tls, sent, wait, receive } = timings;
  const steps = { queued, dns, connect, tls, sent, wait, receive };
  return Object.entries(steps)
    .filter(([, seconds]) => seconds !== undefined)
    .map(([name]) => name)
    .join(' ');
}
