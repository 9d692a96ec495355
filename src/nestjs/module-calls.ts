import { isPlainObject, kindOf } from '../checks/kind-of';

const ASYNC_OPTIONS = ['useFactory', 'useClass', 'useExisting', 'inject'];
const EXTRAS = ['isGlobal', 'context'];

/** Static methods of other modules. */
export const ABSENT_FROM_MODULE: Readonly<Record<string, string>> = {
  register: 'use `HTTPClientModule.forRoot(options)`',
  registerAsync: 'use `HTTPClientModule.forRootAsync(options)`',
  forChild: 'use `HTTPClientModule.forFeature(clients)`',
};

/** @throws TypeError if the options of `forRootAsync` are passed */
export function checkRoot(options: object): void {
  const [name] = ASYNC_OPTIONS.filter((one) => Object.hasOwn(options, one));
  if (name !== undefined) throw new TypeError(`forRoot() takes no \`${name}\`: use forRootAsync()`);
}

/** @throws TypeError if nothing creates the options, or options stand beside what creates them */
export function checkRootAsync(options: object): void {
  if (!isPlainObject(options) || !(options['useFactory'] ?? options['useClass'] ?? options['useExisting'])) {
    throw new TypeError('forRootAsync() needs `useFactory`, `useClass` or `useExisting`');
  }
  const known = [...ASYNC_OPTIONS, ...EXTRAS, 'imports', 'provideInjectionTokensFrom'];
  checkBesideFactory('forRootAsync()', options, known);
}

/** @throws TypeError if the options of the module are among those of a client */
export function checkExtras(options: object): void {
  const [name] = EXTRAS.filter((one) => Object.hasOwn(options, one));
  if (name === undefined) return;
  throw new TypeError(`Option \`${name}\` belongs to forRoot(), or beside the \`useFactory\` of forRootAsync()`);
}

/** @throws TypeError if `clients` is not a list of clients and their options */
export function checkFeature(clients: readonly object[]): void {
  for (const client of checkList('forFeature()', clients)) {
    const { name } = client;
    const [async] = ASYNC_OPTIONS.filter((one) => Object.hasOwn(client, one));
    if (async !== undefined)
      throw new TypeError(`${String(name)}: forFeature() takes no \`${async}\`: use forFeatureAsync()`);
  }
}

/** @throws TypeError if `clients` is not a list of clients with factories */
export function checkFeatureAsync(clients: readonly object[]): void {
  for (const client of checkList('forFeatureAsync()', clients)) {
    const name = String(client['name']);
    if (typeof client['useFactory'] !== 'function')
      throw new TypeError(`${name}: forFeatureAsync() needs \`useFactory\``);
    checkBesideFactory(name, client, ['name', 'useFactory', 'inject', 'imports']);
  }
}

function checkBesideFactory(where: string, options: object, known: readonly string[]): void {
  const [name] = Object.keys(options).filter((one) => !known.includes(one));
  if (name !== undefined) throw new TypeError(`${where}: option \`${name}\` belongs into what useFactory returns`);
}

function checkList(method: string, clients: unknown): readonly Readonly<Record<string, unknown>>[] {
  const example = "[{ name: 'users', … }]";
  if (!Array.isArray(clients)) throw new TypeError(`${method} takes a list such as ${example}, got ${kindOf(clients)}`);
  for (const client of clients as readonly unknown[]) {
    if (!isPlainObject(client))
      throw new TypeError(`${method} takes a list such as ${example}, got one with ${kindOf(client)}`);
  }
  return clients as readonly Readonly<Record<string, unknown>>[];
}
