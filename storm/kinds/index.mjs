// All kinds of misbehaviour. kind.mjs says what a kind consists of.
import { complete } from './complete.mjs';
import { connections } from './connections.mjs';
import { encodings } from './encodings.mjs';
import { healthy } from './healthy.mjs';
import { malformed } from './malformed.mjs';
import { redirects } from './redirects.mjs';
import { slow } from './slow.mjs';
import { statuses } from './statuses.mjs';
import { truncated } from './truncated.mjs';

export const KINDS = [
  ...healthy,
  ...complete,
  ...connections,
  ...truncated,
  ...malformed,
  ...slow,
  ...encodings,
  ...statuses,
  ...redirects,
];
