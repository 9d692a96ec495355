/**
 * Spans and metrics of the calls.
 *
 * @packageDocumentation
 */
import { namedExports } from '../checks/named-exports';
export { openTelemetry, type OpenTelemetryOptions } from './open-telemetry';

module.exports = namedExports(module.exports as object, '@hdms/http-client/opentelemetry', 'openTelemetry');
