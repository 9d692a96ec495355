import axios from 'axios';
import fc from 'fast-check';
import { isExcluded } from '../../../src/transports/proxy/no-proxy';
import { RUNS } from '../../support/runs';

/** Whether axios would send the request to the proxy of the environment. */
async function usesProxy(url: string, noProxy: string): Promise<boolean> {
  process.env['http_proxy'] = 'http://proxy.test:3128';
  process.env['no_proxy'] = noProxy;
  let hostname = '';
  const request = (options: { readonly hostname: string }): never => {
    hostname = options.hostname;
    throw new Error('enough');
  };
  try {
    await axios.get(url, { transport: { request } }).catch(() => undefined);
  } finally {
    Reflect.deleteProperty(process.env, 'http_proxy');
    Reflect.deleteProperty(process.env, 'no_proxy');
  }
  return hostname === 'proxy.test';
}

test('decides as axios does', async () => {
  const label = fc.constantFrom('a', 'b', 'ab');
  const name = fc.array(label, { minLength: 1, maxLength: 3 }).map((labels) => `${labels.join('.')}.test`);
  const ipv4 = fc.constantFrom('10.0.0.1', '10.0.1.1', '127.0.0.1', '127.9.9.9', '0.0.0.0', '192.168.7.7');
  const ipv6 = fc.constantFrom('::1', 'fd00::1', 'fd00::2:1');
  const port = fc.constantFrom('', ':80', ':8080');
  const host = fc.oneof(
    name,
    ipv4,
    fc.constant('localhost'),
    ipv6.map((text) => `[${text}]`),
  );
  const entry = fc.oneof(
    host,
    ipv6,
    fc.tuple(fc.constantFrom('.', '*.', '*'), name).map((parts) => parts.join('')),
    fc.tuple(ipv4, fc.constantFrom('/8', '/24', '/32', '/40')).map((parts) => parts.join('')),
    fc.constantFrom('', '*', 'fd00::/16'),
  );
  // A port belongs to a name, or to an address in brackets.
  const withPort = fc
    .tuple(
      fc.oneof(
        name,
        ipv4,
        ipv6.map((text) => `[${text}]`),
      ),
      port,
    )
    .map((parts) => parts.join(''));
  const list = fc.array(fc.oneof(entry, withPort), { maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(host, port, list, fc.constantFrom(',', ' ', ', '), async (target, suffix, entries, separator) => {
      const url = `http://${target}${suffix}/`;
      const noProxy = entries.join(separator);
      expect(isExcluded(new URL(url), noProxy)).toBe(!(await usesProxy(url, noProxy)));
    }),
    { numRuns: RUNS },
  );
});
