import type { RequestListener } from 'node:http';
import type { AxiosInstance } from 'axios';
import type { HTTPClient } from '@hdms/http-client';
import { axiosWithRetry } from '../clients';
import { outcomeOf, plural, sourceOf, type Scene } from '../scene';

/** Responses that are lost before one arrives. */
const LOST = 3;

const order = { item: 'espresso machine', price: 499 };
const byAxios = (http: AxiosInstance, url: string) => http.post(url, order);
const byUs = (client: HTTPClient, url: string) => client.post(url, { json: order });

/** Creates an order for each request, except one whose `Idempotency-Key` it knows. */
class OrderService {
  requests = 0;
  orders = 0;
  readonly keys = new Set<string>();

  readonly listener: RequestListener = (request, response) => {
    this.requests++;
    const key = request.headers['idempotency-key']?.toString();
    if (key === undefined || !this.keys.has(key)) this.orders++;
    if (key !== undefined) this.keys.add(key);
    // The work is done, but the caller does not learn of it.
    if (this.requests <= LOST) request.socket.resetAndDestroy();
    else response.writeHead(201).end();
  };
}

export const postDelivered: Scene = {
  title: 'A POST is delivered four times',
  story:
    'An order service creates the order, then the connection breaks before the response arrives, three times in a row. ' +
    'The service honours Idempotency-Key: an order whose key it knows is not created again.',
  page: 'docs/retries.md',
  fair:
    'axios-retry does not repeat a POST after a 503 or a timeout. It does after a broken connection. With an ' +
    'Idempotency-Key that you set yourself, axios gives one order too. For services that ignore the key, this client ' +
    "has retry: { unsafeMethods: 'when-not-sent' }.",

  async play(stage) {
    const [axios, ours] = [new OrderService(), new OrderService()];
    const urls = [await stage.listen(axios.listener), await stage.listen(ours.listener)] as const;
    stage.row('call', sourceOf(byAxios), sourceOf(byUs), ['cyan', 'cyan']);

    const outcomes = await stage.both(
      outcomeOf(byAxios(axiosWithRetry(), urls[0])),
      outcomeOf(byUs(stage.client(), urls[1])),
      () => `requests received: ${axios.requests} and ${ours.requests}`,
    );

    stage.row('requests received', axios.requests, ours.requests);
    stage.row('Idempotency-Key', keysOf(axios), keysOf(ours));
    stage.row('the caller gets', ...outcomes);
    stage.verdict('orders created', axios.orders, ours.orders);
    stage.claim('axios-retry creates four orders', axios.orders === LOST + 1);
    stage.claim('this client creates one order, and the caller gets 201', ours.orders === 1 && outcomes[1] === '201');
    stage.claim('this client sends the order four times', ours.requests === LOST + 1);
    return {
      about: 'POST, responses lost',
      axios: `${plural(axios.orders, 'order')} created`,
      ours: `${plural(ours.orders, 'order')} created`,
    };
  },
};

function keysOf({ keys, requests }: OrderService): string {
  if (keys.size === 0) return 'none';
  return keys.size === 1 ? `the same on all ${requests}` : `${keys.size} different ones`;
}
