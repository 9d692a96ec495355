// Reads requests from the bytes of a connection.

const HEAD_END = '\r\n\r\n';

/** The head at the start of `bytes`; `undefined` if it is not complete. */
export function readHead(bytes) {
  const end = bytes.indexOf(HEAD_END);
  if (end < 0) return undefined;
  const [requestLine, ...lines] = bytes.toString('latin1', 0, end).split('\r\n');
  const [, method, index, hop] = /^([A-Z]+) \/c\/(\d+)(?:\/(\w+))? HTTP\/1\.1$/.exec(requestLine) ?? [];
  const headers = Object.fromEntries(lines.map((line) => [nameOf(line), line.slice(line.indexOf(':') + 1).trim()]));
  return { requestLine, method, index: Number(index), hop: hop ?? '', headers, length: end + HEAD_END.length };
}

/** The body at the start of `bytes`; `undefined` if it is not complete. */
export function readBody(bytes, { 'content-length': length, 'transfer-encoding': coding }) {
  if (coding?.toLowerCase() === 'chunked') return readChunks(bytes);
  const size = Number(length ?? 0);
  return bytes.length < size ? undefined : { content: bytes.subarray(0, size), length: size };
}

function readChunks(bytes) {
  const chunks = [];
  let at = 0;
  for (;;) {
    const lineEnd = bytes.indexOf('\r\n', at);
    if (lineEnd < 0) return undefined;
    const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16);
    const end = lineEnd + 2 + size + 2;
    if (bytes.length < end) return undefined;
    if (size === 0) return { content: Buffer.concat(chunks), length: end };
    chunks.push(bytes.subarray(lineEnd + 2, end - 2));
    at = end;
  }
}

function nameOf(line) {
  return line.slice(0, line.indexOf(':')).toLowerCase();
}
