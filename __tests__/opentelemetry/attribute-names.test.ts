import * as conventions from '@opentelemetry/semantic-conventions';
import { ATTR_URL_TEMPLATE } from '@opentelemetry/semantic-conventions/incubating';
import * as names from '../../src/opentelemetry/attribute-names';

test('the names are those of the semantic conventions', () => {
  expect(names).toEqual({
    METHOD: conventions.ATTR_HTTP_REQUEST_METHOD,
    ORIGINAL_METHOD: conventions.ATTR_HTTP_REQUEST_METHOD_ORIGINAL,
    RESEND_COUNT: conventions.ATTR_HTTP_REQUEST_RESEND_COUNT,
    STATUS_CODE: conventions.ATTR_HTTP_RESPONSE_STATUS_CODE,
    SERVER_ADDRESS: conventions.ATTR_SERVER_ADDRESS,
    SERVER_PORT: conventions.ATTR_SERVER_PORT,
    URL_FULL: conventions.ATTR_URL_FULL,
    URL_TEMPLATE: ATTR_URL_TEMPLATE,
    ERROR_TYPE: conventions.ATTR_ERROR_TYPE,
    PEER_ADDRESS: conventions.ATTR_NETWORK_PEER_ADDRESS,
    PEER_PORT: conventions.ATTR_NETWORK_PEER_PORT,
    PROTOCOL_VERSION: conventions.ATTR_NETWORK_PROTOCOL_VERSION,
    USER_AGENT: conventions.ATTR_USER_AGENT_ORIGINAL,
    REQUEST_HEADER: conventions.ATTR_HTTP_REQUEST_HEADER(''),
    RESPONSE_HEADER: conventions.ATTR_HTTP_RESPONSE_HEADER(''),
    // The one name that is not of the conventions.
    CLIENT_NAME: 'hdms.client.name',
  });
});
