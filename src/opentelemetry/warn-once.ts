import { toError } from '../util/is-error';

/** Of what must not harm a call: the first failure leads to a warning. */
export function warnOnce(what: string): (thrown: unknown) => void {
  let hasWarned = false;
  return (thrown) => {
    if (hasWarned) return;
    hasWarned = true;
    const { name, message } = toError(thrown);
    process.emitWarning(`openTelemetry(): ${what} failed: ${name}: ${message}`, {
      type: 'OpenTelemetryWarning',
      code: 'HDMS_OPENTELEMETRY',
    });
  };
}
