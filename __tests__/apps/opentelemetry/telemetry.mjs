import './sdk.cjs';
import { openTelemetry } from '@hdms/http-client/opentelemetry';

openTelemetry();
