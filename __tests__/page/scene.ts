import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Locator } from 'playwright-core';
import type { Opened } from '../support/chromium';

/** A service on loopback that the inspected clients call. */
export interface Upstream {
  readonly url: string;
  close(): void;
}

export async function upstream(handle: http.RequestListener): Promise<Upstream> {
  const server = http.createServer(handle);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** The calls on the page. */
export const rows = ({ page }: Opened): Locator => page.locator('.rows .row');
