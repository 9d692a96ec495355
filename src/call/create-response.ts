import type { AxiosResponse } from 'axios';
import { jsonFailure } from '../errors/json-failure';
import type { CallFacts } from '../journal/attempt';
import { HTTPResponse } from '../response/http-response';
import type { Call } from './call';
import './call-of';

/** Wraps an axios response in an HTTPResponse. */
export function createResponse<T>(response: AxiosResponse<T>, call?: CallFacts): HTTPResponse<T> {
  return new HTTPResponse(response, call, jsonFailure);
}

/** The caller's result: an HTTPResponse, or the value that the user's interceptor returned instead. */
export function toHTTPResponse<T>(outcome: unknown, call: Call): HTTPResponse<T> {
  return isResponse(outcome, call) ? createResponse(outcome as AxiosResponse<T>, call) : (outcome as HTTPResponse<T>);
}

function isResponse(outcome: unknown, call: Call): boolean {
  if (typeof outcome !== 'object' || outcome === null) return false;
  if ((outcome as Partial<AxiosResponse>).config?.call === call) return true;
  return ['status', 'headers', 'config', 'data'].every((name) => name in outcome);
}
