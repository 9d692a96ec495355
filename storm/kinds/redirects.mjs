// Redirects. The service counts each hop as a request.

/** Whether a 302 would need a stream again, which can be sent only once. A POST becomes a GET. */
const needsStreamAgain = ({ body, method }) => body === 'stream' && method !== 'POST';

const FLOOD = Buffer.alloc(65_536, 'f');

export const redirects = [
  redirect('redirect-302', 'redirects with 302', (exchange) => exchange.reply(302, to(exchange))),
  redirect('redirect-303', 'redirects with 303', (exchange) => exchange.reply(303, to(exchange), ''), {
    may: [200],
    requests: 2,
  }),
  redirect(
    'redirect-307',
    'redirects with 307, which keeps method and body',
    (exchange) => exchange.reply(307, to(exchange)),
    {
      may: ({ body }) => (body === 'stream' ? ['REDIRECT_REFUSED'] : [200]),
      requests: ({ body }) => (body === 'stream' ? 1 : 2),
    },
  ),
  redirect(
    'redirect-twice',
    'redirects with 303, then with 302',
    (exchange) =>
      exchange.hop === '2' ? exchange.reply() : exchange.reply(exchange.hop === '' ? 303 : 302, to(exchange)),
    { may: [200], requests: 3, everyHop: true },
  ),
  redirect('redirect-stall', 'redirects, and stalls in the middle of the body', (exchange) => {
    exchange.head(302, { ...to(exchange), 'Content-Length': 1000 });
    exchange.body('moved');
  }),
  redirect(
    'redirect-cut',
    'redirects, and closes in the middle of the body',
    (exchange) => {
      exchange.head(302, { ...to(exchange), 'Content-Length': 1000 });
      exchange.body('moved');
      exchange.after(3, () => exchange.close());
    },
    { closes: true },
  ),
  redirect('redirect-flood', 'redirects with an endless body', (exchange) => {
    exchange.head(302, { ...to(exchange), 'Content-Length': 1e9 });
    if (!exchange.isHead) exchange.flood(FLOOD, 8_000_000);
  }),
  redirect('redirect-loop', 'redirects endlessly', (exchange) => exchange.reply(302, to(exchange)), {
    may: (plan) => (needsStreamAgain(plan) ? ['REDIRECT_REFUSED'] : ['TOO_MANY_REDIRECTS']),
    requests: (plan) => (needsStreamAgain(plan) ? 1 : 5),
    everyHop: true,
    call: { maxRedirects: 4 },
  }),
  redirect(
    'redirect-refused',
    'redirects to where nothing listens',
    (exchange) => exchange.reply(303, { Location: exchange.deadURL() }),
    { may: ['CONNECTION_REFUSED'], requests: 1, sent: 'yes' },
  ),
  redirect(
    'redirect-bad-url',
    'redirects to what is not a URL',
    (exchange) => exchange.reply(302, { Location: 'http://[' }),
    { may: ['REDIRECT_REFUSED'], requests: 1 },
  ),
  redirect(
    'redirect-ftp',
    'redirects to another scheme',
    (exchange) => exchange.reply(302, { Location: 'ftp://127.0.0.1/' }),
    { may: ['REDIRECT_REFUSED'], requests: 1 },
  ),
  redirect('redirect-nowhere', 'responds with 302 and no Location', (exchange) => exchange.reply(302), {
    may: [302],
    requests: 1,
  }),
  redirect(
    'redirect-target-breaks',
    'redirects to a path at which it closes the connection',
    (exchange) => (exchange.hop === '' ? exchange.reply(303, to(exchange)) : exchange.close()),
    { may: ['CONNECTION_RESET', 'CONNECTION_CLOSED'], requests: 2, everyHop: true, closes: true, sent: 'yes' },
  ),
];

/** Only the first hop misbehaves, unless `everyHop` is set. */
function redirect(name, does, serve, others = {}) {
  const serveHop = (exchange) => (exchange.hop === '' || others.everyHop ? serve(exchange) : exchange.reply());
  const may = (plan) => (!needsStreamAgain(plan) ? [200] : ['REDIRECT_REFUSED']);
  const requests = (plan) => (!needsStreamAgain(plan) ? 2 : 1);
  return { name, does, serve: serveHop, may, requests, always: true, ...others };
}

function to(exchange) {
  return { Location: exchange.urlOf(`${Number(exchange.hop) + 1}`) };
}
