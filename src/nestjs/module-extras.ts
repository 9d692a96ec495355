import { isOptions, kindOf } from '../checks/kind-of';
import { checkBoolean } from '../checks/values';
import { wrongOption } from '../checks/wrong-option';
import type { InspectorOptions } from '../inspector/options';
import { logSettings, type LogCallsOptions } from '../logging/log-options';
import type { InboundContextOptions } from '../server/enter-context';
import { checkInspector } from './call-inspection';
import { located } from '../checks/located';

/** What `forRoot` and `forRootAsync` take besides the options of the client. */
export interface HTTPClientModuleExtras {
  /**
   * Whether its client and `HTTPClientHealth` are available in all modules. `forFeature` needs that.
   *
   * @default true
   */
  isGlobal?: boolean;
  /**
   * How the context of each inbound request is created; `false` for none.
   *
   * @default {}
   */
  context?: InboundContextOptions | false;
  /**
   * Whether Nest's logger gets a line for each call that fails or succeeds after retries, and how.
   *
   * @default false
   */
  logCalls?: boolean | LogCallsOptions;
  /**
   * Whether a page shows the calls of the process while the application runs, and how. Nest's logger gets its address.
   *
   * @default false
   */
  inspector?: boolean | InspectorOptions;
}

export const DEFAULT_EXTRAS: Required<HTTPClientModuleExtras> = {
  isGlobal: true,
  context: {},
  logCalls: false,
  inspector: false,
};

/** Their names. */
export const EXTRAS = Object.keys(DEFAULT_EXTRAS);

type Fields = Readonly<Record<string, unknown>>;

/**
 * Checks those that are given, except `context`, which the module checks when Nest creates it.
 *
 * @param where names the method in errors
 * @throws TypeError or RangeError if one of them is wrong
 */
export function checkExtras(where: string, given: Fields): void {
  located(where, () => {
    if (given['isGlobal'] !== undefined) checkBoolean('isGlobal', given['isGlobal']);
    checkSwitch('logCalls', given, logSettings);
    checkSwitch('inspector', given, checkInspector);
  });
}

/** An option that is true, false or an object with further options. */
function checkSwitch(name: string, { [name]: value }: Fields, check: (options: object) => unknown): void {
  if (value === undefined || typeof value === 'boolean') return;
  if (!isOptions(value)) throw wrongOption(name, 'be true, false or an object', kindOf(value));
  check(value);
}

/** @throws TypeError if the options of the module are among those of a client */
export function refuseExtras(options: object): void {
  const [name] = EXTRAS.filter((one) => Object.hasOwn(options, one));
  if (name === undefined) return;
  throw new TypeError(`Option \`${name}\` belongs to forRoot(), or beside the \`useFactory\` of forRootAsync()`);
}
