import type { InternalAxiosRequestConfig } from 'axios';
import { isReplayable } from '../request/replayable';
import type { Call } from '../call/call';
import type { FactsOfCall } from '../call/clock';
import { attemptOf } from '../call/call-of';
import { createException, type Facts } from '../errors/create';
import { isSecretName, redactURL } from '../util/redact';
import { targetOf } from '../request/url';
import type { WireHead, WireRequest } from '../transports/transport';
import { askCaller } from './before-redirect';
import { objectionTo, resolveRedirects, type RedirectPolicy } from './redirect-policy';
import { MAX_REDIRECTS, withFreshBody } from './wire-request';

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** An empty Location leads nowhere, as in axios and curl: the URL that it stands for would redirect again. */
function isRedirect({ status, headers }: Pick<WireHead, 'status' | 'headers'>): boolean {
  return REDIRECTS.has(status) && (headers['location'] ?? '') !== '';
}

/** Whether a response is a redirect that is not handed to the caller. */
export function isFollowed(head: WireHead, { maxRedirects = MAX_REDIRECTS }: InternalAxiosRequestConfig): boolean {
  return maxRedirects > 0 && isRedirect(head);
}

interface RedirectRules {
  /** Headers to drop on a cross-origin redirect, in addition to those whose names suggest a secret. */
  readonly sensitiveHeaders: readonly string[];
  /** Whether the body can be sent again. */
  readonly isBodyReplayable: boolean;
  /** Where redirects may lead. */
  readonly policy: RedirectPolicy;
  /** The origin of the call's first request. */
  readonly origin: string;
}

/**
 * The request that follows a redirect.
 *
 * Another origin gets neither token nor cookies nor other secrets; a redirect from https to http is refused.
 *
 * @throws InvalidRequest if the redirect is refused
 * @see RFC 9110, section 15.4; Fetch standard, "HTTP-redirect fetch"
 */
function followRedirect(request: WireRequest, head: WireHead, rules: RedirectRules, facts: Facts): WireRequest {
  const { sensitiveHeaders, isBodyReplayable, policy, origin } = rules;
  const url = locationOf(request, head, facts);
  const objection = objectionTo(url, [origin, request.url.origin], policy);
  if (objection !== undefined)
    throw refuse(facts, `a ${head.status} leads to ${redactURL(url.href)}, and ${objection}`);
  const becomesGet = changesToGet(head.status, request.method);
  // An earlier redirect may have turned the request into a GET, which has no body.
  if (!becomesGet && request.body !== undefined && !isBodyReplayable) {
    throw refuse(
      facts,
      `a ${head.status} to ${redactURL(url.href)} requires the body again, but a stream can be sent only once`,
    );
  }
  const isSameOrigin = url.origin === request.url.origin;
  const headers = Object.entries(request.headers).filter(([name]) => {
    if (becomesGet && /^content-|^transfer-encoding$/i.test(name)) return false;
    // The new Host comes from the new URL.
    return isSameOrigin || !(isSecret(name, sensitiveHeaders) || /^host$/i.test(name));
  });
  return {
    ...request,
    method: becomesGet ? 'GET' : request.method,
    url,
    headers: Object.fromEntries(headers),
    body: becomesGet ? undefined : request.body,
  };
}

/** One redirect of an attempt. */
interface Hop {
  readonly request: WireRequest;
  readonly head: WireHead;
  /** How many redirects there were, with this one. */
  readonly count: number;
  readonly config: InternalAxiosRequestConfig<unknown>;
  /** The client's policy; the call may override it. */
  readonly policy: RedirectPolicy;
  readonly facts: FactsOfCall;
}

/**
 * The request that follows a redirect, with the changes of the caller's `beforeRedirect`.
 *
 * @throws TooManyRedirects, or InvalidRequest if the redirect is refused or the body cannot be sent again
 */
export function nextRequest({ request, head, count, config, policy, facts }: Hop): WireRequest {
  const { maxRedirects = MAX_REDIRECTS, data } = config;
  const { call } = facts;
  if (count > maxRedirects) {
    throw createException('TOO_MANY_REDIRECTS', { ...facts, detail: `more than ${maxRedirects} redirects` });
  }
  const rules = {
    sensitiveHeaders: sensitiveHeadersOf(config, call),
    isBodyReplayable: isReplayable(data),
    policy: resolveRedirects(config, policy),
    origin: targetOf(config, call).origin,
  };
  const next = askCaller(followRedirect(request, head, rules, facts), { request, head, config, facts });
  attemptOf(config)?.redirected({
    isElsewhere: next.url.origin !== request.url.origin,
    changesMethod: next.method !== request.method,
  });
  return next.body === undefined ? next : withFreshBody(next, config, call);
}

/**
 * Headers to drop on a cross-origin redirect, in addition to those whose names suggest a secret: those that the caller
 * listed, and those of the inbound request, which are meant for this company's services.
 */
function sensitiveHeadersOf(
  { sensitiveHeaders = [] }: InternalAxiosRequestConfig,
  { context }: Call,
): readonly string[] {
  return context ? [...sensitiveHeaders, 'baggage', ...Object.keys(context.headers)] : sensitiveHeaders;
}

function locationOf({ url }: WireRequest, { status, headers }: WireHead, facts: Facts): URL {
  // Node reads headers as Latin-1; a service that does not escape its URLs writes them in UTF-8.
  const latin1 = String(headers['location']);
  const utf8 = Buffer.from(latin1, 'latin1').toString();
  const location = utf8.includes('\ufffd') ? latin1 : utf8;
  if (!URL.canParse(location, url.href)) throw refuse(facts, `the Location of the ${status} is not a valid URL`);
  const target = new URL(location, url);
  // As in the URL of a request that is not redirected. It may be a secret, which no message shows.
  target.hash = '';
  if (target.protocol !== 'http:' && target.protocol !== 'https:') {
    throw refuse(facts, `a ${status} redirects to the unsupported scheme ${target.protocol}`);
  }
  if (url.protocol === 'https:' && target.protocol === 'http:') {
    throw refuse(facts, `a ${status} redirects from https to http: ${redactURL(target.href)}`);
  }
  // Credentials in a Location come from the server, not from the caller.
  target.username = target.password = '';
  return target;
}

function changesToGet(status: number, method: string): boolean {
  if (status === 303) return method !== 'GET' && method !== 'HEAD';
  return (status === 301 || status === 302) && method === 'POST';
}

function isSecret(name: string, sensitiveHeaders: readonly string[]): boolean {
  return isSecretName(name) || sensitiveHeaders.some((sensitive) => sensitive.toLowerCase() === name.toLowerCase());
}

function refuse(facts: Facts, detail: string): Error {
  return createException('REDIRECT_REFUSED', { ...facts, detail });
}
