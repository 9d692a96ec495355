import { Module, type ConfigurableModuleAsyncOptions } from '@nestjs/common';
import { isClass, kindOf } from '../checks/kind-of';
import type { HTTPClientOptions } from '../client/options/client-options';
import { isPromise } from '../util/promises';
import { DEFAULT_CLIENT } from './client-token';

/** The method of a class for `useClass` and `useExisting`. */
export const CREATE_OPTIONS = 'createHTTPClientOptions';

type Options = HTTPClientOptions | Promise<HTTPClientOptions>;
type AsyncOptions = ConfigurableModuleAsyncOptions<HTTPClientOptions, typeof CREATE_OPTIONS>;
type Creator = Readonly<Record<typeof CREATE_OPTIONS, () => Options>>;
type Factory<Injected extends unknown[]> = (...injected: Injected) => Options;

/** @throws TypeError if `useFactory`, `inject` or `imports` is not what Nest expects */
export function checkFactory(
  where: string,
  { useFactory, inject = [], imports = [] }: Readonly<Record<string, unknown>>,
): void {
  if (isClass(useFactory)) {
    throw new TypeError(
      `${where}: \`useFactory\` must be a function, got the class ${useFactory.name}${forClass(where)}`,
    );
  }
  if (typeof useFactory !== 'function') {
    const advice = isPromise(useFactory) ? ': use an async function' : ', as in () => ({ … })';
    throw new TypeError(`${where}: \`useFactory\` must be a function, got ${kindOf(useFactory)}${advice}`);
  }
  for (const [name, value] of Object.entries({ inject, imports })) {
    if (!Array.isArray(value)) throw new TypeError(`${where}: \`${name}\` must be a list, got ${kindOf(value)}`);
    if ((value as unknown[]).includes(undefined)) {
      throw new TypeError(`${where}: \`${name}\` contains undefined, as happens if files import each other`);
    }
  }
}

/** @throws TypeError if `useClass` is not a class */
export function checkOptionsClass(where: string, useClass: unknown): void {
  if (typeof useClass !== 'function' || typeof useClass.prototype !== 'object') {
    throw new TypeError(`${where}: \`useClass\` must be a class, got ${kindOf(useClass)}`);
  }
}

/** What creates the options of `forRootAsync`, as a factory that explains its failures: Nest names neither client nor method. */
export function factoryOf(options: AsyncOptions): Required<Pick<AsyncOptions, 'useFactory' | 'inject' | 'imports'>> {
  const { useFactory, useClass, useExisting, inject = [], imports = [] } = options;
  if (useFactory) return { useFactory: explained(DEFAULT_CLIENT, useFactory, inject), inject, imports };
  if (!useClass) return { useFactory: optionsCreatedBy, inject: useExisting ? [useExisting] : [], imports };

  @Module({ imports, providers: [useClass], exports: [useClass] })
  class HTTPClientOptionsModule {}
  return { useFactory: optionsCreatedBy, inject: [useClass], imports: [...imports, HTTPClientOptionsModule] };
}

function optionsCreatedBy(creator: Creator): Options {
  const given: unknown = creator;
  if (typeof given === 'object' && given !== null && CREATE_OPTIONS in given) return creator[CREATE_OPTIONS]();
  const other = methodNames(given).find((name) => /^create.*options$/i.test(name));
  const advice = other === undefined ? '' : `: rename ${other}()`;
  throw new TypeError(`${DEFAULT_CLIENT}: ${kindOf(given)} has no method ${CREATE_OPTIONS}()${advice}`);
}

/**
 * The same factory, which explains its failure if it takes more than is injected.
 *
 * @param name of the client
 */
export function explained<Injected extends unknown[]>(
  name: string,
  useFactory: Factory<Injected>,
  inject: readonly unknown[] = [],
): Factory<Injected> {
  if (useFactory.length <= inject.length) return useFactory;
  const explain = (cause: unknown): never => {
    const taken = `\`inject\` lists ${inject.length} of the ${useFactory.length} arguments of useFactory`;
    throw new TypeError(`${name}: ${taken}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  };
  return async (...injected) => {
    try {
      return await useFactory(...injected);
    } catch (cause) {
      return explain(cause);
    }
  };
}

function forClass(where: string): string {
  return where.startsWith('forRootAsync') ? ': use `useClass`' : '';
}

function methodNames(instance: unknown): string[] {
  const prototype = Object.getPrototypeOf(Object(instance)) as object;
  return [...Object.keys(Object(instance) as object), ...Object.getOwnPropertyNames(prototype)];
}
