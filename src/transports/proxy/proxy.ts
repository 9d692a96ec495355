import { STATUS_CODES } from 'node:http';
import type { AxiosProxyConfig } from 'axios';
import { codeOfNodeError, describeNodeError } from '../../errors/node-errors';
import { basicAuthorization, userInfoOf } from '../../request/credentials';
import { hostInURL } from '../../util/host';
import { isExcluded, type Origin } from './no-proxy';

/** A proxy to send a request through. */
export interface Proxy {
  /** Without user name and password. */
  readonly url: URL;
  /** For its `Proxy-Authorization`. */
  readonly authorization: string | undefined;
}

/** Which proxy a request uses: the axios option, or the environment. */
export interface ProxyRule {
  readonly proxy: AxiosProxyConfig | false | null | undefined;
  /** Whether `HTTP_PROXY` and similar variables apply where `proxy` is not set. */
  readonly trustEnv: boolean;
}

/** Whether requests may need a proxy; `proxyFor` decides for each of them. */
export function mayUseProxy({ proxy, trustEnv }: ProxyRule): boolean {
  if (proxy) return true;
  return trustEnv && proxy !== false && ['http', 'https', 'all'].some((scheme) => variable(`${scheme}_proxy`) !== '');
}

/**
 * The proxy for a request; `undefined` if it goes to the server directly. The variables are read as axios reads them, but
 * a value without a scheme is an http proxy, as for curl and `requests`: TLS to such a proxy would hang or fail.
 *
 * @throws Error with code ERR_INVALID_PROXY, which does not echo the proxy: its URL may contain a password
 */
export function proxyFor(target: Origin, { proxy, trustEnv }: ProxyRule): Proxy | undefined {
  if (proxy) return fromOption(proxy);
  return trustEnv && proxy !== false ? fromEnvironment(target) : undefined;
}

function fromEnvironment(target: Origin): Proxy | undefined {
  const scheme = target.protocol.slice(0, -1);
  const name = [`${scheme}_proxy`, 'all_proxy'].find((one) => variable(one) !== '');
  if (name === undefined || isExcluded(target, variable('no_proxy'))) return undefined;
  const value = variable(name);
  return fromURL(value.includes('://') ? value : `http://${value}`, `the variable ${name.toUpperCase()}`);
}

/** In lower case first. */
function variable(name: string): string {
  const valueOf = (own: string): string => (Object.hasOwn(process.env, own) ? (process.env[own] ?? '') : '');
  const lower = valueOf(name);
  return lower === '' ? valueOf(name.toUpperCase()) : lower;
}

function fromOption(option: AxiosProxyConfig | URL): Proxy {
  if (option instanceof URL) return fromURL(option.href, 'option `proxy`');
  const { protocol = 'http', host = '', port, auth } = own(option);
  const authority = `${hostInURL(host)}${port ? `:${port}` : ''}`;
  const { url } = fromURL(`${protocol.replace(/:$/, '')}://${authority}`, 'option `proxy`');
  if (!auth) return { url, authorization: undefined };
  const { username = '', password = '' } = own(auth);
  return { url, authorization: basicAuthorization(`${username}:${password}`) };
}

/** A copy without a prototype, which may be polluted. */
function own<T extends object>(value: T): Partial<T> {
  return Object.assign(Object.create(null) as object, value);
}

function fromURL(text: string, source: string): Proxy {
  const parsed = URL.canParse(text) ? new URL(text) : undefined;
  if (!parsed || !/^https?:$/.test(parsed.protocol)) {
    const message = `${source} must name an http:// or https:// proxy`;
    throw Object.assign(new Error(message), { code: 'ERR_INVALID_PROXY' });
  }
  const userInfo = userInfoOf(parsed);
  return {
    url: new URL(parsed.origin),
    authorization: userInfo === undefined ? undefined : basicAuthorization(userInfo),
  };
}

/** The error for a proxy that responded to CONNECT with anything but a tunnel. A retry makes sense after a 5xx only. */
export function refusedTunnel({ url }: Proxy, authority: string, status: number): Error {
  const reason = `${status} ${STATUS_CODES[status] ?? ''}`.trimEnd();
  const message = `the proxy ${url.origin} refused a tunnel to ${authority}: it responded with ${reason}`;
  return Object.assign(new Error(message), { code: codeOfRefusal(status) });
}

/** The error for a proxy that broke off, or could not be reached. TLS and HTTP errors keep their code. */
export function failedProxy({ url }: Proxy, cause: Error): Error {
  const known = codeOfNodeError(cause);
  const isPermanent = known === 'CERTIFICATE_INVALID' || known === 'TLS_FAILED' || known === 'PROTOCOL_ERROR';
  const code = isPermanent ? (cause as NodeJS.ErrnoException).code : 'ERR_PROXY_UNAVAILABLE';
  return Object.assign(new Error(`the proxy ${url.origin} failed: ${describeNodeError(cause)}`, { cause }), { code });
}

/** The error for a response that an agent passes off as an https server's, although it came without TLS: a proxy's refusal. */
export function withoutTLS(status: number): Error {
  const message = `the agent connected without TLS, so the ${status} response is not from the server but from a proxy`;
  return Object.assign(new Error(message), { code: codeOfRefusal(status) });
}

function codeOfRefusal(status: number): string {
  return status >= 500 && status <= 599 ? 'ERR_PROXY_UNAVAILABLE' : 'ERR_PROXY_REFUSED';
}
