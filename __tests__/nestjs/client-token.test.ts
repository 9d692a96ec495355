import { Injectable } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import type { HTTPClient } from '../../src/index';
import { getHTTPClientToken, HTTPClientHealth, HTTPClientModule, InjectHTTPClient } from '../../src/nestjs/index';
import { mockClient, type MockClient } from '../../src/testing/index';

@Injectable()
class Users {
  constructor(
    @InjectHTTPClient('users') readonly users: HTTPClient,
    @InjectHTTPClient() readonly others: HTTPClient,
  ) {}
}

async function withMock(name: string | undefined, client: MockClient): Promise<TestingModule> {
  return Test.createTestingModule({
    imports: [HTTPClientModule.forRoot(), HTTPClientModule.forFeature([{ name: 'users' }])],
    providers: [Users],
  })
    .overrideProvider(getHTTPClientToken(name))
    .useValue(client)
    .compile();
}

test('a test puts a mock in the place of a named client', async () => {
  const client = mockClient([{ status: 503 }, { json: { id: '7' } }]);
  const module = await withMock('users', client);

  await expect(module.get(Users).users.getJson('http://user-service/users/7')).resolves.toEqual({ id: '7' });

  expect(client.calls).toMatchObject([{ method: 'GET', attempts: [{ outcome: 503 }, { outcome: 200 }] }]);
  await module.close();
});

test('a test puts a mock in the place of the default client', async () => {
  const client = mockClient();
  const module = await withMock(undefined, client);

  const { users, others } = module.get(Users);

  expect(others).toBe(client);
  expect(users).not.toBe(client);
  await module.close();
});

test('the health of a client that a test has replaced is still known by its name', async () => {
  const module = await withMock('users', mockClient());

  expect(module.get(HTTPClientHealth).check('users')).toEqual({ users: { status: 'up' } });
  await module.close();
});

test('an application that a test makes enters the context too', async () => {
  const module = await withMock('users', mockClient());
  const app = module.createNestApplication({ logger: false });
  await app.listen(0, '127.0.0.1');

  const answer = await fetch(`${await app.getUrl()}/nowhere`, { headers: { 'X-Request-Id': 'edge-1' } });

  expect(answer.headers.get('x-request-id')).toBe('edge-1');
  await app.close();
});
