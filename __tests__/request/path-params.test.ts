import { fillPath } from '../../src/request/path-params';
import { expectLinear } from '../support/linear';

describe('each value is encoded as a part of one segment', () => {
  test.each<[unknown, string]>([
    ['a/b', 'a%2Fb'],
    ['a\\b', 'a%5Cb'],
    ['a?b#c', 'a%3Fb%23c'],
    ['100%', '100%25'],
    ['%2F', '%252F'],
    ['a b+c', 'a%20b%2Bc'],
    ['größe', 'gr%C3%B6%C3%9Fe'],
    ['😀', '%F0%9F%98%80'],
    ['a:b@c;d=e&f,g', 'a%3Ab%40c%3Bd%3De%26f%2Cg'],
    ["it's(1)*!", 'it%27s%281%29%2A%21'],
    ['\r\n\0', '%0D%0A%00'],
    ['{id}', '%7Bid%7D'],
    ['$&', '%24%26'],
    ['-._~', '-._~'],
    ['...', '...'],
    ['.a', '.a'],
    [0, '0'],
    [-1.5, '-1.5'],
    [1e21, '1e%2B21'],
    [12345678901234567890n, '12345678901234567890'],
    [false, 'false'],
  ])('%p is sent as %s', (id, sent) => {
    const { url } = fillPath('http://users/api/{id}/posts', { id });

    expect(url).toBe(`http://users/api/${sent}/posts`);
    expect(new URL(url).pathname.split('/')).toHaveLength(4);
  });

  test('and the service decodes what was meant', () => {
    for (let code = 1; code < 0x800; code++) {
      const value = `x${String.fromCharCode(code)}`;
      const { pathname } = new URL(fillPath('http://users/{value}/y', { value }).url);

      expect(decodeURIComponent(pathname.slice(1, -2))).toBe(value);
    }
  });
});

describe('placeholders', () => {
  test.each<[string, string]>([
    ['/users/{id}', '/users/7'],
    ['users/{id}/', 'users/7/'],
    ['{id}', '7'],
    ['/a/{id}/b/{id}', '/a/7/b/7'],
    ['/a/v{id}.{id}.json', '/a/v7.7.json'],
    ['http://users:8000/{id}?a={&b={"c":1}#{', 'http://users:8000/7?a={&b={"c":1}#{'],
    ['/users/{id}:verify', '/users/7:verify'],
    ['/users/%7Bid%7D/{id}', '/users/%7Bid%7D/7'],
  ])('%s becomes %s', (template, url) => {
    expect(fillPath(template, { id: 7 })).toEqual({ template, url });
  });

  test.each(['user_id', 'user-id', 'user.id', '$id', '0', 'größe', 'constructor', '__proto__'])('may be called %s', (name) => {
    const params = Object.fromEntries([[name, 7]]);

    expect(fillPath(`/users/{${name}}`, params).url).toBe('/users/7');
  }); // prettier-ignore

  test('of a URL object have their braces encoded', () => {
    const given = new URL('http://users/{größe}/%7B%ff%7D/{id}?q={"a":1}');

    expect(() => fillPath(given, { größe: 1, id: 7 })).not.toThrow();
    expect(fillPath(given, { größe: 1, id: 7 })).toEqual({
      template: 'http://users/{größe}/%7B%ff%7D/{id}?q={%22a%22:1}',
      url: 'http://users/1/%7B%ff%7D/7?q={%22a%22:1}',
    });
  });

  test('may be missing', () => {
    expect(fillPath('/health', {})).toEqual({ template: '/health', url: '/health' });
  });
});

describe('a mistake is a TypeError that says what was expected, and quotes no value', () => {
  const expected = 'must be a non-empty string, a number, a boolean or a bigint';
  test.each<[string | URL, unknown, string]>([
    ['/{id}', null, 'must be an object, such as { id: 7 }, got null'],
    ['/{id}', 'secret', 'must be an object, such as { id: 7 }, got a string'],
    ['/{id}', ['secret'], 'must be an object, such as { id: 7 }, got a list'],
    ['/{id}', new Map([['id', 7]]), 'must be an object, such as { id: 7 }, got an instance of Map'],
    ['/{id}', {}, 'must have a value for {id} in the path, got no such name'],
    ['/{id}', { ID: 'secret', page: 1 }, 'must have a value for {id} in the path, got `ID`, `page`'],
    ['/{toString}', {}, 'must have a value for {toString} in the path, got no such name'],
    ['/a', { id: 'secret' }, 'has `id`, but the path of the URL has no {id}: query parameters go into { params: … }'],
    ['/{id}', { id: 7, page: undefined }, 'has `page`, but the path of the URL has no {page}: query parameters go into { params: … }'],
    ['/{id}', { id: undefined }, `.id\` ${expected}, got undefined`],
    ['/{id}', { id: null }, `.id\` ${expected}, got null`],
    ['/{id}', { id: '' }, `.id\` ${expected}, got an empty string`],
    ['/{id}', { id: ['secret'] }, `.id\` ${expected}, got a list`],
    ['/{id}', { id: new Date(0) }, `.id\` ${expected}, got an instance of Date`],
    ['/{id}', { id: Symbol('secret') }, `.id\` ${expected}, got a symbol`],
    ['/{id}', { id: () => 'secret' }, `.id\` ${expected}, got a function`],
    ['/{id}', { id: NaN }, '.id` must be a finite number, got NaN'],
    ['/{id}', { id: -Infinity }, '.id` must be a finite number, got -Infinity'],
    ['/{id}', { id: 'secret\uD800' }, '.id` must be well-formed Unicode, got half a surrogate pair'],
    ['/x?q={q}', { q: 'secret' }, 'fills only the path, but {q} is in the query: query parameters go into { params: … }'],
    ['/{id}#{q}', { id: 1, q: 'secret' }, 'fills only the path, but {q} is in the query: query parameters go into { params: … }'],
    ['http://{host}/x', { host: 'secret' }, 'fills only the path, but {host} is in the host'],
    ['//{host}/x', { host: 'secret' }, 'fills only the path, but {host} is in the host'],
    ['http:{host}/x', { host: 'secret' }, 'fills only the path, but {host} is in the host'],
    ['{scheme}://users/x', { scheme: 'http' }, 'must not fill the host of the URL'],
    ['{scheme}:{host}', { scheme: 'http', host: 'secret' }, 'must not fill the host of the URL'],
    ['/users/{id', { id: 1 }, 'must have placeholders such as {id} in the path, got {'],
    ['/users/id}', { id: 1 }, 'must have placeholders such as {id} in the path, got }'],
    ['/users/{{id}}', { id: 1 }, 'must have placeholders such as {id} in the path, got {}'],
    ['/users/{}', {}, 'must have placeholders such as {id} in the path, got {}'],
    ['/users{/id*}', { id: 1 }, 'must have placeholders such as {id} in the path, got {/id*}'],
    ['/users/{id:\\d+}', { id: 1 }, 'must have placeholders such as {id} in the path, got {id:\\d+}'],
    [new URL('http://users/{id}'), { name: 1 }, 'must have a value for {id} in the path, got `name`'],
  ])('%s with %p', (url, params, message) => {
    expect(() => fillPath(url, params)).toThrow(new TypeError(`Option \`pathParams${message.startsWith('.') ? '' : '` '}${message}`));
    expect(message).not.toMatch('secret');
  }); // prettier-ignore

  test.each([
    ['/users/{id}/x', { id: '.' }],
    ['/users/{id}/x', { id: '..' }],
    ['/users/{id}', { id: '%2e%2E' }],
    ['/users/{id}', { id: '.%2e' }],
    ['/users/{a}{b}', { a: '.', b: '.' }],
    ['/users/.{a}', { a: '.' }],
    ['\\users\\{a}', { a: '..' }],
    ['{a}', { a: '..' }],
  ])('%s with %p would lead to another path', (url, params) => {
    expect(() => fillPath(url, params)).toThrow(
      /^Option `pathParams\.\w+` must be a value other than '\.' and '\.\.', got a value that leads to another path$/,
    );
  });

  test('an inherited value is none', () => {
    const polluted = Object.prototype as { id?: number };
    polluted.id = 7;
    try {
      expect(() => fillPath('/users/{id}', {})).toThrow('must have a value for {id}');
    } finally {
      delete polluted.id;
    }
  });
});

test('a path is filled in a time that grows with the lengths of URL and value', () => {
  const tolerant = (text: string | URL, id: unknown): unknown => {
    try {
      return fillPath(text, { id });
    } catch {
      return undefined;
    }
  };
  expectLinear((text) => tolerant(`/{id}/${text}`, 7), '', '');
  expectLinear((text) => tolerant(`/{id}/${text}`, 7), '{', '}');
  expectLinear((text) => tolerant('/{id}', text));
  expectLinear((text) => tolerant(new URL(`http://a/{id}/${text.replace(/./gs, '%7B')}`), 7));
});
