/** Runs the commands that the parent process sends, and reports to it when ready. */
export function obey(commands) {
  process.on('message', ({ id, command, options }) => {
    commands[command](options).then(
      (result) => process.send({ id, result: result ?? null }),
      (error) => process.send({ id, error: String(error?.stack ?? error) }),
    );
  });
  process.on('disconnect', () => process.exit());
  process.send({ ready: true });
}
