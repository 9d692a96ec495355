const { HTTPClient } = require('@hdms/http-client');
const { drive } = require('./drive.cjs');

void drive({ HTTPClient });
