import type { AxiosAdapter } from 'axios';
import type { Transport } from './transport';
import { WireAttempt } from './wire-attempt';

/** An axios adapter on `transport`: adds the clock, redirects, decoding, the size limit and cancellation. */
export function wireAdapter(transport: Transport): AxiosAdapter {
  return (config) =>
    new Promise((resolve, reject) => {
      new WireAttempt(transport, config, resolve, reject).start();
    });
}
