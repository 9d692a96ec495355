// Makes a call by its plan, and notes its outcome.
import { getEventListeners } from 'node:events';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';

/** @returns what the caller saw: a value or an error, the journal, the end of a stream, and milliseconds */
export async function makeCall(plan, url, { client, shared, journals }) {
  const controller = new AbortController();
  const timer = plan.cancelAfter !== undefined && setTimeout(() => controller.abort(), plan.cancelAfter);
  const signal = plan.sharesSignal ? shared.signal : controller.signal;
  const startedAt = performance.now();
  const outcome = await settle(() => send(client, plan, url, signal));
  outcome.milliseconds = performance.now() - startedAt;
  if ('value' in outcome) outcome.attempts = journals.get(url);
  journals.delete(url);
  if (plan.isStream && outcome.response) outcome.stream = await readStream(outcome.response.data, plan);
  clearTimeout(timer);
  // A stream lets go of the signal when it is closed, which is a tick later.
  await new Promise((next) => setImmediate(next));
  outcome.listeners = getEventListeners(controller.signal, 'abort').length;
  return outcome;
}

async function settle(call) {
  try {
    const value = await call();
    const isResponse = value?.config?.call !== undefined;
    return isResponse ? { response: value, attempts: value.config.call.attempts } : { value };
  } catch (error) {
    return { error, attempts: error.attempts };
  }
}

function send(client, plan, url, signal) {
  const { method, way, isStream, retryAttempts, deadline, timeout, maxRedirects, lookup, transport } = plan;
  const options = {
    signal,
    ...(transport === 'axios' && { onUploadProgress: () => {} }),
    retryAttempts,
    ...(isStream && { responseType: 'stream' }),
    ...(deadline !== undefined && { deadline }),
    ...(maxRedirects !== undefined && { maxRedirects }),
    ...(lookup !== undefined && { lookup: lookupThat(lookup) }),
  };
  if (way === 'axios') {
    const milliseconds = Math.round(timeout * 1000);
    return client.axios.request({ ...options, ...axiosBody(plan), method, url, timeout: milliseconds });
  }
  if (way === 'json') return client[`${method.toLowerCase()}Json`](url, { ...options, ...bodyOf(plan), timeout });
  return client.request(method, url, { ...options, ...bodyOf(plan), timeout });
}

/** Finds the service every other time. */
function lookupThat(fails) {
  let count = 0;
  return (_, options, callback) => {
    if (++count % 2 === 0) callback(null, '127.0.0.1', 4);
    else if (fails === 'not-found') callback(Object.assign(new Error('storm: no such host'), { code: 'ENOTFOUND' }));
    else callback(null, '::1', 6);
  };
}

function bodyOf({ body, bytes }) {
  switch (body) {
    case 'none':
      return {};
    case 'json':
      return { json: JSON.parse(bytes) };
    case 'form':
      return { data: Object.fromEntries(new URLSearchParams(bytes.toString())) };
    case 'text':
      return { data: bytes.toString() };
    case 'bytes':
      return { data: bytes };
    case 'stream':
      return { data: streamOf(bytes) };
    default:
      return { data: () => streamOf(bytes) };
  }
}

/** axios encodes objects by itself. */
function axiosBody(plan) {
  if (plan.body === 'json') return { data: JSON.parse(plan.bytes) };
  if (plan.body === 'form') return { data: new URLSearchParams(plan.bytes.toString()) };
  return bodyOf(plan);
}

function streamOf(bytes) {
  const pieces = [];
  for (let at = 0; at < bytes.length; at += 16_384) pieces.push(bytes.subarray(at, at + 16_384));
  return Readable.from(pieces, { objectMode: false });
}

/** @returns how the stream ended, and its text if it was read to the end */
async function readStream(stream, { read }) {
  try {
    if (read === 'all') return { end: 'end', text: await text(stream) };
    // Leaving the loop destroys the stream.
    if (read === 'half') for await (const _ of stream) break;
    stream.destroy();
    if (!stream.closed) await new Promise((resolve) => stream.once('close', resolve));
    return { end: 'destroyed' };
  } catch (error) {
    return { end: error.code ?? error.name, error };
  }
}
