import { inspect } from 'node:util';
import type { AxiosInstance, AxiosRequestConfig } from 'axios';
import { Call } from '../call/call';
import { resolve, type Config } from './config';
import { classify } from '../call/classify';
import { cancelledBy } from '../errors/cancelled';
import type { RequestException } from '../errors/exceptions';
import { onlyArgument } from './client-options';
import { createInstances, type Instances } from './instances';
import type { HTTPClientOptions, JSONRequestOptions, RequestOptions } from './options';
import { explainAbsent } from '../checks/absent-members';
import { ABSENT_FROM_CLASS, ABSENT_FROM_CLIENT } from './absent-members';
import { checkPlugin, type Plugin } from '../plugins/plugin';
import { promised } from '../util/promises';
import { readArguments, toAxiosConfig, type CallArguments } from './call-arguments';
import { describeClient } from './print-client';
import { toHTTPResponse } from '../call/create-response';
import { jsonOf, type HTTPResponse } from '../response/http-response';
import { validator } from '../schema/validator';
import { ownOptions } from '../util/own-options';

type JSONVerb = 'get' | 'post' | 'put' | 'patch';

/**
 * Calls other services. Every method that sends a request rejects with a RequestException, or with a TypeError or
 * RangeError if an argument is wrong.
 *
 * @see contract, "Class: HTTPClient"
 */
export class HTTPClient {
  readonly #config: Config;
  readonly #instances: Instances;

  /** @throws TypeError or RangeError that names the wrong option */
  constructor(options?: HTTPClientOptions);
  constructor(...given: [options?: HTTPClientOptions, ...others: unknown[]]) {
    this.#config = resolve(onlyArgument(given));
    this.#instances = createInstances(this.#config);
  }

  /** The underlying axios instance, for interceptors and axios plugins. */
  get axios(): AxiosInstance {
    return this.#instances.http;
  }

  /** @throws RequestException if the call fails; TypeError or RangeError if an argument is wrong */
  get<T = unknown>(...given: CallArguments): Promise<HTTPResponse<T>> {
    return this.request('GET', ...given);
  }

  /** @throws RequestException if the call fails; TypeError or RangeError if an argument is wrong */
  post<T = unknown>(...given: CallArguments): Promise<HTTPResponse<T>> {
    return this.request('POST', ...given);
  }

  /** @throws RequestException if the call fails; TypeError or RangeError if an argument is wrong */
  put<T = unknown>(...given: CallArguments): Promise<HTTPResponse<T>> {
    return this.request('PUT', ...given);
  }

  /** @throws RequestException if the call fails; TypeError or RangeError if an argument is wrong */
  patch<T = unknown>(...given: CallArguments): Promise<HTTPResponse<T>> {
    return this.request('PATCH', ...given);
  }

  /** @throws RequestException if the call fails; TypeError or RangeError if an argument is wrong */
  delete<T = unknown>(...given: CallArguments): Promise<HTTPResponse<T>> {
    return this.request('DELETE', ...given);
  }

  /** @throws RequestException if the call fails; TypeError or RangeError if an argument is wrong */
  head<T = unknown>(...given: CallArguments): Promise<HTTPResponse<T>> {
    return this.request('HEAD', ...given);
  }

  /** @throws RequestException if the call fails; TypeError or RangeError if an argument is wrong */
  options<T = unknown>(...given: CallArguments): Promise<HTTPResponse<T>> {
    return this.request('OPTIONS', ...given);
  }

  /** @throws JSONDecodeError if the body is empty or not valid JSON; ResponseValidationError if it does not match `schema` */
  getJson<T = unknown>(...given: CallArguments<JSONRequestOptions<T>>): Promise<T> {
    return this.#json('get', given);
  }

  /** @throws JSONDecodeError if the body is empty or not valid JSON; ResponseValidationError if it does not match `schema` */
  postJson<T = unknown>(...given: CallArguments<JSONRequestOptions<T>>): Promise<T> {
    return this.#json('post', given);
  }

  /** @throws JSONDecodeError if the body is empty or not valid JSON; ResponseValidationError if it does not match `schema` */
  putJson<T = unknown>(...given: CallArguments<JSONRequestOptions<T>>): Promise<T> {
    return this.#json('put', given);
  }

  /** @throws JSONDecodeError if the body is empty or not valid JSON; ResponseValidationError if it does not match `schema` */
  patchJson<T = unknown>(...given: CallArguments<JSONRequestOptions<T>>): Promise<T> {
    return this.#json('patch', given);
  }

  /**
   * A request with any method. All other methods end up here.
   *
   * @throws RequestException if the call fails; TypeError or RangeError if an argument is wrong
   */
  request<T = unknown>(method: string, ...given: CallArguments): Promise<HTTPResponse<T>> {
    // Not `async`, which takes a few hundred bytes more for each call in progress.
    try {
      const options = readArguments(method, given, this.#config.callOptions);
      const call = new Call(method.toUpperCase(), String(given[0]), options.deadline ?? this.#config.deadline);
      return this.#send<T>(options, call);
    } catch (error) {
      return Promise.reject(error);
    }
  }

  #json<T>(verb: JSONVerb, given: CallArguments<JSONRequestOptions<T>>): Promise<T> {
    const [url, options, ...more] = given;
    if (options?.schema === undefined) return this[verb]<T>(...given).then(jsonOf);
    const { schema, ...others } = ownOptions(options);
    if (schema === undefined) return this[verb]<T>(url, others, ...more).then(jsonOf);
    return promised(() => {
      const validated = validator(schema, verb.toUpperCase(), url, others.responseType);
      return this[verb]<T>(url, others, ...more).then(validated);
    });
  }

  #send<T>(options: RequestOptions, call: Call): Promise<HTTPResponse<T>> {
    try {
      return this.axios.request(toAxiosConfig(options, call, this.axios.defaults.headers)).then(
        (outcome) => succeed<T>(outcome, call),
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
    checkPlugin(plugin);
    this.#instances.use(plugin);
    return this;
  }

  /** What `console.log(client)` shows: the options in force, without secrets. */
  [inspect.custom](_depth: number, options: object, print: typeof inspect): string {
    const { constructor } = this;
    const name = constructor === HTTPClient ? 'HTTPClient' : constructor.name;
    return `${name} ${print(describeClient(this.#config, this.axios.defaults as AxiosRequestConfig), options)}`;
  }

  /** Closes idle sockets, timers and watchers, so that the process can exit. Calls in progress complete as usual. */
  close(): void {
    this.#instances.close();
    this.#config.tokenSource?.close?.();
  }
}

explainAbsent(HTTPClient.prototype, 'client', ABSENT_FROM_CLIENT);
explainAbsent(HTTPClient, 'HTTPClient', ABSENT_FROM_CLASS);

/**
 * The same as `new HTTPClient(options)`.
 *
 * @throws TypeError or RangeError that names the wrong option
 */
export function createClient(options?: HTTPClientOptions): HTTPClient;
export function createClient(...given: [options?: HTTPClientOptions, ...others: unknown[]]): HTTPClient {
  // As a callback of `map` it gets an index, too.
  return new HTTPClient(typeof given[1] === 'number' ? given[0] : onlyArgument(given));
}

function succeed<T>(outcome: unknown, call: Call): HTTPResponse<T> {
  if (!call.settled) call.settle();
  return toHTTPResponse<T>(outcome, call);
}

function fail(thrown: unknown, call: Call, signal?: AbortSignal): never {
  const error = becauseOf(signal, classify(thrown, call), call);
  // An error from between transport and journal, such as a transformResponse, has no config that tells whose it is.
  call.endLines(error.status ?? error.code);
  // Nothing will read it any more.
  call.stream?.destroy();
  call.settle();
  throw error;
}

/** What an interceptor throws after the caller has cancelled, such as the reason of the signal, is the cancellation. */
function becauseOf(signal: AbortSignal | undefined, error: RequestException, call: Call): RequestException {
  const fired = [signal, call.context?.signal].find((one) => one?.aborted);
  return fired && error.code === 'INTERCEPTOR_FAILED' ? cancelledBy(fired.reason, { call, sent: error.sent }) : error;
}
