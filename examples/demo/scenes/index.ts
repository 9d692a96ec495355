import type { Scene } from '../scene';
import { brownOut } from './brown-out';
import { deadlineChain } from './deadline-chain';
import { postDelivered } from './post-delivered';
import { streamResent } from './stream-resent';
import { tokenInLog } from './token-in-log';
import { tokenRequests } from './token-requests';

export const SCENES: readonly Scene[] = [
  postDelivered,
  streamResent,
  tokenInLog,
  brownOut,
  tokenRequests,
  deadlineChain,
];
