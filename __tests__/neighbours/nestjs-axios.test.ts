import 'reflect-metadata';
import { EventEmitter, once } from 'node:events';
import { HttpService } from '@nestjs/axios';
import { firstValueFrom } from 'rxjs';
import { HTTPClient, HTTPError } from '../../src/index';
import { service } from '../support/service';

const FAST = { retry: { base: 0.001 } };

test('an observable gives the answer that a retry brought', async () => {
  const api = await service([{ status: 503 }, { json: { id: 1 } }]);
  const http = new HttpService(new HTTPClient({ ...FAST, token: 'x' }).axios);

  const { data, status } = await firstValueFrom(http.get<unknown>(`${api.url}/users/1`));

  expect({ data, status }).toEqual({ data: { id: 1 }, status: 200 });
  expect(api.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer x', 'Bearer x']);
});

test('an observable sends a body as JSON on each attempt', async () => {
  const api = await service([{ status: 503 }, { status: 201 }]);
  const http = new HttpService(new HTTPClient(FAST).axios);

  await firstValueFrom(http.post(api.url, { title: 'New' }));

  expect(api.requests.map(({ body }) => body.toString())).toEqual(['{"title":"New"}', '{"title":"New"}']);
  expect(api.requests.map(({ headers }) => headers['content-type'])).toEqual(Array(2).fill('application/json'));
});

test('an observable fails with the exception of the client', async () => {
  const api = await service([{ status: 503 }]);
  const http = new HttpService(new HTTPClient(FAST).axios);

  const call = firstValueFrom(http.get(`${api.url}/users`));

  await expect(call).rejects.toBeInstanceOf(HTTPError);
  await expect(call).rejects.toMatchObject({ status: 503, retries: 3, url: `${api.url}/users` });
});

test('unsubscribing ends the request, and closes its connection', async () => {
  const events = new EventEmitter();
  const api = await service([
    { status: 503 },
    {
      handle: (_, response) => {
        response.once('close', () => events.emit('close'));
        events.emit('request');
      },
    },
  ]);
  const http = new HttpService(new HTTPClient(FAST).axios);
  const subscription = http.get(api.url).subscribe();
  await once(events, 'request');

  const closed = once(events, 'close');
  subscription.unsubscribe();

  await closed;
  expect(api.requests).toHaveLength(2);
});

test('unsubscribing in the wait before a retry ends the call', async () => {
  const events = new EventEmitter();
  const api = await service([{ handle: (_, response) => response.writeHead(503).end(() => events.emit('answered')) }]);
  const client = new HTTPClient({ retry: { base: 0.03 } });
  const failed = new Promise((resolve) => {
    client.axios.interceptors.response.use(undefined, async (error: Error) => {
      resolve(error);
      return Promise.reject(error);
    });
  });
  const subscription = new HttpService(client.axios).get(api.url).subscribe();
  await once(events, 'answered');

  setTimeout(() => {
    subscription.unsubscribe();
  }, 5);

  expect(await failed).toMatchObject({ code: 'CANCELLED', retries: 0 });
  expect(api.requests).toHaveLength(1);
});
