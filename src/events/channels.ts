import { channel, type Channel } from 'node:diagnostics_channel';

/**
 * The channels of `node:diagnostics_channel` on which this package publishes. All copies of it in a process share them. Ask
 * `hasSubscribers` before anything is made for a message: a call that nobody observes must not pay for it.
 */
const PREFIX = '@hdms/http-client:';

function named(name: string): Channel {
  return channel(PREFIX + name);
}

export const callStart = named('call:start');
export const attemptStart = named('attempt:start');
export const requestStart = named('request:start');
export const requestHeaders = named('request:headers');
export const requestEnd = named('request:end');
/**
 * Internal: the message of `request:end`, for subscribers that need no timings. Nothing is measured for them, because that costs
 * more than a span.
 */
export const requestDone = named('request:done');
export const attemptEnd = named('attempt:end');
export const callEnd = named('call:end');
export const tokenEvent = named('token');
export const breakerEvent = named('breaker');
export const budgetEvent = named('budget');
