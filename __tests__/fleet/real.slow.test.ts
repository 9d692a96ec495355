import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { builtPackage } from '../support/built-package';
import { describeWithRedis } from '../support/redis';

const RUNNER = join(builtPackage(), 'fleet/real/run.mjs');

test('a scenario is run, judged and written', () => {
  const args = [RUNNER, '--quick', '--only', 'bucket'];
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
    const child = spawn(process.execPath, [RUNNER, '--quick', '--only', 'shared-rate'], { detached: true });
    const printed: string[] = [];
    child.stdout.on('data', (chunk: Buffer) => printed.push(chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => printed.push(chunk.toString()));
    await once(child.stdout, 'data');
    // Its processes start, and call.
    await sleep(2500);
    const { pid = 0 } = child;
    expect({ exists: groupExists(pid), printed: printed.join('') }).toEqual({
      exists: true,
      printed: expect.stringMatching(/^\[1\/1\] shared-rate.*\n$/) as string,
    });

    child.kill(signal);
    const [status] = (await once(child, 'exit')) as [number];

    for (let waited = 0; groupExists(pid) && waited < 2000; waited += 20) await sleep(20);
    expect(groupExists(pid)).toBe(false);
    expect(status).toBe(code);
  });
});

test('a wrong argument is refused', () => {
  const { status, stderr } = spawnSync(process.execPath, [RUNNER, '--clients', 'ky'], { encoding: 'utf8' });

  expect(stderr).toContain('--clients must be among hdms, off, axios-retry, got, undici, cockatiel, opossum; got ky');
  expect(status).toBe(1);
});

function groupExists(pid: number): boolean {
  try {
    return process.kill(-pid, 0);
  } catch {
    return false;
  }
}
