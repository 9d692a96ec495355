import { isClass, isPlainObject, kindOf } from '../checks/kind-of';
import { checkClientOptions } from '../client/options/options-argument';
import { HTTPClient } from '../client/http-client';
import { isPromise } from '../util/promises';
import { checkClientName } from './client-token';
import { located } from '../checks/located';
import { checkExtras, EXTRAS } from './module-extras';
import { checkFactory, checkOptionsClass } from './options-factory';

/* The arguments of `forRoot`, `forRootAsync`, `forFeature` and `forFeatureAsync`. */

type Fields = Readonly<Record<string, unknown>>;

const CREATORS = ['useFactory', 'useClass', 'useExisting'];
const ASYNC_OPTIONS = [...CREATORS, 'inject', 'imports'];
const LIST = "a list such as [{ name: 'users', … }]";

/** What is found in the options of other modules. */
const MISPLACED: Readonly<Record<string, string>> = {
  global: 'use `isGlobal`',
  useValue: 'use forRoot(options)',
};

/** Beside the factory of the default client. */
const NAME_OF_ROOT = 'its name belongs into what useFactory returns, named clients belong in forFeatureAsync()';

/** @throws TypeError if anything but options is passed, or those of `forRootAsync` */
export function checkRoot([options, ...others]: readonly unknown[]): void {
  const advice = insteadOfRoot(options);
  if (advice !== undefined) throw new TypeError(`forRoot() takes options, got ${kindOf(options)}: ${advice}`);
  located('forRoot()', () => {
    checkClientOptions(options);
  });
  checkAlone('forRoot()', others, 'all options go into one object');
  const fields = options as Fields;
  const [name] = ASYNC_OPTIONS.filter((one) => Object.hasOwn(fields, one));
  if (name !== undefined) throw new TypeError(`forRoot() takes no \`${name}\`: use forRootAsync()`);
  checkMisplaced('forRoot()', fields);
  checkExtras('forRoot()', fields);
}

/** @throws TypeError if nothing creates the options, or there are other options */
export function checkRootAsync([options, ...others]: readonly unknown[]): void {
  const where = 'forRootAsync()';
  if (!isPlainObject(options) || !CREATORS.some((one) => Boolean(options[one]))) {
    throw new TypeError(`${where} needs \`useFactory\`, \`useClass\` or \`useExisting\``);
  }
  const given = CREATORS.filter((one) => options[one] !== undefined);
  if (given.length > 1) throw new TypeError(`${where} takes one of \`${given.join('` and `')}\``);
  checkAlone(where, others, 'options belong in what useFactory returns');
  checkMisplaced(where, options);
  if (Object.hasOwn(options, 'name')) throw new TypeError(`${where} takes no \`name\`: ${NAME_OF_ROOT}`);
  checkBesideFactory(where, options, [...ASYNC_OPTIONS, ...EXTRAS, 'provideInjectionTokensFrom']);
  checkExtras(where, options);
  if (options['useFactory'] !== undefined) checkFactory(where, options);
  else if (options['useClass'] !== undefined) checkOptionsClass(where, options['useClass']);
}

/** @throws TypeError if `clients` is not a list of clients and their options */
export function checkFeature(given: readonly unknown[]): void {
  for (const client of checkList('forFeature()', given)) {
    const [async] = ASYNC_OPTIONS.filter((one) => Object.hasOwn(client, one));
    if (async !== undefined)
      throw new TypeError(`${String(client['name'])}: forFeature() takes no \`${async}\`: use forFeatureAsync()`);
  }
}

/** @throws TypeError if `clients` is not a list of clients with factories */
export function checkFeatureAsync(given: readonly unknown[]): void {
  for (const client of checkList('forFeatureAsync()', given)) {
    const name = String(client['name']);
    if (client['useFactory'] === undefined) throw new TypeError(`${name}: forFeatureAsync() needs \`useFactory\``);
    checkBesideFactory(name, client, ['name', 'useFactory', 'inject', 'imports']);
    checkFactory(name, client);
  }
}

function insteadOfRoot(options: unknown): string | undefined {
  if (isClass(options)) return `use forRootAsync({ useClass: ${options.name} })`;
  if (typeof options === 'function' && !('interceptors' in options)) return 'use forRootAsync({ useFactory: … })';
  if (Array.isArray(options)) return 'named clients belong in forFeature([…])';
  if (typeof options !== 'object' || options === null) return undefined;
  if (isPromise(options)) return 'use forRootAsync({ useFactory: async () => … })';
  const isClient = options instanceof HTTPClient;
  return isClient ? 'provide a client as { provide: getHTTPClientToken(name), useValue: client }' : undefined;
}

function checkAlone(where: string, others: readonly unknown[], advice: string): void {
  if (others.every((one) => one === undefined)) return;
  throw new TypeError(`${where} takes one argument: ${advice}`);
}

function checkMisplaced(where: string, options: Fields): void {
  for (const [name, advice] of Object.entries(MISPLACED)) {
    if (Object.hasOwn(options, name)) throw new TypeError(`${where} takes no \`${name}\`: ${advice}`);
  }
}

function checkBesideFactory(where: string, options: Fields, known: readonly string[]): void {
  const [name] = Object.keys(options).filter((one) => !known.includes(one));
  if (name === undefined) return;
  if (EXTRAS.includes(name)) throw new TypeError(`${where}: option \`${name}\` belongs to forRoot() or forRootAsync()`);
  throw new TypeError(`${where}: option \`${name}\` belongs into what useFactory returns`);
}

function checkList(method: string, [clients, ...others]: readonly unknown[]): readonly Fields[] {
  if (!Array.isArray(clients)) throw new TypeError(`${method} takes ${LIST}, got ${kindOf(clients)}`);
  for (const client of clients as readonly unknown[]) {
    if (!isPlainObject(client)) throw new TypeError(`${method} takes ${LIST}, got one with ${kindOf(client)}`);
    checkClientName(client['name']);
  }
  checkAlone(method, others, 'all clients go into one list');
  return clients as readonly Fields[];
}
