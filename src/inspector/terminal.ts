import { parseArgs } from 'node:util';
import { printCall } from './call-line';
import { followFeed, openInspector, readHAR, type Address } from './remote';
import type { CallReport } from './report';

/** What a command writes to. */
interface Streams {
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly stderr: NodeJS.WritableStream;
}

const USAGE = `Shows the calls of a service in which an inspector runs.

  hdms-http-client tail <address> [--failed] [--json]   a line for each call that ends
  hdms-http-client har <address>                        the calls that are kept, as HAR 1.2

  <address>   as printed when the inspector started, with its key
  --failed    only calls that failed
  --json      one JSON object a line
`;

const WRONG_USAGE = 2;

/**
 * Runs a command.
 *
 * @returns the exit status: 0, 1 if the inspector cannot be reached, 2 if the arguments are wrong
 */
export async function run(args: readonly string[], streams: Streams): Promise<number> {
  const { stdout, stderr } = streams;
  const command = parse(args);
  if (typeof command === 'string') {
    const wantsHelp = command === '';
    (wantsHelp ? stdout : stderr).write(wantsHelp ? USAGE : `${command}\n\n${USAGE}`);
    return wantsHelp ? 0 : WRONG_USAGE;
  }
  try {
    if (command.name === 'har') stdout.write(`${await readHAR(command.address)}\n`);
    else await tail(command, streams);
    return 0;
  } catch (error) {
    stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

interface Command {
  readonly name: 'tail' | 'har';
  readonly address: Address;
  readonly failed: boolean;
  readonly json: boolean;
}

/** @returns what is wrong; an empty text if help is wanted */
function parse(args: readonly string[]): Command | string {
  const options = {
    failed: { type: 'boolean' },
    json: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  } as const;
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [name, address, ...others] = positionals;
    if (values.help === true || name === undefined) return '';
    if (name !== 'tail' && name !== 'har') return `There is no command ${name}.`;
    if (address === undefined || others.length > 0) return `${name} takes one address.`;
    return { name, address: openInspector(address), failed: values.failed === true, json: values.json === true };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function tail({ address, failed, json }: Command, { stdout }: Streams): Promise<void> {
  const isColoured = stdout.isTTY === true && process.env['NO_COLOR'] === undefined;
  const print = (call: CallReport): string => (json ? JSON.stringify(call) : printCall(call, isColoured));
  for await (const call of followFeed(address)) {
    if (!failed || call.state === 'failed') stdout.write(`${print(call)}\n`);
  }
}
