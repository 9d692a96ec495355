import type { AxiosAdapter } from 'axios';
import { inContext } from './in-context';
import type { Transport } from './transport';
import { WireAttempt } from './wire-attempt';

/** An axios adapter on `transport`: adds the clock, redirects, decoding, the size limit and cancellation. */
export function wireAdapter(transport: Transport): AxiosAdapter {
  return (config) =>
    new Promise((resolve, reject) => {
      const own = config.responseType === 'stream' ? inContext(transport) : transport;
      new WireAttempt(own, config, resolve, reject).start();
    });
}
