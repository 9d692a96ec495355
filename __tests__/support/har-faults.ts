/** What a field of a HAR must be; with `?`, it may be absent. */
interface Shape {
  readonly [name: string]: Shape | readonly [Shape] | string;
}

const NAMED: Shape = { name: 'string', value: 'string' };
const COMMON: Shape = {
  httpVersion: 'string',
  cookies: [NAMED],
  headers: [NAMED],
  headersSize: 'number',
  bodySize: 'number',
};

/** HAR 1.2 of the W3C's working draft, as far as it is mandatory. */
const HAR_SHAPE: Shape = {
  log: {
    version: 'string',
    creator: { name: 'string', version: 'string' },
    entries: [
      {
        startedDateTime: 'date',
        time: 'duration',
        request: { ...COMMON, method: 'string', url: 'url', queryString: [NAMED] },
        response: {
          ...{ ...COMMON, status: 'number', statusText: 'string', redirectURL: 'string' },
          content: { size: 'number', mimeType: 'string' },
        },
        cache: {},
        timings: { ...{ send: 'duration', wait: 'duration', receive: 'duration' }, ...optionalTimings() },
        serverIPAddress: 'string?',
        connection: 'string?',
      },
    ],
  },
};

function optionalTimings(): Shape {
  return Object.fromEntries(['blocked', 'dns', 'connect', 'ssl'].map((name) => [name, 'duration or -1?']));
}

const TESTS: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  number: Number.isInteger,
  url: (value) => typeof value === 'string' && URL.canParse(value),
  date: (value) => typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) && !isNaN(Date.parse(value)),
  duration: (value) => typeof value === 'number' && value >= 0,
  'duration or -1': (value) => typeof value === 'number' && (value >= 0 || value === -1),
};

/** Where something is not as HAR 1.2 says. Fields of others must begin with `_`. */
export function faultsOf(har: unknown): string[] {
  return [...faultsIn(har, HAR_SHAPE, 'har'), ...timeFaults(har)];
}

function faultsIn(value: unknown, shape: Shape | readonly [Shape] | string, path: string): string[] {
  if (typeof shape === 'string') {
    const isOptional = shape.endsWith('?');
    const isFine = (isOptional && value === undefined) || TESTS[shape.replace('?', '')]?.(value) === true;
    return isFine ? [] : [`${path} must be a ${shape}, is ${JSON.stringify(value)}`];
  }
  if (isList(shape)) {
    if (!Array.isArray(value)) return [`${path} must be a list`];
    return value.flatMap((one, index) => faultsIn(one, shape[0], `${path}[${index}]`));
  }
  if (typeof value !== 'object' || value === null) return [`${path} must be an object`];
  const fields = value as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(fields).filter((name) => !name.startsWith('_') && !Object.hasOwn(shape, name));
  const faults = Object.entries(shape).flatMap(([name, of]) => faultsIn(fields[name], of, `${path}.${name}`));
  return [...faults, ...unknown.map((name) => `${path}.${name} is not known`)];
}

function isList(shape: Shape | readonly [Shape]): shape is readonly [Shape] {
  return Array.isArray(shape);
}

/** `time` is the sum of the timings; `connect` contains `ssl`. */
function timeFaults(har: unknown): string[] {
  const { entries } = (har as { log: { entries: { time: number; timings: Record<string, number> }[] } }).log;
  return entries.flatMap(({ time, timings }, index) => {
    const { ssl = 0, ...others } = timings;
    const sum = Object.values(others).reduce((all, one) => all + Math.max(0, one), 0);
    const isFine = Math.abs(sum - time) <= Math.max(2, time * 0.02) && ssl <= Math.max(0, timings['connect'] ?? 0);
    return isFine ? [] : [`entries[${index}]: ${time} is not the sum of ${JSON.stringify(timings)}`];
  });
}
