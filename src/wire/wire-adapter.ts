import type { AxiosAdapter, InternalAxiosRequestConfig } from 'axios';
import { isBelow400 } from './wire-response';
import { inContext } from './in-context';
import type { Transport } from '../transports/transport';
import { WireAttempt } from './wire-attempt';

/** An axios adapter on `transport`: adds the clock, redirects, decoding, the size limit and cancellation. */
export function wireAdapter(transport: Transport): AxiosAdapter {
  return (config) =>
    new Promise((resolve, reject) => {
      const own = runsCodeOfOthers(config) ? inContext(transport) : transport;
      new WireAttempt(own, config, resolve, reject).start();
    });
}

/** Whether what comes on the wire is told to more than this package: to who reads a stream, makes a body, or judges a status. */
function runsCodeOfOthers({ responseType, data, validateStatus }: InternalAxiosRequestConfig<unknown>): boolean {
  return responseType === 'stream' || typeof data === 'function' || (validateStatus ?? isBelow400) !== isBelow400;
}
