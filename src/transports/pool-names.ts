import type { Agent } from 'node:http';

type Options = Readonly<Record<string, unknown>>;

/** The name for some options, in the order of the options that are read. */
interface Known {
  readonly values: readonly unknown[];
  readonly name: string;
}

/** Hosts that are remembered for each agent. */
const MOST_HOSTS = 1000;

/**
 * Lets an agent remember the names under which it keeps connections, which Node puts together from all options, for TLS more
 * than twenty, three times for each request. All of them are compared: what replaces `https.request` may add an option such as
 * `rejectUnauthorized` to a request, whose connection must not serve others.
 *
 * @see https://nodejs.org/api/http.html#agentgetnameoptions
 */
export function rememberNames<Kind extends Agent>(agent: Kind): Kind {
  const nameInNode = agent.getName.bind(agent);
  const nameOf = (options: Options): string => nameInNode(options) + nameOfLookup(options);
  const read = optionsThatAreRead(nameOf);
  const names = new Map<unknown, Known>();
  const getName = (options: Options = {}): string => {
    const known = names.get(options['host']);
    if (known && isSame(read, known.values, options)) return known.name;
    const name = nameOf(options);
    const values = read.map((option) => options[option]);
    // An object may be changed.
    if (values.some((value) => typeof value === 'object' && value !== null)) return name;
    if (names.size >= MOST_HOSTS) names.clear();
    const key = asKey(name);
    names.set(options['host'], { values, name: key });
    return key;
  };
  agent.getName = getName;
  return agent;
}

/**
 * The same text as V8 keeps it for keys. Node looks the name up in objects, and while it gets another copy of the text, V8 takes each
 * lookup for a new one and never compiles the function around it, which adds 6 µs to a request.
 */
function asKey(name: string): string {
  return Object.keys({ [name]: true })[0] ?? name;
}

const lookupIds = new WeakMap<object, number>();
let lastId = 0;

/** A caller's `lookup` may refuse addresses, so it is asked of each connection that its requests use. */
function nameOfLookup({ lookup }: Options): string {
  if (typeof lookup !== 'function') return '';
  const id = lookupIds.get(lookup) ?? ++lastId;
  lookupIds.set(lookup, id);
  return `:lookup${id}`;
}

/** They depend on the version of Node. Asked without and with values, because some may be read only beside others. */
function optionsThatAreRead(nameOf: (options: Options) => string): string[] {
  const read = new Set<string>();
  for (const value of [undefined, 'a']) {
    nameOf(new Proxy({}, { get: (_, option) => (read.add(String(option)), value) }));
  }
  return [...read];
}

function isSame(read: readonly string[], values: readonly unknown[], options: Options): boolean {
  for (let index = 0; index < read.length; index++) {
    if (options[read[index] ?? ''] !== values[index]) return false;
  }
  return true;
}
