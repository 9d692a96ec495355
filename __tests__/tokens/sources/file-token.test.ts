import fs, { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decode, sign } from 'jsonwebtoken';
import { fileToken, HTTPClient, observe, type AccessToken, type TokenSource } from '../../../src/index';
import type { TokenEvent } from '../../../src/events/messages';
import { service } from '../../support/service';

const REQUEST = { url: 'http://user-service/' };
let folder = '';
let path = '';
let issued = 0;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'file-token-'));
  path = join(folder, 'token');
});

afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

function jwt(lifetime = 3600): string {
  return sign({ jti: String(++issued), exp: Math.floor(Date.now() / 1000) + lifetime }, 'key of the cluster');
}

function write(token: string): string {
  writeFileSync(path, `${token}\n`);
  return token;
}

function ask(source: TokenSource): string {
  return (source.getToken(REQUEST) as AccessToken).token;
}

function passTime(seconds: number): void {
  const [now, monotonic] = [Date.now() + seconds * 1000, performance.now() + seconds * 1000];
  jest.spyOn(Date, 'now').mockReturnValue(now);
  jest.spyOn(performance, 'now').mockReturnValue(monotonic);
}

/** Mounts a volume as Kubernetes does: a link to a link to a folder, of which the one between is swapped. */
function project(name: string, token: string): void {
  mkdirSync(join(folder, name));
  writeFileSync(join(folder, name, 'token'), token);
  symlinkSync(name, join(folder, '..data_tmp'));
  renameSync(join(folder, '..data_tmp'), join(folder, '..data'));
}

test('the token of a file is sent', async () => {
  const api = await service();
  const token = write(jwt());

  await new HTTPClient({ token: fileToken(path) }).get(api.url);

  expect(api.requests[0]?.headers.authorization).toBe(`Bearer ${token}`);
});

test('it is at hand, with the end that it tells', () => {
  const token = write(jwt(600));
  const answer = fileToken(path).getToken(REQUEST) as AccessToken;

  expect(answer.token).toBe(token);
  expect(Math.abs(Number(answer.expiresAt) - Date.now() - 600_000)).toBeLessThan(5000);
});

test('a token that Kubernetes swaps is noticed within a second', () => {
  const [first, second] = [jwt(), jwt()];
  project('..2026_01', first);
  symlinkSync('..data/token', path);
  const source = fileToken(path);
  const before = ask(source);

  project('..2026_02', second);
  const atOnce = ask(source);
  passTime(1.1);

  expect([before, atOnce, ask(source)]).toEqual([first, first, second]);
});

test('a file that is written anew, or replaced, is noticed', () => {
  const source = fileToken(path);
  write(jwt());
  ask(source);

  const second = write(jwt());
  passTime(1.1);
  expect(ask(source)).toBe(second);

  const third = jwt();
  writeFileSync(`${path}.new`, third);
  renameSync(`${path}.new`, path);
  passTime(1.1);
  expect(ask(source)).toBe(third);
});

describe('on a network file system that keeps in mind what it was told of the file', () => {
  let source: TokenSource;
  let first = '';

  beforeEach(() => {
    first = write(jwt(60));
    jest.spyOn(fs, 'statSync').mockReturnValue(fs.statSync(path));
    source = fileToken(path);
    ask(source);
  });

  test('a token near its end is read anew all the same', () => {
    const next = write(jwt(120));

    passTime(29);
    expect(ask(source)).toBe(first);
    passTime(2);

    expect(ask(source)).toBe(next);
  });

  test('so is one that was not accepted', () => {
    const next = write(jwt(120));

    source.invalidate?.(first);

    expect(ask(source)).toBe(next);
  });
});

test('the last good token is used while the file cannot be read', () => {
  const token = write(jwt(60));
  const source = fileToken(path);
  ask(source);

  rmSync(path);
  passTime(50);

  expect(ask(source)).toBe(token);
});

test.each<[string, string | (() => string)]>([
  ['empty', ''],
  ['white', ' \n'],
  ['half written', 'two words'],
  ['one with an expired token', () => jwt(-60)],
])('the last good token is used while the file is %s, and then the next', (_, text) => {
  const token = write(jwt());
  const source = fileToken(path);
  ask(source);

  write(typeof text === 'string' ? text : text());
  passTime(1.1);
  expect(ask(source)).toBe(token);

  const next = write(jwt());
  passTime(1.1);
  expect(ask(source)).toBe(next);
});

test('when the last good token has ended, the error names the path, the reason and the end', () => {
  write(jwt(60));
  const source = fileToken(path);
  ask(source);

  rmSync(path);
  passTime(61);

  expect(() => ask(source)).toThrow(
    new RegExp(`^no token could be read from ${path}: ENOENT; the last one read from it expired at 20.*Z$`),
  );
});

test('a token that expired in memory is not sent either while the file has an expired one', () => {
  write(jwt(60));
  const source = fileToken(path);
  ask(source);

  const replaced = jwt(-3600);
  write(replaced);
  passTime(50);
  ask(source);
  passTime(11);

  const expiredAt = new Date((decode(replaced) as { exp: number }).exp * 1000).toISOString();
  expect(() => ask(source)).toThrow(`the token in ${path} expired at ${expiredAt}, and there is no newer one`);
});

test('while an expired token in the file is passed over, observers get a failure that says so', () => {
  write(jwt());
  const source = fileToken(path);
  ask(source);
  const messages: TokenEvent[] = [];
  const stop = observe({ token: (message) => messages.push(message) });

  write(jwt(-60));
  passTime(1.1);
  ask(source);
  ask(source);
  stop();

  expect(messages.map(({ event, error }) => [event, error?.message])).toEqual([
    ['failed', expect.stringMatching(/its token expired at 20.*Z$/)],
  ]);
});

test('a token that nobody renewed is not sent after its end', async () => {
  const api = await service();
  write(jwt(-1));

  await expect(new HTTPClient({ token: fileToken(path) }).get(api.url)).rejects.toMatchObject({
    code: 'TOKEN_UNAVAILABLE',
    message: expect.stringContaining(`the token in ${path} expired at 20`) as string,
  });
  expect(api.requests).toHaveLength(0);
});

test('a token that ended before all time is told to have expired', () => {
  write(jwt(-1e20));

  expect(() => ask(fileToken(path))).toThrow(`the token in ${path} expired at -271821-04-20T00:00:00.000Z`);
});

test('a token that comes late is used from then on', () => {
  const source = fileToken(path);
  expect(() => ask(source)).toThrow(`no token could be read from ${path}: ENOENT`);

  const token = write(jwt());

  expect(() => ask(source)).toThrow('ENOENT');
  passTime(1.1);
  expect(ask(source)).toBe(token);
});

test('a token of any other kind has no end, and is used for as long as there is no other', () => {
  write('opaque');
  const source = fileToken(path);
  expect(source.getToken(REQUEST)).toEqual({ token: 'opaque', expiresAt: undefined });

  rmSync(path);
  passTime(1e6);

  expect(ask(source)).toBe('opaque');
});

test('a token that was not accepted is looked for at once, and any other is not', () => {
  const source = fileToken(path);
  const first = write(jwt());
  ask(source);
  const second = write(jwt());

  source.invalidate?.('another');
  expect(ask(source)).toBe(first);
  source.invalidate?.(first);

  expect(ask(source)).toBe(second);
});

test.each([
  ['too large', 'x'.repeat(70_000), 'it has 70000 bytes, too many for a token'],
  ['no token', 'Bearer secret-word', 'its content must not contain a space'],
])('a file that is %s is an error that quotes nothing of it', (_, text, message) => {
  writeFileSync(path, text);
  const source = fileToken(path);

  expect(() => ask(source)).toThrow(message);
  expect(() => ask(source)).not.toThrow(/secret-word|xxx/);
});

test('a folder is no file', () => {
  expect(() => ask(fileToken(folder))).toThrow(`no token could be read from ${folder}: it is not a regular file`);
});

test.each([undefined, '', 7])('%p is no path', (wrong) => {
  expect(() => fileToken(wrong as never)).toThrow('fileToken takes the path of a file, got');
});
