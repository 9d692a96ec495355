import { inspect } from 'node:util';
import { checkNames, checkOptions } from '../checks/names';
import { checkBoolean } from '../checks/values';
import { isToken } from '../util/header-names';
import { ownOptions } from '../util/own-options';
import type { OpenTelemetryOptions, OpenTelemetrySettings } from './options';

const DEFAULTS: Required<Omit<OpenTelemetryOptions, 'urlTemplate'>> = {
  spans: true,
  metrics: true,
  requestDuration: 'auto',
  requestHeaders: [],
  responseHeaders: [],
  callSpan: false,
};

const NAMES: ReadonlySet<string> = new Set([...Object.keys(DEFAULTS), 'urlTemplate']);

/** @throws TypeError that names the option, the expectation and the value */
export function checkedSettings(given: OpenTelemetryOptions): OpenTelemetrySettings {
  const options = ownOptions(given);
  checkOptions(options);
  checkNames('option of openTelemetry', options, NAMES, false);
  const present = Object.entries(options).filter(([, value]) => value !== undefined);
  const settings: OpenTelemetrySettings = { ...DEFAULTS, ...(Object.fromEntries(present) as OpenTelemetryOptions) };
  const { requestDuration, urlTemplate, requestHeaders, responseHeaders } = settings;
  for (const name of ['spans', 'metrics', 'callSpan'] as const) checkBoolean(name, settings[name]);
  if (requestDuration !== 'auto' && typeof requestDuration !== 'boolean')
    throw wrong('requestDuration', "'auto', true or false", requestDuration);
  if (urlTemplate !== undefined && typeof urlTemplate !== 'function')
    throw wrong('urlTemplate', 'a function of the URL', urlTemplate);
  checkHeaderList('requestHeaders', requestHeaders);
  checkHeaderList('responseHeaders', responseHeaders);
  return settings;
}

function checkHeaderList(name: string, value: unknown): void {
  const isList = Array.isArray(value) && value.every((one) => typeof one === 'string' && isToken(one));
  if (!isList) throw wrong(name, 'a list of header names', value);
}

function wrong(name: string, expectation: string, value: unknown): TypeError {
  const got = inspect(value, { depth: 1, maxStringLength: 50 });
  return new TypeError(`Option \`${name}\` must be ${expectation}, got ${got}.`);
}
