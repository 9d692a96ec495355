import { randomBytes } from 'node:crypto';
import { parseKey, sealWith, type Seal } from '../../src/stores/sealed-text';

const BYTES = randomBytes(32);

function sealer(...keys: readonly Buffer[]): Seal {
  const [first, ...others] = keys.map((key) => parseKey('key', key));
  return sealWith(first ?? parseKey('key', BYTES), others);
}

test.each(['', 'eyJhbGciOiJIUzI1NiJ9.e30.c2ln', 'Müller 🙂', 'x'.repeat(10_000)])(
  '%.20s comes out as it went in',
  (text) => {
    const { seal, open } = sealer();

    expect(open(seal(text, 'name'), 'name')).toBe(text);
  },
);

test('a sealed text shows nothing of the text', () => {
  const sealed = sealer().seal('a-secret-token', 'name');

  expect(sealed).not.toContain('a-secret-token');
  expect(Buffer.from(sealed, 'base64').toString('latin1')).not.toContain('a-secret-token');
});

test('the same text is never sealed the same way twice', () => {
  const { seal } = sealer();
  const nonces = Array.from({ length: 1000 }, () => Buffer.from(seal('text', 'name'), 'base64').toString('hex', 1, 13));

  expect(new Set(nonces).size).toBe(1000);
});

test('a change of any bit is noticed', () => {
  const { seal, open } = sealer();
  const sealed = Buffer.from(seal('token', 'name'), 'base64');

  const opened = Array.from({ length: sealed.length * 8 }, (_, bit) => {
    const changed = Buffer.from(sealed);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    return open(changed.toString('base64'), 'name');
  });

  expect(opened).toHaveLength(34 * 8);
  expect(opened.filter((text) => text !== undefined)).toEqual([]);
});

test('a text that was cut short is refused, wherever', () => {
  const { seal, open } = sealer();
  const sealed = Buffer.from(seal('token', 'name'), 'base64');

  for (let length = 0; length < sealed.length; length++) {
    expect(open(sealed.subarray(0, length).toString('base64'), 'name')).toBeUndefined();
  }
});

test.each(['', 'token', '{"token":"planted"}', 'ünïcode'])('%j, which nobody sealed, is refused', (text) => {
  expect(sealer().open(text, 'name')).toBeUndefined();
});

test('a text that was copied to another name is refused', () => {
  const { seal, open } = sealer();

  expect(open(seal('token of the admin', 'admin'), 'guest')).toBeUndefined();
});

test('a text of another key is refused', () => {
  expect(sealer(randomBytes(32)).open(sealer().seal('token', 'name'), 'name')).toBeUndefined();
});

test('an older key opens, and does not seal', () => {
  const next = randomBytes(32);
  const both = sealer(next, randomBytes(32), BYTES);

  expect(both.open(sealer(BYTES).seal('token', 'name'), 'name')).toBe('token');
  expect(sealer(next).open(both.seal('token', 'name'), 'name')).toBe('token');
  expect(sealer(BYTES).open(both.seal('token', 'name'), 'name')).toBeUndefined();
});

test.each([
  ['a Buffer', BYTES],
  ['a Uint8Array', new Uint8Array(BYTES)],
  ['hex', BYTES.toString('hex')],
  ['upper-case hex', BYTES.toString('hex').toUpperCase()],
  ['base64', BYTES.toString('base64')],
  ['base64 without padding', BYTES.toString('base64').replace('=', '')],
  ['base64url', BYTES.toString('base64url')],
])('a key can be %s', (_, key) => {
  expect(parseKey('key', key).export()).toEqual(BYTES);
});

test.each([
  ['nothing', undefined, 'undefined'],
  ['null', null, 'null'],
  ['a number', 32, 'a number'],
  ['an empty text', '', 'a string that is neither'],
  ['a passphrase', 'correct horse battery staple', 'a string that is neither'],
  ['16 bytes', randomBytes(16), '16 bytes'],
  ['33 bytes', randomBytes(33), '33 bytes'],
  ['16 bytes of base64', randomBytes(16).toString('base64'), '16 bytes'],
  ['48 bytes of hex', randomBytes(48).toString('hex'), '48 bytes'],
])('%s is no key', (_, key, got) => {
  expect(() => parseKey('store.encryptionKey', key)).toThrow(
    new TypeError(
      `Option \`store.encryptionKey\` must be 32 bytes, as a Buffer or as a base64 or hex string, got ${got}`,
    ),
  );
});

test('a key that is changed after it was given makes no difference', () => {
  const key = Buffer.from(BYTES);
  const { seal } = sealWith(parseKey('key', key));

  key.fill(0);

  expect(sealer().open(seal('token', 'name'), 'name')).toBe('token');
});
