// One call of each kind. The response is checked, so that a client that is fast because it is wrong fails the run.
import { Readable } from 'node:stream';
import { DOWNLOAD_SIZE, LARGE, ORDER, ORDER_SIZE, SMALL, UPLOAD_SIZE } from '../payload.mjs';

const { id: SMALL_ID } = JSON.parse(SMALL);
const LARGE_COUNT = JSON.parse(LARGE).length;
const CHUNK = Buffer.alloc(64 * 1024, 'x');

let calls = 0;

const tasks = {
  small: (client) => async () => check('id', (await client.getJSON('/small')).id, SMALL_ID),
  large: (client) => async () => check('records', (await client.getJSON('/large')).length, LARGE_COUNT),
  flaky: (client) => async () => check('id', (await client.getJSON(`/flaky?n=${++calls}`)).id, SMALL_ID),
  post: (client) => async () => check('size', (await client.postJSON('/echo-size', ORDER)).size, ORDER_SIZE),
  download: (client) => async () => check('size', await client.download('/download'), DOWNLOAD_SIZE),
  upload: (client) => async () => {
    const { size } = await client.upload('/upload', makeStream, UPLOAD_SIZE);
    check('size', size, UPLOAD_SIZE);
  },
};

export function taskOf(client, kind) {
  return tasks[kind](client);
}

export function check(what, got, expected) {
  if (got !== expected) throw new Error(`wrong response: ${what} is ${got}, not ${expected}`);
}

function makeStream() {
  let left = UPLOAD_SIZE / CHUNK.length;
  return new Readable({
    highWaterMark: CHUNK.length,
    read() {
      this.push(left-- > 0 ? CHUNK : null);
    },
  });
}
