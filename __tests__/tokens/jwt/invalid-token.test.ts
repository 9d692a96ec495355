import { inspect } from 'node:util';
import { type Secret, sign, type SignOptions } from 'jsonwebtoken';
import { InvalidToken, type TokenClaims, verifyToken } from '../../../src/index';

const SECRET = 'a secret of at least thirty-two bytes';
const OPTIONS = { secret: SECRET, issuer: 'ticket-service', audience: 'user-service' };
const CLAIMS = { iss: 'ticket-service', aud: 'user-service', sub: 'worker-1' };

function now(): number {
  return Math.floor(Date.now() / 1000);
}

/** A token that is good, but for what is said. */
function token(claims: object = {}, key: Secret = SECRET, options: SignOptions = {}): string {
  return sign({ ...CLAIMS, exp: now() + 60, ...claims }, key, options);
}

/** Why a token is refused; that it is not counts as none. */
async function refusal(refused: Promise<TokenClaims>): Promise<InvalidToken | undefined> {
  return refused.then(
    () => undefined,
    (error: unknown) => error as InvalidToken,
  );
}

test('no refusal holds anything of the token', async () => {
  const wrong = [
    token({ aud: 'leak' }),
    token({ iss: 'leak' }),
    token({ exp: 1 }),
    token({}, 'x'),
    'leak',
    'leak.leak.leak',
  ];

  for (const one of wrong) {
    const refused = await refusal(verifyToken(OPTIONS)(one));
    expect(refused).toBeInstanceOf(InvalidToken);
    const printed = inspect(refused, { depth: 9, showHidden: true }) + String(refused?.stack) + JSON.stringify(refused);
    for (const part of ['leak', ...one.split('.')]) expect(printed).not.toContain(part);
  }
});
