// What a run prints.

/** A call with its faults, and all that is needed to understand them. */
export function describeFault({ plan, outcome, record, faults, seed }) {
  const { index, transport, kind, method, way, body, permitted } = plan;
  const { error, response, value, stream, milliseconds } = outcome;
  const result = error ?? response?.status ?? value;
  return [
    `FAULT  call ${index}, ${transport}, ${kind.name}: the service ${kind.does}`,
    ...faults.map((fault) => `  - ${fault}`),
    `  call       ${method} by ${WAYS[way]}, body: ${body} (${plan.bytes.length} B), ${optionsOf(plan)}`,
    `  permitted  attempts: ${list(permitted.attempts)}${plan.isStream ? `; stream: ${list(permitted.streams)}` : ''}`,
    `  result     ${nameOf(result)} in ${Math.round(milliseconds)} ms${stream ? `; stream: ${stream.end}` : ''}`,
    ...(outcome.attempts ?? []).map((line, number) => `  journal    #${number + 1} ${lineOf(line)}`),
    ...(error?.cause ? [`  cause      ${nameOf(error.cause)}`] : []),
    `  service    ${record.requests} requests, of these ${record.firstHop} for the first URL`,
    `  alone      npm run storm -- --seed ${seed} --call ${index} --transport ${transport}`,
    `  its kind   npm run storm -- --seed ${seed} --only ${kind.name} --transport ${transport}`,
  ].join('\n');
}

const WAYS = { verb: 'client.request', json: 'getJson, postJson or putJson', axios: 'client.axios' };

function optionsOf({ isStream, read, unsafeMethods, retryAttempts, misbehaves, timeout, cancelAfter, deadline }) {
  const options = { unsafeMethods, retryAttempts, timeout: round(timeout) };
  if (isStream) options.stream = read;
  if (cancelAfter !== undefined) options.cancelAfter = `${cancelAfter} ms`;
  if (deadline !== undefined) options.deadline = round(deadline);
  options.misbehaves = misbehaves === Infinity ? 'always' : `${misbehaves} times`;
  return Object.entries(options)
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ');
}

function lineOf({ outcome, decision, reason, wait, elapsed }) {
  const then = [decision, wait === undefined ? '' : ` in ${round(wait)} s`, reason === undefined ? '' : `: ${reason}`];
  return `${round(elapsed)} s  ${outcome}  ${then.join('')}`;
}

function nameOf(result) {
  if (result instanceof Error) return `${result.name} [${result.code}] ${result.message}`;
  return typeof result === 'object' ? JSON.stringify(result)?.slice(0, 100) : String(result);
}

const list = (values) => [...values].join(', ');
const round = (seconds) => Math.round(seconds * 1000) / 1000;

/** A line for each kind. */
export function tableOf({ rows }) {
  const cells = rows.map(({ kind, calls, requests, outcomes, faults }) => [
    kind,
    String(calls),
    String(requests),
    countsOf(faults),
    countsOf(outcomes),
  ]);
  const lines = [['kind', 'calls', 'requests', 'faults', 'outcomes'], ...cells];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...lines.map((line) => line[column].length)));
  return lines
    .map(([kind, calls, requests, faults, outcomes]) =>
      [
        kind.padEnd(widths[0]),
        calls.padStart(widths[1]),
        requests.padStart(widths[2]),
        faults.padEnd(widths[3]),
        outcomes,
      ].join('  '),
    )
    .join('\n');
}

function countsOf(counts) {
  return Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}
