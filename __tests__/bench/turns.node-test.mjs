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
      assert.ok(opened.every(({ isStopped }) => isStopped));
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

test('each row has a sample of each round, from a process of its own, and no other process lives meanwhile', async () => {
  const bench = harness();

  const samples = await turns(['ours', 'raw'], 3, progress, bench);

  assert.equal(new Set([...samples.ours, ...samples.raw]).size, 6);
  assert.deepEqual(bench.opened.map(({ row }) => row).sort(), ['ours', 'ours', 'ours', 'raw', 'raw', 'raw']);
  assert.ok(bench.opened.every(({ isStopped }) => isStopped));
});

test('rows of one process share it', async () => {
  const bench = { ...harness(), processOf: (row) => row.split('+')[0] };

  const samples = await turns(['ours+0', 'ours+5'], 2, progress, bench);

  assert.deepEqual(samples['ours+0'], samples['ours+5']);
  assert.equal(bench.opened.length, 2);
});

test('the process is stopped when a client fails', async () => {
  const bench = harness({ failsAt: 3 });

  await assert.rejects(turns(['ours', 'raw'], 4, progress, bench), /wrong response/);

  assert.ok(bench.opened.every(({ isStopped }) => isStopped));
});
