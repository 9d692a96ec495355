import { subscribe, unsubscribe, type Channel } from 'node:diagnostics_channel';
import { checkFunction } from '../checks/wrong-option';
import { checkNames, checkOptions } from '../checks/names';
import { blameCaller } from '../stack/blame-caller';
import { harmless } from '../util/harmless';
import { ownOptions } from '../util/own-options';
import { warnOnce } from '../util/warn-of';
import {
  attemptEnd,
  attemptStart,
  breakerEvent,
  budgetEvent,
  callEnd,
  callStart,
  requestEnd,
  requestHeaders,
  requestStart,
  tokenEvent,
} from './channels';
import type {
  AttemptEnd,
  AttemptStart,
  BreakerEvent,
  BudgetEvent,
  CallEnd,
  CallStart,
  RequestEnd,
  RequestHeaders,
  RequestStart,
  TokenEvent,
} from './messages';

type Handler<Message> = (message: Message) => unknown;

/** Handlers by kind of message. They run synchronously, during the call. */
export interface Observer {
  /** A call begins. */
  readonly callStart?: Handler<CallStart> | undefined;
  /** An attempt is sent. */
  readonly attemptStart?: Handler<AttemptStart> | undefined;
  /** A request goes out; `request.setHeader` can add headers. */
  readonly requestStart?: Handler<RequestStart> | undefined;
  /** Status and headers of a response have arrived. */
  readonly requestHeaders?: Handler<RequestHeaders> | undefined;
  /** The response is complete, or the request has failed. */
  readonly requestEnd?: Handler<RequestEnd> | undefined;
  /** An attempt has ended, and the next step is decided. */
  readonly attemptEnd?: Handler<AttemptEnd> | undefined;
  /** A call has ended; once for each call. */
  readonly callEnd?: Handler<CallEnd> | undefined;
  /** A token was fetched, renewed or refused, or could not be fetched. */
  readonly token?: Handler<TokenEvent> | undefined;
  /** A circuit breaker has changed its state. */
  readonly breaker?: Handler<BreakerEvent> | undefined;
  /** A retry or hedge was paid for from the retry budget, or refused. */
  readonly budget?: Handler<BudgetEvent> | undefined;
}

const CHANNELS: Readonly<Record<keyof Observer, Channel>> = {
  callStart,
  attemptStart,
  requestStart,
  requestHeaders,
  requestEnd,
  attemptEnd,
  callEnd,
  token: tokenEvent,
  breaker: breakerEvent,
  budget: budgetEvent,
};

const NAMES: ReadonlySet<string> = new Set(Object.keys(CHANNELS));

/**
 * Calls the handlers for the messages of all clients in the process, whichever copy of this package they come from. A handler
 * that throws or rejects does not affect the call; its first failure emits a warning.
 *
 * @returns a function that ends the subscription
 * @throws TypeError if a handler is not a function, or no message has its name
 */
export function observe(observer: Observer): () => void {
  const handlers = blameCaller([observe], () => checkedHandlers(observer));
  const warn = warnOnce('HDMS_OBSERVER', 'ObserverWarning');
  const stops = handlers.map(([name, handler]) => {
    const { name: channel } = CHANNELS[name];
    const onMessage = harmless(handler, warn.bind(undefined, `the handler \`${name}\` of observe() failed`));
    subscribe(channel, onMessage);
    return () => unsubscribe(channel, onMessage);
  });
  return () => {
    for (const stop of stops) stop();
  };
}

function checkedHandlers(given: Observer): [keyof Observer, Handler<unknown>][] {
  const observer = ownOptions(given);
  checkOptions(observer);
  checkNames('message of observe', observer, NAMES, false);
  const handlers = Object.entries(observer).filter(([, handler]) => handler !== undefined);
  for (const [name, handler] of handlers) {
    checkFunction(name, handler);
  }
  return handlers as [keyof Observer, Handler<unknown>][];
}
