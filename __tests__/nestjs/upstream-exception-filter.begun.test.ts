import { Agent, get, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { pipeline } from 'node:stream/promises';
import { Controller, Get, Res } from '@nestjs/common';
import { createException } from '../../src/errors/create';
import { HTTPClientModule, UpstreamExceptionFilter } from '../../src/nestjs/index';
import { create, Log } from './running-app';

const EXCEPTION = createException('TIMEOUT', { sent: 'maybe', detail: 'too slow' });

@Controller()
class BegunController {
  @Get('half')
  async half(@Res() response: ServerResponse): Promise<void> {
    response.writeHead(200, { 'Content-Length': '100' });
    await new Promise((resolve) => response.write('half of ', resolve));
    throw EXCEPTION;
  }

  @Get('broken')
  async broken(@Res() response: ServerResponse): Promise<void> {
    // As a stream of the client fails when the upstream goes.
    await pipeline(async function* () {
      yield 'half of ';
      await new Promise(setImmediate);
      throw EXCEPTION;
    }, response);
  }

  @Get('at-once')
  atOnce(@Res() response: ServerResponse): void {
    response.end('all');
    throw EXCEPTION;
  }

  @Get('later')
  async later(@Res() response: ServerResponse): Promise<void> {
    response.end('all');
    while (!response.closed) await new Promise(setImmediate);
    throw EXCEPTION;
  }
}

async function serve(log: Log): Promise<string> {
  const app = await create({ imports: [HTTPClientModule.forRoot()], controllers: [BegunController] }, log);
  app.useGlobalFilters(new UpstreamExceptionFilter());
  await app.listen(0, '127.0.0.1');
  return app.getUrl();
}

async function ask(url: string, agent: Agent): Promise<IncomingMessage> {
  const [answer] = (await once(get(url, { agent }), 'response')) as [IncomingMessage];
  await once(answer.resume(), 'end');
  return answer;
}

test.each(['half', 'broken'])(
  'an answer that is %s breaks off, and the log does not say that there was another',
  async (path) => {
    const log = new Log();
    const url = await serve(log);

    const answer = await fetch(`${url}/${path}`);

    await expect(answer.text()).rejects.toThrow();

    expect(log.errors).toEqual([
      [
        expect.stringMatching(/^The response had already begun: too slow, request /),
        expect.stringContaining('TIMEOUT'),
        'UpstreamExceptionFilter',
      ],
    ]);
  },
);

test.each(['at-once', 'later'])(
  'what fails after a whole answer is logged, and its connection stays: %s',
  async (path) => {
    const log = new Log();
    const url = await serve(log);
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });

    const first = await ask(`${url}/${path}`, agent);
    const second = await ask(`${url}/${path}`, agent);
    while (log.errors.length < 2) await new Promise(setImmediate);
    agent.destroy();

    expect([first.statusCode, second.statusCode]).toEqual([200, 200]);
    expect(second.socket).toBe(first.socket);
    expect(log.errors.map(([message]) => message)).toEqual(
      Array(2).fill(expect.stringMatching(/^The response had already begun: too slow, request [\da-f-]{36}$/)),
    );
  },
);
