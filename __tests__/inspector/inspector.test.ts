import { inspector, open } from '../support/inspector';

test('a page that does not exist', async () => {
  const { url } = await inspector();

  expect(await open(url, '/../../package.json')).toMatchObject({ status: 404, text: 'There is no such page.' });
  expect((await open(url, '/calls/1e3')).status).toBe(404);
  expect((await open(url, '/%2e%2e/page.html')).status).toBe(404);
});

test('a call that is not kept any more', async () => {
  const { url } = await inspector();

  expect(await open(url, '/calls/1')).toMatchObject({ status: 404, text: 'The call is not kept any more.' });
});
