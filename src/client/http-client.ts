import { inspect } from 'node:util';
import type { AxiosInstance, AxiosRequestConfig } from 'axios';
import { Call } from '../call/call';
import type { Config } from './options/config';
import { onlyArgument } from './options/options-argument';
import { attemptEnd, callEnd } from '../events/channels';
import { publishSuccess } from './call-end';
import { fail } from './fail';
import type { Instances } from './instances';
import type { HTTPClientOptions } from './options/client-options';
import type { JSONRequestOptions, RequestOptions } from './options/request-options';
import { explainAbsent } from '../checks/explain-absent';
import { ABSENT_FROM_CLASS, ABSENT_FROM_CLIENT } from './absent-members';
import { checkPlugin, type Plugin } from '../plugins/plugin';
import { closeSource } from '../tokens/sources/token-source';
import { blameCaller, methodsOf, startAtCaller } from '../stack/blame-caller';
import type { ClientMethods } from './client-methods';
import { loadConfig, loadInstances } from './late-modules';
import { fillPathOf, readArguments, toAxiosConfig, type CallArguments } from './call-arguments';
import { lostClient } from './lost-client';
import { describeClient } from './print-client';
import { toHTTPResponse } from '../call/create-response';
import type { HTTPResponse } from '../response/http-response';
import { callForJSON, type JSONVerb } from './json-call';

/**
 * Calls other services. Create one client per upstream and keep it: it holds the connections. Every method that sends a request
 * rejects with a RequestException if the call fails, and with a TypeError or RangeError if an argument is wrong.
 *
 * @example
 * ```ts
 * const users = new HTTPClient({ baseURL: 'http://user-service:8000', timeout: 2 });
 * const user = await users.getJson<User>('/users/{id}', { pathParams: { id: '123' } });
 * ```
 * @see contract, "Class: HTTPClient"
 */
export class HTTPClient implements ClientMethods {
  readonly #config: Config;
  readonly #instances: Instances;

  /** All options have defaults. @throws TypeError or RangeError that names the wrong option */
  constructor(options?: HTTPClientOptions);
  constructor(...given: [options?: HTTPClientOptions, ...others: unknown[]]) {
    [this.#config, this.#instances] = blameCaller([HTTPClient, new.target], () => {
      const config = loadConfig().resolve(onlyArgument(given));
      return [config, loadInstances().createInstances(config)];
    });
  }

  /** Number of this client, unique in the process: `clientId` in [messages](../../docs/events.md). */
  get id(): number {
    return this.#config.identity.id;
  }

  /** The underlying axios instance, for interceptors and axios plugins. */
  get axios(): AxiosInstance {
    return this.#instances.http;
  }

  get<T = unknown>(...given: CallArguments): Promise<HTTPResponse<T>> {
    return send(this, 'GET', given);
  }

  post<T = unknown>(...given: CallArguments): Promise<HTTPResponse<T>> {
    return send(this, 'POST', given);
  }

  put<T = unknown>(...given: CallArguments): Promise<HTTPResponse<T>> {
    return send(this, 'PUT', given);
  }

  patch<T = unknown>(...given: CallArguments): Promise<HTTPResponse<T>> {
    return send(this, 'PATCH', given);
  }

  delete<T = unknown>(...given: CallArguments): Promise<HTTPResponse<T>> {
    return send(this, 'DELETE', given);
  }

  head<T = unknown>(...given: CallArguments): Promise<HTTPResponse<T>> {
    return send(this, 'HEAD', given);
  }

  options<T = unknown>(...given: CallArguments): Promise<HTTPResponse<T>> {
    return send(this, 'OPTIONS', given);
  }

  getJson<T = unknown>(...given: CallArguments<JSONRequestOptions<T>>): Promise<T> {
    return sendForJSON(this, 'get', given);
  }

  postJson<T = unknown>(...given: CallArguments<JSONRequestOptions<T>>): Promise<T> {
    return sendForJSON(this, 'post', given);
  }

  putJson<T = unknown>(...given: CallArguments<JSONRequestOptions<T>>): Promise<T> {
    return sendForJSON(this, 'put', given);
  }

  patchJson<T = unknown>(...given: CallArguments<JSONRequestOptions<T>>): Promise<T> {
    return sendForJSON(this, 'patch', given);
  }

  request<T = unknown>(method: string, ...given: CallArguments): Promise<HTTPResponse<T>> {
    // Not `async`, which takes a few hundred bytes more for each call in progress.
    try {
      const options = readArguments(method, given, this.#config.callOptions);
      const { identity, deadline } = this.#config;
      const call = new Call(method.toUpperCase(), String(given[0]), options.deadline ?? deadline, undefined, identity);
      if (options.pathParams !== undefined) fillPathOf(call, given, options.pathParams);
      call.isAwaited = true;
      return this.#send<T>(options, call);
    } catch (error) {
      return refuse(#config in Object(this) ? error : lostClient('request'), this);
    }
  }

  #send<T>(options: RequestOptions, call: Call): Promise<HTTPResponse<T>> {
    try {
      return this.axios.request(toAxiosConfig(options, call, this.axios.defaults)).then(
        (outcome) => succeed<T>(outcome, call, options),
        (error: unknown) => fail(error, call, options.signal),
      );
    } catch (error) {
      // The body cannot be sent.
      return fail(error, call);
    }
  }

  /**
   * Adds a plugin outside the existing ones. Add attempt plugins before the first interceptor.
   *
   * @throws TypeError if `plugin` is not a plugin, or is an attempt plugin that comes too late
   */
  use(plugin: Plugin): this {
    return blameCaller(methodsOf(HTTPClient.prototype, this), () => {
      if (!(#config in Object(this))) throw lostClient('use');
      checkPlugin(plugin);
      this.#instances.use(plugin);
      return this;
    });
  }

  /** What `console.log(client)` shows: the options in force, without secrets. @internal */
  [inspect.custom](_depth: number, options: object, print: typeof inspect): string {
    const { constructor } = this;
    const name = constructor === HTTPClient ? 'HTTPClient' : constructor.name;
    return `${name} ${print(describeClient(this.#config, this.axios.defaults as AxiosRequestConfig), options)}`;
  }

  /** Closes idle connections and the token source, at shutdown. Calls in progress complete as usual. */
  close(): void {
    if (!(#config in Object(this))) throw startAtCaller(lostClient('close'), methodsOf(HTTPClient.prototype)); // node-do-not-add-exception-line
    this.#instances.close();
    closeSource(this.#config.tokenSource);
  }
}

explainAbsent(HTTPClient.prototype, 'client', ABSENT_FROM_CLIENT);
explainAbsent(HTTPClient, 'HTTPClient', ABSENT_FROM_CLASS);

/** All verbs: no method is bound to its client, so that a client stays small. */
function send<T>(client: HTTPClient | undefined, method: string, given: CallArguments): Promise<HTTPResponse<T>> {
  if (typeof client?.request !== 'function') return refuse(lostClient(method.toLowerCase()), client);
  return client.request<T>(method, ...given);
}

function sendForJSON<T>(client: HTTPClient, verb: JSONVerb, given: CallArguments<JSONRequestOptions<T>>): Promise<T> {
  try {
    return callForJSON(client, verb, given);
  } catch (error) {
    return refuse(error, client);
  }
}

/** Rejects with an error about arguments. */
function refuse(error: unknown, client: unknown): Promise<never> {
  return Promise.reject(startAtCaller(error, methodsOf(HTTPClient.prototype, client)));
}

function succeed<T>(outcome: unknown, call: Call, options: RequestOptions): HTTPResponse<T> {
  if (!call.settled) call.settle();
  const response = toHTTPResponse<T>(outcome, call);
  if (callEnd.hasSubscribers || attemptEnd.hasSubscribers) publishSuccess(call, response, options);
  call.isAwaited = false;
  return response;
}
