// Responses that are not HTTP. What a parser rejects is PROTOCOL_ERROR, and is not retried.
import { inBody } from './kind.mjs';

const INVALID_HEADS = {
  'not-http': ['speaks SSH', 'SSH-2.0-OpenSSH_9.6\r\n'],
  'http-0.9': ['sends a page without a head', '<html><body>hello</body></html>\n'],
  'http-version': ['claims to be HTTP/3.0', 'HTTP/3.0 200 OK\r\nContent-Length: 0\r\n\r\n'],
  'status-word': ['has a status that is not a number', 'HTTP/1.1 abc OK\r\nContent-Length: 0\r\n\r\n'],
  'status-099': ['responds with status 099', 'HTTP/1.1 099 Low\r\nContent-Length: 0\r\n\r\n'],
  'status-600': ['responds with status 600', 'HTTP/1.1 600 High\r\nContent-Length: 0\r\n\r\n'],
  'status-999': ['responds with status 999', 'HTTP/1.1 999 High\r\nContent-Length: 0\r\n\r\n'],
  'status-1000': ['responds with status 1000', 'HTTP/1.1 1000 High\r\nContent-Length: 0\r\n\r\n'],
  'header-without-colon': ['sends a header without a colon', 'HTTP/1.1 200 OK\r\nX-Storm\r\nContent-Length: 0\r\n\r\n'],
  'header-with-nul': ['sends a header with a NUL', 'HTTP/1.1 200 OK\r\nX-Storm: a\0b\r\nContent-Length: 0\r\n\r\n'],
  'header-name-space': [
    'sends a header name with a space',
    'HTTP/1.1 200 OK\r\nX Storm: 1\r\nContent-Length: 0\r\n\r\n',
  ],
  'two-lengths': ['sends two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{} '],
  'length-word': ['sends a length that is not a number', 'HTTP/1.1 200 OK\r\nContent-Length: two\r\n\r\n{}'],
  'length-negative': ['sends a negative length', 'HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\n{}'],
  'length-and-chunked': [
    'sends a length and Transfer-Encoding',
    'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n',
  ],
  'unrequested-101': [
    'switches protocols without a request to do so',
    'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n',
  ],
};

const INVALID_CHUNKS = {
  'chunk-size-word': ['sends a chunk size that is not a number', 'zz\r\n{}\r\n0\r\n\r\n'],
  'chunk-size-huge': ['sends a chunk size above 64 bits', 'fffffffffffffffff\r\n{}\r\n0\r\n\r\n'],
  'chunk-without-end': ['sends a chunk that is longer than its size', '2\r\n{}{}\r\n0\r\n\r\n'],
};

export const malformed = [
  ...Object.entries(INVALID_HEADS).map(([name, [does, text]]) => ({
    name,
    does,
    serve: (exchange) => exchange.write(text),
    may: ['PROTOCOL_ERROR'],
  })),
  ...Object.entries(INVALID_CHUNKS).map(([name, [does, text]]) => ({
    name,
    does,
    serve(exchange) {
      exchange.head(200, { 'Transfer-Encoding': 'chunked' });
      exchange.body(text);
    },
    may: [inBody('PROTOCOL_ERROR')],
  })),
  {
    name: 'unrequested-100',
    does: 'sends a 100 Continue that was not requested',
    serve(exchange) {
      exchange.write('HTTP/1.1 100 Continue\r\n\r\n');
      exchange.reply();
    },
    // undici's parser rejects it.
    may: ({ transport }) => (transport === 'undici' ? [200, 'PROTOCOL_ERROR'] : [200]),
  },
  {
    name: 'huge-headers',
    does: 'sends 64 kB of headers',
    serve: (exchange) => exchange.reply(200, { 'X-Huge': 'h'.repeat(65_536) }),
    may: ['HEADERS_TOO_LARGE'],
  },
];
