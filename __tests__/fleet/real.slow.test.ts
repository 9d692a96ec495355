import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { builtPackage } from '../support/built-package';
import { describeWithRedis } from '../support/redis';

/** The file to run, beside the built package, which it finds by name from its own folder. */
function runner(): string {
  for (const folder of ['fleet', 'bench']) {
    cpSync(join(__dirname, '../..', folder), join(builtPackage(), folder), { recursive: true, force: false });
  }
  return join(builtPackage(), 'fleet/real/run.mjs');
}

test('a scenario is run, judged and written', () => {
  const args = [runner(), '--quick', '--only', 'bucket'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });

  expect(stderr).toBe('');
  expect(stdout).toMatch(/^ {2}50\/s allowed .* 429s +\d+ +≤ 5 +met/m);
  expect(stdout).toContain('Written: .build/fleet-real/real.md');
  expect(status).toBe(0);
});

describeWithRedis('a run that is ended', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s ends the run and all its processes', async (signal, code) => {
    // In a group of its own, which has no member once all of them have ended.
    const child = spawn(process.execPath, [runner(), '--quick', '--only', 'shared-rate'], { detached: true });
    await callsAreUnderWay(child);
    const { pid = 0 } = child;
    expect(groupExists(pid)).toBe(true);

    child.kill(signal);
    const [status] = (await once(child, 'exit')) as [number];

    for (let waited = 0; groupExists(pid) && waited < 2000; waited += 20) await sleep(20);
    expect(groupExists(pid)).toBe(false);
    expect(status).toBe(code);
  });
});

test('a wrong argument is refused', () => {
  const { status, stderr } = spawnSync(process.execPath, [runner(), '--clients', 'ky'], { encoding: 'utf8' });

  expect(stderr).toContain('--clients must be among hdms, off, axios-retry, got, undici, cockatiel, opossum; got ky');
  expect(status).toBe(1);
});

async function callsAreUnderWay(child: ChildProcess): Promise<void> {
  await once(child.stdout ?? child, 'data');
  await sleep(2500);
}

function groupExists(pid: number): boolean {
  try {
    return process.kill(-pid, 0);
  } catch {
    return false;
  }
}
