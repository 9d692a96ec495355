import { inspect } from 'node:util';
import type { AxiosInstance } from 'axios';
import type { HTTPClient } from '@hdms/http-client';
import { axiosWithRetry } from '../clients';
import { sourceOf, type Scene } from '../scene';
import { wrap } from '../stage/columns';
import { paint } from '../stage/paint';

const token = 'eyJhbGciOiJSUzI1NiJ9.secret';
const byAxios = (http: AxiosInstance, url: string) => http.get(url, { headers: { Authorization: `Bearer ${token}` } });
const byUs = (client: HTTPClient, url: string) => client.get(url, { token });

/** The ways in which errors reach a log. */
const PRINTERS: Readonly<Record<string, (error: unknown) => string>> = {
  'console.log(error)': (error) => inspect(error),
  'JSON.stringify(error)': (error) => JSON.stringify(error),
  'console.log({...error})': (error) => inspect({ ...(error as object) }),
};

export const tokenInLog: Scene = {
  title: 'A bearer token in the log',
  story: 'The service is down: 503 for each attempt. The caller logs the error.',
  page: 'docs/errors.md',
  fair:
    "axios's option redact: ['authorization'] removes the token from JSON.stringify(error), but not from " +
    'console.log(error), which prints the raw request too.',

  async play(stage) {
    let requests = 0;
    const url = await stage.listen((_, response) => {
      requests++;
      response.writeHead(503).end();
    });
    stage.row('call', sourceOf(byAxios), sourceOf(byUs), ['cyan', 'cyan']);

    const [axios, ours] = await stage.both(
      failureOf(byAxios(axiosWithRetry(), `${url}/users/123`)),
      failureOf(byUs(stage.client(), `${url}/users/123`)),
      () => `requests received: ${requests}`,
    );

    const found = { axios: 0, ours: 0 };
    for (const [name, print] of Object.entries(PRINTERS)) {
      const [left, right] = [print(axios), print(ours)];
      found.axios += timesIn(left);
      found.ours += timesIn(right);
      stage.verdict(name, describe(left), describe(right));
    }
    show(stage.print.bind(stage), inspect(axios), inspect(ours));
    stage.claim('the token is in what axios prints', found.axios > 0);
    stage.claim('the token is not in what this client prints', found.ours === 0);
    return {
      about: 'an error in the log',
      axios: `the token ${found.axios} times`,
      ours: `the token ${found.ours === 0 ? 'never' : `${found.ours} times`}`,
    };
  },
};

function show(print: (line: string) => void, axios: string, ours: string): void {
  print(`\n  The lines with the token in console.log(error) of axios:`);
  for (const line of axios.split('\n').filter((one) => one.includes(token))) print(paint('red', `    ${line.trim()}`));
  print('\n  All lines of this client, except the stack:');
  const lines = ours.split('\n').filter((one) => !/^\s+at /.test(one));
  // As wide as the page, where a terminal would break it.
  for (const line of lines.flatMap((one) => wrap(one, 80))) print(paint('green', line));
}

async function failureOf(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
  } catch (error) {
    return error;
  }
  throw new Error('The call to a service that is down has succeeded');
}

function timesIn(text: string): number {
  return text.split(token).length - 1;
}

function describe(text: string): string {
  const lines = text.split('\n').length;
  const times = timesIn(text);
  return `token ${times === 0 ? 'not' : `${times} ×`} in ${lines === 1 ? '1 line' : `${lines} lines`}`;
}
