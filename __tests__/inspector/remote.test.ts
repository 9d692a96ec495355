import { HTTPClient } from '../../src/index';
import type { CallReport } from '../../src/inspector/report';
import { followFeed, openInspector, readHAR } from '../../src/inspector/remote';
import { inspector } from '../support/inspector';
import { service } from '../support/service';

test.each([
  '',
  'foo',
  'http://127.0.0.1:80/',
  'https://127.0.0.1/?key=k',
  'ftp://a/?key=k',
  'http://127.0.0.1:80/?key=…',
])('%j is no address of an inspector', (address) => {
  expect(() => openInspector(address)).toThrow('The address must be the one that the inspector printed');
});

test('follows the calls that end', async () => {
  const api = await service();
  const running = await inspector();
  const { url } = running;
  const client = new HTTPClient({ token: null });
  await client.get(`${api.url}/1`);
  const calls = followFeed(openInspector(url));

  const first = await calls.next();
  await client.get(`${api.url}/2`);
  const second = await calls.next();
  await running.close();
  const end = await calls.next();

  expect([first, second].map(({ value }) => new URL((value as CallReport).url).pathname)).toEqual(['/1', '/2']);
  expect(end.done).toBe(true);
});

test('says why there is nothing to follow', async () => {
  const running = await inspector();
  const { url } = running;
  const wrong = openInspector(url.replace(/key=.*/, 'key=wrong'));

  await expect(readHAR(wrong)).rejects.toThrow('The inspector responded with 401: Open the address');
  await running.close();
  await expect(readHAR(openInspector(url))).rejects.toThrow(
    /No inspector can be reached at http:\/\/127\.0\.0\.1:\d+: /,
  );
});
