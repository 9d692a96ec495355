import { Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { logSome } from '../logging/log-calls';
import type { LogCallsOptions } from '../logging/log-options';
import { nest } from '../logging/loggers';

/** The applications that log now, in the order of their start. */
const logging: CallLogging[] = [];

/** The application that each client of a module belongs to. */
const owners = new Map<number, object>();

/** Notes that a client belongs to an application. */
export function own(clientId: number, application: object): void {
  owners.set(clientId, application);
}

/** The application has ended. */
export function disown(clientId: number): void {
  owners.delete(clientId);
}

/** Logs the calls of an application with Nest's logger, from its start to its shutdown. */
export class CallLogging implements OnModuleInit, OnApplicationShutdown {
  #stop: (() => void) | undefined;

  /**
   * @param application as `own` got it
   * @param options `false` for no logging
   */
  constructor(
    private readonly application: object,
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
    const owner = owners.get(clientId);
    return owner === undefined ? logging[0] === this : owner === this.application;
  }
}
