import { kindOf } from '../checks/kind-of';
import { wrongOption } from '../checks/wrong-option';
import type { Checkpoint } from '../admission/checkpoint';
import { endingOfFailure, endingOfResponse, type Ending } from '../admission/ending';
import type { AttemptState } from '../call/attempt-state';
import { isRequestException } from '../errors/guards';
import { findTarget } from '../request/url';
import type { OriginState } from '../resilience/origin-state';
import type { OriginStates } from '../resilience/origin-states';
import type { AttemptPlugin, RequestConfig } from './plugin';

/** Splits the state of an origin: by route, or by tenant. */
type Partition = (config: RequestConfig) => string;

interface AdmissionOptions {
  /** In the order in which an attempt passes them. */
  readonly checkpoints: readonly Checkpoint[];
  readonly origins: OriginStates;
  readonly partition?: Partition | undefined;
}

/**
 * Decides whether an attempt may go now, later or not at all, and learns from how it ends. An attempt fails with
 * CallNotPermitted if it may not go.
 */
export function admission({ checkpoints, origins, partition }: AdmissionOptions): AttemptPlugin {
  function leave(attempt: AttemptState, ending: Ending): void {
    const { origin } = attempt;
    // The end of an attempt counts once, however many errors it leads to.
    if (!origin || attempt.hasLeft) return;
    attempt.hasLeft = true;
    for (const checkpoint of checkpoints) checkpoint.leave?.(attempt, ending);
    const { stream } = ending;
    // Another state beside this one would not know of the slot.
    if (!stream || stream.closed) origins.release(origin);
    else stream.once('close', origins.release.bind(origins, origin));
  }

  /** `undefined` for what only an adapter of the user can send. */
  function stateOf(config: RequestConfig, attempt: AttemptState): OriginState | undefined {
    const url = (attempt.url = findTarget(config, attempt.call));
    if (!url) return undefined;
    const { socketPath } = config;
    if (!socketPath && !partition) return origins.useLatest(url.href) ?? origins.use(url.origin);
    const key = socketPath ? `${url.origin} ${socketPath}` : url.origin;
    return origins.use(partition ? `${key} ${partitionOf(config, partition)}` : key);
  }

  return {
    name: 'admission',
    request(config, attempt) {
      const { call } = attempt;
      attempt.origin = stateOf(config, attempt);
      if (!attempt.origin) return;
      attempt.ticket = call.ticket;
      call.ticket = undefined;
      return pass(checkpoints, 0, attempt, config);
    },
    response(response, attempt) {
      if (attempt) leave(attempt, endingOfResponse(attempt, response));
    },
    failure(error, attempt) {
      if (attempt) leave(attempt, endingOfFailure(attempt, isRequestException(error) ? error : undefined));
      return error;
    },
  };
}

function partitionOf(config: RequestConfig, partition: Partition): string {
  const name: unknown = partition(config);
  if (typeof name === 'string') return name;
  throw wrongOption('partition', 'return a string', kindOf(name));
}

/** Passes one checkpoint after the other, synchronously until the attempt has to wait. */
function pass(
  checkpoints: readonly Checkpoint[],
  from: number,
  attempt: AttemptState,
  config: RequestConfig,
): Promise<void> | undefined {
  for (let index = from; index < checkpoints.length; index++) {
    const waiting = checkpoints[index]?.enter?.(attempt, config);
    if (waiting) return waiting.then(() => passAfterWait(checkpoints, index, attempt, config));
  }
  return undefined;
}

function passAfterWait(
  checkpoints: readonly Checkpoint[],
  index: number,
  attempt: AttemptState,
  config: RequestConfig,
): Promise<void> | undefined {
  const earlier = checkpoints.slice(0, index).find(({ isRevisited }) => isRevisited);
  const waiting = earlier?.enter?.(attempt, config);
  if (!waiting) return pass(checkpoints, index + 1, attempt, config);
  for (const checkpoint of checkpoints) checkpoint.stepBack?.(attempt);
  return waiting.then(() => pass(checkpoints, 0, attempt, config));
}
