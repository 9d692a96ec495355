import { inspect } from 'node:util';
import { startInspector } from './start-inspector';

/*
 * For `node --require @hdms/http-client/inspector/register app.js`: an inspector from the first call on, whose address is printed on
 * the standard error stream.
 */

startInspector({ port: Number(process.env['HDMS_INSPECTOR_PORT'] ?? 0) }).then(
  ({ url }) => {
    process.stderr.write(`The calls of this process: ${url}\n`);
  },
  (error: unknown) => {
    process.stderr.write(`The inspector did not start: ${inspect(error)}\n`);
  },
);
