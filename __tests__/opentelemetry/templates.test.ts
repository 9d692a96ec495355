import type { RequestStart } from '../../src/events/messages';
import { Templates } from '../../src/opentelemetry/templates';

function messageOf(url: string, template?: string, resendKind?: string): RequestStart {
  return { call: { template }, attempt: {}, request: { url, resendKind } } as RequestStart;
}

const byId = (url: string): string | undefined => (url.includes('/users/') ? '/users/{id}' : undefined);

afterEach(() => {
  jest.restoreAllMocks();
});

test('the template of the call comes before the option', () => {
  const { call, request } = messageOf('http://a/users/1', '/{x}/{y}');

  expect(new Templates(byId).ofRequest(call, request)).toBe('/{x}/{y}');
  expect(new Templates(byId).ofCall(call)).toBe('/{x}/{y}');
});

test('the option is asked for the first URL of a call, and once', () => {
  const option = jest.fn(byId);
  const templates = new Templates(option);
  const first = messageOf('http://a/users/1');
  templates.start(first);
  templates.start({ ...first, request: messageOf('http://a/others/1').request });

  expect(templates.ofCall(first.call)).toBe('/users/{id}');
  expect(templates.ofRequest(first.call, first.request)).toBe('/users/{id}');
  expect(option).toHaveBeenCalledTimes(1);
});

test('after a redirect, the template is that of the new URL', () => {
  const { call, request } = messageOf('http://a/users/1', '/{x}/{y}', 'redirect');

  expect(new Templates(byId).ofRequest(call, request)).toBe('/users/{id}');
  expect(new Templates(undefined).ofRequest(call, request)).toBeUndefined();
});

test('without the option, no URL is read', () => {
  const message = messageOf('', undefined, 'redirect');
  Object.defineProperty(message.request, 'url', {
    get: (): never => {
      throw new Error('it was read');
    },
  });

  expect(new Templates(undefined).ofRequest(message.call, message.request)).toBeUndefined();
});
