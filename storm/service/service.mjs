// A service on loopback for each kind of misbehaviour, so that a kind meets only its own connections.
import { createServer } from 'node:net';
import { Connection } from './connection.mjs';
import { DEAD_PORT } from './exchange.mjs';

export class Service {
  #servers = [];
  #sockets = new Set();
  #ports = new Map();

  static async start(kinds, records) {
    const service = new Service();
    for (const kind of kinds) await service.#listen(kind, records);
    return service;
  }

  /** The URL of a call. */
  urlOf(kind, index) {
    // The name is found by the call's own `lookup`.
    const host = kind.call?.lookup ? 'storm.test' : '127.0.0.1';
    return `http://${host}:${this.#ports.get(kind.name)}/c/${index}`;
  }

  get openSockets() {
    return this.#sockets.size;
  }

  async stop() {
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all(this.#servers.map((server) => new Promise((closed) => server.close(closed))));
  }

  async #listen(kind, records) {
    if (kind.at === 'nowhere') {
      this.#ports.set(kind.name, DEAD_PORT);
      return;
    }
    const server = createServer((socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
      new Connection(socket, kind, records);
    });
    await new Promise((listening) => server.listen({ port: 0, host: '127.0.0.1', backlog: 1024 }, listening));
    this.#ports.set(kind.name, server.address().port);
    this.#servers.push(server);
  }
}
