/**
 * The attributes of spans and metrics.
 *
 * @see Semantic conventions for HTTP spans and HTTP metrics
 */
export const METHOD = 'http.request.method';
export const ORIGINAL_METHOD = 'http.request.method_original';
export const RESEND_COUNT = 'http.request.resend_count';
export const STATUS_CODE = 'http.response.status_code';
export const SERVER_ADDRESS = 'server.address';
export const SERVER_PORT = 'server.port';
export const URL_FULL = 'url.full';
export const URL_TEMPLATE = 'url.template';
export const ERROR_TYPE = 'error.type';
export const PEER_ADDRESS = 'network.peer.address';
export const PEER_PORT = 'network.peer.port';
export const PROTOCOL_VERSION = 'network.protocol.version';
export const USER_AGENT = 'user_agent.original';
/** The option `name` of the client. */
export const CLIENT_NAME = 'hdms.client.name';

/** The prefix of an attribute for each header that is asked for. */
export const REQUEST_HEADER = 'http.request.header.';
export const RESPONSE_HEADER = 'http.response.header.';
