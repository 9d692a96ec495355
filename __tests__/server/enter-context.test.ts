import { EventEmitter, once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import http2 from 'node:http2';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { currentContext, type RequestContext } from '../../src/index';
import {
  enterContext,
  inboundContextSettings,
  isAbandoned,
  inboundRequestId,
  type InboundContextOptions,
} from '../../src/server/enter-context';
import { serve } from '../server/serve';

/** Takes the context of each request down, and leaves the answer to `answer`. */
function listener(
  contexts: RequestContext[],
  answer: (response: ServerResponse) => void,
  options: InboundContextOptions = {},
) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    enterContext(request, response, inboundContextSettings(options), () => {
      const context = currentContext();
      if (context) contexts.push(context);
      answer(response);
    });
  };
}

/** Asks, and does not read what comes. */
function ask(url: string): Socket {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nHost: service\r\n\r\n');
  return socket;
}

test('a request is served in its context, and its id goes back with the answer', async () => {
  const contexts: RequestContext[] = [];
  const url = await serve(listener(contexts, (response) => response.end(), { forward: ['X-Tenant'] }));

  const { headers } = await fetch(url, { headers: { 'X-Request-Id': 'edge-1', 'X-Tenant': 'north' } });

  expect(headers.get('x-request-id')).toBe('edge-1');
  expect(contexts).toMatchObject([{ requestId: 'edge-1', headers: { 'X-Tenant': 'north' }, attempt: 1 }]);
  expect(currentContext()).toBeUndefined();
});

test.each([{}, { 'X-Request-Id': 'two words' }])('an id is made where there is no good one: %j', async (headers) => {
  const contexts: RequestContext[] = [];
  const url = await serve(listener(contexts, (response) => response.end()));

  const answer = await fetch(url, { headers });

  expect(answer.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
  expect(contexts[0]?.requestId).toBe(answer.headers.get('x-request-id'));
});

test.each([
  [{}, { 'X-Request-Timeout-Ms': '5000' }, 5000],
  [{ timeoutHeader: 'grpc-timeout' }, { 'grpc-timeout': '2S' }, 2000],
])('the deadline is counted from when the request came in: %j', async (options, headers, timeout) => {
  const contexts: RequestContext[] = [];
  const url = await serve(listener(contexts, (response) => response.end(), options));
  const before = performance.now();

  await fetch(url, { headers });

  const { deadline = 0 } = contexts[0] ?? {};
  expect(deadline).toBeGreaterThanOrEqual(before + timeout);
  expect(deadline).toBeLessThanOrEqual(performance.now() + timeout);
});

test('there is one context for a request, however often it is entered', async () => {
  const seen: unknown[] = [];
  const url = await serve((request, response) => {
    enterContext(request, response, inboundContextSettings({}), () => {
      seen.push(currentContext());
      enterContext(request, response, inboundContextSettings({}), () => {
        seen.push(currentContext());
        response.end();
      });
    });
  });

  const { headers } = await fetch(url);

  expect(seen[1]).toBe(seen[0]);
  expect(seen[0]).toMatchObject({ requestId: headers.get('x-request-id') });
});

test('what `next` returns or throws comes out', async () => {
  const outcomes: unknown[] = [];
  const url = await serve((request, response) => {
    outcomes.push(enterContext(request, response, inboundContextSettings({}), () => 7));
    try {
      enterContext(request, response, inboundContextSettings({}), () => {
        throw new Error('mine');
      });
    } catch (error) {
      outcomes.push(error);
    }
    response.end();
  });

  await fetch(url);

  expect(outcomes).toEqual([7, new Error('mine')]);
});

test('the id of a request is known by its response, where the context was lost', async () => {
  const ids: unknown[] = [];
  const url = await serve((request, response) => {
    ids.push(inboundRequestId(response));
    enterContext(request, response, inboundContextSettings({}), () => undefined);
    ids.push(inboundRequestId(response));
    response.end();
  });

  const { headers } = await fetch(url);

  expect(ids).toEqual([undefined, headers.get('x-request-id')]);
});

describe('the signal', () => {
  test.each([
    ['before anything was sent', (): void => undefined],
    ['amid the answer', (response: ServerResponse) => void response.write('part')],
  ])('fires when the caller hangs up %s', async (_, answer) => {
    const contexts: RequestContext[] = [];
    const url = await serve(listener(contexts, answer));
    const caller = ask(url);
    while (contexts.length === 0) await nextTurn();
    const signal = contexts[0]?.signal ?? AbortSignal.abort();
    expect(signal.aborted).toBe(false);

    const fired = once(signal, 'abort');
    caller.destroy();

    await fired;
    expect(signal.reason).toEqual(new Error('the caller hung up'));
  });

  test('has fired already where the caller has gone before', async () => {
    const contexts: RequestContext[] = [];
    const enter = listener(contexts, () => undefined);
    const url = await serve((request, response) => {
      response.once('close', () => {
        enter(request, response);
      });
      caller.destroy();
    });
    const caller = ask(url);

    while (contexts.length === 0) await nextTurn();

    expect(contexts[0]?.signal?.aborted).toBe(true);
  });

  test.each([
    ['an answer', (response: ServerResponse) => void response.end('all')],
    ['an answer in parts', (response: ServerResponse) => void (response.write('part'), response.end('rest'))],
  ])('does not fire after %s, and leaves no listener', async (_, answer) => {
    const contexts: RequestContext[] = [];
    const responses: ServerResponse[] = [];
    let before = 0;
    const url = await serve((request, response) => {
      responses.push(response);
      before = response.listenerCount('close');
      listener(contexts, answer)(request, response);
    });

    await (await fetch(url)).text();
    while (responses[0]?.closed !== true) await nextTurn();

    expect(contexts[0]?.signal?.aborted).toBe(false);
    expect(responses[0].listenerCount('close')).toBeLessThanOrEqual(before);
  });

  test('does not fire where the caller hangs up on an answer that is complete', async () => {
    const contexts: RequestContext[] = [];
    const closed = new EventEmitter();
    const url = await serve(
      listener(contexts, (response) => {
        response.once('close', () => closed.emit('close')).end(Buffer.alloc(50_000_000));
      }),
    );
    const caller = ask(url);
    while (contexts.length === 0) await nextTurn();

    const isClosed = once(closed, 'close');
    caller.destroy();
    await isClosed;

    expect(contexts[0]?.signal?.aborted).toBe(false);
  });

  test.each([
    'GET / HTTP/1.1\r\nHost: service\r\n\r\n',
    'POST / HTTP/1.1\r\nHost: service\r\nContent-Length: 1\r\n\r\na',
  ])('fires for all requests that were pipelined: %j', async (request) => {
    const contexts: RequestContext[] = [];
    const warnings: Error[] = [];
    const onWarning = (warning: Error): void => void warnings.push(warning);
    process.on('warning', onWarning);
    const url = await serve((inbound, response) => {
      listener(contexts, () => inbound.resume())(inbound, response);
    });
    const caller = connect(Number(new URL(url).port), '127.0.0.1');
    caller.write(request.repeat(20));
    while (contexts.length < 20) await nextTurn();
    expect(contexts.map(({ signal }) => signal?.aborted)).toEqual(Array(20).fill(false));

    caller.destroy();

    while (contexts.some(({ signal }) => signal?.aborted !== true)) await nextTurn();
    process.off('warning', onWarning);
    expect(warnings).toEqual([]);
  });

  test('of a pipelined request does not fire when the caller hangs up after its answer was complete', async () => {
    const contexts: RequestContext[] = [];
    const responses: ServerResponse[] = [];
    const url = await serve(listener(contexts, (response) => void responses.push(response)));
    const caller = connect(Number(new URL(url).port), '127.0.0.1');
    caller.write('GET / HTTP/1.1\r\nHost: service\r\n\r\n'.repeat(3));
    while (responses.length < 3) await nextTurn();

    for (const response of responses.slice(0, 2).reverse()) response.end('all');
    while (responses[1]?.writableFinished !== true) await nextTurn();
    caller.destroy();

    while (contexts[2]?.signal?.aborted !== true) await nextTurn();
    expect(contexts.map(({ signal }) => signal?.aborted)).toEqual([false, false, true]);
  });

  test('does not fire after an answer over HTTP/2', async () => {
    const contexts: RequestContext[] = [];
    const enter = listener(contexts, (response) => response.end('all'));
    const server = http2.createServer((request, response) => {
      enter(request as unknown as IncomingMessage, response as unknown as ServerResponse);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const session = http2.connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const stream = session.request({ ':path': '/', 'x-request-id': 'edge-2' });
    const [headers] = (await once(stream, 'response')) as [http2.IncomingHttpHeaders];
    stream.resume();
    await once(stream, 'close');
    session.close();
    await new Promise((resolve) => server.close(resolve));

    expect(headers['x-request-id']).toBe('edge-2');
    expect(contexts[0]?.signal?.aborted).toBe(false);
  });

  test.each([false, true])('a caller of HTTP/2 that goes is noticed, even before: %s', async (isBefore) => {
    const contexts: RequestContext[] = [];
    const enter = listener(contexts, () => undefined);
    const server = http2.createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const session = http2.connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const stream = session.request({ ':path': '/' }).on('error', () => undefined);
    const [request, response] = (await once(server, 'request')) as [IncomingMessage, ServerResponse];
    if (!isBefore) enter(request, response);
    expect(isAbandoned(response)).toBe(false);

    stream.close(http2.constants.NGHTTP2_CANCEL);
    await once(response, 'close');
    if (isBefore) enter(request, response);

    expect(isAbandoned(response)).toBe(true);
    expect(contexts[0]?.signal?.aborted).toBe(true);
    session.close();
    await new Promise((resolve) => server.close(resolve));
  });
});

test.each([
  [{ trust: 'no' }, "Option `trust` must be true, false or a function of the request, got 'no'"],
  [{ forwards: ['X-Tenant'] }, 'Unknown option of the request context `forwards`. Did you mean `forward`?'],
  [{ signal: AbortSignal.abort() }, 'Unknown option of the request context `signal`'],
  [{ receivedAt: 1 }, 'Unknown option of the request context `receivedAt`'],
  [{ forward: ['Authorization'] }, 'which is never forwarded'],
  [{ timeoutHeader: 'a b' }, 'must contain header names (HTTP tokens), got'],
  [null, 'Options must be an object'],
])('wrong options are refused: case %#', (options, message) => {
  expect(() => {
    inboundContextSettings(options as never);
  }).toThrow(message);
});
