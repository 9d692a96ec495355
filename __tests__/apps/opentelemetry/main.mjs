import { HTTPClient } from '@hdms/http-client';
import { drive } from './drive.cjs';

await drive({ HTTPClient });
