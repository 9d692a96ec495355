import http from 'node:http';
import https from 'node:https';
import { Instrumentations } from '../../src/opentelemetry/instrumentations';

/** Functions that use the properties which the wrappers of the versions use. */
const WRAPPERS = {
  'before stable conventions': (instrumentation: Record<string, () => void>) => () => {
    instrumentation['ignoreOutgoingRequestHook']?.();
    instrumentation['getOutgoingRequestMetricAttributes']?.();
  },
  'with a choice of conventions': (instrumentation: Record<string, () => void>) => () => {
    instrumentation['ignoreOutgoingRequestHook']?.();
    instrumentation['getOutgoingRequestMetricAttributes']?.();
    instrumentation['_semconvStability']?.();
  },
  'with stable conventions': (instrumentation: Record<string, () => void>) => () => {
    instrumentation['ignoreOutgoingRequestHook']?.();
  },
};

const aroundHTTPS = (instrumentation: Record<string, () => void>) => () => {
  instrumentation['_getPatchOutgoingRequestFunction']?.();
};

const originals = [
  [http, http.request],
  [https, https.request],
] as const;

afterEach(() => {
  for (const [module, request] of originals) Object.assign(module, { request });
  delete process.env['OTEL_SEMCONV_STABILITY_OPT_IN'];
});

function wrap(module: typeof http | typeof https, wrapper: () => void): void {
  Object.assign(module, { request: Object.assign(wrapper, { __original: module.request }) });
}

test.each<[keyof typeof WRAPPERS, string | undefined, boolean]>([
  ['before stable conventions', undefined, false],
  ['before stable conventions', 'http', false],
  ['with a choice of conventions', undefined, false],
  ['with a choice of conventions', 'database', false],
  ['with a choice of conventions', 'database, http', true],
  ['with a choice of conventions', 'http/dup', true],
  ['with stable conventions', undefined, true],
])('a version %s, OTEL_SEMCONV_STABILITY_OPT_IN %s: records it, %s', (version, optIn, expected) => {
  if (optIn !== undefined) process.env['OTEL_SEMCONV_STABILITY_OPT_IN'] = optIn;
  wrap(http, WRAPPERS[version]({}));
  wrap(https, aroundHTTPS({}));
  const instrumentations = new Instrumentations();

  expect(instrumentations.record('http', 'http', undefined)).toBe(expected);
  expect(instrumentations.record('http', 'https', undefined)).toBe(expected);
});

test('a version that has patched only https', () => {
  wrap(https, aroundHTTPS({}));
  const instrumentations = new Instrumentations();

  expect(instrumentations.record('http', 'http', undefined)).toBe(false);
  expect(instrumentations.record('http', 'https', undefined)).toBe(true);
});

test('wrappers without end do no harm', () => {
  const endless = (): void => undefined;
  wrap(http, Object.assign(endless, { __original: endless }));
  Object.assign(endless, { __original: endless });

  expect(new Instrumentations().record('http', 'http', undefined)).toBe(false);
});
