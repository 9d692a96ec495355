import { createRequire } from 'node:module';
import { Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { InspectorOptions } from '../inspector/options';
import type * as Options from '../inspector/options';
import type * as Start from '../inspector/start-inspector';
import { toError } from '../util/is-error';

/** Loads the inspector when it is wanted: an application without one loads none of it. */
const load = createRequire(__filename);

/** @throws TypeError or RangeError that names the wrong option */
export function checkInspector(options: InspectorOptions): void {
  const { resolveInspector } = load('../inspector/options') as typeof Options;
  resolveInspector(options);
}

/** Runs an inspector, from the start of an application to its shutdown, and logs its address. */
export class CallInspection implements OnModuleInit, OnApplicationShutdown {
  readonly #logger = new Logger('HTTPClient');
  #running: Start.RunningInspector | undefined;

  /** @param options `false` for no inspector */
  constructor(private readonly options: boolean | InspectorOptions) {}

  /** An inspector that does not start, because its port is in use for example, does not stop the application. */
  async onModuleInit(): Promise<void> {
    if (this.options === false) return;
    const { startInspector } = load('../inspector/start-inspector') as typeof Start;
    try {
      this.#running = await startInspector(this.options === true ? {} : this.options);
      this.#logger.log(`The calls of this process: ${this.#running.url}`);
    } catch (error) {
      this.#logger.warn(`The inspector did not start: ${toError(error).message}`);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#running?.close();
  }
}
