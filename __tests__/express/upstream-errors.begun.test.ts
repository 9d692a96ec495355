import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ErrorRequestHandler, Response } from 'express';
import { createException } from '../../src/errors/create';
import { requestContext, upstreamErrors } from '../../src/express';
import { HTTPClient } from '../../src/index';
import { service } from '../support/service';
import { app, EXPRESSES, route } from './expresses';

const ERROR = createException('TIMEOUT');

async function ask(url: string, agent: Agent): Promise<IncomingMessage> {
  const [answer] = (await once(get(url, { agent }), 'response')) as [IncomingMessage];
  await once(answer.resume(), 'end');
  return answer;
}

async function untilClosed(response: Response): Promise<void> {
  while (!response.closed) await nextTurn();
}

describe.each(EXPRESSES)('in %s', (_name, express) => {
  test.each<[string, (response: Response) => unknown]>([
    ['before it has gone out', () => undefined],
    ['after it has gone out', untilClosed],
  ])('what fails after a whole answer, %s, is logged, and its connection stays', async (_, wait) => {
    const log = jest.fn();
    const told = jest.fn();
    const answers = route(async (_request, response) => {
      response.json({});
      await wait(response);
      throw ERROR;
    });
    const next: ErrorRequestHandler = (error, _request, _response, goOn) => {
      told(error);
      goOn(error);
    };
    const url = await app(express, answers, upstreamErrors({ log }), next);
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });

    const first = await ask(url, agent);
    const second = await ask(url, agent);
    while (log.mock.calls.length < 2) await nextTurn();
    agent.destroy();

    expect([first.statusCode, second.statusCode]).toEqual([200, 200]);
    expect(second.socket).toBe(first.socket);
    expect(log.mock.calls.map(([error]: unknown[]) => error)).toEqual([ERROR, ERROR]);
    expect(told).not.toHaveBeenCalled();
  });

  test('a log that throws after a whole answer leaves its connection open', async () => {
    const printed = jest.spyOn(console, 'error').mockReturnValue();
    const log = (): void => {
      throw new Error('the log is full');
    };
    const answers = route((_request, response) => {
      response.json({});
      throw ERROR;
    });
    const url = await app(express, answers, upstreamErrors({ log }));
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });

    const first = await ask(url, agent);
    const second = await ask(url, agent);
    agent.destroy();

    expect(second.socket).toBe(first.socket);
    expect(printed.mock.calls).toEqual([[new Error('the log is full')], [new Error('the log is full')]]);
    printed.mockRestore();
  });

  test.each([0, 1000])(
    'a stream that breaks off after %i bytes, and the response with it, is no caller who left',
    async (size) => {
      const api = await service([
        {
          handle: (_, response) => {
            response.writeHead(200, { 'Content-Length': '2000' });
            response.write('x'.repeat(size), () => response.destroy());
            response.flushHeaders();
          },
        },
      ]);
      const client = new HTTPClient({ baseURL: api.url });
      const told = jest.fn();
      const passesOn = route(async (_request, response) => {
        const { data } = await client.get<Readable>('/', { responseType: 'stream' });
        await pipeline(data, response);
      });
      const next: ErrorRequestHandler = (error, _request, _response, _next) => told(error);
      const url = await app(express, requestContext(), passesOn, upstreamErrors(), next);

      await expect(fetch(url).then(async (response) => response.text())).rejects.toThrow();
      while (told.mock.calls.length === 0) await nextTurn();

      expect(told.mock.calls).toEqual([[expect.objectContaining({ code: 'BODY_TRUNCATED' })]]);
      client.close();
    },
  );

  test('an error of the service with such a failure as its cause is left to the service', async () => {
    const mistake = new Error('no reporter', { cause: ERROR });
    const seen: unknown[] = [];
    const throws = route(() => {
      throw mistake;
    });
    const next: ErrorRequestHandler = (error, _request, response, _next) => {
      seen.push(error);
      response.status(424).end();
    };
    const url = await app(express, throws, upstreamErrors(), next);

    expect((await fetch(url)).status).toBe(424);
    expect(seen).toEqual([mistake]);
  });
});
