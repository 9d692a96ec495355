import { brownOut } from './brown-out.mjs';
import { bucket } from './bucket.mjs';
import { chain } from './chain.mjs';
import { crash } from './crash.mjs';
import { errors25, errors30 } from './errors.mjs';
import { retryAfter } from './retry-after.mjs';
import { sharedRate } from './shared-rate.mjs';
import { slowReplica } from './slow-replica.mjs';
import { unavailable, unavailableLater } from './unavailable.mjs';

/** In the order of the table. */
export const SCENARIOS = [
  brownOut,
  unavailable,
  unavailableLater,
  errors25,
  errors30,
  crash,
  retryAfter,
  bucket,
  slowReplica,
  chain,
  sharedRate,
];
