// What services do beside an APM, and what is never to leave the process. The values come from the environment: a source line that
// an APM quotes must not contain them.
const { API, COOKIE, INBOUND, PACKAGE, PASSWORD, QUERY, TOKEN, TRANSPORT } = process.env;

exports.makeCalls = async function makeCalls(report) {
  const { HTTPClient, contextFrom, runInContext } = require(PACKAGE);
  const transport = TRANSPORT === 'undici' ? require(`${PACKAGE}/transports/undici.js`).undici() : 'http';
  const client = new HTTPClient({
    ...{ baseURL: API, token: TOKEN, headers: { Cookie: `sid=${COOKIE}` }, transport },
    ...{ retry: { base: 0 }, retryAttempts: 1 },
  });
  const inbound = {
    authorization: `Bearer ${INBOUND}`,
    traceparent: '00-11111111111111111111111111111111-2222222222222222-01',
  };
  await runInContext(contextFrom(inbound), async () => {
    await client.get('/good', { params: { api_key: QUERY, page: 1 } });
    await client.get('/bad', { params: { api_key: QUERY } }).catch(report);
    await client.get(API.replace('//', `//user:${PASSWORD}@`), { token: null });
    await client.post('/gone', { json: { password: PASSWORD }, retryAttempts: 0 }).catch(report);
  });
  client.close();
};

exports.print = (result) => process.stdout.write(`${JSON.stringify(result)}\n`);
