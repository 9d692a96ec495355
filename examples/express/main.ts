import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspectorHandler } from '@hdms/http-client/inspector';
import { ordersApp } from './app';
import { settingsFrom } from './settings';
import { untilTerminated } from './shutdown';
import { Users } from './users';

async function main(): Promise<void> {
  const settings = settingsFrom(process.env);
  const users = new Users(settings.usersURL);
  const calls = inspectorHandler({ authorize: ({ auth }) => auth?.sub === settings.operator });
  const server = createServer(ordersApp(users, calls, settings)).listen(settings.port);
  await once(server, 'listening');
  console.log(`listening on http://127.0.0.1:${(server.address() as AddressInfo).port}`);

  await untilTerminated(server, () => {
    // An open page would delay the exit.
    calls.close();
  });
  users.close();
  console.log('all requests are answered');
}

void main();
