import { checkCalled } from '../checks/called';
import { enterContext, inboundContextSettings, type InboundContextOptions } from '../server/enter-context';
import type { Middleware } from './handlers';

export type { InboundContextOptions };

/**
 * Enters the context of each inbound request. Calls made while it is served carry its id, its trace and its remaining
 * time, and are cancelled when the caller disconnects. Mount it first, so that all other middleware is in the context.
 *
 * @throws TypeError if an option is wrong
 */
export function requestContext(options: InboundContextOptions = {}): Middleware {
  checkCalled(options, 'app.use(requestContext())');
  const settings = inboundContextSettings(options);
  return (request, response, next) => {
    enterContext(request, response, settings, next);
  };
}
