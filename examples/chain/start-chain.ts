/** Starts the four hops, each as a separate process, and asks them what they saw. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Message, Visit } from './watch';

/** From the edge to the last hop. */
export const HOPS = ['edge', 'second', 'third', 'last'] as const;
export type Hop = (typeof HOPS)[number];

export interface ChainOptions {
  /** `false` for hops that also retry while they serve a retry, and do not tell their callers. @default true */
  readonly isGuarded?: boolean;
  /** `false` for hops without a retry budget. @default true */
  readonly hasBudget?: boolean;
  /** Seconds before the first retry. @default that of the client */
  readonly retryBase?: number;
  /** Where the compiled programs are. @default beside this one */
  readonly directory?: string;
}

/** How a process ended: by itself with a code, or by a signal. */
export interface Ending {
  readonly code: number | null;
  readonly signal: string | null;
}

export interface Chain {
  /** Origin of the edge. */
  readonly url: string;
  /** Resolves when `hop` has received the request with this id. */
  reached(hop: Hop, requestId: string): Promise<void>;
  /** What the hops saw of the request with this id. Resolves when none of them has anything left to do. */
  visits(requestId: string): Promise<Readonly<Record<Hop, readonly Visit[]>>>;
  /** What `hop` has written to the console. */
  outputOf(hop: Hop): string;
  /** Stops `hop`. */
  end(hop: Hop): Promise<Ending>;
  /** Stops all hops that are still running. */
  close(): Promise<void>;
}

/** Milliseconds in which a process must exit by itself. */
const GRACE = 5000;

export async function startChain({
  isGuarded = true,
  hasBudget = true,
  retryBase,
  directory = __dirname,
}: ChainOptions = {}): Promise<Chain> {
  const hops = new Map<Hop, HopProcess>();
  let next = '';
  for (const name of [...HOPS].reverse()) {
    const settings = { NEXT_URL: next, GUARD: isGuarded ? 'on' : 'off', BUDGET: hasBudget ? 'on' : 'off' };
    const env = { ...settings, ...(retryBase !== undefined && { RETRY_BASE: String(retryBase) }) };
    const hop = new HopProcess(join(directory, `${name}.js`), env);
    hops.set(name, hop);
    next = await hop.url;
  }
  const hopOf = (name: Hop): HopProcess => {
    const hop = hops.get(name);
    if (!hop) throw new Error(`There is no hop ${name}`);
    return hop;
  };
  return {
    url: next,
    reached: async (name, requestId) => hopOf(name).reached(requestId),
    async visits(requestId) {
      const seen: [Hop, readonly Visit[]][] = [];
      // One after the other: a hop that is idle makes no work for the next one.
      for (const name of HOPS) seen.push([name, await hopOf(name).visits(requestId)]);
      return Object.fromEntries(seen) as Record<Hop, readonly Visit[]>;
    },
    outputOf: (name) => hopOf(name).output,
    end: async (name) => hopOf(name).end(),
    async close() {
      await Promise.all([...hops.values()].map(async (hop) => hop.end()));
    },
  };
}

class HopProcess {
  readonly url: Promise<string>;
  output = '';
  readonly #child: ChildProcess;
  readonly #ended: Promise<Ending>;
  readonly #arrived = new Set<string>();
  readonly #visits: Visit[] = [];
  #url: string | undefined;
  #answers = 0;

  constructor(program: string, env: Readonly<Record<string, string>>) {
    const child = fork(program, { env, execArgv: [], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output += text;
      });
    }
    child.on('message', (message: Message) => {
      this.#note(message);
    });
    this.#child = child;
    this.#ended = new Promise((resolve) => {
      child.once('close', (code, signal) => {
        resolve({ code, signal });
      });
    });
    this.url = this.#heard(() => this.#url);
  }

  async reached(requestId: string): Promise<void> {
    await this.#heard(() => this.#arrived.has(requestId) || undefined);
  }

  async visits(requestId: string): Promise<readonly Visit[]> {
    const before = this.#answers;
    if (this.#child.connected) {
      this.#child.send('visits');
      await this.#heard(() => this.#answers > before || undefined);
    }
    return this.#visits.filter((visit) => visit.requestId === requestId);
  }

  async end(): Promise<Ending> {
    this.#child.kill('SIGTERM');
    const late = setTimeout(() => this.#child.kill('SIGKILL'), GRACE);
    const ending = await this.#ended;
    clearTimeout(late);
    return ending;
  }

  #note(message: Message): void {
    if ('url' in message) this.#url = message.url;
    else if ('arrived' in message) this.#arrived.add(message.arrived);
    else {
      this.#visits.push(...message.visits);
      this.#answers++;
    }
  }

  /** Waits for messages until one matches. */
  async #heard<T>(look: () => T | undefined): Promise<T> {
    const failed = this.#ended.then(({ code, signal }) => {
      throw new Error(`The process ended with ${String(signal ?? code)}: ${this.output}`);
    });
    for (;;) {
      const found = look();
      if (found !== undefined) return found;
      await Promise.race([once(this.#child, 'message'), failed]);
    }
  }
}
