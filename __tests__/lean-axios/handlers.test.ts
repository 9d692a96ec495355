import { Axios, type AxiosResponse, type InternalAxiosRequestConfig } from 'axios';
import { requestHandlers, responseHandlers } from '../../src/lean-axios/handlers';
import { markOwn } from '../../src/lean-axios/limited-axios';

type RequestConfig = InternalAxiosRequestConfig;

const same = (config: RequestConfig): RequestConfig => config;
const CONFIG = { method: 'get' } as RequestConfig;

describe('request interceptors', () => {
  const setUp = () => {
    const { request } = new Axios().interceptors;
    const stepsFor = requestHandlers();
    return { request, steps: (config = CONFIG) => stepsFor(request, config) };
  };

  test('the last that was added comes first', () => {
    const { request, steps } = setUp();
    const [first, second] = [(config: RequestConfig) => config, (config: RequestConfig) => config];

    expect(steps()).toEqual([]);
    request.use(first);
    expect(steps()).toEqual([first]);
    request.use(second);
    expect(steps()).toEqual([second, first]);
  });

  test('their order is worked out once', () => {
    const { request, steps } = setUp();
    request.use(same);

    expect(steps()).toBe(steps());
  });

  test('one that is removed does not run any more', () => {
    const { request, steps } = setUp();
    const id = request.use(same);
    const other = (config: RequestConfig): RequestConfig => config;
    request.use(other);

    steps();
    request.eject(id);
    expect(steps()).toEqual([other]);
    request.clear();
    expect(steps()).toEqual([]);
  });

  test('one with a condition runs for the requests that meet it', () => {
    const { request, steps } = setUp();
    const always = (config: RequestConfig): RequestConfig => config;
    request.use(same, undefined, { runWhen: ({ method }) => method === 'post' });
    request.use(always);

    expect(steps()).toEqual([always]);
    expect(steps({ method: 'post' } as RequestConfig)).toEqual([always, same]);
    expect(steps()).toEqual([always]);
  });

  test('one that is changed in place runs as changed', () => {
    const { request, steps } = setUp();
    request.use(same);
    steps();
    const [stored] = (request as unknown as { handlers: [{ fulfilled: unknown; runWhen?: unknown }] }).handlers;
    const other = (config: RequestConfig): RequestConfig => config;

    stored.fulfilled = other;
    expect(steps()).toEqual([other]);
    stored.runWhen = () => false;
    expect(steps()).toEqual([]);
  });

  test('a condition alone adds no step', () => {
    const { request, steps } = setUp();
    request.use(undefined, undefined, { runWhen: () => true });

    expect(steps()).toEqual([]);
  });

  test('axios runs them if one of them handles the failure of another', () => {
    const { request, steps } = setUp();
    request.use(same);
    const id = request.use(undefined, (error: unknown) => error);

    expect(steps()).toBeUndefined();
    request.eject(id);
    expect(steps()).toEqual([same]);
  });
});

describe('response interceptors', () => {
  test('keep their order, and are known by whose they are', () => {
    const { response } = new Axios().interceptors;
    const latest = responseHandlers();
    const ours = markOwn((outcome: AxiosResponse) => outcome);
    const theirs = (outcome: AxiosResponse): AxiosResponse => outcome;
    response.use(ours);
    response.use(theirs, theirs);

    expect(latest(response as never)).toEqual([
      { fulfilled: ours, rejected: undefined, isOwn: true },
      { fulfilled: theirs, rejected: theirs, isOwn: false },
    ]);
    expect(latest(response as never)).toBe(latest(response as never));
  });

  test('one that is removed does not run any more', () => {
    const { response } = new Axios().interceptors;
    const latest = responseHandlers();
    const id = response.use((outcome) => outcome);
    const other = (outcome: AxiosResponse): AxiosResponse => outcome;
    response.use(other);

    latest(response as never);
    response.eject(id);

    expect(latest(response as never).flatMap(({ fulfilled }) => fulfilled ?? [])).toEqual([other]);
  });

  test('one that is changed in place runs as changed', () => {
    const { response } = new Axios().interceptors;
    const latest = responseHandlers();
    response.use((outcome) => outcome);
    latest(response as never);
    const [stored] = (response as unknown as { handlers: [{ rejected: unknown }] }).handlers;
    const other = (error: unknown): unknown => error;

    stored.rejected = other;

    expect(latest(response as never)).toMatchObject([{ rejected: other }]);
  });
});
