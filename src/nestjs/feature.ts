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
import type { HTTPClientOptions } from '../client/options/client-options';
import { ClientRegistry } from './client-registry';
import { checkScope } from './client-scope';
import { explained } from './options-factory';
import { checkClientName, DEFAULT_CLIENT, getHTTPClientToken } from './client-token';

/** A client of `forFeature`. It inherits the options of `forRoot` that it does not set. */
export interface NamedClient extends HTTPClientOptions {
  /** The name by which it is injected, and which messages, spans, metrics and logs show: letters, digits, `_`, `-` and `.`. */
  readonly name: string;
}

/** A client of `forFeatureAsync`. */
export interface AsyncClient extends Pick<ModuleMetadata, 'imports'>, Pick<FactoryProvider, 'inject'> {
  /** The name by which it is injected: letters, digits, `_`, `-` and `.`. Messages show it unless its options have a `name`. */
  readonly name: string;
  /** Creates the options from what is injected. */
  readonly useFactory: (...injected: never[]) => HTTPClientOptions | Promise<HTTPClientOptions>;
}

/** Holds a random id, because Nest 10 takes modules with equal metadata for one module. */
const FEATURE_ID = Symbol('HTTP_CLIENT_FEATURE_ID');

/** The names of a module's clients. */
const NAMES = Symbol('HTTP_CLIENT_NAMES');

/** The module of named clients. */
@Module({})
class HTTPClientFeatureModule implements OnModuleInit {
  constructor(
    @Inject(ModuleRef) private readonly moduleRef: ModuleRef,
    @Inject(NAMES) private readonly names: readonly string[],
  ) {}

  /** @throws Error if a client would be created for each request */
  onModuleInit(): void {
    checkScope(this.moduleRef, this.names);
  }
}

/** @throws TypeError if a name is not valid, is `default`, or occurs twice */
export function featureOf(clients: readonly AsyncClient[]): DynamicModule {
  checkClientNames(clients);
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

/** A separate provider declares the name, so that it is declared even if a test overrides the client. */
function providersOf({ name, inject = [], useFactory }: AsyncClient): Provider[] {
  const token = getHTTPClientToken(name);
  const declared = `${String(token)}:declared`;
  const options = `${String(token)}:options`;
  return [
    { provide: declared, inject: [{ token: ClientRegistry, optional: true }], useFactory: declareIn(name) },
    { provide: options, inject, useFactory: explained(name, useFactory, inject) },
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
        `The HTTP client '${name}' needs a global HTTPClientModule.forRoot() or forRootAsync() in the application`,
      );
    }
    registry.declare(name);
    return registry;
  };
}

function checkClientNames(clients: readonly AsyncClient[]): void {
  const names = clients.map(({ name }) => name);
  for (const [index, name] of names.entries()) {
    // Not by getHTTPClientToken(), which takes a missing name for the default.
    checkClientName(name);
    if (name === DEFAULT_CLIENT) throw new TypeError(`'${name}' is the HTTP client of forRoot(), not of forFeature()`);
    if (names.indexOf(name) !== index) throw new TypeError(`There are two HTTP clients named '${name}'`);
  }
}
