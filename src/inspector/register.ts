import { inspect } from 'node:util';
import { startInspector } from './start-inspector';

/*
 * For `node --require @hdms/http-client/inspector/register app.js`: an inspector from the first call on, whose address is printed on
 * the standard error stream.
 */

const port = process.env['HDMS_INSPECTOR_PORT'] ?? '0';

startInspector({ port: Number(port) }).then(
  ({ url }) => {
    process.stderr.write(`The calls of this process: ${url}\n`);
  },
  (error: unknown) => {
    const hint = port === '0' ? '' : ` HDMS_INSPECTOR_PORT is ${inspect(port)}.`;
    process.stderr.write(`The inspector did not start.${hint} ${inspect(error)}\n`);
  },
);
