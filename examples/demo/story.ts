import { inspect } from 'node:util';
import { HTTPResponse, isHTTPError, type Call, type RequestException } from '@hdms/http-client';
import { wordsOf } from './narrator';
import { paint } from './paint';
import type { Outcome, Scene } from './scene';

export function chapter(title: string): void {
  console.log(`\n${paint('bold', `── ${title} ${'─'.repeat(Math.max(3, 76 - title.length))}`)}`);
}

export function heading(number: number, scene: Scene): void {
  console.log(`\n${paint('bold', `${String(number).padStart(2)}. ${scene.title}`)}`);
  console.log(paint('cyan', `    ${sourceOf(scene.call)}`));
}

/** A line of a service. */
export function remark(service: string, text: string): void {
  console.log(paint('dim', `      · ${service} ${text}`));
}

/** One attempt, and the wait after it. */
export function attempt(call: Call, detail: string): void {
  const { attempts } = call;
  const last = attempts.at(-1);
  if (!last) return;
  const failed = last.decision !== 'done';
  line(`attempt ${attempts.length}`, last.elapsed.toFixed(3), paint(failed ? 'yellow' : 'green', detail));
  // The retry plugin decides what follows. It is further out, and sees the failure after this plugin.
  setImmediate(() => {
    if (last.decision === 'retry') line('wait', (last.wait ?? 0).toFixed(3), '');
    if (last.decision === 'replay') line('at once', '', 'sent again on a new connection; this is no retry');
  });
}

/** How the call ended, and how that differs from what was expected. */
export function ending({ value, error }: Outcome, call: Call | undefined, complaint: string | undefined): void {
  const retries = call?.retries ?? 0;
  const count = retries === 0 ? '' : ` after ${retries} ${retries === 1 ? 'retry' : 'retries'}`;
  const time = (call?.attempts.length ?? 0) > 1 ? ` in ${(call?.elapsed ?? 0).toFixed(2)} s` : '';
  const what = error ? `throws ${showError(error)}` : `returns ${showValue(value)}`;
  const mark = complaint === undefined ? paint('green', '✓') : paint('red', '✗');
  console.log(`    ${mark} ${what}${paint('dim', count + time)}`);
  if (complaint !== undefined) console.log(paint('red', `      ${complaint.replaceAll('\n', '\n      ')}`));
}

/** An error as a log shows it, without the lines of its stack. */
export function logged(error: RequestException): void {
  const lines = inspect(error)
    .split('\n')
    .filter((text) => !/^\s+at /.test(text));
  console.log('\n    In a log, its stack left out:');
  for (const text of lines) console.log(paint('dim', `      ${text}`));
}

function line(what: string, seconds: string, detail: string): void {
  const time = seconds === '' ? '' : `${seconds} s`;
  console.log(`      ${what.padEnd(10)} ${time.padStart(8)}  ${detail}`.trimEnd());
}

/** The source of the call in the scene, so that what is printed is what runs. */
function sourceOf(call: Scene['call']): string {
  return String(call)
    .replace(/^async \([^)]*\) =>\s*/, '')
    .replaceAll('\n', '\n  ');
}

function showValue(value: unknown): string {
  const print = (data: unknown): string => inspect(data, { breakLength: Infinity, colors: false });
  if (!(value instanceof HTTPResponse)) return print(value);
  return `${value.status} ${value.statusText} ${print(value.data)}`;
}

function showError(error: RequestException): string {
  const last = error.attempts.at(-1);
  const detail = isHTTPError(error) ? error.problem?.detail : undefined;
  // The failure of the last attempt has been printed already.
  const words = last?.decision === 'done' ? wordsOf(error) : detail;
  const reason = last?.reason === undefined ? '' : ` (${last.reason})`;
  return `${error.name} [${error.code}]${reason}${words === undefined ? '' : `: ${words}`}`;
}
