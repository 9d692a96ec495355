import { kindOf, valueOrKind } from '../checks/kind-of';
import { quoteName } from '../checks/headers';
import { checkFunction, wrongOption } from '../checks/wrong-option';
import { checkNames, checkOptions } from '../checks/names';
import { checkBoolean } from '../checks/values';
import { isToken } from '../util/header-names';
import { ownOptions } from '../util/own-options';
import { withoutUndefined } from '../util/without-undefined';
import type { OpenTelemetryOptions, OpenTelemetrySettings } from './options';
import { safeTemplate } from './url-template';

const DEFAULTS: Omit<OpenTelemetrySettings, 'urlTemplate'> = {
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
  const { urlTemplate, ...others } = withoutUndefined(options) as Partial<OpenTelemetrySettings>;
  const settings = { ...DEFAULTS, ...others };
  const { requestDuration, requestHeaders, responseHeaders } = settings;
  for (const name of ['spans', 'metrics', 'callSpan'] as const) checkBoolean(name, settings[name]);
  if (requestDuration !== 'auto' && typeof requestDuration !== 'boolean')
    throw wrongOption('requestDuration', "be 'auto', true or false", valueOrKind(requestDuration, 'word'));
  if (urlTemplate !== undefined) checkFunction('urlTemplate', urlTemplate, 'a function of the URL');
  checkHeaderList('requestHeaders', requestHeaders);
  checkHeaderList('responseHeaders', responseHeaders);
  return { ...settings, urlTemplate: urlTemplate && safeTemplate(urlTemplate) };
}

function checkHeaderList(name: string, value: unknown): void {
  if (!Array.isArray(value)) throw wrongOption(name, 'be a list of header names', kindOf(value));
  for (const one of value as readonly unknown[]) {
    if (typeof one !== 'string' || !isToken(one)) throw wrongOption(name, 'contain header names', quoteName(one));
  }
}
