// A fresh process that loads one package and makes one call: startup.cjs <package> <url> <token> [files]
const [name, url, token, isCounting] = process.argv.slice(2);
const headers = { Authorization: `Bearer ${token}` };

const PACKAGES = {
  'bare Node': { load: () => require('node:http'), call: getJSON },
  'hdms-http': {
    load: () => require('@hdms/http-client'),
    call: ({ HTTPClient }) => new HTTPClient({ token }).getJson(url),
  },
  'hdms-undici': {
    load: () => ({ ...require('@hdms/http-client'), ...require('@hdms/http-client/undici') }),
    call: ({ HTTPClient, undici }) => new HTTPClient({ token, transport: undici() }).getJson(url),
  },
  axios: { load: () => require('axios'), call: async (axios) => (await axios.get(url, { headers })).data },
  got: { load: () => import('got'), call: ({ default: got }) => got(url, { headers }).json() },
  undici: { load: () => require('undici'), call: async ({ request }) => (await request(url, { headers })).body.json() },
};
const { load, call } = PACKAGES[name];

void (isCounting ? countFiles() : measure());

async function measure() {
  const start = performance.now();
  const loaded = await load();
  const loadTime = performance.now() - start;
  const { rss } = process.memoryUsage();
  const resumed = performance.now();
  const { id } = await call(loaded);
  const callTime = performance.now() - resumed;
  if (id !== 'user-1') throw new Error(`wrong response: id is ${id}`);
  process.send({ ready: { load: loadTime, first: loadTime + callTime, rss } });
}

/** With the inspector, which sees ES modules too, and slows down what it sees. */
async function countFiles() {
  const { Session } = require('node:inspector');
  const session = new Session();
  session.connect();
  const urls = new Set();
  session.on('Debugger.scriptParsed', ({ params }) => urls.add(params.url));
  session.post('Debugger.enable');
  urls.clear();
  await load();
  const files = [...urls].filter((address) => address.startsWith('file:') || address.startsWith('/'));
  process.send({ ready: files.length });
}

function getJSON(http) {
  return new Promise((resolve, reject) => {
    const request = http.get(url, { headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk) => (text += chunk));
      response.on('end', () => resolve(JSON.parse(text)));
    });
    request.on('error', reject);
  });
}
