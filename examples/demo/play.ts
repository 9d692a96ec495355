import assert, { AssertionError } from 'node:assert/strict';
import { HTTPResponse, isRequestException, type Attempt, type Call } from '@hdms/http-client';
import type { Outcome, Scene, World } from './scene';
import * as story from './story';

/** The last call that the narrator has reported. */
export interface Heard {
  call: Call | undefined;
}

/** Plays one scene and prints it; returns whether it ended as expected. */
export async function play(number: number, scene: Scene, world: World, heard: Heard): Promise<boolean> {
  story.heading(number, scene);
  // If this scene sends nothing, the attempts of the scene before must not count.
  heard.call = undefined;
  const outcome = await run(scene, world);
  const { call } = heard;
  const complaint = complaintOf(scene, outcome, call);
  story.ending(outcome, call, complaint);
  if (scene.logged === true && outcome.error) story.logged(outcome.error);
  return complaint === undefined;
}

async function run({ call }: Scene, world: World): Promise<Outcome> {
  try {
    return { value: await call(world) };
  } catch (error) {
    if (isRequestException(error)) return { error };
    throw error;
  }
}

function complaintOf(scene: Scene, outcome: Outcome, call: Call | undefined): string | undefined {
  try {
    verify(scene, outcome, call);
    return undefined;
  } catch (error) {
    if (error instanceof AssertionError) return error.message;
    throw error;
  }
}

function verify({ attempts, waits, retries, error, body }: Scene, outcome: Outcome, call: Call | undefined): void {
  const journal = call?.attempts ?? [];
  assert.deepEqual(
    journal.map((attempt) => attempt.outcome),
    attempts,
  );
  if (waits) verifyWaits(journal, waits);
  assert.equal(call?.retries, retries ?? attempts.length - 1);
  assert.equal(outcome.error?.name, error?.name);
  const { value } = outcome;
  const told = outcome.error ?? (value instanceof HTTPResponse ? value : undefined);
  if (told) assert.equal(told.retries, call.retries);
  if (body !== undefined) assert.deepEqual(value instanceof HTTPResponse ? value.data : value, body);
}

/** Checks what was decided, and that the waits really took that long. */
function verifyWaits(journal: readonly Attempt[], waits: readonly number[]): void {
  assert.deepEqual(
    journal.slice(0, -1).map((attempt) => attempt.wait),
    waits,
  );
  for (const [index, wait] of waits.entries()) {
    const [before, after] = journal.slice(index, index + 2);
    assert.ok(before && after);
    const gap = (after.startedAt.getTime() - before.startedAt.getTime()) / 1000 - before.elapsed;
    assert.ok(gap > wait - 0.02, `attempt ${index + 2} came ${gap.toFixed(3)} s after the one before, not ${wait} s`);
  }
}
