import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { builtPackage } from '../support/built-package';

const root = resolve(__dirname, '../..');

/** What it says, without times, ids and line numbers. */
function words(file: string): string[] {
  const text = readFileSync(file, 'utf8').replaceAll(/<style>[^]*?<\/style>/g, '');
  const lines = [...text.matchAll(/<text[^>]*>([^]*?)<\/text>/g)].map(([, line = '']) =>
    line.replaceAll(/<[^>]*>/g, ''),
  );
  return lines.map((line) =>
    line.replaceAll(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}|\d+(\.\d+)?/g, '#').replaceAll(/\s+/g, ' '),
  );
}

test('the picture of a failed call shows what the client prints today', () => {
  const folder = mkdtempSync(join(tmpdir(), 'failed-call-'));
  try {
    const file = join(folder, 'failed-call.svg');
    execFileSync(process.execPath, [join(root, 'scripts/failure-picture.mjs'), file, builtPackage()], {
      stdio: 'pipe',
    });

    const drawn = words(file);
    expect(drawn.length).toBeGreaterThan(10);
    expect(words(join(root, 'docs/failed-call.svg'))).toEqual(drawn);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
