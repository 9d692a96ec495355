import { adviser, type Counterparts } from './counterparts';

/** What to use instead of the options of other clients. */
const COUNTERPARTS: Counterparts = {
  // What is sent, and where to.
  'the URL is the first argument of a call': 'url uri href',
  'it belongs into the URL': 'host hostname port protocol path pathname origin uriModifier',
  'use `baseURL`': 'prefixUrl prefix base baseUri',
  'use `client.request(method, url)`': 'method',
  'to send a config again, use `client.axios.request(config)`': 'call attemptState',
  'use `params`': `
    nestedQuerystring dataAsQueryString urlParams searchParameters query qs searchParams queryParams queryString
    search`,
  'use `pathParams` of a call': `
    pathParameters pathParameter pathVariables pathVariable pathVars pathArgs routeParams routeParameters uriParams
    uriVariables urlVariables urlVars uriParameters pathSegments`,
  'use `paramsSerializer`': 'arrayFormat sortQuery qsStringifyOptions qsParseOptions useQuerystring',
  'use `json` or `data`': 'requestData postData rawBody body send payload content requestBody',
  'use `data` with a plain object': 'form urlencoded',
  'use `data: new FormData()`': 'multipartForm formData files file multipart attach attachments field',
  'use `data` with text that you serialised': 'jsonSerialize jsonEncoder stringifyJson jsonReplacer serialize',
  'use `headers`': `
    httpHeaders requestHeaders customHeaders extraHeaders skipAutoHeaders set unset setHost uniqueHeaders
    copyPipedHeaders`,
  "use `headers: { 'Content-Type': … }`": 'contentType type',
  'use `headers: { Accept: … }`': 'accept',
  "use `headers: { 'User-Agent': … }`": 'agentName userAgent',
  'use `headers: { Referer: … }`': 'referrer referer followSetReferer',
  "use `headers: { 'Cache-Control': … }`, or axios-cache-interceptor": 'cache cacheOptions',
  'use `headers: { Cookie: … }`, or axios-cookiejar-support': 'cookies cookie',
  'use axios-cookiejar-support on `client.axios`': `
    withCookies cookieStore cookieJar jar ignoreInvalidCookies parseCookies followSetCookies`,
  'use `token`': `
    bearerAuth authentication authHeader apiKey jwtToken bearer bearerToken accessToken authToken authorization jwt`,
  'use `auth: { username, password }`': 'basic username password user pass basicAuth',
  'sign the request in an interceptor on `client.axios`': `
    digestAuth awsSigV4 netrc authProvider oauth aws hawk httpSignature digest`,

  // Connections.
  'use `httpsAgent: new https.Agent({ $ })`': `
    rejectUnauthorized ca cert key pfx passphrase ciphers servername checkServerIdentity minVersion maxVersion
    secureProtocol secureOptions secureContext sigalgs crl dhparam ecdhCurve honorCipherOrder sessionIdContext
    sessionTimeout ticketKeys session clientCertEngine privateKeyEngine privateKeyIdentifier ALPNProtocols
    ALPNCallback allowPartialTrustChain minDHSize pskCallback maxCachedSessions enableTrace SNICallback requestCert`,
  'use `httpsAgent: new https.Agent({ rejectUnauthorized })`': `
    allowInsecure allowUnauthorized rejectUnauthorizedCerts skipTlsVerify insecureSkipVerify ignoreSsl selfSigned
    acceptInsecureCerts sslVerify verifySsl verifyTls tlsVerify checkCertificate ignoreHTTPSErrors strictSSL insecure
    disableTLSCerts trustLocalhost`,
  'use `httpsAgent: new https.Agent({ ca })`; to accept any certificate, `{ rejectUnauthorized: false }`': 'verify',
  'use `httpsAgent: new https.Agent({ ca, cert, key })`': `
    httpsOptions sslOptions sslContext sslCert clientCert certificate certFile keyFile fingerprint serverHostname
    https tls ssl tlsOptions`,
  'use `httpAgent` and `httpsAgent`': `
    connector transportOptions httpsAgentOptions agent agents agentClass agentOptions _defaultAgent h2session`,
  'use `httpAgent: new http.Agent({ $ })`, and `httpsAgent` for https': `
    keepAliveMsecs keepAliveInitialDelay maxSockets maxTotalSockets maxFreeSockets scheduling noDelay localAddress
    localPort hints autoSelectFamily autoSelectFamilyAttemptTimeout createConnection defaultPort onread socket`,
  'connections are kept alive anyway; `httpAgent` and `httpsAgent` change how': `
    connectionPool poolConfig poolConnections poolMaxsize poolSize maxConnections maxKeepaliveConnections
    keepaliveExpiry connectorOwner agentkeepalive keepAlive forever pool connection reset`,
  'use `transport: undici({ dispatcher })` of the client': `
    webSocketImpl dispatcher connect factory webSocket eventSource socks`,
  'use `transport: undici({ dispatcher: new Agent({ $ }) })` of the client': `
    pipelining keepAliveTimeout keepAliveMaxTimeout maxKeepAliveTimeout keepAliveTimeoutThreshold maxRequestsPerClient
    clientTtl maxOrigins maxConcurrentStreams initialWindowSize connectionWindowSize pingInterval typeOfService`,
  'use `httpVersion: 2`': 'allowHttp2 forceHttp2 useHttp2 http2 allowH2',
  'use `lookup`': 'resolver dns dnsResolver dnsLookup dnsCache',
  'use `family`': 'addressFamily dnsLookupIpVersion ipVersion',
  'use `socketPath`': 'unixSocket enableUnixSockets',
  'use `adapter`, or `transport` of the client': `
    polyfills requestClass engine driver fetch fetchImplementation request`,
  'use `proxy: { protocol, host, port }`': `
    httpProxy httpsProxy proxyHost proxyPort proxyAuth proxyHeaders proxyAgent proxyOptions proxyConfig proxies
    proxyUrl tunnel proxyHeaderWhiteList proxyHeaderExclusiveList mounts`,
  'use `proxy: false`': 'ignoreProxy disableProxy noProxy',
  'use `trustEnv` of the client': 'useProxy useEnvProxy envProxy proxyFromEnv enableProxy useProxyFromEnvVar',

  // Time, retries, redirects.
  'use `timeout`: seconds, for the whole attempt': `
    timeoutInMs requestTimeoutMs sockConnect sockRead connTimeout connectTimeoutMs readTimeoutMs maxTime timeoutMs
    timeoutSeconds connectTimeout connectionTimeout openTimeout readTimeout writeTimeout responseTimeout
    requestTimeout socketTimeout headersTimeout bodyTimeout idleTimeout`,
  'use `deadline`: seconds, for the whole call': 'overallTimeout globalTimeout callTimeout maxDuration totalTimeout',
  'use `signal`': 'cancel cancellationToken abort abortSignal abortController controller',
  'use `retryAttempts`': `
    numRetries numberOfRetries noOfRetries retryTimes retriesCount currentRetryAttempt maxRetryCount socketErrorRetry
    noResponseRetries autoRetry axios-retry retries maxRetries retryCount retryLimit maxAttempts attempts`,
  'use `retryAttempts`, and `retry` of the client': `
    httpMethodsToRetry statusCodesToRetry retryOn retryStatus retryMethods retryInterval retryWait retryBackoff
    backoffType minTimeout maxTimeout retryDelayMultiplier maxRetryDelay retryMaxDelay retryPolicy retryDelay
    retryStatusCodes retryConfig retryOptions shouldResetTimeout validateResponse onMaxRetryTimesExceeded
    retryStrategy backoff backoffFactor statusForcelist idempotent`,
  'use `retry: { when }`': 'isRetry retryIf onRetryCondition retryCondition shouldRetry',
  'use `retry: { onRetry }`': 'onRetryAttempt onFailedAttempt onRetry',
  "use `redirects: 'follow'`, `'same-origin'` or `'error'`; `maxRedirects: 0` returns the 3xx": 'redirect',
  "use `redirects: 'same-origin'` or `redirectHosts`": 'followIfSameHost followIfSameProtocol followIfSameLocation',
  'use `maxRedirects`; 0 follows none': `
    formatRedirectUrl allowRedirect requoteRedirectUrl maxRedirect stripAuthOnRedirect follow followMax followRedirect
    followRedirects followAllRedirects allowRedirects maxRedirections followOriginalHttpMethod followKeepMethod
    methodRewriting removeRefererHeader`,

  // What comes back.
  'use `validateStatus`': `
    okStatuses expectedStatus acceptStatus failOnStatusCode throwErrors catchers throwHttpErrors throwOnError
    ignoreResponseError raiseForStatus simple ok`,
  "use `responseType: 'stream'`": 'streaming customResponse writeStream asStream stream isStream output',
  "use `responseType: 'arraybuffer'`": 'arrayBuffer asBuffer rawResponse binary buffer',
  'use `responseType` and `responseEncoding`': `
    errorType charset fallbackCharsetResolver encoding dataType decodeResponse decode defaultEncoding`,
  'use `response.data`, or `getJson` and its like': 'returnData fullResponse resolveBodyOnly resolveWithFullResponse',
  'use `response.headers`': 'responseHeaders',
  'use `transformResponse`': `
    fixJSONCtlChars parseResponseBody jsonDecoder responseParser parseJson parseResponse parser parse parseBody
    transform`,
  'use `parseReviver`': 'jsonReviver',
  'use `decompress`': 'autoDecompress gzip compress compressed',
  'use `maxContentLength`, or `maxResponseSize` of the client': `
    maxBodySize maxResponseLength maxResponseBytes maxBuffer readBufsize size`,
  'use `response.elapsed`': 'timing traceConfigs time timings har',

  // Everything else.
  'use interceptors on `client.axios`': `
    transformRequestOptions resolvers onError onUploadRequest requestInterceptor responseInterceptor
    requestInterceptors responseInterceptors hooks eventHooks interceptors middleware middlewares handlers onRequest
    onRequestError onResponse onResponseError onInfo beforeRequest afterResponse beforeRetry beforeError preserveHooks
    errorRedactor`,
  'for interceptors, list `$` in `extraOptions` of the client; otherwise use a variable': `
    context ctx extensions opaque`,
  'send one request per page': 'paginate pagination',
  'calls return a promise': 'onComplete callback',
  'it has a meaning in browsers only': 'credentials mode integrity priority referrerPolicy window',
  'leave it out, it is not needed here': `
    chunked expect100 readUntilEof maxLineSize maxFieldSize maxHeaders responseClass wsResponseClass version
    fastSocket loop duplex counter highWaterMark allowGetBody strictContentLength streamLength preambleCRLF
    postambleCRLF blocking expectContinue upgrade http1 joinDuplicateHeaders mutableDefaults limits`,
};

/** The same for the `retry` option of a client, which got, ky and axios-retry have too. */
const RETRY_COUNTERPARTS: Counterparts = {
  'use `retryAttempts`, beside `retry`': 'limit retries attempts maxAttempts maxRetries times count total',
  'use `base`, in seconds': 'delay retryDelay initialDelay minTimeout interval',
  'use `cap`, in seconds': 'backoffLimit maxDelay maxTimeout',
  'use `factor`': 'backoffFactor multiplier',
  "use `unsafeMethods`: 'always', 'when-not-sent' or 'never'": 'methods allowedMethods',
  'use `when`': 'retryCondition shouldRetry calculateDelay statusCodes retryOn',
};

/** What to use here instead of an option of another client, in whatever spelling. */
export const counterpart = adviser(COUNTERPARTS);

/** What to use here instead of a retry option of another client. */
export const retryCounterpart = adviser(RETRY_COUNTERPARTS);
