import type { CallFacts } from '../journal/attempt';
import { findHeader } from '../response/find-header';

interface Facts {
  readonly call?: Pick<CallFacts, 'context'> | undefined;
  readonly config?: { readonly headers?: object | undefined } | undefined;
}

/** The id that a call sends, by which the upstream's logs can be searched. */
export function requestIdOf({ config, call }: Facts): string | undefined {
  // The header comes first: a caller may send another id than that of the context.
  const sent = findHeader(config?.headers, 'x-request-id');
  return typeof sent === 'string' ? sent : call?.context?.requestId;
}
