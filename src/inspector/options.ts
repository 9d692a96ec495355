import type { IncomingMessage } from 'node:http';
import { checkFunction, wrongOption } from '../checks/wrong-option';
import { kindOf, kindOfUnlike } from '../checks/kind-of';
import { checkNames, checkOptions } from '../checks/names';
import { checkInteger } from '../checks/values';
import { ownOptions } from '../util/own-options';

/** Whether the sender of a request may see the calls. If it throws or rejects, access is denied. */
export type Authorize = (request: IncomingMessage) => boolean | Promise<boolean>;

/** What is kept. */
interface RecorderOptions {
  /** Calls that are kept, 1 to 100,000; the oldest is removed first. @default 1000 */
  readonly maxCalls?: number | undefined;
  /** Memory for these calls in bytes, 64 KiB to 1 GiB; the oldest is removed first. @default 8 MiB */
  readonly maxBytes?: number | undefined;
  /** Bodies are never recorded: only `false` is allowed. @default false */
  readonly bodies?: false | undefined;
  /** Address of a trace, with `{traceId}` in it, such as `https://jaeger.internal/trace/{traceId}`. @default no links */
  readonly traceURL?: string | undefined;
}

/** Options of {@link startInspector}. */
export interface InspectorOptions extends RecorderOptions {
  /** Port to listen on. @default any free port */
  readonly port?: number | undefined;
  /** Address to listen on. An address other than loopback needs `authorize`. @default '127.0.0.1' */
  readonly host?: string | undefined;
  /** Called in addition to checking the key in the address. @default the key is enough */
  readonly authorize?: Authorize | undefined;
}

/** Options of {@link inspectorHandler}. */
export interface InspectorHandlerOptions extends RecorderOptions {
  /** Required in production, where the environment variable NODE_ENV is `production`. @default only this machine */
  readonly authorize?: Authorize | undefined;
}

const RECORDER = ['maxCalls', 'maxBytes', 'bodies', 'traceURL'];
const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];
const MIB = 1024 * 1024;

/** RecorderOptions with all defaults. */
export interface RecorderSettings {
  readonly maxCalls: number;
  readonly maxBytes: number;
  readonly traceURL: string | undefined;
}

/** InspectorOptions with all defaults. */
interface InspectorSettings extends RecorderSettings {
  readonly port: number;
  readonly host: string;
  readonly authorize: Authorize | undefined;
}

/** @throws TypeError or RangeError that names the wrong option */
export function resolveInspector(given: InspectorOptions): InspectorSettings {
  const options = ownOptions(given);
  checkOptions(options);
  checkNames('option of startInspector', options, new Set([...RECORDER, 'port', 'host', 'authorize']), false);
  const { port = 0, host = '127.0.0.1', authorize } = options;
  checkInteger('port', port, 0, 65_535);
  checkAuthorize(authorize);
  if (typeof host !== 'string') throw wrongOption('host', 'be a host name', kindOf(host));
  if (!LOOPBACK.includes(host) && !authorize) {
    const advice = 'others would see the calls, so pass `authorize`, too';
    throw wrongOption('host', 'be a loopback address', 'another address', advice);
  }
  return { ...resolveRecorder(options), port, host, authorize };
}

/** @throws TypeError or RangeError that names the wrong option */
export function resolveHandler(given: InspectorHandlerOptions): Omit<InspectorSettings, 'port' | 'host'> {
  const options = ownOptions(given);
  checkOptions(options);
  checkNames('option of inspectorHandler', options, new Set([...RECORDER, 'authorize']), false);
  const { authorize } = options;
  checkAuthorize(authorize);
  if (!authorize && process.env['NODE_ENV'] === 'production') {
    throw new TypeError('inspectorHandler needs `authorize` in production, where it is reached from other machines');
  }
  return { ...resolveRecorder(options), authorize };
}

function resolveRecorder({ maxCalls = 1000, maxBytes = 8 * MIB, bodies, traceURL }: RecorderOptions): RecorderSettings {
  if ((bodies as unknown) !== undefined && bodies !== false) {
    throw wrongOption('bodies', 'be false', kindOf(bodies), 'bodies are never recorded');
  }
  checkInteger('maxCalls', maxCalls, 1, 100_000);
  checkInteger('maxBytes', maxBytes, 64 * 1024, 1024 * MIB);
  if (traceURL !== undefined && !isTraceURL(traceURL)) {
    throw wrongOption('traceURL', 'be an http or https URL with `{traceId}` in it', kindOfUnlike(traceURL));
  }
  return { maxCalls, maxBytes, traceURL };
}

function isTraceURL(value: unknown): boolean {
  return typeof value === 'string' && value.includes('{traceId}') && /^https?:\/\//.test(value) && URL.canParse(value);
}

function checkAuthorize(authorize: unknown): void {
  if (authorize !== undefined) checkFunction('authorize', authorize);
}
