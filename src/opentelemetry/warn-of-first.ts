import { warnOnce } from '../util/warn-of';

/** Of what must not harm a call: the first failure leads to a warning. */
export function warnOfFirst(what: string): (thrown: unknown) => void {
  return warnOnce('HDMS_OPENTELEMETRY', 'OpenTelemetryWarning').bind(undefined, `openTelemetry(): ${what} failed`);
}
