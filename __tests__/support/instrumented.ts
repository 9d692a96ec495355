import http from 'node:http';
import https from 'node:https';
import { metrics } from '@opentelemetry/api';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';

const MODULES: Readonly<Record<string, unknown>> = { http, https };

const ends: (() => void)[] = [];

afterEach(() => {
  for (const end of ends.splice(0)) end();
});

class OfHTTP extends HttpInstrumentation {
  get definitions(): ReturnType<HttpInstrumentation['init']> {
    return this.init();
  }
}

/** Patches `http` and `https` until the test ends, as the instrumentation does when a process requires them. */
export function instrumentHTTP(): () => void {
  const instrumentation = new OfHTTP();
  instrumentation.setMeterProvider(metrics.getMeterProvider());
  const { definitions } = instrumentation;
  for (const { name, patch } of definitions) patch?.(MODULES[name]);
  return untilEnd(() => {
    for (const { name, unpatch } of definitions) unpatch?.(MODULES[name]);
  });
}

/** Subscribes to the channels of undici until the test ends. */
export function instrumentUndici(): () => void {
  const instrumentation = new UndiciInstrumentation();
  instrumentation.setMeterProvider(metrics.getMeterProvider());
  return untilEnd(() => {
    instrumentation.disable();
  });
}

function untilEnd(end: () => void): () => void {
  let hasEnded = false;
  const once = (): void => {
    if (!hasEnded) end();
    hasEnded = true;
  };
  ends.push(once);
  return once;
}
