import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ordersApp } from './app';
import { settingsFrom } from './settings';
import { untilTerminated } from './shutdown';
import { Users } from './users';

async function main(): Promise<void> {
  const settings = settingsFrom(process.env);
  const users = new Users(settings.usersURL);
  const server = createServer(ordersApp(users, settings)).listen(settings.port);
  await once(server, 'listening');
  console.log(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}`);

  await untilTerminated(server);
  users.close();
  console.log('all requests are answered');
}

void main();
