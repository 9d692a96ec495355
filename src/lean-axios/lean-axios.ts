import { addCaller } from '../stack/add-caller';
import {
  Axios,
  AxiosHeaders,
  mergeConfig,
  type AxiosInstance,
  type AxiosRequestConfig,
  type AxiosResponse,
  type InternalAxiosRequestConfig,
} from 'axios';
import { dispatch, receive, refuse } from './dispatch';
import { requestHandlers, responseHandlers, type ResponseHandler, type RequestStep } from './handlers';
import { isOwnInterceptor, LimitedAxios, unlimited, type Limit } from './limited-axios';
import { describeOptions } from '../util/describe-options';
import { printAs } from '../util/printable';
import { isPromise } from '../util/promises';
import { forAxios, keepCall, leanConfig, repairConfig } from './lean-config';

type RequestConfig = InternalAxiosRequestConfig;

/** A log of an instance shows its defaults, which may have a password. By inheritance: a symbol of their own would end the fast path. */
const PRINTED_DEFAULTS = {};
printAs(PRINTED_DEFAULTS, 'Defaults', describeOptions);

/**
 * An axios instance as from `axios.create()`, with a fast path for requests that need no merging, copying or normalising,
 * as nearly all of this client's requests. For each request, axios iterates over all options and defaults, and copies and
 * normalises the headers three times, which costs more than the request itself.
 */
export function createLeanAxios(defaults: AxiosRequestConfig, limit = unlimited): AxiosInstance {
  const core = new LeanAxios(Object.assign(Object.create(PRINTED_DEFAULTS) as object, defaults), limit);
  const instance = core.request.bind(core);
  const members = core as unknown as Record<string, unknown>;
  for (const name of Object.getOwnPropertyNames(Axios.prototype)) {
    const member = members[name];
    if (typeof member === 'function' && name !== 'constructor') {
      Object.assign(instance, { [name]: member.bind(core) as unknown });
    }
  }
  return Object.assign(instance, {
    defaults: core.defaults,
    interceptors: core.interceptors,
    create: (options?: AxiosRequestConfig) =>
      createLeanAxios(mergeConfig(core.defaults as never, options ?? {}), limit),
  }) as unknown as AxiosInstance;
}

class LeanAxios extends LimitedAxios {
  readonly #stepsFor = requestHandlers();
  readonly #responseHandlers = responseHandlers();
  readonly #limit: Limit;

  constructor(defaults: AxiosRequestConfig, limit: Limit) {
    super(defaults, limit);
    this.#limit = limit;
  }

  override request(first?: string | AxiosRequestConfig, second?: AxiosRequestConfig): Promise<never> {
    try {
      const options = typeof first === 'string' ? { ...second, url: first } : (first ?? {});
      const config = leanConfig(this.defaults as never, options);
      const steps = config && this.#stepsFor(this.interceptors.request, config);
      if (!steps) return super.request(forAxios(options, this.defaults as never));
      const limit = this.#limit;
      // Before the request is sent: calls in progress do not see interceptors that are added later.
      const handlers = this.#responseHandlers(this.interceptors.response as never);
      const request = new Request(handlers, config, limit);
      return runSteps(steps, request).then(
        (response) => conclude(request, response, false) as never,
        (error: unknown) => conclude(request, error, true) as never,
      );
    } catch (error) {
      return Promise.reject(error);
    }
  }
}

/** One request on its way. A class: see `toResponse`. */
class Request {
  /** When the adapter got it, in whole milliseconds on the monotonic clock: any other number is a separate object. */
  sentAt: number | undefined = undefined;

  /** @param config what the interceptor before returned */
  constructor(
    readonly handlers: readonly ResponseHandler[],
    public config: RequestConfig,
    readonly limit: Limit,
  ) {}
}

/** Runs the steps, synchronously until one returns a promise, and then the adapter. */
function runSteps(
  steps: readonly RequestStep[],
  request: Request,
  given = request.config,
  from = 0,
): Promise<AxiosResponse> {
  const { limit } = request;
  let config = given;
  try {
    for (let index = from; ; index++) {
      const step = steps[index];
      if (!step) break;
      const next = step(config);
      if (next === config && next.headers instanceof AxiosHeaders) continue;
      if (next !== config && isPromise(next)) {
        const waiting = Promise.resolve(next);
        const limited = isOwnInterceptor(step) ? waiting : limit(waiting, config);
        return limited.then((later) => runSteps(steps, request, accept(later, request), index + 1));
      }
      config = accept(next, request);
    }
    const sent = dispatch(config);
    request.sentAt = Math.round(performance.now());
    return sent;
  } catch (error) {
    return limit(Promise.reject(error), request.config);
  }
}

/** An interceptor may return nothing; what follows then fails, for the request as it was before. */
function accept(next: RequestConfig, request: Request): RequestConfig {
  const config = repairConfig(next);
  if ((config as RequestConfig | undefined) !== undefined) request.config = keepCall(config, request.config);
  return config;
}

/** Continues with the outcome of the adapter, or of a step that failed before it. */
function conclude(request: Request, outcome: unknown, isFailure: boolean): unknown {
  const { config, sentAt } = request;
  if (sentAt === undefined) return runHandlers(request, 0, outcome, isFailure);
  let response: unknown;
  try {
    response = isFailure ? refuse(outcome, config, sentAt) : receive(outcome as AxiosResponse, config, sentAt);
  } catch (error) {
    return runHandlers(request, 0, error, true);
  }
  return runHandlers(request, 0, response, false);
}

/** Runs the interceptors in order, synchronously until one returns a promise. */
function runHandlers(request: Request, from: number, outcome: unknown, isFailure: boolean): unknown {
  const { handlers, config, limit } = request;
  let current = outcome;
  let failed = isFailure;
  for (let index = from; index < handlers.length; index++) {
    const handler = handlers[index];
    const handle = failed ? handler?.rejected : handler?.fulfilled;
    if (!handle) continue;
    const before = current;
    try {
      current = handler?.isOwn ? handle(current, config) : handle(current);
      failed = false;
    } catch (error) {
      current = error;
      failed = true;
    }
    if (!failed && current !== before && isPromise(current)) {
      const waiting = Promise.resolve(current);
      return (isOwnInterceptor(handle) ? waiting : limit(waiting, config, before)).then(
        (later) => runHandlers(request, index + 1, later, false),
        (error: unknown) => runHandlers(request, index + 1, error, true),
      );
    }
  }
  return failed ? failWithCaller(current) : current;
}

function failWithCaller(error: unknown): never {
  addCaller(error, failWithCaller);
  throw error;
}
