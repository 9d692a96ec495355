#!/usr/bin/env node
import { run } from './terminal';

// Who reads has had enough, as `head` does.
process.stdout.on('error', () => {
  process.exit();
});

run(process.argv.slice(2), process).then(
  (status) => {
    process.exitCode = status;
  },
  (error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exitCode = 1;
  },
);
