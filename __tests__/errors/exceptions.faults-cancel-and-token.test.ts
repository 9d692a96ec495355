import { HTTPClient, tokenService } from '../../src/index';
import { expectFault, faultNamed, FAULTS, METHODS, provoke } from '../support/faults';
import { service } from '../support/service';

describe.each(METHODS)('%s', (method) => {
  test.each([...FAULTS.cancel, ...FAULTS.token])('$name', async (fault) => {
    await expectFault(fault, method);
  });

  test('a wait is cut short by an abort', async () => {
    const { error } = await provoke(faultNamed('abort in the wait'), method);

    // The wait would have lasted 20 s.
    expect(error).toMatchObject({ elapsed: expect.closeTo(0.1, 0) as number, attempts: [{ outcome: 503, wait: 20 }] });
  });
});

test("the caller's reason is the cause", async () => {
  const caller = new AbortController();
  const reason = new Error('the user left');
  const api = await service([
    {
      handle: () => {
        caller.abort(reason);
      },
    },
  ]);

  const call = new HTTPClient().get(api.url, { signal: caller.signal });

  await expect(call).rejects.toMatchObject({ code: 'CANCELLED', cause: reason });
});

test.each([
  {
    fault: faultNamed('token service that refuses'),
    cause: { name: 'ConnectionError', code: 'CONNECTION_REFUSED', retries: 2 },
  },
  { fault: faultNamed('token service that answers 500'), cause: { name: 'HTTPError', status: 500, retries: 2 } },
])('a $fault.name is the cause of the TokenError', async ({ fault, cause }) => {
  const { error } = await provoke(fault, 'GET');

  expect(error).toMatchObject({ name: 'TokenError', cause });
});

test('a TokenError names the call, and says what the token service did', async () => {
  const api = await service();
  const issuer = await service([{ body: '<h1>Welcome</h1>' }]);
  const token = tokenService({ url: issuer.url, clientId: 'tickets', clientSecret: 'secret' });

  const call = new HTTPClient({ token }).get(`${api.url}/users`);

  await expect(call).rejects.toThrow(
    `GET ${api.url}/users: no token available: POST ${issuer.url}: the body of the 200 response is not a JSON object`,
  );
});
