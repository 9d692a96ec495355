import type { RequestListener } from 'node:http';
import type { HTTPClient, HTTPClientOptions } from '@hdms/http-client';
import { listen } from '../../support/listen';
import { thisClient } from '../clients';
import { paragraph, row, type Styles } from './columns';
import type { Live } from './live';
import { paint } from './paint';

/** What a scene uses: services, clients, and the page that it prints on. */
export class Stage {
  /** Claims that did not come true. */
  readonly broken: string[] = [];
  readonly #startedAt = performance.now();
  readonly #live: Live;
  readonly #closers: (() => unknown)[] = [];

  constructor(live: Live) {
    this.#live = live;
  }

  /** Starts a service on loopback, and returns its URL. */
  async listen(service: RequestListener): Promise<string> {
    const listening = await listen(service);
    this.#closers.push(async () => listening.close());
    return listening.url;
  }

  /** This client, as all scenes configure it. It is closed when the scene ends. */
  client(options?: HTTPClientOptions): HTTPClient {
    const client = thisClient(options);
    this.#closers.push(() => {
      client.close();
    });
    return client;
  }

  /** Waits for both sides, which run at the same time. Meanwhile a terminal shows `text()`. */
  async both<A, B>(axios: Promise<A>, ours: Promise<B>, text: () => string): Promise<[A, B]> {
    this.#live.show(text, this.#startedAt);
    try {
      return await Promise.all([axios, ours]);
    } finally {
      this.#live.hide();
    }
  }

  /** Prints a row: what it is about, of axios, of this client. */
  row(label: string, axios: string | number, ours: string | number, styles: Styles = []): void {
    this.#live.print(row(label, String(axios), String(ours), styles));
  }

  /** Prints a row that matters: axios's side is bad, this client's is good. */
  verdict(label: string, axios: string | number, ours: string | number): void {
    this.row(label, `✗ ${axios}`, `✓ ${ours}`, [
      ['bold', 'red'],
      ['bold', 'green'],
    ]);
  }

  print(line: string): void {
    this.#live.print(line);
  }

  /** Says so if what the scene is about did not happen. The demo then fails. */
  claim(text: string, isTrue: boolean): void {
    if (isTrue) return;
    this.broken.push(text);
    this.#live.print(paint('red', paragraph(`✗ Not so in this run: ${text}`)));
  }

  async close(): Promise<void> {
    this.#live.hide();
    for (const close of this.#closers.splice(0).reverse()) await close();
  }
}
