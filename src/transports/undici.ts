/**
 * The transport on undici.
 *
 * @packageDocumentation
 */
import { kindOf } from '../checks/kind-of';
import { namedExports } from '../checks/named-exports';
import { checkNames, checkOptions, nearest } from '../checks/names';
import { checkBoolean } from '../checks/values';
import { wrongOption } from '../checks/wrong-option';
import type { Dispatcher } from 'undici';
import { ownOptions } from '../util/own-options';
import { resolveConnections } from './connections';
import { watchAlerts } from './tls-alerts';
import type { Transport } from './transport';
import { connectionsOf } from './undici-connections';
import { undiciTransport } from './undici-transport';

export type { Transport } from './transport';

/** Options of {@link undici}. */
export interface UndiciOptions {
  /** Your Agent, Pool, ProxyAgent or MockAgent. The client does not close it. @default an Agent created by the transport */
  readonly dispatcher?: Dispatcher | undefined;
  /** Whether the default Agent uses HTTP/2 with servers that support it. @default false */
  readonly allowH2?: boolean | undefined;
}

const NAMES: ReadonlySet<string> = new Set<keyof UndiciOptions>(['dispatcher', 'allowH2']);

/**
 * The fastest transport, on undici's `Dispatcher.dispatch`. nock does not intercept it; MockAgent does.
 *
 * @throws TypeError if an option is invalid
 */
export function undici(options: UndiciOptions = {}): Transport {
  checkUndiciOptions(options);
  const { dispatcher, allowH2 = false } = ownOptions(options);
  if (dispatcher !== undefined && !isDispatcher(dispatcher)) {
    throw wrongOption('dispatcher', 'be an undici Dispatcher, such as `new Agent()`', kindOf(dispatcher));
  }
  checkBoolean('allowH2', allowH2);
  watchAlerts();
  return undiciTransport(dispatcher && connectionsOf(dispatcher), allowH2, resolveConnections());
}

function isDispatcher(value: unknown): value is Dispatcher {
  return typeof (value as Partial<Dispatcher> | null | undefined)?.dispatch === 'function';
}

/** A dispatcher in place of the options, or its options in theirs, would be ignored, and with them a certificate or a proxy. */
function checkUndiciOptions(options: object): void {
  if (isDispatcher(options)) {
    throw new TypeError(`Options must be an object, got ${kindOf(options)}: pass { dispatcher: … }`);
  }
  checkOptions(options);
  checkNames('option of undici()', options, NAMES, (name) =>
    nearest(name, NAMES) === undefined ? 'options of undici go into { dispatcher: new Agent({ … }) }' : undefined,
  );
}

module.exports = namedExports(module.exports as object, '@hdms/http-client/undici', 'undici');
