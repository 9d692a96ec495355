import { HTTPClient, tokenService } from '@hdms/http-client';
import { listen } from '../support/listen';
import { playBrownOut } from './brown-out';
import { narrator } from './narrator';
import { paint } from './paint';
import { play, type Heard } from './play';
import type { World } from './scene';
import { chainScenes } from './scenes/chain';
import { contractScenes } from './scenes/contract';
import { flakyScenes } from './scenes/flaky';
import { startTicketService } from './services/ticket-service';
import { CLIENT, sign, startTokenService } from './services/token-service';
import { startUserService } from './services/user-service';
import * as story from './story';
import { watch } from './watch';

async function main(): Promise<void> {
  // Until the demo has succeeded.
  process.exitCode = 1;
  const tokens = await startTokenService(story.remark);
  const users = await startUserService(story.remark);
  const tickets = await startTicketService(users.url, story.remark);
  introduce([
    ['token-service', tokens.url, 'signs JWTs'],
    ['user-service', users.url, 'lets nobody in without one'],
    ['ticket-service', tickets.url, 'asks for one too, and is flaky on purpose'],
  ]);

  const heard: Heard = { call: undefined };
  const plugins = [
    narrator((call, detail) => {
      heard.call = call;
      story.attempt(call, detail);
    }),
  ];
  const token = tokenService({ url: `${tokens.url}/oauth/token`, clientId: CLIENT.id, clientSecret: CLIENT.secret });
  const client = new HTTPClient({ token, plugins });
  const hurried = new HTTPClient({ token, plugins, retry: { base: 0.05 } });

  const world: World = {
    client,
    hurried,
    users: users.url,
    tickets: tickets.url,
    nowhere: await freeAddress(),
    token: sign('a user of ours'),
  };
  const chapters = {
    "The contract's examples": contractScenes,
    'A ticket service on a bad day': flakyScenes,
    'A service that calls another one': chainScenes,
  };
  let played = 0;
  let good = 0;
  for (const [title, scenes] of Object.entries(chapters)) {
    story.chapter(title);
    for (const scene of scenes) if (await play(++played, scene, world, heard)) good++;
  }
  const hasRecovered = await playBrownOut();

  for (const one of [client, hurried]) one.close();
  for (const one of [tokens, users, tickets]) await one.close();
  process.exitCode = good === played && hasRecovered ? 0 : 1;
  console.log(`\n${paint(good === played ? 'green' : 'red', `${good} of ${played} calls ended as expected`)}`);
}

function introduce(services: readonly (readonly [name: string, url: string, what: string])[]): void {
  console.log(paint('bold', 'Three Express services, and what a client of theirs goes through'));
  for (const [name, url, what] of services) console.log(`  ${name.padEnd(16)}${url}  ${paint('dim', what)}`);
  console.log('\n  ✓ the call ended as expected   ✗ it did not');
}

/** The address of a server that has just been closed. */
async function freeAddress(): Promise<string> {
  const gone = await listen(() => undefined);
  await gone.close();
  return gone.url;
}

void (process.argv.includes('--watch') ? watch() : main());
