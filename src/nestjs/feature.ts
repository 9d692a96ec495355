import { randomUUID } from 'node:crypto';
import {
  Inject,
  Module,
  type DynamicModule,
  type FactoryProvider,
  type ModuleMetadata,
  type OnModuleInit,
  type Provider,
} from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { HTTPClientOptions } from '../client/options';
import { ClientRegistry } from './client-registry';
import { checkScope } from './client-scope';
import { checkClientName, DEFAULT_CLIENT, getHTTPClientToken } from './client-token';

/** A client of `forFeature`. What it leaves out is as in `forRoot`. */
export interface NamedClient extends HTTPClientOptions {
  /** By which it is injected: letters, digits, and `_`, `-`, `.`. */
  readonly name: string;
}

/** A client of `forFeatureAsync`. */
export interface AsyncClient extends Pick<ModuleMetadata, 'imports'>, Pick<FactoryProvider, 'inject'> {
  /** By which it is injected: letters, digits, and `_`, `-`, `.`. */
  readonly name: string;
  /** Makes the options of what is injected. */
  readonly useFactory: (...injected: never[]) => HTTPClientOptions | Promise<HTTPClientOptions>;
}

/** Tells modules apart that Nest 10, which compares what they are made of, would take for one. */
const FEATURE_ID = Symbol('HTTP_CLIENT_FEATURE_ID');

/** The names of a module's clients. */
const NAMES = Symbol('HTTP_CLIENT_NAMES');

/** Named clients. */
@Module({})
export class HTTPClientFeatureModule implements OnModuleInit {
  constructor(
    @Inject(ModuleRef) private readonly moduleRef: ModuleRef,
    @Inject(NAMES) private readonly names: readonly string[],
  ) {}

  /** @throws Error if a client would be made anew for each request */
  onModuleInit(): void {
    checkScope(this.moduleRef, this.names);
  }
}

/** @throws TypeError if a name is none, or there twice */
export function featureOf(clients: readonly AsyncClient[]): DynamicModule {
  checkNames(clients);
  return {
    module: HTTPClientFeatureModule,
    imports: clients.flatMap(({ imports = [] }) => imports),
    providers: [
      { provide: FEATURE_ID, useValue: randomUUID() },
      { provide: NAMES, useValue: clients.map(({ name }) => name) },
      ...clients.flatMap(providersOf),
    ],
    exports: clients.map(({ name }) => getHTTPClientToken(name)),
  };
}

/** The name is declared by itself: it counts, too, where a test has put another client in its place. */
function providersOf({ name, inject = [], useFactory }: AsyncClient): Provider[] {
  const token = getHTTPClientToken(name);
  const declared = `${String(token)}:declared`;
  const options = `${String(token)}:options`;
  return [
    { provide: declared, inject: [{ token: ClientRegistry, optional: true }], useFactory: declareIn(name) },
    { provide: options, inject, useFactory },
    {
      provide: token,
      inject: [declared, options],
      useFactory: (registry: ClientRegistry, own: HTTPClientOptions) => registry.open(name, own),
    },
  ];
}

function declareIn(name: string): (registry: ClientRegistry | undefined) => ClientRegistry {
  return (registry) => {
    if (!registry) {
      throw new Error(
        `The HTTP client '${name}' needs HTTPClientModule.forRoot() or forRootAsync() in the application, and that global`,
      );
    }
    registry.declare(name);
    return registry;
  };
}

function checkNames(clients: readonly AsyncClient[]): void {
  const names = clients.map(({ name }) => name);
  for (const [index, name] of names.entries()) {
    // Not by its token: no name at all would pass for the default one.
    checkClientName(name);
    if (name === DEFAULT_CLIENT) throw new TypeError(`'${name}' is the HTTP client of forRoot(), not of forFeature()`);
    if (names.indexOf(name) !== index) throw new TypeError(`There are two HTTP clients of the name '${name}'`);
  }
}
