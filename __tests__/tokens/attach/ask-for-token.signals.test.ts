import { getEventListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { HTTPClient, type RequestOptions, TokenError, type TokenSource } from '../../../src/index';
import { service } from '../../support/service';

describe('the signal that a token source is given', () => {
  const ways: Record<string, () => RequestOptions> = {
    'a call without limits': () => ({ timeout: Infinity }),
    'a call with a deadline': () => ({ deadline: 5 }),
    'a call with a signal': () => ({ signal: new AbortController().signal }),
    'a call with both': () => ({ deadline: 5, signal: new AbortController().signal }),
  };

  test.each(Object.entries(ways))('%s leaves no listener on it', async (_, options) => {
    const api = await service();
    const signals: (AbortSignal | undefined)[] = [];
    const token: TokenSource['getToken'] = async ({ signal }) => {
      signals.push(signal);
      await delay(1);
      return 'mine';
    };

    await new HTTPClient({ token }).get(api.url, options());

    expect(api.requests[0]?.headers.authorization).toBe('Bearer mine');
    expect(signals.map((signal) => signal && getEventListeners(signal, 'abort').length)).toEqual([0]);
  });

  test('a source that fails leaves none either', async () => {
    const signals: AbortSignal[] = [];
    const token: TokenSource['getToken'] = async ({ signal }) => {
      if (signal) signals.push(signal);
      return Promise.reject(new Error('no token today'));
    };

    await expect(new HTTPClient({ token }).get('http://127.0.0.1:1/')).rejects.toBeInstanceOf(TokenError);

    expect(signals.map((signal) => getEventListeners(signal, 'abort').length)).toEqual([0]);
  });

  test('calls that share a signal leave no listener on it but the one they share', async () => {
    const api = await service();
    const { signal } = new AbortController();
    const client = new HTTPClient({ token: async () => Promise.resolve('mine') });

    await Promise.all(Array.from({ length: 20 }, async () => client.get(api.url, { signal })));

    expect(getEventListeners(signal, 'abort').length).toBeLessThanOrEqual(1);
  });
});

describe('a token source that never settles', () => {
  const never = async (): Promise<string> => new Promise(() => undefined);

  test("is a TokenError after the attempt's timeout", async () => {
    const api = await service();

    const call = new HTTPClient({ token: never, timeout: 0.05 }).get(api.url);

    await expect(call).rejects.toMatchObject({
      name: 'TokenError',
      code: 'TOKEN_UNAVAILABLE',
      sent: 'no',
      attempts: [],
    });
    expect(api.requests).toEqual([]);
  }, 3000);

  test('tells a source that listens to its signal to stop', async () => {
    const signals: (AbortSignal | undefined)[] = [];
    const token: TokenSource['getToken'] = async ({ signal }) => {
      signals.push(signal);
      return never();
    };

    await expect(new HTTPClient({ token, timeout: 0.05 }).get('http://127.0.0.1:1/')).rejects.toBeInstanceOf(
      TokenError,
    );

    expect(signals.map((signal) => signal?.aborted)).toEqual([true]);
  }, 3000);
});
