import { connect } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { RequestHandler } from 'express';
import { currentContext, type RequestContext } from '../../src/index';
import { requestContext } from '../../src/express';
import { app, EXPRESSES } from './expresses';

const HEADERS = { 'X-Request-Id': 'edge-1', 'X-Tenant': 'north' };

/** Goes on from an event of the request, which is none of the context's, as some parsers of uploads do. */
const parser: RequestHandler = (request, _response, next) => {
  request.resume().once('end', next);
};

const tell: RequestHandler = (_request, response) => {
  const { requestId = null, headers = {} } = currentContext() ?? {};
  response.json({ requestId, headers });
};

async function upload(url: string): Promise<unknown> {
  // Longer than what is there when the request comes in.
  const answer = await fetch(url, { method: 'POST', headers: HEADERS, body: Buffer.alloc(500_000) });
  return answer.json();
}

describe.each(EXPRESSES)('in %s', (_name, express) => {
  test('a context that a parser has lost is entered again', async () => {
    const lost = await app(express, requestContext(), parser, tell);
    const found = await app(express, requestContext(), parser, requestContext(), tell);

    expect(await upload(lost)).toEqual({ requestId: null, headers: {} });
    expect(await upload(found)).toEqual({ requestId: 'edge-1', headers: {} });
  });

  test('where it is mounted in an app and in a router, the options of the app count', async () => {
    const router = express.Router();
    router.use(requestContext({ forward: ['X-Other'] }), tell);
    const url = await app(express, requestContext({ forward: ['X-Tenant'] }), router);

    expect(await upload(url)).toEqual({ requestId: 'edge-1', headers: { 'X-Tenant': 'north' } });
  });

  test('a middleware of another copy of the package enters the same context', async () => {
    let another: typeof requestContext | undefined;
    jest.isolateModules(() => {
      another = jest.requireActual<{ requestContext: typeof requestContext }>('../../src/express').requestContext;
    });
    expect(another).not.toBe(requestContext);
    const ids: unknown[] = [];
    const note: RequestHandler = (_request, _response, next) => {
      ids.push(currentContext()?.requestId);
      next();
    };
    const url = await app(express, requestContext(), note, another?.() ?? note, note, tell);

    const { headers } = await fetch(url);

    expect(ids).toEqual(Array(2).fill(headers.get('x-request-id')));
  });

  test('a caller that hangs up amid its upload is noticed', async () => {
    const contexts: RequestContext[] = [];
    const note: RequestHandler = (_request, _response, next) => {
      const context = currentContext();
      if (context) contexts.push(context);
      next();
    };
    const url = await app(express, requestContext(), note, express.raw({ type: () => true }));
    const caller = connect(Number(new URL(url).port), '127.0.0.1');
    caller.write('POST / HTTP/1.1\r\nHost: service\r\nContent-Length: 100\r\n\r\npart');
    while (contexts.length === 0) await nextTurn();

    caller.destroy();

    while (contexts[0]?.signal?.aborted !== true) await nextTurn();
    expect(contexts).toHaveLength(1);
  });
});
