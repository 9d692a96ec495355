import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { builtPackage } from '../support/built-package';

const SCRIPT = join(resolve(__dirname, '../..'), 'scripts/way-of-a-call.mjs');

// 15 of them are for admission and hedging, which cost about 0.3 µs together. One interceptor per ring keeps this low. It grows when plugins are installed one by one, or look up again what the ring knows.
test.each(['http', 'undici'])('a warm GET over %s makes at most 105 moves from file to file', (transport) => {
  const way = execFileSync(process.execPath, [SCRIPT, builtPackage(), transport], { encoding: 'utf8' });

  const [, files, moves] = /(\d+) files, (\d+) moves/.exec(way) ?? [];
  expect(Number(files)).toBeGreaterThan(30);
  expect(Number(moves)).toBeLessThanOrEqual(105);
});
