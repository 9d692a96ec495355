import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  ConfigurableModuleBuilder,
  Inject,
  Module,
  type DynamicModule,
  type NestModule,
  type OnModuleInit,
  type Provider,
} from '@nestjs/common';
import { HttpAdapterHost, ModuleRef } from '@nestjs/core';
import { HTTPClient } from '../client/http-client';
import { checkInboundContextOptions, enterContext, type InboundContextOptions } from '../server/enter-context';
import type { HTTPClientOptions } from '../client/options';
import { HTTPClientHealth } from './client-health';
import { ClientRegistry } from './client-registry';
import { DEFAULT_CLIENT } from './client-token';
import { checkScope } from './client-scope';
import { featureOf, type AsyncClient, type NamedClient } from './feature';

/** What `forRoot` and `forRootAsync` take beside the options of the clients. */
export interface HTTPClientModuleExtras {
  /**
   * Whether its clients, and `HTTPClientHealth`, are there for all modules. `forFeature` needs it.
   *
   * @default true
   */
  isGlobal?: boolean;
  /**
   * How the context of each inbound request is made; `false` for none.
   *
   * @default {}
   */
  context?: InboundContextOptions | false;
}

/** Makes the options for `useClass` and `useExisting`. */
export interface HTTPClientOptionsFactory {
  createHTTPClientOptions(): HTTPClientOptions | Promise<HTTPClientOptions>;
}

const EXTRAS = Symbol('HTTP_CLIENT_MODULE_EXTRAS');
const DEFAULTS: Required<HTTPClientModuleExtras> = { isGlobal: true, context: {} };

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN, OPTIONS_TYPE } =
  new ConfigurableModuleBuilder<HTTPClientOptions>({ moduleName: 'HTTPClient' })
    .setClassMethodName('forRoot')
    .setFactoryMethodName('createHTTPClientOptions')
    .setExtras<HTTPClientModuleExtras>(DEFAULTS, (definition, extras) => ({
      ...definition,
      global: extras.isGlobal ?? true,
      providers: [...(definition.providers ?? []), { provide: EXTRAS, useValue: extras }],
    }))
    .build();

/** By what there is one of in an application: where that has a global module of ours. */
const globalModules = new WeakSet<HttpAdapterHost>();

const PROVIDERS: Provider[] = [
  {
    provide: ClientRegistry,
    inject: [MODULE_OPTIONS_TOKEN],
    useFactory: (options: HTTPClientOptions) => new ClientRegistry(options),
  },
  {
    provide: HTTPClient,
    inject: [ClientRegistry],
    useFactory: (registry: ClientRegistry) => registry.open(DEFAULT_CLIENT),
  },
  HTTPClientHealth,
];

/**
 * HTTP clients by injection, closed with the application; and the context of each inbound request, which is entered before
 * guards run.
 */
@Module({ providers: PROVIDERS, exports: [ClientRegistry, HTTPClient, HTTPClientHealth] })
export class HTTPClientModule extends ConfigurableModuleClass implements NestModule, OnModuleInit {
  readonly #host: HttpAdapterHost;
  readonly #context: InboundContextOptions | false;

  /** @throws TypeError if an option of the context is wrong; Error if there is another of these modules for all */
  constructor(
    @Inject(HttpAdapterHost) host: HttpAdapterHost,
    @Inject(ModuleRef) private readonly moduleRef: ModuleRef,
    @Inject(EXTRAS) { isGlobal = true, context = {} }: HTTPClientModuleExtras,
  ) {
    super();
    if (isGlobal && globalModules.has(host)) {
      const advice =
        'import it once, in the root module: its clients are there for all modules; further ones come of forFeature()';
      throw new Error(`HTTPClientModule.forRoot() is in the application twice: ${advice}`);
    }
    if (isGlobal) globalModules.add(host);
    if (context !== false) checkInboundContextOptions(context);
    this.#host = host;
    this.#context = context;
  }

  /** Once in an application: its options are those of the default client, and the others take them over. */
  static override forRoot(options: typeof OPTIONS_TYPE = {}): DynamicModule {
    return super.forRoot(options);
  }

  /**
   * Named clients, for the modules that import the result.
   *
   * @throws TypeError if a name is none, or there twice
   */
  static forFeature(clients: readonly NamedClient[]): DynamicModule {
    return featureOf(clients.map(({ name, ...options }) => ({ name, useFactory: () => options })));
  }

  /** The same with options that are made of what Nest injects. */
  static forFeatureAsync(clients: readonly AsyncClient[]): DynamicModule {
    return featureOf(clients);
  }

  /**
   * Called before the middleware of modules is put in its place, and after all that `app.use()` has added, which may have lost
   * a context. By the adapter itself, for the wildcards of Nest's middleware differ between its versions.
   */
  configure(): void {
    const context = this.#context;
    if (context === false) return;
    this.#host.httpAdapter.use((request: IncomingMessage, response: ServerResponse, next: () => void) => {
      enterContext(request, response, context, next);
    });
  }

  /** @throws Error if a client would be made anew for each request */
  onModuleInit(): void {
    checkScope(this.moduleRef, [DEFAULT_CLIENT]);
  }
}
