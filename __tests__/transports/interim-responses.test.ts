import { InterimResponses } from '../../src/transports/interim-responses';

/** What becomes of a text that arrives in pieces of `size` bytes. */
function read(text: string, size: number): string {
  const interim = new InterimResponses();
  let seen = '';
  for (let start = 0; start < text.length; start += size) {
    const chunk = Buffer.from(text.slice(start, start + size), 'latin1');
    if (interim.at !== undefined) interim.read(chunk);
    seen += chunk.toString('latin1');
  }
  return seen;
}

const CONTINUE = 'HTTP/1.1 100 Continue\r\nX: HTTP/1.1 100\r\n\r\n';
const FINAL = 'HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n';

describe.each([1, 2, 3, 7, 10, 12, 23, 1000])('in pieces of %i bytes', (size) => {
  test.each([
    ['a final response', FINAL, FINAL],
    ['100', CONTINUE + FINAL, CONTINUE.replace('100', '103') + FINAL],
    ['100 twice', CONTINUE + CONTINUE + FINAL, CONTINUE.replace('100', '103').repeat(2) + FINAL],
    ['100 without a reason', `HTTP/1.1 100\r\n\r\n${FINAL}`, `HTTP/1.1 103\r\n\r\n${FINAL}`],
    ['100 after an empty line', `\r\n${CONTINUE}${FINAL}`, `\r\n${CONTINUE.replace('100', '103')}${FINAL}`],
    ['101', `HTTP/1.1 101 S\r\n\r\n${FINAL}`, `HTTP/1.1 101 S\r\n\r\n${FINAL}`],
    [
      '102, then 100',
      `HTTP/1.1 102 P\r\n\r\n${CONTINUE}${FINAL}`,
      `HTTP/1.1 102 P\r\n\r\n${CONTINUE.replace('100', '103')}${FINAL}`,
    ],
    ['110', `HTTP/1.1 110 X\r\n\r\n${FINAL}`, `HTTP/1.1 110 X\r\n\r\n${FINAL}`],
  ])('%s', (_, text, expected) => {
    expect(read(text, size)).toBe(expected);
  });
});
