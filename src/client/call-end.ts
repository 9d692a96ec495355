import type { AxiosResponse } from 'axios';
import { Call } from '../call/call';
import type { RequestException } from '../errors/exceptions';
import { publishCallEnd } from '../events/publish';

/** @param outcome what the caller gets: a response, or what an interceptor made of it */
export function publishSuccess(call: Call, outcome: unknown): void {
  const { status, headers, config } = (outcome ?? {}) as Partial<AxiosResponse>;
  if (isOther(config?.call, call)) return;
  const last = call.attempts.at(-1)?.outcome;
  const known = typeof status === 'number' ? status : typeof last === 'number' ? last : undefined;
  publishCallEnd(call, { response: known === undefined ? undefined : { status: known, headers } });
}

export function publishFailure(call: Call, error: RequestException): void {
  if (!isOther(error.config?.call, call)) publishCallEnd(call, { error });
}

/** An interceptor has replaced the config, so that another call was made in place of this one: its end is published. */
function isOther(made: unknown, call: Call): boolean {
  return made instanceof Call && made.observed !== call;
}
