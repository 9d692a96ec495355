import { namedExports } from '../util/named-exports';
export { logCalls } from './log-calls';

module.exports = namedExports(module.exports as object, '@hdms/http-client/logging', 'logCalls');
