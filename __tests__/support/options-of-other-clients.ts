/** The names of the options of other clients, from their types and manuals. */
export const OPTIONS_OF_OTHER_CLIENTS: Readonly<Record<string, string>> = {
  got: `
    request agent h2session decompress timeout prefixUrl body form json url cookieJar signal ignoreInvalidCookies
    searchParams dnsLookup dnsCache context followRedirect maxRedirects cache throwHttpErrors username password
    http2 allowGetBody copyPipedHeaders headers methodRewriting dnsLookupIpVersion parseJson stringifyJson
    localAddress method createConnection cacheOptions https encoding resolveBodyOnly isStream responseType
    pagination setHost maxHeaderSize enableUnixSockets strictContentLength hooks retry preserveHooks
  `,
  ky: `
    method headers json parseJson stringifyJson searchParams prefixUrl retry timeout hooks throwHttpErrors
    onDownloadProgress onUploadProgress fetch context body signal cache credentials integrity keepalive mode
    priority redirect referrer referrerPolicy window
  `,
  ofetch: `
    baseURL body ignoreResponseError params query parseResponse responseType duplex dispatcher agent timeout retry
    retryDelay retryStatusCodes signal cache headers method credentials integrity keepalive mode priority redirect
    referrer referrerPolicy window onRequest onRequestError onResponse onResponseError
  `,
  gaxios: `
    adapter url baseURL data maxContentLength maxRedirects follow multipart params paramsSerializer timeout
    onUploadProgress responseType agent validateStatus retryConfig retry size fetchImplementation cert key proxy
    noProxy errorRedactor body cache credentials headers integrity keepalive method mode priority redirect
    referrer referrerPolicy signal window
  `,
  'node-fetch': `
    body headers method redirect signal referrer referrerPolicy agent compress counter follow hostname port
    protocol size highWaterMark insecureHTTPParser
  `,
  fetch: `
    body cache credentials headers integrity keepalive method mode priority redirect referrer referrerPolicy
    signal window
  `,
  'undici.request': `
    opaque signal onInfo responseHeaders highWaterMark origin path method body headers query idempotent blocking
    typeOfService upgrade headersTimeout bodyTimeout reset throwOnError expectContinue
  `,
  'undici.fetch': `
    body cache credentials dispatcher duplex headers integrity keepalive method mode redirect referrer
    referrerPolicy signal window
  `,
  'undici.Agent': `
    factory interceptors maxOrigins clientTtl maxHeaderSize headersTimeout socketTimeout requestTimeout
    connectTimeout bodyTimeout idleTimeout keepAlive keepAliveTimeout maxKeepAliveTimeout keepAliveMaxTimeout
    keepAliveTimeoutThreshold socketPath pipelining tls strictContentLength maxCachedSessions connect
    maxRequestsPerClient localAddress maxResponseSize autoSelectFamily autoSelectFamilyAttemptTimeout allowH2
    maxConcurrentStreams initialWindowSize connectionWindowSize pingInterval webSocket eventSource
  `,
  'https.request': `
    checkServerIdentity rejectUnauthorized servername _defaultAgent agent auth createConnection defaultPort family
    headers host hostname insecureHTTPParser localAddress localPort lookup maxHeaderSize method path port protocol
    setHost signal socketPath timeout uniqueHeaders joinDuplicateHeaders hints ALPNCallback allowPartialTrustChain
    ca cert sigalgs ciphers clientCertEngine crl dhparam ecdhCurve honorCipherOrder key privateKeyEngine
    privateKeyIdentifier maxVersion minVersion passphrase pfx secureOptions secureProtocol sessionIdContext
    ticketKeys sessionTimeout
  `,
  'https.Agent': `
    rejectUnauthorized maxCachedSessions keepAlive keepAliveMsecs maxSockets maxTotalSockets maxFreeSockets
    timeout scheduling port host localAddress localPort hints family lookup noDelay keepAliveInitialDelay
    autoSelectFamily autoSelectFamilyAttemptTimeout onread path socket checkServerIdentity servername session
    minDHSize pskCallback ALPNCallback allowPartialTrustChain ca cert sigalgs ciphers clientCertEngine crl dhparam
    ecdhCurve honorCipherOrder key privateKeyEngine privateKeyIdentifier maxVersion minVersion passphrase pfx
    secureOptions secureProtocol sessionIdContext ticketKeys sessionTimeout secureContext enableTrace requestCert
    ALPNProtocols SNICallback
  `,
  'axios-retry': `
    retries shouldResetTimeout retryCondition retryDelay onRetry onMaxRetryTimesExceeded validateResponse
  `,
  needle: `
    open_timeout timeout response_timeout read_timeout follow_max follow multipart agent proxy headers auth json
    stream_length lookup localAddress uri_modifier signal username password content_type accept user_agent
    compressed connection cookies decode_response parse_response parse_cookies parse decode parse_body output
    follow_set_cookies follow_set_referer follow_keep_method follow_if_same_host follow_if_same_protocol
    follow_if_same_location use_proxy_from_env_var rejectUnauthorized
  `,
  request: `
    uri url baseUrl method headers qs qsParseOptions qsStringifyOptions useQuerystring body form formData
    multipart preambleCRLF postambleCRLF json jsonReviver jsonReplacer auth oauth hawk aws httpSignature
    followRedirect followAllRedirects followOriginalHttpMethod maxRedirects removeRefererHeader encoding gzip jar
    agent agentClass agentOptions forever pool timeout localAddress proxy strictSSL tunnel proxyHeaderWhiteList
    proxyHeaderExclusiveList time har callback simple resolveWithFullResponse transform
  `,
  requests: `
    params data json headers cookies files auth timeout allow_redirects proxies hooks stream verify cert
    retry_attempts base_url token max_retries
  `,
  httpx: `
    content data files json params headers cookies auth follow_redirects timeout extensions verify cert http1
    http2 proxy mounts limits max_redirects event_hooks base_url default_encoding
  `,
  superagent: `
    query send set unset type accept attach field auth retry timeout responseType buffer parse ok agent ca key pfx
    cert withCredentials http2 serialize sortQuery connect trustLocalhost disableTLSCerts
  `,
  'requests.Session': `
    params data json headers cookies files auth timeout allow_redirects proxies hooks stream verify cert trust_env
    max_redirects pool_connections pool_maxsize max_retries
  `,
  'httpx.Client': `
    params headers cookies auth verify cert trust_env http1 http2 proxy proxies mounts timeout follow_redirects limits
    max_redirects event_hooks base_url transport default_encoding
  `,
  aiohttp: `
    base_url connector cookies headers skip_auto_headers auth json_serialize request_class response_class
    ws_response_class version cookie_jar connector_owner raise_for_status timeout auto_decompress trust_env
    requote_redirect_url trace_configs middlewares read_bufsize max_line_size max_field_size max_headers
    fallback_charset_resolver read_timeout conn_timeout params data json allow_redirects max_redirects compress chunked
    expect100 read_until_eof proxy proxy_auth proxy_headers ssl verify_ssl ssl_context fingerprint server_hostname
  `,
  urllib: `
    method data content stream writeStream files contentType dataType nestedQuerystring dataAsQueryString streaming
    customResponse fixJSONCtlChars headers timeout keepAliveTimeout auth digestAuth followRedirect maxRedirects
    formatRedirectUrl beforeRequest compressed gzip timing retry retryDelay isRetry socketErrorRetry opaque ctx
    dispatcher socketPath reset highWaterMark
  `,
  wretch: `
    polyfills middlewares resolvers errorType catchers body credentials mode redirect cache integrity keepalive
    referrer signal
  `,
  retryAxios: `
    retry noResponseRetries retryDelay httpMethodsToRetry statusCodesToRetry onRetryAttempt shouldRetry backoffType
    currentRetryAttempt maxRetryDelay retryDelayMultiplier totalTimeout
  `,
  'guesses that people make': `
    ssl_verify sslVerify verifySSL verifyTLS insecureSkipVerify skipTLSVerify ignoreSSL httpProxy https_proxy proxyHost
    proxyPort proxyAgent useProxy apiKey authHeader jwtToken max_response_size token_hosts cancellationToken abort
    numRetries retryOn retryInterval callTimeout timeoutInMs customHeaders onError autoDecompress base_url maxBodySize
  `,
};
