import type { ModuleRef } from '@nestjs/core';
import { DEFAULT_CLIENT, getHTTPClientToken } from './client-token';

/**
 * Refuses request-scoped clients. A client holds connections and tokens: one that is created for each request could not
 * reuse them, and would never be closed.
 *
 * @param moduleRef of the module that provides the clients; its providers must already exist
 * @throws Error if one of these clients would be created more than once
 */
export function checkScope(moduleRef: ModuleRef, names: readonly string[]): void {
  for (const name of names) {
    try {
      moduleRef.get(getHTTPClientToken(name), { strict: true });
    } catch (cause) {
      const where = name === DEFAULT_CLIENT ? 'forRootAsync()' : 'forFeatureAsync()';
      throw new Error(
        `The HTTP client '${name}' would be created for each request, because the options of ${where} depend on a ` +
          'request-scoped provider: create it once, and pass what differs between requests to the call',
        { cause },
      );
    }
  }
}
