import type { IncomingMessage, ServerResponse } from 'node:http';
import { checkCalled } from '../checks/called';
import { Inspector } from './inspector';
import { resolveHandler, type InspectorHandlerOptions } from './options';

/** A request as Express passes it to a router. */
type MountedRequest = IncomingMessage & { readonly baseUrl?: string; readonly originalUrl?: string };

/** Express middleware with a function that ends its recording. */
export interface InspectorHandler {
  (request: MountedRequest, response: ServerResponse): void;
  /** Stops recording, and closes open pages. */
  close(): void;
}

/**
 * Express middleware that shows the calls of all clients in the process: `app.use('/calls', inspectorHandler({ authorize }))`.
 * Recording starts with this call.
 *
 * @throws TypeError or RangeError that names the wrong option; TypeError without `authorize` in production
 */
export function inspectorHandler(options: InspectorHandlerOptions = {}): InspectorHandler {
  checkCalled(options, "app.use('/calls', inspectorHandler())");
  const settings = resolveHandler(options);
  const inspector = new Inspector(settings, { key: undefined, authorize: settings.authorize });
  const handle = (request: MountedRequest, response: ServerResponse): void => {
    const { baseUrl = '', originalUrl = '' } = request;
    // Relative addresses of the page need the slash, which Express adds to the URL only.
    if (baseUrl !== '' && originalUrl.split('?')[0] === baseUrl) request.url = '';
    inspector.handle(request, response, baseUrl);
  };
  return Object.assign(handle, { close: inspector.close.bind(inspector) });
}
