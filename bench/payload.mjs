// Payloads that the service and its clients share.

const KB = 1024;

/** As long as a typical signed token. */
export const TOKEN = `header.${'x'.repeat(250)}.signature`;
export const AUTHORIZATION = `Bearer ${TOKEN}`;

export const DOWNLOAD_SIZE = 10 * KB * KB;
export const UPLOAD_SIZE = 10 * KB * KB;

/** GET /small: 200 bytes. */
export const SMALL = padded({ id: 'user-1', name: 'Ada', active: true, roles: ['reader', 'writer'] }, 200);

/** GET /large: 64 KB of records, like a page of a list. */
export const LARGE = JSON.stringify(recordsOf(64 * KB));

/** POST /echo-size: 1 KB. */
export const ORDER = JSON.parse(padded({ customer: 'user-1', lines: [1, 2, 3], urgent: false }, KB));
export const ORDER_SIZE = JSON.stringify(ORDER).length;

/** A JSON text of `size` bytes. */
function padded(value, size) {
  const length = size - JSON.stringify({ ...value, note: '' }).length;
  return JSON.stringify({ ...value, note: 'x'.repeat(length) });
}

function recordsOf(size) {
  const record = (id) => ({ id, name: `user-${id}`, mail: `user-${id}@example.com`, active: true, score: id / 7 });
  const count = Math.round(size / JSON.stringify(record(500)).length);
  return Array.from({ length: count }, (_, index) => record(index));
}
