import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtPackage } from '../support/built-package';

const WORKERS = 2;

/** Each worker starts an inspector; the primary prints what each of the addresses responds. */
const SCRIPT = `
  const cluster = require('node:cluster');
  const http = require('node:http');
  const { startInspector } = require(${JSON.stringify(join(builtPackage(), 'dist/inspector/index.js'))});
  if (cluster.isWorker) startInspector().then(({ url }) => process.send(url));
  else {
    const urls = [];
    const statusOf = (url) =>
      new Promise((resolve) => http.get(url, { agent: false }, (one) => resolve(one.resume().statusCode)));
    const told = async (url) => {
      if (urls.push(url) < ${WORKERS}) return;
      const statuses = [];
      // Each of them twice: the workers would take turns at a port that they share.
      for (const one of urls.flatMap((one) => [one, one])) statuses.push(await statusOf(one));
      console.log(JSON.stringify(statuses));
      process.exit();
    };
    for (let worker = 0; worker < ${WORKERS}; worker++) cluster.fork().on('message', told);
  }
`;

test('the workers of a cluster have an inspector each, which its address opens', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cluster-'));
  const file = join(folder, 'service.cjs');
  writeFileSync(file, SCRIPT);
  const { stdout, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8', timeout: 60_000 });
  rmSync(folder, { recursive: true });

  expect({ stdout, stderr }).toEqual({ stdout: '[302,302,302,302]\n', stderr: '' });
});
