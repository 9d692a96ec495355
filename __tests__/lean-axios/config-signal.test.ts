import type { InternalAxiosRequestConfig } from 'axios';
import { addInboundSignal, peekSignal } from '../../src/lean-axios/config-signal';
import { LazySignal } from '../../src/util/lazy-signal';

function servedConfig(): { config: InternalAxiosRequestConfig; inbound: LazySignal } {
  const inbound = new LazySignal();
  const config = { call: { inbound } } as never as InternalAxiosRequestConfig;
  addInboundSignal(config);
  return { config, inbound };
}

test('who reads the signal of a config gets an AbortSignal, and so does a copy', () => {
  const { config, inbound } = servedConfig();
  const copy = { ...config };

  expect(config.signal).toBeInstanceOf(AbortSignal);
  expect(config.signal).toBe(inbound.signal);
  expect(Object.getOwnPropertyDescriptor(copy, 'signal')).toMatchObject({ value: inbound.signal });
  expect(peekSignal(copy)).toBe(inbound.signal);
});

test('to peek makes no signal', () => {
  const { config, inbound } = servedConfig();
  const made = jest.spyOn(inbound, 'signal', 'get');

  expect(peekSignal(config)).toBe(inbound);
  expect(peekSignal({})).toBeUndefined();
  expect(made).not.toHaveBeenCalled();
});

test('an interceptor may replace the signal, or remove it', () => {
  const { config } = servedConfig();
  const { signal } = new AbortController();

  config.signal = signal;
  expect(peekSignal(config)).toBe(signal);
  delete config.signal;

  expect('signal' in config).toBe(false);
  expect(peekSignal(config)).toBeUndefined();
});

test('a config whose call serves no request any more has no signal', () => {
  const { config } = servedConfig();

  config.call = {} as never;

  expect([config.signal, peekSignal(config)]).toEqual([undefined, undefined]);
});
