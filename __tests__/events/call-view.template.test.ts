import { observe } from '../../src/index';
import { mockClient } from '../../src/testing/index';
import type { RequestOptions } from '../../src/index';

/** The template that subscribers see of a call. */
async function templateOf(
  url: string | URL,
  baseURL: string | undefined,
  options: RequestOptions,
): Promise<string | undefined> {
  const templates: (string | undefined)[] = [];
  const stop = observe({
    callEnd: ({ call }) => {
      templates.push(call.template);
    },
  });
  await mockClient([{}], { token: null })
    .get(url, { ...options, ...(baseURL !== undefined && { baseURL }) })
    .catch(() => undefined)
    .finally(stop);
  expect(templates).toHaveLength(1);
  return templates[0];
}

const pathParams = { id: 7 };

describe('the template of a call is a path', () => {
  test.each<[string | URL, string | undefined, string]>([
    ['/users/{id}', 'http://users', '/users/{id}'],
    ['/users/{id}/', 'http://users/', '/users/{id}/'],
    ['users/{id}', 'http://users/api/v1', '/api/v1/users/{id}'],
    ['/users/{id}?page=1#top', 'http://users/api/v1///', '/api/v1/users/{id}'],
    ['{id}', 'http://ada:pw@users:8000/api', '/api/{id}'],
    ['http://ada:pw@others/users/{id}?key=1', undefined, '/users/{id}'],
    ['HTTPS://others/users/{id}', 'http://users/api', '/users/{id}'],
    [' http://ada:pw@others/users/{id}', undefined, '/users/{id}'],
    ['http:ada:pw@others/users/{id}', undefined, '/users/{id}'],
    [new URL('http://ada:pw@others/users/{id}?key=1'), 'http://users/api', '/users/{id}'],
    // An invalid URL, of which nothing was sent.
    ['users/{id}', undefined, '/users/{id}'],
  ])('%s with the baseURL %s: %s', async (url, baseURL, template) => {
    expect(await templateOf(url, baseURL, { pathParams })).toBe(template);
  });

  test.each<[string, string | undefined, string]>([
    ['http://ada:pw@others/users/{id}', 'http://users/api', '/api/http://others/users/{id}'],
    ['/users/{id}', 'http://users/api', '/api/users/{id}'],
    ['http://others/users/{id}', undefined, '/users/{id}'],
  ])('%s with the baseURL %s and `allowAbsoluteUrls: false`: %s', async (url, baseURL, template) => {
    expect(await templateOf(url, baseURL, { pathParams, allowAbsoluteUrls: false })).toBe(template);
  });

  test.each([
    ['', 'http://users/api/', '/api/'],
    ['', 'http://users', '/'],
    ['http://users', undefined, '/'],
    ['http://users?a=1', undefined, '/'],
    ['?a=1', 'http://users/api', '/api/'],
    ['/health', 'http://users', '/health'],
  ])('without placeholders: %s with the baseURL %s: %s', async (url, baseURL, template) => {
    expect(await templateOf(url, baseURL, { pathParams: {} })).toBe(template);
  });

  test('and is never guessed', async () => {
    expect(await templateOf('http://users/users/7', undefined, {})).toBeUndefined();
    expect(await templateOf('http://users/users/{id}', undefined, {})).toBeUndefined();
  });
});
