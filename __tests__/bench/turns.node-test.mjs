import assert from 'node:assert/strict';
import { test } from 'node:test';
import { turns } from '../../bench/measure/turns.mjs';

const progress = { now() {} };

function harness({ failsAt = Infinity } = {}) {
  const opened = [];
  let measured = 0;
  return {
    opened,
    open: (row) => {
      const worker = { row, isStopped: false, prepared: [], stop: () => (worker.isStopped = true) };
      opened.push(worker);
      return worker;
    },
    prepare: (worker, row) => void worker.prepared.push(row),
    measure: (worker, row) => {
      if (++measured > failsAt) throw new Error('wrong response');
      assert.equal(worker.isStopped, false);
      assert.ok(worker.prepared.includes(row));
      return opened.indexOf(worker);
    },
  };
}

test('each row has a sample of each round, in as many processes as were asked for', async () => {
  const bench = harness();

  const samples = await turns(['ours', 'raw'], { rounds: 10, processes: 3 }, progress, bench);

  for (const row of ['ours', 'raw']) {
    assert.equal(samples[row].length, 10);
    assert.equal(new Set(samples[row]).size, 3);
  }
  assert.ok(bench.opened.every(({ isStopped }) => isStopped));
});

test('rows of one process share it', async () => {
  const bench = { ...harness(), processOf: (row) => row.split('+')[0] };

  const samples = await turns(['ours+0', 'ours+5'], { rounds: 2, processes: 2 }, progress, bench);

  assert.deepEqual(samples['ours+0'], samples['ours+5']);
  assert.equal(bench.opened.length, 2);
});

test('fewer rounds than processes leave no process without a round', async () => {
  const bench = harness();

  await turns(['ours'], { rounds: 1, processes: 5 }, progress, bench);

  assert.equal(bench.opened.length, 1);
});

test('the processes are stopped when a client fails', async () => {
  const bench = harness({ failsAt: 3 });

  await assert.rejects(turns(['ours', 'raw'], { rounds: 4, processes: 2 }, progress, bench), /wrong response/);

  assert.ok(bench.opened.every(({ isStopped }) => isStopped));
});
