import axios, { type AxiosError, type AxiosInstance, type InternalAxiosRequestConfig } from 'axios';
import { tokenService } from '@hdms/http-client';
import { axiosWithRetry } from '../clients';
import type { Scene } from '../scene';
import { Issuer } from '../services/issuer';
import type { Stage } from '../stage/stage';

const CALLS = 50;

interface Lane {
  readonly issuer: Issuer;
  readonly call: () => Promise<unknown>;
}

/** What 50 calls at once cost. */
interface Burst {
  readonly tokenRequests: number;
  /** Seconds. */
  readonly slowest: number;
  readonly failed: number;
}

export const tokenRequests: Scene = {
  title: `${CALLS} calls at once, and one token`,
  story:
    `A process starts and makes ${CALLS} calls at once. Each needs a token; the issuer takes 20 ms for one. Then the token is revoked, ` +
    `and ${CALLS} more calls get a 401. axios has the usual interceptors: fetch a token if there is none, and after a 401.`,
  page: 'docs/tokens.md',
  fair:
    'A shared promise in the interceptor, or axios-auth-refresh, gets axios to one token request. This client has that ' +
    'in it, with renewal before a token expires.',

  async play(stage) {
    const usual = await axiosLane(stage);
    const ours = await ourLane(stage);
    stage.row('token', 'two interceptors', 'tokenService({ url, … })', ['cyan', 'cyan']);
    const text = (): string => `token requests: ${usual.issuer.requests} and ${ours.issuer.requests}`;

    const first = await stage.both(burst(usual), burst(ours), text);
    tell(stage, `${CALLS} calls, no token`, first);
    for (const { issuer } of [usual, ours]) issuer.revoke();
    const second = await stage.both(burst(usual), burst(ours), text);
    tell(stage, `${CALLS} calls, revoked`, second);

    const all = [...first, ...second];
    stage.verdict('token requests', usual.issuer.requests, ours.issuer.requests);
    stage.claim('the interceptors fetch a token for each call', usual.issuer.requests >= 2 * CALLS);
    stage.claim('this client fetches one token, and another one after the 401', ours.issuer.requests === 2);
    stage.claim(
      'all calls succeed on both sides',
      all.every(({ failed }) => failed === 0),
    );
    return {
      about: `${CALLS} calls, one token`,
      axios: `${usual.issuer.requests} token requests`,
      ours: `${ours.issuer.requests} token requests`,
    };
  },
};

async function axiosLane(stage: Stage): Promise<Lane> {
  const issuer = new Issuer();
  const [tokenURL, url] = [await stage.listen(issuer.listener), await stage.listen(issuer.api)];
  const http = axiosWithRetry();
  addToken(http, tokenURL);
  return { issuer, call: async () => http.get(url) };
}

async function ourLane(stage: Stage): Promise<Lane> {
  const issuer = new Issuer();
  const [tokenURL, url] = [await stage.listen(issuer.listener), await stage.listen(issuer.api)];
  const client = stage.client({ token: tokenService({ url: tokenURL, clientId: 'demo', clientSecret: 'a secret' }) });
  return { issuer, call: async () => client.get(url) };
}

/** The interceptors that most articles show. */
function addToken(http: AxiosInstance, tokenURL: string): void {
  let token: string | undefined;
  async function renew(): Promise<void> {
    const { data } = await axios.post<{ access_token: string }>(tokenURL, 'grant_type=client_credentials', {
      proxy: false,
    });
    token = data.access_token;
  }
  http.interceptors.request.use(async (config) => {
    if (token === undefined) await renew();
    config.headers.set('Authorization', `Bearer ${token ?? ''}`);
    return config;
  });
  http.interceptors.response.use(undefined, async (error: AxiosError) => {
    const config: (InternalAxiosRequestConfig & { isRepeated?: boolean }) | undefined = error.config;
    if (error.response?.status !== 401 || !config || config.isRepeated === true) throw error;
    config.isRepeated = true;
    await renew();
    return http.request(config);
  });
}

async function burst({ issuer, call }: Lane): Promise<Burst> {
  const [start, before] = [performance.now(), issuer.requests];
  let slowest = 0;
  const calls = Array.from({ length: CALLS }, async () => {
    await call();
    slowest = (performance.now() - start) / 1000;
  });
  const failed = (await Promise.allSettled(calls)).filter(({ status }) => status === 'rejected').length;
  return { tokenRequests: issuer.requests - before, slowest, failed };
}

function tell(stage: Stage, label: string, [left, right]: readonly [Burst, Burst]): void {
  const words = ({ tokenRequests: count, slowest }: Burst): string =>
    `${count} token request${count === 1 ? '' : 's'}\nall done in ${slowest.toFixed(2)} s`;
  stage.row(label, words(left), words(right));
}
