// The clients that are measured. A quick run measures those with `isCore`, unless the scenario names others.

/** Clients by the name of their file in clients/. */
export const CLIENTS = {
  'hdms-http': { label: 'HTTPClient, http', retries: true, isCore: true },
  'hdms-undici': { label: 'HTTPClient, undici', retries: true, isCore: true },
  'raw-http': { label: 'raw node:http', retries: false, isBare: true, isCore: true },
  'undici-request': { label: 'undici.request', package: 'undici', retries: false, isBare: true, isCore: true },
  'axios-keep-alive': { label: 'axios, keep-alive agent', package: 'axios', retries: false },
  'axios-as-written': { label: 'axios as people write it', package: 'axios-retry', retries: true, isCore: true },
  got: { label: 'got', package: 'got', retries: true },
  ky: { label: 'ky', package: 'ky', retries: true },
  gaxios: { label: 'gaxios', package: 'gaxios', retries: true },
  ofetch: { label: 'ofetch', package: 'ofetch', retries: true },
  superagent: { label: 'superagent', package: 'superagent', retries: true },
  'node-fetch': { label: 'node-fetch', package: 'node-fetch', retries: false },
};

/** Our own clients. Every other client is compared with each of them. */
export const OURS = ['hdms-http', 'hdms-undici'];

const ABSENT = ['ERR_MODULE_NOT_FOUND', 'ERR_PACKAGE_PATH_NOT_EXPORTED', 'MODULE_NOT_FOUND'];

/** Loads those of `names` whose modules are installed. */
export async function availableOf(names, tell = console.log) {
  const available = [];
  for (const name of names) {
    try {
      await import(`./clients/${name}.mjs`);
      available.push(name);
    } catch (error) {
      if (!ABSENT.includes(error.code)) throw error;
      tell(`${name} is left out: ${error.message}`);
    }
  }
  return available;
}
