/**
 * A page that shows the calls of a process as they happen.
 *
 * @packageDocumentation
 */
import { namedExports } from '../checks/named-exports';
export { inspectorHandler, type InspectorHandler } from './inspector-handler';
export type { Authorize, InspectorHandlerOptions, InspectorOptions } from './options';
export { startInspector, type RunningInspector } from './start-inspector';
export type { HAR } from './har';

module.exports = namedExports(module.exports as object, '@hdms/http-client/inspector', 'startInspector');
