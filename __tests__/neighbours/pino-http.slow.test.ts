import { runBeside } from '../support/beside';

test('pino-http logs exceptions, contexts and clients with one request id, and no secret', async () => {
  const { records, leaked } = await runBeside('beside-pino.cjs');

  const [end, ...lines] = records;
  expect(end).toEqual({ end: { status: 503, requestId: 'edge-1' } });
  const err = {
    type: 'HTTPError',
    code: 'SERVER_ERROR',
    status: 503,
    requestId: 'edge-1',
    attempts: [{ outcome: 503 }],
  };
  expect(lines).toMatchObject([
    { msg: 'upstream', req: { id: 'edge-1' }, err, context: { requestId: 'edge-1' } },
    { req: { id: 'edge-1' }, err },
    { msg: 'request errored', req: { id: 'edge-1' }, res: { statusCode: 503 }, err },
  ]);
  expect(leaked).toEqual([]);
});
