import { inspect } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { ClassSerializerInterceptor, Controller, Get, type Provider } from '@nestjs/common';
import { APP_INTERCEPTOR, Reflector } from '@nestjs/core';
import { HTTPClient, HTTPResponse } from '../../src/index';
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

/** As class-transformer copies an instance: the own enumerable properties, as far down as they go. */
function instanceToPlain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(instanceToPlain);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, instanceToPlain(member)]));
}

/** Only the methods that Nest calls. */
const transformerPackage = { classToPlain: instanceToPlain, plainToClass: (_: unknown, plain: unknown) => plain };
const serializer = new ClassSerializerInterceptor(new Reflector(), { transformerPackage } as never);

@Controller()
class UsersController {
  @Get()
  async find(): Promise<unknown> {
    return internal();
  }

  @Get('spread')
  async spread(): Promise<unknown> {
    return { ...((await internal()) as object) };
  }

  @Get('list')
  async list(): Promise<unknown> {
    return [await internal()];
  }
}

/** What the routes of a Nest application send. */
async function sentBy(providers: Provider[]): Promise<unknown[]> {
  const { url } = await start({ controllers: [UsersController], providers });
  const paths = ['', 'spread', 'list'];
  return Promise.all(paths.map(async (path) => (await fetch(`${url}/${path}`)).json()));
}

test.each<[string, Provider[]]>([
  ['Nest', []],
  ['Nest with its ClassSerializerInterceptor', [{ provide: APP_INTERCEPTOR, useValue: serializer }]],
])('in %s, a handler that returns a response sends status and data', async (_, providers) => {
  const sent = { status: 200, data: { id: 7 } };

  expect(await sentBy(providers)).toEqual([sent, sent, [sent]]);
});

test.each<[string, (response: HTTPResponse) => unknown]>([
  ['JSON', (response) => JSON.parse(JSON.stringify(response)) as unknown],
  ['a spread', (response) => ({ ...(response as object) })],
  ['Object.assign', (response) => Object.assign({}, response)],
  ['Object.fromEntries', (response) => Object.fromEntries(Object.entries(response))],
  ['structuredClone', (response) => structuredClone<object>(response)],
  ['v8.serialize', (response) => deserialize(serialize(response)) as unknown],
  ['class-transformer', instanceToPlain],
  ['for … in', (response) => {
    const copy: Record<string, unknown> = {};
    for (const name in response) copy[name] = Reflect.get(response, name) as unknown;
    return copy;
  }],
  ['Reflect.ownKeys', (response) => Object.fromEntries(Reflect.ownKeys(response).map((name) => [name, Reflect.get(response, name)]))],
])('%s of a response has status and data alone', async (_, copyOf) => {
  expect(copyOf(await internal())).toEqual({ status: 200, data: { id: 7 } });
}); // prettier-ignore

test('the rest is read by name, and matches by name', async () => {
  const response = await internal();

  expect(response).toMatchObject({ status: 200, statusText: 'OK', ok: true, retries: 0, headers: { 'x-upstream': 'users-3' } });
  expect(response).toEqual(expect.objectContaining({ ok: true, data: { id: 7 } }));
  expect(response).toHaveProperty('elapsed', expect.any(Number));
  expect(inspect(response)).toMatch(/^HTTPResponse \{[^]*statusText: 'OK'[^]*url: 'http:[^]*'x-upstream': 'users-3'/);
}); // prettier-ignore

test('a clone with the prototype, as lodash makes it, can be printed', async () => {
  const clone: unknown = Object.assign(Object.create(HTTPResponse.prototype) as object, await internal());

  expect(inspect(clone)).toBe('HTTPResponse { status: 200, data: { id: 7 } }');
  expect(JSON.stringify(clone)).toBe('{"status":200,"data":{"id":7}}');
});
