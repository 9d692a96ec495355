import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '../..');

function reportsIn(folder: string): Record<string, string> {
  return Object.fromEntries(readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), 'utf8')]));
}

test('api/ shows the public API as it is; if you meant to change the API, run `npm run api` and commit the result', () => {
  const folder = mkdtempSync(join(tmpdir(), 'api-report-'));
  try {
    execFileSync(process.execPath, ['scripts/api-report.mjs', folder], { cwd: root, stdio: 'pipe' });

    expect(reportsIn(folder)).toEqual(reportsIn(join(root, 'api')));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
