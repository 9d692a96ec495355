import type { InternalAxiosRequestConfig } from 'axios';
import type { Facts } from '../errors/create';
import { createException } from '../errors/create';
import { redactURL } from '../util/redact';
import { objectionTo, resolveRedirects, type RedirectPolicy } from './redirect-policy';

type Guarded = Pick<InternalAxiosRequestConfig, 'beforeRedirect' | 'fetchOptions'>;

/**
 * The options by which an adapter that follows redirects itself keeps to the redirect options: `beforeRedirect` for axios's http
 * adapter, and for its fetch adapter, which does not say where a redirect leads, a refusal of all.
 *
 * @returns `undefined` if redirects may lead anywhere
 */
export function guardRedirects(
  config: InternalAxiosRequestConfig,
  defaults: RedirectPolicy,
  facts: Facts,
): Guarded | undefined {
  const policy = resolveRedirects(config, defaults);
  if (policy.redirects === 'follow' && !policy.hosts) return undefined;
  const { beforeRedirect, fetchOptions } = config;
  return {
    fetchOptions: { ...(fetchOptions as object | undefined), redirect: 'error' },
    beforeRedirect(options, response, request) {
      const target = new URL(String(options['href']));
      target.hash = '';
      const origins = [new URL(facts.call?.url ?? request.url).origin, new URL(request.url).origin];
      const objection = objectionTo(target, origins, policy);
      if (objection !== undefined) {
        const detail = `a ${response.statusCode} leads to ${redactURL(target.href)}, and ${objection}`;
        throw createException('REDIRECT_REFUSED', { ...facts, phase: 'body', detail });
      }
      beforeRedirect?.(options, response, request);
    },
  };
}
