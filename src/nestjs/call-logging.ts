import { Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { logSome } from '../logging/log-calls';
import type { LogCallsOptions } from '../logging/log-options';
import { nest } from '../logging/loggers';
import type { ClientRegistry } from './client-registry';
import { observedClients } from './observed-clients';

/** The applications that log now, in the order of their start. */
const logging: CallLogging[] = [];

/** Logs the calls of an application with Nest's logger, from its start to its shutdown. */
export class CallLogging implements OnModuleInit, OnApplicationShutdown {
  #stop: (() => void) | undefined;

  /**
   * @param clients of the application
   * @param options `false` for no logging
   */
  constructor(
    private readonly clients: Pick<ClientRegistry, 'owns'>,
    private readonly options: boolean | LogCallsOptions,
  ) {}

  onModuleInit(): void {
    if (this.options === false) return;
    const options = this.options === true ? {} : this.options;
    logging.push(this);
    this.#stop = logSome(nest(new Logger('HTTPClient')), options, ({ clientId }) => this.#isMine(clientId));
  }

  onApplicationShutdown(): void {
    const place = logging.indexOf(this);
    if (place >= 0) logging.splice(place, 1);
    this.#stop?.();
  }

  /** A client that no module has made belongs to the first application, so that it is logged once. */
  #isMine(clientId: number): boolean {
    return observedClients.has(clientId) ? this.clients.owns(clientId) : logging[0] === this;
  }
}
