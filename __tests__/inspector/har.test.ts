import { toHAR } from '../../src/inspector/har';
import type { CallDetail, ExchangeReport } from '../../src/inspector/report';

const EXCHANGE: ExchangeReport = {
  at: Date.UTC(2026, 0, 1),
  took: 0.25,
  method: 'GET',
  url: 'https://user-service/users?page=2&page=3',
  transport: 'http',
  status: 200,
  timings: { queued: 0.001, dns: 0.002, connect: 0.003, tls: 0.004, sent: 0.0005, wait: 0.2, receive: 0.01 },
  connection: { reused: false, address: '10.0.0.8', protocol: '1.1' },
  sent: [['Accept', 'application/json']],
  received: [['content-type', 'application/json']],
};

function callWith(exchange: Partial<ExchangeReport>): CallDetail {
  const call = {
    key: 7,
    client: 'users',
    clientId: 1,
    method: 'GET',
    url: EXCHANGE.url,
    at: 0,
    state: 'ok',
    retries: 0,
  } as const;
  return { ...call, attempts: [], exchanges: [{ ...EXCHANGE, ...exchange }] };
}

test('an entry for each request', () => {
  const { log } = toHAR([callWith({})], '1.2.3');

  expect(log.version).toBe('1.2');
  expect(log.entries).toMatchObject([
    {
      startedDateTime: '2026-01-01T00:00:00.000Z',
      time: 250,
      request: {
        method: 'GET',
        httpVersion: 'HTTP/1.1',
        headers: [{ name: 'Accept', value: 'application/json' }],
        queryString: [
          { name: 'page', value: '2' },
          { name: 'page', value: '3' },
        ],
      },
      response: { status: 200, content: { mimeType: 'application/json' }, redirectURL: '' },
      timings: { blocked: 1, dns: 2, connect: 7, ssl: 4, send: 0.5, wait: 200, receive: 10 },
      serverIPAddress: '10.0.0.8',
      _client: 'users',
    },
  ]);
});

test('what is not known is left out, or -1 where the format needs a number', () => {
  const { log } = toHAR(
    [callWith({ status: undefined, code: 'TIMEOUT', timings: undefined, connection: undefined })],
    '1.2.3',
  );

  expect(log.entries[0]).toMatchObject({
    response: { status: 0, _error: 'TIMEOUT' },
    timings: { blocked: -1, dns: -1, connect: -1, ssl: -1, send: 0, wait: 250, receive: 0 },
  });
  expect(log.entries[0]).not.toHaveProperty('serverIPAddress');
});
