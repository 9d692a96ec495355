import { checkInboundContextOptions, enterContext, type InboundContextOptions } from '../server/enter-context';
import type { Middleware } from './handlers';

export type { InboundContextOptions };

/**
 * Lets every call that is made for a request carry its id, its trace and the time that is left for it, and end when the
 * caller hangs up. Belongs first, so that all others are in the context.
 *
 * @throws TypeError if an option is wrong
 */
export function requestContext(options: InboundContextOptions = {}): Middleware {
  checkInboundContextOptions(options);
  return (request, response, next) => {
    enterContext(request, response, options, next);
  };
}
