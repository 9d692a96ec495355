import axios, {
  Axios,
  AxiosHeaders,
  type AxiosAdapter,
  type AxiosInstance,
  type AxiosInterceptorManager,
  type AxiosRequestConfig,
  type InternalAxiosRequestConfig,
} from 'axios';
import fc from 'fast-check';
import { createLeanAxios } from '../../src/lean-axios/lean-axios';
import { RUNS } from '../support/runs';

type Client = Pick<AxiosInstance, 'request' | 'interceptors'>;
type Options = AxiosRequestConfig<unknown>;

/** What an interceptor does, besides writing down that it ran. */
interface Part {
  readonly on: 'request' | 'response';
  readonly does:
    'nothing' | 'waits' | 'throws' | 'adds a header' | 'writes a header' | 'copies' | 'recovers' | 'is skipped';
  readonly synchronous: boolean;
}

const PARTS = fc.record<Part>({
  on: fc.constantFrom('request', 'response'),
  does: fc.constantFrom(
    'nothing',
    'waits',
    'throws',
    'adds a header',
    'writes a header',
    'copies',
    'recovers',
    'is skipped',
  ),
  synchronous: fc.boolean(),
});

const NAMES = fc.constantFrom('Accept', 'accept', 'X-Trace', 'x-trace', 'Content-Type', '__proto__');

/** Of a name that comes twice in different letters, axios takes now the one and now the other. */
const HEADERS = fc
  .uniqueArray(fc.tuple(NAMES, fc.constantFrom<unknown>('a', 'b\r\nc', 7, true, false, null, undefined)), {
    selector: ([name]) => name.toLowerCase(),
    maxLength: 3,
  })
  .map((entries) => Object.fromEntries(entries));

/** Options that axios need neither merge nor copy. */
const PLAIN = {
  method: fc.constantFrom('GET', 'get', 'POST', 'put', 'DELETE'),
  url: fc.constantFrom('/a', 'http://other-service/b'),
  baseURL: fc.constant('http://user-service/api'),
  timeout: fc.constantFrom(0, 100, undefined),
  data: fc.constantFrom<unknown>('text', Buffer.from('bytes'), undefined, null),
  headers: HEADERS,
  responseType: fc.constantFrom('json', 'text'),
  allowAbsoluteUrls: fc.boolean(),
  transformResponse: fc.constant((text: unknown) => `${String(text)}!`),
  transformRequest: fc.constant((data: unknown) => data ?? 'made'),
};

const OTHERS = {
  // Not a URLSearchParams, which axios does not merge.
  params: fc.constantFrom<unknown>(
    ...[
      { a: 1 },
      { b: 'x', a: undefined, c: null },
      { b: { c: [2] } },
      { [Symbol('s')]: 1 },
      { constructor: 1, a: [1, 'b'] },
    ],
    ...[
      { c: [1, null, new Date(0)], d: new Date(1) },
      { a: [[1]] },
      Object.assign(Object.create(null) as object, { a: 2 }),
    ],
    ...['text', null, undefined],
  ),
  data: fc.constantFrom<unknown>({ a: 1 }, [1]),
  headers: fc.constantFrom<unknown>({ Accept: ['d', 'e'] }, new AxiosHeaders({ Accept: 'f' }), {
    common: { Accept: 'g' },
  }),
  validateStatus: fc.constantFrom(undefined, null),
  auth: fc.constantFrom<unknown>({ username: 'ada', password: 'x' }, { username: 'grace' }, null, undefined),
  transitional: fc.constant({ clarifyTimeoutError: true }),
  paramsSerializer: fc.constant({ indexes: null }),
  transformRequest: fc.constant([(data: unknown) => data, (data: unknown) => data ?? 'made']),
};

const OPTIONS: fc.Arbitrary<Options> = fc.oneof(
  { weight: 2, arbitrary: fc.record(PLAIN, { requiredKeys: [] }) },
  { weight: 1, arbitrary: fc.record({ ...PLAIN, ...OTHERS }, { requiredKeys: [] }) },
) as never;

const DEFAULTS: fc.Arbitrary<Options> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record(
      {
        ...PLAIN,
        headers: fc.record(
          { common: PLAIN.headers, post: PLAIN.headers, 'X-Own': fc.constant('own') },
          { requiredKeys: [] },
        ),
      },
      { requiredKeys: [] },
    ),
  },
  { weight: 1, arbitrary: fc.record({ ...PLAIN, ...OTHERS }, { requiredKeys: [] }) },
) as never;

const ANSWERS = fc.constantFrom('answers', 'answers 404', 'fails', 'throws');

function addPart({ interceptors }: Client, { on, does, synchronous }: Part, index: number, log: string[]): void {
  const run = (value: unknown): unknown => {
    log.push(`${index} ${on}`);
    const { headers } = value as InternalAxiosRequestConfig;
    if (does === 'throws') throw new Error(`part ${index}`);
    if (does === 'adds a header') headers.set('X-Part', String(index));
    if (does === 'writes a header') headers['x-written'] = `${index}`;
    if (does === 'copies') return { ...(value as object) };
    return does === 'waits' ? new Promise((resolve) => setImmediate(resolve, value)) : value;
  };
  const recover = (error: Error): unknown => {
    log.push(`${index} saw ${error.message}`);
    return { data: 'recovered', headers: {}, config: {} };
  };
  const rejected = on === 'response' && does === 'recovers' ? recover : undefined;
  // axios takes no promise from an interceptor that says it is synchronous.
  const options = {
    synchronous: synchronous && does !== 'waits',
    ...(does === 'is skipped' && { runWhen: () => false }),
  };
  (interceptors[on] as AxiosInterceptorManager<InternalAxiosRequestConfig>).use(run as never, rejected, options);
}

/** What an adapter is given, in an order that does not depend on who put it there. */
function seen(config: InternalAxiosRequestConfig): unknown {
  const { headers, adapter: _, transformRequest: __, transformResponse: ___, ...rest } = config;
  const lower = Object.entries(headers.normalize(false).toJSON()).map(([name, value]) => [name.toLowerCase(), value]);
  return { ...rest, headers: Object.fromEntries(lower) as unknown };
}

async function story(client: Client, options: Options, parts: readonly Part[], log: unknown[]): Promise<unknown[]> {
  parts.forEach((part, index) => {
    addPart(client, part, index, log as string[]);
  });
  try {
    const { data, status, headers, config } = await client.request<unknown>(options);
    log.push({ data, status, headers: Object.entries(headers), method: config.method });
  } catch (error) {
    log.push({ message: (error as Error).message, code: (error as { code?: string }).code });
  }
  return log;
}

function adapterFor(answer: string, log: unknown[]): AxiosAdapter {
  return (config) => {
    log.push(seen(config));
    const response = {
      data: '{"ok":1}',
      status: answer === 'answers' ? 200 : 404,
      statusText: '',
      headers: { 'X-A': 'b' },
      config,
    };
    if (answer === 'throws') throw new Error('at once');
    if (answer === 'fails') return Promise.reject(new axios.AxiosError('later', 'ECONNRESET', config));
    if (answer === 'answers') return Promise.resolve(response);
    return Promise.reject(new axios.AxiosError('status', 'ERR_BAD_REQUEST', config, undefined, response));
  };
}

test('whatever it is given, it does what axios does', async () => {
  let lean = 0;
  await fc.assert(
    fc.asyncProperty(
      DEFAULTS,
      OPTIONS,
      fc.array(PARTS, { maxLength: 5 }),
      ANSWERS,
      async (defaults, options, parts, answer) => {
        const [expected, got]: unknown[][] = [[], []];
        const reference = new Axios({ ...defaults, adapter: adapterFor(answer, expected ?? []) });
        const request = jest.spyOn(Axios.prototype, 'request');
        const tested = createLeanAxios({ ...defaults, adapter: adapterFor(answer, got ?? []) });

        await story(reference, { ...options }, parts, expected ?? []);
        request.mockClear();
        await story(tested, { ...options }, parts, got ?? []);
        if (request.mock.calls.length === 0) lean++;
        request.mockRestore();

        expect(got).toEqual(expected);
      },
    ),
    { numRuns: RUNS },
  );
  // That the shorter way was gone at all.
  expect(lean).toBeGreaterThan(RUNS / 10);
});
