// Serves the built site, to this machine only.
import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { OUT } from './paths.mjs';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

export function serve(port, host) {
  const server = createServer(({ url }, response) => {
    const { pathname } = new URL(url, 'http://site');
    // A normalized absolute path leads to nothing above the folder.
    const path = normalize(decodeURIComponent(pathname)).replace(/\/$/, '/index.html');
    const isThere = existsSync(join(OUT, path)) && extname(path) !== '';
    const file = isThere ? path : '404.html';
    response.writeHead(isThere ? 200 : 404, { 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream' });
    createReadStream(join(OUT, file)).pipe(response);
  });
  server.listen(port, host, () => console.log(`The site: http://${host}:${server.address().port}/`));
}
