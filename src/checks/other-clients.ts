/** What to use instead of the options of other clients: by advice, the names that they have there. `$` stands for the name. */
const COUNTERPARTS: Readonly<Record<string, string>> = {
  // What is sent, and where to.
  'the URL is the first argument of a call': 'url uri href',
  'it belongs into the URL': 'host hostname port protocol path pathname origin uriModifier',
  'use `baseURL`': 'prefixUrl prefix base baseUri',
  'use `client.request(method, url)`': 'method',
  'to send a config again, use `client.axios.request(config)`': 'call attemptState',
  'use `params`': 'query qs searchParams queryParams queryString search',
  'use `paramsSerializer`': 'arrayFormat sortQuery qsStringifyOptions qsParseOptions useQuerystring',
  'use `json` or `data`': 'body send payload content requestBody',
  'use `data` with a plain object': 'form urlencoded',
  'use `data: new FormData()`': 'formData files file multipart attach attachments field',
  'use `data` with text that you serialised': 'stringifyJson jsonReplacer serialize',
  'use `headers`': 'set unset setHost uniqueHeaders copyPipedHeaders',
  "use `headers: { 'Content-Type': … }`": 'contentType type',
  'use `headers: { Accept: … }`': 'accept',
  "use `headers: { 'User-Agent': … }`": 'userAgent',
  'use `headers: { Referer: … }`': 'referrer referer followSetReferer',
  "use `headers: { 'Cache-Control': … }`, or axios-cache-interceptor": 'cache cacheOptions',
  'use `headers: { Cookie: … }`, or axios-cookiejar-support': 'cookies cookie',
  'use axios-cookiejar-support on `client.axios`': 'cookieJar jar ignoreInvalidCookies parseCookies followSetCookies',
  'use `token`': 'bearer bearerToken accessToken authToken authorization jwt',
  'use `auth: { username, password }`': 'username password user pass basicAuth',
  'sign the request in an interceptor on `client.axios`': 'oauth aws hawk httpSignature digest',

  // Connections.
  'use `httpsAgent: new https.Agent({ $ })`': `
    rejectUnauthorized ca cert key pfx passphrase ciphers servername checkServerIdentity minVersion maxVersion secureProtocol
    secureOptions secureContext sigalgs crl dhparam ecdhCurve honorCipherOrder sessionIdContext sessionTimeout ticketKeys session
    clientCertEngine privateKeyEngine privateKeyIdentifier ALPNProtocols ALPNCallback allowPartialTrustChain minDHSize pskCallback
    maxCachedSessions enableTrace SNICallback requestCert`,
  'use `httpsAgent: new https.Agent({ rejectUnauthorized })`': 'strictSSL insecure disableTLSCerts trustLocalhost',
  'use `httpsAgent: new https.Agent({ ca })`; to accept any certificate, `{ rejectUnauthorized: false }`': 'verify',
  'use `httpsAgent: new https.Agent({ ca, cert, key })`': 'https tls ssl tlsOptions',
  'use `httpAgent` and `httpsAgent`': 'agent agents agentClass agentOptions _defaultAgent h2session',
  'use `httpAgent: new http.Agent({ $ })`, and `httpsAgent` for https': `
    keepAliveMsecs keepAliveInitialDelay maxSockets maxTotalSockets maxFreeSockets scheduling noDelay localAddress localPort hints
    autoSelectFamily autoSelectFamilyAttemptTimeout createConnection defaultPort onread socket`,
  'connections are kept alive anyway; `httpAgent` and `httpsAgent` change how':
    'keepAlive forever pool connection reset',
  'use `transport: undici({ dispatcher })` of the client': 'dispatcher connect factory webSocket eventSource socks',
  'use `transport: undici({ dispatcher: new Agent({ $ }) })` of the client': `
    pipelining keepAliveTimeout keepAliveMaxTimeout maxKeepAliveTimeout keepAliveTimeoutThreshold maxRequestsPerClient clientTtl
    maxOrigins maxConcurrentStreams initialWindowSize connectionWindowSize pingInterval typeOfService`,
  'use `httpVersion: 2`': 'http2 allowH2',
  'use `lookup`': 'dnsLookup dnsCache',
  'use `family`': 'dnsLookupIpVersion ipVersion',
  'use `socketPath`': 'unixSocket enableUnixSockets',
  'use `adapter`, or `transport` of the client': 'fetch fetchImplementation request',
  'use `proxy: { protocol, host, port }`':
    'proxies proxyUrl tunnel proxyHeaderWhiteList proxyHeaderExclusiveList mounts',
  'use `proxy: false`': 'noProxy',
  'use `trustEnv` of the client': 'useProxyFromEnvVar',

  // Time, retries, redirects.
  'use `timeout`: seconds, for the whole attempt': `
    timeoutMs timeoutSeconds connectTimeout connectionTimeout openTimeout readTimeout writeTimeout responseTimeout requestTimeout
    socketTimeout headersTimeout bodyTimeout idleTimeout`,
  'use `deadline`: seconds, for the whole call': 'totalTimeout',
  'use `signal`': 'abortSignal abortController controller',
  'use `retryAttempts`': 'axios-retry retries maxRetries retryCount retryLimit maxAttempts attempts',
  'use `retryAttempts`, and `retry` of the client': `
    retryDelay retryStatusCodes retryConfig retryOptions shouldResetTimeout validateResponse
    onMaxRetryTimesExceeded retryStrategy backoff backoffFactor statusForcelist idempotent`,
  'use `retry: { when }`': 'retryCondition shouldRetry',
  'use `retry: { onRetry }`': 'onRetry',
  "use `redirects: 'follow'`, `'same-origin'` or `'error'`; `maxRedirects: 0` returns the 3xx": 'redirect',
  "use `redirects: 'same-origin'` or `redirectHosts`": 'followIfSameHost followIfSameProtocol followIfSameLocation',
  'use `maxRedirects`; 0 follows none': `
    follow followMax followRedirect followRedirects followAllRedirects allowRedirects maxRedirections
    followOriginalHttpMethod followKeepMethod methodRewriting
    removeRefererHeader`,

  // What comes back.
  'use `validateStatus`': 'throwHttpErrors throwOnError ignoreResponseError raiseForStatus simple ok',
  "use `responseType: 'stream'`": 'stream isStream output',
  "use `responseType: 'arraybuffer'`": 'binary buffer',
  'use `responseType` and `responseEncoding`': 'encoding dataType decodeResponse decode defaultEncoding',
  'use `response.data`, or `getJson` and its like': 'resolveBodyOnly resolveWithFullResponse',
  'use `response.headers`': 'responseHeaders',
  'use `transformResponse`': 'parseJson parseResponse parser parse parseBody transform',
  'use `parseReviver`': 'jsonReviver',
  'use `decompress`': 'gzip compress compressed',
  'use `maxContentLength`, or `maxResponseSize` of the client': 'size',
  'use `response.elapsed`': 'time timings har',

  // Everything else.
  'use interceptors on `client.axios`': `
    hooks eventHooks interceptors middleware middlewares handlers onRequest onRequestError onResponse onResponseError onInfo
    beforeRequest afterResponse beforeRetry beforeError preserveHooks errorRedactor`,
  'name it in `extraOptions` of the client if an interceptor reads it': 'context extensions opaque',
  'send one request per page': 'pagination',
  'calls return a promise': 'callback',
  'it has a meaning in browsers only': 'credentials mode integrity priority referrerPolicy window',
  'leave it out, it is not needed here': `
    duplex counter highWaterMark allowGetBody strictContentLength streamLength preambleCRLF postambleCRLF blocking expectContinue
    upgrade http1 joinDuplicateHeaders mutableDefaults limits`,
};

/** The same for the `retry` option of a client, which got, ky and axios-retry have too. */
const RETRY_COUNTERPARTS: Readonly<Record<string, string>> = {
  'use `retryAttempts`, beside `retry`': 'limit retries attempts maxAttempts maxRetries times count total',
  'use `base`, in seconds': 'delay retryDelay initialDelay minTimeout interval',
  'use `cap`, in seconds': 'backoffLimit maxDelay maxTimeout',
  'use `factor`': 'backoffFactor multiplier',
  "use `unsafeMethods`: 'always', 'when-not-sent' or 'never'": 'methods allowedMethods',
  'use `when`': 'retryCondition shouldRetry calculateDelay statusCodes retryOn',
};

const OPTIONS = byName(COUNTERPARTS);
const RETRY_OPTIONS = byName(RETRY_COUNTERPARTS);

/** What to use here instead of `name`, an option of another client in whatever spelling. */
export function counterpart(name: string): string | undefined {
  return OPTIONS.get(canonical(name));
}

/** What to use here instead of `name`, a retry option of another client. */
export function retryCounterpart(name: string): string | undefined {
  return RETRY_OPTIONS.get(canonical(name));
}

function byName(counterparts: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  const advice = new Map<string, string>();
  for (const [text, names] of Object.entries(counterparts)) {
    for (const name of names.trim().split(/\s+/)) advice.set(canonical(name), text.replace('$', name));
  }
  return advice;
}

/** `follow_redirects`, `followRedirects` and `FollowRedirects` are one name. */
function canonical(name: string): string {
  return name.replace(/[_-]/g, '').toLowerCase();
}
