import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  ConfigurableModuleBuilder,
  Inject,
  Module,
  Optional,
  type DynamicModule,
  type NestModule,
  type OnModuleInit,
  type Provider,
} from '@nestjs/common';
import { HttpAdapterHost, ModuleRef } from '@nestjs/core';
import { HTTPClient } from '../client/http-client';
import { enterContext, inboundContextSettings, type InboundContextSettings } from '../server/enter-context';
import type { HTTPClientOptions } from '../client/options/client-options';
import { CallInspection } from './call-inspection';
import { CallLogging } from './call-logging';
import { HTTPClientHealth } from './client-health';
import { ClientRegistry } from './client-registry';
import { DEFAULT_CLIENT } from './client-token';
import { checkScope } from './client-scope';
import { missingClients } from './missing-clients';
import { explainAbsent } from '../checks/explain-absent';
import { checkFeature, checkFeatureAsync, checkRoot, checkRootAsync } from './check-arguments';
import { located } from '../checks/located';
import { DEFAULT_EXTRAS, type HTTPClientModuleExtras } from './module-extras';
import { noteRoutes } from './platform';
import { CREATE_OPTIONS, factoryOf } from './options-factory';
import { ownOptions } from '../util/own-options';
import { featureOf, type AsyncClient, type NamedClient } from './feature';

/** Creates the options for `useClass` and `useExisting`. */
export interface HTTPClientOptionsFactory {
  /** Called once, when the module starts. */
  createHTTPClientOptions(): HTTPClientOptions | Promise<HTTPClientOptions>;
}

const EXTRAS = Symbol('HTTP_CLIENT_MODULE_EXTRAS');

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN, OPTIONS_TYPE, ASYNC_OPTIONS_TYPE } =
  new ConfigurableModuleBuilder<HTTPClientOptions>({ moduleName: 'HTTPClient' })
    .setClassMethodName('forRoot')
    .setFactoryMethodName(CREATE_OPTIONS)
    .setExtras<HTTPClientModuleExtras>(DEFAULT_EXTRAS, (definition, extras) => ({
      ...definition,
      global: extras.isGlobal ?? true,
      // Getters, because Nest reads them when all classes with decorators are loaded.
      get providers() {
        return [...(definition.providers ?? []), { provide: EXTRAS, useValue: extras }, ...missingClients()];
      },
      get exports() {
        return missingClients().map(({ provide }) => provide);
      },
    }))
    .build();

/** The applications that have a global HTTPClientModule. An application has one HttpAdapterHost. */
const globalModules = new WeakSet<HttpAdapterHost>();

const PROVIDERS: Provider[] = [
  {
    provide: ClientRegistry,
    inject: [
      { token: MODULE_OPTIONS_TOKEN, optional: true },
      { token: EXTRAS, optional: true },
    ],
    useFactory: (options: HTTPClientOptions, extras?: HTTPClientModuleExtras) => {
      if (extras) return new ClientRegistry(options);
      throw new Error('HTTPClientModule is imported without its options: import HTTPClientModule.forRoot(options)');
    },
  },
  {
    provide: HTTPClient,
    inject: [ClientRegistry],
    useFactory: (registry: ClientRegistry) => registry.open(DEFAULT_CLIENT, {}),
  },
  {
    provide: CallLogging,
    inject: [ClientRegistry, { token: EXTRAS, optional: true }],
    useFactory: (registry: ClientRegistry, extras?: HTTPClientModuleExtras) =>
      new CallLogging(registry, extras?.logCalls ?? false),
  },
  {
    provide: CallInspection,
    inject: [{ token: EXTRAS, optional: true }],
    useFactory: (extras?: HTTPClientModuleExtras) => new CallInspection(extras?.inspector ?? false),
  },
  HTTPClientHealth,
];

/**
 * Provides HTTP clients by injection, and closes them with the application. Also enters the context of each inbound
 * request, before guards run.
 */
@Module({ providers: PROVIDERS, exports: [ClientRegistry, HTTPClient, HTTPClientHealth] })
export class HTTPClientModule extends ConfigurableModuleClass implements NestModule, OnModuleInit {
  readonly #host: HttpAdapterHost;
  readonly #context: InboundContextSettings | false;

  /** Called by Nest. @throws TypeError if an option of the context is wrong; Error if there is another global HTTPClientModule */
  constructor(
    @Inject(HttpAdapterHost) host: HttpAdapterHost,
    @Inject(ModuleRef) private readonly moduleRef: ModuleRef,
    @Optional() @Inject(EXTRAS) { isGlobal = true, context = {} }: HTTPClientModuleExtras = {},
  ) {
    super();
    if (isGlobal && globalModules.has(host)) {
      const advice =
        'import it once, in the root module: all modules can inject its client, and forFeature() adds further ones';
      throw new Error(`HTTPClientModule.forRoot() is in the application twice: ${advice}`);
    }
    if (isGlobal) globalModules.add(host);
    this.#host = host;
    this.#context = context !== false && located('context', () => inboundContextSettings(context));
  }

  /**
   * The default client. Call this once in an application: named clients inherit its options. Nest reports a wrong option
   * when it creates the client.
   */
  static override forRoot(options?: typeof OPTIONS_TYPE): DynamicModule;
  static override forRoot(...given: [options?: typeof OPTIONS_TYPE, ...others: unknown[]]): DynamicModule {
    const [options = {}, ...others] = given;
    checkRoot([options, ...others]);
    // Nest copies own properties only.
    return super.forRoot(ownOptions(options));
  }

  /**
   * The same as `forRoot`, with options that a factory or a class creates from what Nest injects.
   *
   * @throws TypeError if there is no factory or class, or there are other options
   */
  static override forRootAsync(options: typeof ASYNC_OPTIONS_TYPE): DynamicModule;
  static override forRootAsync(...given: [options: typeof ASYNC_OPTIONS_TYPE, ...others: unknown[]]): DynamicModule {
    checkRootAsync(given);
    return super.forRootAsync({ ...given[0], ...factoryOf(given[0]) });
  }

  /**
   * Named clients, for the modules that import the result.
   *
   * @throws TypeError if a name is not valid, is `default`, or occurs twice
   */
  static forFeature(clients: readonly NamedClient[]): DynamicModule;
  static forFeature(...given: [clients: readonly NamedClient[], ...others: unknown[]]): DynamicModule {
    checkFeature(given);
    return featureOf(given[0].map(({ name, ...options }) => ({ name, useFactory: () => options })));
  }

  /**
   * The same as `forFeature`, with options that a factory creates from what Nest injects.
   *
   * @throws TypeError if a name is not valid, is `default`, or occurs twice
   */
  static forFeatureAsync(clients: readonly AsyncClient[]): DynamicModule;
  static forFeatureAsync(...given: [clients: readonly AsyncClient[], ...others: unknown[]]): DynamicModule {
    checkFeatureAsync(given);
    return featureOf(given[0]);
  }

  /**
   * Nest calls this after all `app.use()`, whose middleware may lose a context, and before it adds the middleware of
   * modules. Uses the adapter itself, because the wildcards of Nest's middleware differ between versions.
   */
  configure(): void {
    const context = this.#context;
    if (context === false) return;
    noteRoutes(this.#host.httpAdapter.getInstance());
    this.#host.httpAdapter.use((request: IncomingMessage, response: ServerResponse, next: () => void) => {
      enterContext(request, response, context, next);
    });
  }

  /** Called by Nest. @throws Error if the client would be created for each request */
  onModuleInit(): void {
    checkScope(this.moduleRef, [DEFAULT_CLIENT]);
  }
}

// Static methods of other modules.
explainAbsent(HTTPClientModule, 'HTTPClientModule', {
  register: 'use `HTTPClientModule.forRoot(options)`',
  registerAsync: 'use `HTTPClientModule.forRootAsync(options)`',
  forChild: 'use `HTTPClientModule.forFeature(clients)`',
});
