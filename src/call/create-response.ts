import type { AxiosResponse } from 'axios';
import { jsonFailure } from '../errors/json-failure';
import type { CallFacts } from '../journal/attempt';
import { HTTPResponse } from '../response/http-response';
import type { Call } from './call';
import './call-of';

/** The response of axios as one of ours. */
export function createResponse<T>(response: AxiosResponse<T>, call?: CallFacts): HTTPResponse<T> {
  return new HTTPResponse(response, call, jsonFailure);
}

/** What the caller gets: a response of ours, or what the user's interceptor returned in its place. */
export function toHTTPResponse<T>(outcome: unknown, call: Call): HTTPResponse<T> {
  return isResponse(outcome, call) ? createResponse(outcome as AxiosResponse<T>, call) : (outcome as HTTPResponse<T>);
}

function isResponse(outcome: unknown, call: Call): boolean {
  if (typeof outcome !== 'object' || outcome === null) return false;
  if ((outcome as Partial<AxiosResponse>).config?.call === call) return true;
  return ['status', 'headers', 'config', 'data'].every((name) => name in outcome);
}
