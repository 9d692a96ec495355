import { createPublicKey } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { sign } from 'jsonwebtoken';
import { currentContext, HTTPClient, isRequestException, signedJwt } from '../../src/index';
import { authenticate, requestContext, upstreamErrors } from '../../src/express';
import { keyPair } from '../support/key-pair';
import { service, type Service } from '../support/service';
import { app, EXPRESSES } from './expresses';

const { privateKey } = keyPair('ec', { namedCurve: 'P-256' });
const OTHERS = keyPair('ec', { namedCurve: 'P-256' }).privateKey;
const NAMES = { issuer: 'ticket-service', audience: 'user-service' };
const client = new HTTPClient({ retryAttempts: 0, validateStatus: null });

afterAll(() => {
  client.close();
});

/** A token that is good, but for what is said. */
function token(claims: object = {}, key = privateKey): string {
  const exp = Math.floor(Date.now() / 1000) + 60;
  return sign({ iss: NAMES.issuer, aud: NAMES.audience, sub: 'worker-1', exp, ...claims }, key, {
    algorithm: 'ES256',
    keyid: 'key-1',
  });
}

async function issuer(): Promise<Service> {
  const jwk = { ...createPublicKey(privateKey).export({ format: 'jwk' }), kid: 'key-1', use: 'sig' };
  return service([{ json: { keys: [jwk] } }]);
}

const me: RequestHandler = ({ auth }, response) => {
  response.json({ sub: auth?.sub, requestId: currentContext()?.requestId });
};

describe.each(EXPRESSES)('in %s', (_name, express) => {
  test('who brings a good token is let in, and known; the keys are fetched once', async () => {
    const keys = await issuer();
    const guard = authenticate({ jwks: `${keys.url}/jwks`, ...NAMES });
    const url = await app(express, requestContext(), guard, me);
    const source = signedJwt({ privateKey, keyId: 'key-1', subject: 'worker-1', ...NAMES });
    const known = new HTTPClient({ token: source });

    for (let n = 0; n < 3; n++) {
      expect(await known.getJson(url, { headers: { 'X-Request-Id': 'edge-1' } })).toEqual({
        sub: 'worker-1',
        requestId: 'edge-1',
      });
    }

    expect(keys.requests).toHaveLength(1);
    known.close();
  });

  test.each([
    ['that nobody signed', 'made-up', 'the token is not a JWT'],
    ['of another signer', token({}, OTHERS), 'the token has a wrong signature'],
    [
      'for another service',
      token({ aud: 'admin-service' }),
      'the token is for another audience: expected user-service',
    ],
    ['that has ended', token({ exp: 946_684_800 }), 'the token expired at 2000-01-01T00:00:00.000Z'],
  ])('a token %s is answered with a 401 that says so', async (_, bearer, why) => {
    const served = jest.fn(me);
    const guard = authenticate({ publicKey: createPublicKey(privateKey), ...NAMES });
    const url = await app(express, requestContext(), guard, served);

    const { status, headers, data } = await client.get(url, { token: bearer });

    expect(status).toBe(401);
    expect(headers).toMatchObject({
      'www-authenticate': `Bearer error="invalid_token", error_description="${why}"`,
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
    });
    expect(data).toMatchObject({ title: 'Unauthorized', status: 401, requestId: String(headers['x-request-id']) });
    expect(served).not.toHaveBeenCalled();
  });

  test('who brings none is told that one is wanted', async () => {
    const served = jest.fn(me);
    const guard = authenticate({ publicKey: createPublicKey(privateKey), ...NAMES });
    const url = await app(express, guard, served);

    const { status, headers } = await client.get(url, { token: null });

    expect([status, headers['www-authenticate']]).toEqual([401, 'Bearer']);
    expect(served).not.toHaveBeenCalled();
  });

  test('a key set that cannot be had is a failure of the issuer, and not of the caller', async () => {
    const down = await service([{ status: 404 }]);
    const served = jest.fn(me);
    const log = jest.fn();
    const url = await app(
      express,
      authenticate({ jwks: `${down.url}/jwks`, ...NAMES }),
      served,
      // It speaks of the other services, and not of the issuer.
      upstreamErrors({ log, passThrough: [404] }),
    );

    const { status, headers } = await client.get(url, { token: token() });

    expect([status, headers['www-authenticate']]).toEqual([502, undefined]);
    expect(log.mock.calls[0]).toMatchObject([
      { code: 'KEYS_UNAVAILABLE', cause: { status: 404 } },
      { url: '/' },
      undefined,
    ]);
    expect(served).not.toHaveBeenCalled();
  });

  test('a key set that does not come is waited for no longer than the caller waits', async () => {
    const silent = await service([{ handle: () => undefined }]);
    const guard = authenticate({ jwks: `${silent.url}/jwks`, ...NAMES });
    const url = await app(express, requestContext(), guard, me, upstreamErrors({ log: () => undefined }));

    const headers = { 'X-Request-Timeout-Ms': '200' };
    const { status, elapsed } = await client.get(url, { token: token(), headers, timeout: 20 });

    expect(status).toBe(504);
    expect(elapsed).toBeLessThan(4);
  });

  test('that failure comes to the next error handler, and no rejection goes unhandled', async () => {
    const down = await service([{ status: 404 }]);
    const unhandled = jest.fn();
    process.on('unhandledRejection', unhandled);
    const seen: unknown[] = [];
    const last: ErrorRequestHandler = (error, _, response, __) => {
      seen.push(error);
      response.status(418).end();
    };
    const url = await app(express, authenticate({ jwks: `${down.url}/jwks`, ...NAMES }), me, last);

    const { status } = await client.get(url, { token: token() });
    await nextTurn();

    process.off('unhandledRejection', unhandled);
    expect(status).toBe(418);
    expect(seen.map(isRequestException)).toEqual([true]);
    expect(unhandled).not.toHaveBeenCalled();
  });

  test('a mistake of the handler after it comes to the error handlers once', async () => {
    const mistake = new Error('mine');
    const seen: unknown[] = [];
    const throws: RequestHandler = () => {
      throw mistake;
    };
    const last: ErrorRequestHandler = (error, _, response, __) => {
      seen.push(error);
      response.status(418).end();
    };
    const guard = authenticate({ publicKey: createPublicKey(privateKey), ...NAMES });
    const url = await app(express, guard, throws, last);

    const { status } = await client.get(url, { token: token() });

    expect(status).toBe(418);
    expect(seen).toEqual([mistake]);
  });

  test('an answer that has begun is ended, and nobody is let in', async () => {
    const served = jest.fn(me);
    const begins: RequestHandler = (_, response, next) => {
      response.write('part');
      next();
    };
    const seen: unknown[] = [];
    const last: ErrorRequestHandler = (error, _, __, next) => {
      seen.push(error);
      next(error);
    };
    const guard = authenticate({ publicKey: createPublicKey(privateKey), ...NAMES });
    const url = await app(express, begins, guard, served, last);

    await expect(client.get(url, { token: null })).rejects.toMatchObject({ code: 'BODY_TRUNCATED' });

    expect(seen).toMatchObject([{ name: 'InvalidToken', reason: 'missing' }]);
    expect(served).not.toHaveBeenCalled();
  });
});

test('wrong options are refused when the middleware is made', () => {
  expect(() => authenticate({ secret: 'short', ...NAMES })).toThrow('must have at least 32 bytes');
});
