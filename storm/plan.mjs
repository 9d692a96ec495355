// The plan of a call: which kind it meets, and how it is made. Seed and index determine it.
import { permittedFor } from './judge/permitted.mjs';
import { between, pick, seeded, shuffled, weighted } from './random.mjs';

/** Calls in a row that meet the same kind, so that they share its connections. */
const RUN = 6;

const METHODS = { GET: 8, POST: 6, PUT: 3, DELETE: 2, PATCH: 2, HEAD: 2 };
const WITH_BODY = new Set(['POST', 'PUT', 'PATCH']);
const BODIES = { json: 5, form: 2, text: 1, bytes: 1, stream: 2, maker: 3 };
const UNSAFE_METHODS = { always: 2, 'when-not-sent': 1, never: 1 };
/** `json` is getJson, postJson and putJson; `axios` is client.axios. */
const WAYS = { verb: 5, json: 3, axios: 3 };
const READS = { all: 4, half: 1, none: 1 };
const MISBEHAVES = { 1: 4, 2: 2, Infinity: 4 };
const LARGE = 400_000;

/** The range of timeouts, in seconds. */
const SHORT = [0.08, 0.2];
/** Pauses of a busy machine do not reach it. */
const LONG = [8, 8];

/**
 * @param index of the call in the run
 * @param kinds all kinds, whichever of them run
 */
export function planOf(index, { seed, transports, kinds }) {
  const random = seeded(seed, index);
  const transport = transports[index % transports.length];
  const kind = kindOf(Math.floor(index / transports.length), seed, kinds);
  const { call = {} } = kind;
  const method = pick(random, call.methods ?? expand(METHODS));
  const body = WITH_BODY.has(method) ? weighted(random, BODIES) : 'none';
  const way = wayOf(weighted(random, WAYS), method);
  const isStream = way !== 'json' && random() < 0.3;
  const plan = {
    index,
    transport,
    kind,
    method,
    body,
    way,
    isStream,
    read: isStream ? weighted(random, READS) : undefined,
    unsafeMethods: weighted(random, UNSAFE_METHODS),
    retryAttempts: Math.floor(random() * 4),
    misbehaves: kind.always ? Infinity : (call.misbehaves ?? Number(weighted(random, MISBEHAVES))),
    maxRedirects: call.maxRedirects,
    lookup: call.lookup,
    hasShortTimeout: hasShortTimeout(call, isStream),
    timeout: between(random, ...(hasShortTimeout(call, isStream) ? SHORT : LONG)),
    bytes: bytesOf(body, index, call.body === 'large' || random() < 0.03),
    ...interruption(random),
  };
  return { ...plan, permitted: permittedFor(plan) };
}

/** All kinds come in turn, in another order each time. */
function kindOf(position, seed, kinds) {
  const run = Math.floor(position / RUN);
  const round = Math.floor(run / kinds.length);
  return shuffled(seeded(seed, -1 - round), kinds)[run % kinds.length];
}

function expand(weights) {
  return Object.entries(weights).flatMap(([name, weight]) => Array(weight).fill(name));
}

function wayOf(way, method) {
  return way === 'json' && !['GET', 'POST', 'PUT', 'PATCH'].includes(method) ? 'verb' : way;
}

function hasShortTimeout({ timeout = 'long' }, isStream) {
  return (typeof timeout === 'function' ? timeout({ isStream }) : timeout) === 'short';
}

/** What may end a call early: its caller, after some milliseconds, or its deadline, in seconds. */
function interruption(random) {
  const cancelAfter = random() < 0.1 ? Math.floor(between(random, 0, 60)) : undefined;
  const deadline = random() < 0.1 ? between(random, 0.03, 0.15) : undefined;
  return { cancelAfter, deadline, sharesSignal: cancelAfter === undefined && random() < 0.3 };
}

function bytesOf(body, index, isLarge) {
  if (body === 'none') return Buffer.alloc(0);
  const padding = 'p'.repeat(isLarge ? LARGE : 20);
  return Buffer.from(body === 'form' ? `id=${index}&padding=${padding}` : JSON.stringify({ id: index, padding }));
}
