import axios from 'axios';
import express, { type Express } from 'express';
import { requestContext, upstreamErrors } from '@hdms/http-client/express';
import { axiosWithRetry } from '../clients';
import { outcomeOf, type Scene } from '../scene';
import { Worker } from '../services/worker';
import type { Stage } from '../stage/stage';

/** Seconds that the caller waits. */
const PATIENCE = 1;
/** Milliseconds that a closed connection may take to reach the last service, on a busy machine. */
const SLACK = 300;

/** A caller and its chain. */
interface Chain {
  readonly worker: Worker;
  /** The calls of A and B. */
  readonly calls: readonly Promise<unknown>[];
  /** What the caller gets, and when it has left, in milliseconds. */
  readonly caller: Promise<{ readonly outcome: string; readonly leftAt: number }>;
}

export const deadlineChain: Scene = {
  title: 'A chain with a deadline',
  story:
    `A caller waits for ${PATIENCE} s, and says so in X-Request-Timeout-Ms. Service A calls B, B calls C, and C works for 3 s. Caller and ` +
    'C are the same on both sides; C stops when its connection is closed. How long does it work for nobody?',
  page: 'docs/chain.md',
  fair:
    'axios can do this if each service passes an AbortSignal to each of its calls, and fires it when its own caller closes ' +
    'the connection. Here requestContext() does it once for the service.',

  async play(stage) {
    stage.row('A and B', 'http.get(next)', 'app.use(requestContext())\nclient.get(next)', ['cyan', 'cyan']);
    const usual = await axiosChain(stage);
    const ours = await ourChain(stage);
    const [left, right] = await stage.both(watch(usual), watch(ours), () => {
      const states = [usual, ours].map(({ worker }) => (Number.isNaN(worker.endedAt) ? 'works' : 'has stopped'));
      return `C ${states[0] ?? ''}, and ${states[1] ?? ''}`;
    });

    stage.row('C is told', toldTo(usual), toldTo(ours));
    stage.row('the caller gets', left.outcome, right.outcome);
    stage.row('C works for', seconds(left.worked), seconds(right.worked));
    stage.verdict('of it for nobody', seconds(left.forNobody), seconds(right.forNobody));
    stage.claim('with axios, C works on after the caller has left', left.forNobody > SLACK);
    stage.claim('with this client, C stops when the caller leaves', right.forNobody < SLACK);
    stage.claim('C knows how long its caller waits', Number(ours.worker.told) < PATIENCE * 1000);
    return {
      about: 'caller leaves at 1 s',
      axios: `${seconds(left.forNobody)} of work for nobody`,
      ours: `${seconds(right.forNobody)} of work for nobody`,
    };
  },
};

async function axiosChain(stage: Stage): Promise<Chain> {
  const worker = new Worker();
  const calls: Promise<unknown>[] = [];
  let next = await stage.listen(worker.listener);
  for (let hop = 0; hop < 2; hop++) next = await stage.listen(axiosService(next, calls));
  return { worker, calls, caller: callAndLeave(next) };
}

async function ourChain(stage: Stage): Promise<Chain> {
  const worker = new Worker();
  const calls: Promise<unknown>[] = [];
  let next = await stage.listen(worker.listener);
  for (let hop = 0; hop < 2; hop++) next = await stage.listen(ourService(stage, next, calls));
  return { worker, calls, caller: callAndLeave(next) };
}

function axiosService(next: string, calls: Promise<unknown>[]): Express {
  const http = axiosWithRetry();
  const app = express();
  app.get('/', async (_, response) => {
    const call = http.get<string>(next);
    calls.push(call);
    response.send((await call).data);
  });
  return app;
}

function ourService(stage: Stage, next: string, calls: Promise<unknown>[]): Express {
  const client = stage.client();
  const app = express();
  app.use(requestContext());
  app.get('/', async (_, response) => {
    const call = client.get<string>(next);
    calls.push(call);
    response.send((await call).data);
  });
  app.use(upstreamErrors({ log: () => undefined }));
  return app;
}

async function callAndLeave(url: string): Chain['caller'] {
  const timeout = PATIENCE * 1000;
  const call = axios.get(url, { timeout, headers: { 'X-Request-Timeout-Ms': timeout }, proxy: false });
  return { outcome: await outcomeOf(call), leftAt: performance.now() };
}

async function watch({
  worker,
  calls,
  caller,
}: Chain): Promise<{ outcome: string; worked: number; forNobody: number }> {
  const { outcome, leftAt } = await caller;
  const { startedAt, endedAt } = await worker.done();
  // Services that were closed before would break them.
  await Promise.allSettled(calls);
  return { outcome, worked: endedAt - startedAt, forNobody: Math.max(0, endedAt - leftAt) };
}

function toldTo({ worker: { told } }: Chain): string {
  return told === undefined ? 'nothing' : `${told} ms are left`;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
