import type { InternalAxiosRequestConfig } from 'axios';
import { hostPatterns, matchesHost } from '../checks/host-patterns';
import { checkOneOf } from '../checks/values';

/** Where a redirect may lead. */
export type Redirects = 'follow' | 'same-origin' | 'error';

declare module 'axios' {
  interface AxiosRequestConfig {
    /** Where a redirect may lead. */
    redirects?: Redirects | undefined;
    /** Hosts of other origins that a redirect may lead to. */
    redirectHosts?: readonly string[] | undefined;
  }
}

/** The redirect options of a client, with their defaults. */
export interface RedirectPolicy {
  readonly redirects: Redirects;
  /** Spelt as URLs have them; `undefined` for every host. */
  readonly hosts: readonly string[] | undefined;
}

type RedirectOptions = Pick<InternalAxiosRequestConfig, 'redirects' | 'redirectHosts'>;

/**
 * Checks the redirect options of a client or a call; what the call does not set is taken from `defaults`.
 *
 * @throws TypeError if one is invalid
 */
export function resolveRedirects(
  { redirects, redirectHosts }: RedirectOptions,
  defaults: RedirectPolicy = { redirects: 'follow', hosts: undefined },
): RedirectPolicy {
  if (redirects !== undefined) checkOneOf('redirects', redirects, ['follow', 'same-origin', 'error']);
  return {
    redirects: redirects ?? defaults.redirects,
    hosts: hostPatterns('redirectHosts', redirectHosts) ?? defaults.hosts,
  };
}

/**
 * Why a redirect to `target` is not followed; `undefined` if it may be.
 *
 * @param origins those of the call's first request and of the request that was redirected
 */
export function objectionTo(
  target: Readonly<URL>,
  origins: readonly string[],
  { redirects, hosts }: RedirectPolicy,
): string | undefined {
  if (redirects === 'error') return "`redirects` is 'error'";
  if (origins.includes(target.origin)) return undefined;
  if (redirects === 'same-origin') return "`redirects` is 'same-origin'";
  return hosts && !matchesHost(target, hosts) ? 'its host is not in `redirectHosts`' : undefined;
}
