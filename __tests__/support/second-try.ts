// What is tested is time, among other things: on a shared machine that stands still for a moment, a test of it may have a second
// try. The first failure is printed.
if (process.env['CI']) jest.retryTimes(1, { logErrorsBeforeRetry: true });
