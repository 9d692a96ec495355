import type { IncomingMessage, ServerResponse } from 'node:http';
import { contextFrom, HTTPResponse, isRequestException, runInContext, type RequestException } from '../../src/index';
import { service, type Service } from './service';

/** What a hop has done with one request. */
export type Outcome = HTTPResponse | RequestException;

/**
 * A service that calls another one for each request, in the context of that request, and answers with what came of it.
 *
 * @param isGuarded whether it tells its caller not to retry what has been retried
 */
export async function hop(
  call: () => Promise<HTTPResponse>,
  isGuarded = true,
): Promise<Service & { readonly outcomes: Outcome[] }> {
  const outcomes: Outcome[] = [];
  const api = await service([
    {
      handle(request, response) {
        const { signal, receivedAt } = watch(request, response);
        const context = contextFrom(request.headers, { forward: ['X-Tenant'], signal, receivedAt });
        const serve = async (): Promise<void> => {
          const outcome = await call().catch((error: unknown) => error);
          if (!(outcome instanceof HTTPResponse) && !isRequestException(outcome)) throw outcome as Error;
          outcomes.push(outcome);
          if (response.destroyed) return;
          response
            .writeHead(statusOf(outcome), isGuarded && isFinal(outcome) ? { 'X-Should-Retry': 'false' } : {})
            .end();
        };
        void runInContext(context, serve);
      },
    },
  ]);
  return { ...api, outcomes };
}

function statusOf(outcome: Outcome): number {
  if (outcome instanceof HTTPResponse) return outcome.status;
  return outcome.code === 'DEADLINE_EXCEEDED' ? 504 : 502;
}

/** Whether retries have been made, here or further down. */
function isFinal(outcome: Outcome): boolean {
  const { attempts = [] } = outcome instanceof HTTPResponse ? {} : outcome;
  return ['retries-exhausted', 'should-retry-false'].includes(String(attempts.at(-1)?.reason));
}

function watch(request: IncomingMessage, response: ServerResponse): { signal: AbortSignal; receivedAt: number } {
  const controller = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) controller.abort(new Error(`the caller of ${String(request.url)} hung up`));
  });
  return { signal: controller.signal, receivedAt: performance.now() };
}
