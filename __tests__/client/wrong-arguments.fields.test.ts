import { HTTPClient } from '../../src/index';
import { orField } from '../../src/client/wrong-arguments';
import { service, type Service } from '../support/service';

const client = new HTTPClient({ retryAttempts: 0 });
let api: Service;

beforeEach(async () => {
  api = await service();
});

async function refusalOf(method: string, options: object): Promise<unknown> {
  const error: unknown = await client.request(method, api.url, options).catch((thrown: unknown) => thrown);
  expect(api.requests).toEqual([]);
  return error;
}

const field = (name: string): string => `. A field of the body goes into { json: { ${name}: … } }`;

describe('a body whose fields are all named as options is not lost', () => {
  test.each<[body: object, message: string]>([
    [{ family: 'Smith' }, `Option \`family\` must be 4 or 6, got a string${field('family')}`],
    [{ env: 'prod', proxy: false }, `Option \`env\` must be an object of classes and functions, such as \`FormData\`, got a string${field('env')}`],
    [{ lookup: 'x', timeout: 5 }, `Option \`lookup\` must be a function, got a string${field('lookup')}`],
    [{ auth: { user: 'a', password: 's3cret' } }, `Option \`auth\` must be { username, password }, got an object${field('auth')}`],
    [{ params: ['a'] }, `Option \`params\` must be a plain object or URLSearchParams, got a list${field('params')}`],
    [{ signal: 'green' }, `Option \`signal\` must be an AbortSignal, got a string${field('signal')}`],
    [{ headers: 'x' }, `Option \`headers\` must be an object of header values by name, got a string${field('headers')}`],
    [{ token: 5 }, `Option \`token\` must be a string, got a number${field('token')}`],
    [{ token: 'two words' }, `Option \`token\` must not contain a space${field('token')}`],
    [{ timeout: 'Friday' }, `Option \`timeout\` must be a number of seconds above 0 and at most 600, or Infinity, got a string${field('timeout')}`],
    [{ deadline: '2026-12-24' }, `Option \`deadline\` must be a number of seconds above 0 and at most 600, or Infinity, got a string${field('deadline')}`],
    [{ redirects: 'x' }, `Option \`redirects\` must be 'follow', 'same-origin' or 'error', got 'x'${field('redirects')}`],
    [{ url: 'x', method: 'y' }, `Unknown option \`url\`: the URL is the first argument of a call${field('url')}`],
    [{ raxConfig: 3 }, 'Unknown option `raxConfig`: the axios plugin that reads it takes an object'],
    [{ jar: { strawberry: 3 } }, `Unknown option \`jar\`: use axios-cookiejar-support on \`client.axios\`${field('jar')}`],
    [{ cache: { ttl: 5 } }, 'Unknown option `cache`: the body goes into { json: … } or { data: … }. If an axios plugin or interceptor reads it, list it in `extraOptions` of the client.'],
    [{ skipAuthRefresh: 'yes' }, 'Unknown option `skipAuthRefresh`: the axios plugin that reads it takes true or false'],
  ])('POST %j', async (body, message) => {
    expect(await refusalOf('POST', body)).toEqual(new TypeError(message));
    expect(await refusalOf('PATCH', { ...body, json: undefined, data: null })).toMatchObject({ message });
  }); // prettier-ignore
});

test.each<[method: string, options: object]>([
  ['GET', { family: 'Smith' }],
  ['DELETE', { signal: 'green' }],
  ['POST', { family: 'Smith', json: {} }],
  ['PUT', { token: 5, data: 'x' }],
  ['POST', { timeout: 5000 }],
])('%s %j has no advice on a body', async (method, options) => {
  const { message } = (await refusalOf(method, options)) as Error;

  expect(message).toMatch(/^Option `/);
  expect(message).not.toContain('body');
});

test.each<[options: object]>([
  [{}],
  [{ timeout: 5 }],
  [{ token: 'abc' }],
  [{ headers: { 'X-Key': 'a' }, params: { page: 2 } }],
  [{ skipAuthRefresh: true }],
  [{ validateStatus: null, maxRedirects: 0 }],
])('POST %j goes out without a body', async (options) => {
  await client.post(api.url, options);

  expect(api.requests).toMatchObject([{ method: 'POST', body: Buffer.alloc(0) }]);
});

test('an option of a plugin with the name of a usual field needs a body beside it, or a place in `extraOptions`', async () => {
  await client.post(api.url, { cache: { ttl: 5 }, json: 1 } as object);
  await new HTTPClient({ extraOptions: ['cache'] }).post(api.url, { cache: { ttl: 5 } } as object);

  expect(api.requests.map(({ body }) => body.toString())).toEqual(['1', '']);
});

test.each([new Error('Option `a` must be b, got c'), new TypeError('URL must be a string'), 'thrown', undefined])(
  'another failure stays as it is: %p',
  (thrown) => {
    expect(orField(thrown)).toBe(thrown);
  },
);

test('the error stays of its class', () => {
  expect(orField(new RangeError('Option `a` must be 1, got 2'))).toEqual(
    new RangeError(`Option \`a\` must be 1, got 2${field('a')}`),
  );
  expect(orField(new RangeError('Option `a` must be 1, got 2'))).toBeInstanceOf(RangeError);
});
