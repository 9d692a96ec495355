require('./sdk.cjs');
const { openTelemetry } = require('@hdms/http-client/opentelemetry');

openTelemetry();
