import { Controller, Get } from '@nestjs/common';
import { HTTPClient, type HTTPResponse } from '../../src/index';
import { app, EXPRESSES, route } from '../express/expresses';
import { start } from '../nestjs/running-app';
import { service } from '../support/service';

const client = new HTTPClient({ token: null });

afterAll(() => {
  client.close();
});

/** A response of an upstream, with what its own caller must not see. */
async function internal(): Promise<HTTPResponse> {
  const api = await service([{ json: { id: 7 }, headers: { 'X-Upstream': 'users-3' } }]);
  return client.get(`${api.url}/internal/users?region=eu`);
}

test.each(EXPRESSES)('in %s, response.json() of a response sends status and data', async (_, express) => {
  const url = await app(
    express,
    route(async (_request, response) => response.json(await internal())),
  );

  expect(await (await fetch(url)).json()).toEqual({ status: 200, data: { id: 7 } });
});

test('in Nest, a handler that returns a response sends status and data', async () => {
  @Controller()
  class UsersController {
    @Get()
    async find(): Promise<unknown> {
      return internal();
    }
  }
  const { url } = await start({ controllers: [UsersController] });

  expect(await (await fetch(url)).json()).toEqual({ status: 200, data: { id: 7 } });
});
