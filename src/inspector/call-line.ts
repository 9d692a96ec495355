import { styleText } from 'node:util';
import { REWRITING } from '../util/rewriting';
import type { AttemptReport, CallReport } from './report';

type Style = Parameters<typeof styleText>[0];

/** One line about a call that has ended: `13:07:36.529 503 GET http://ticket-service:8000/… 5.55 s (503 13 ms, +0.5 s, …)`. */
export function printCall(call: CallReport, isColoured: boolean): string {
  const { at, method, url, client, status, error, state, took = 0, attempts } = call;
  const paint = (style: Style, text: string): string =>
    isColoured ? styleText(style, text, { validateStream: false }) : text;
  const outcome = String(status ?? error?.code ?? 'ok');
  const style = state === 'failed' ? 'red' : attempts.length > 1 ? 'yellow' : 'green';
  const parts = [
    paint('dim', new Date(at).toISOString().slice(11, 23)),
    paint(style, outcome.padEnd(3)),
    method.padEnd(4),
    safe(url),
    ...(client === undefined ? [] : [paint('dim', safe(client))]),
    seconds(took),
    ...(attempts.length > 1 ? [paint('dim', `(${attempts.map(printAttempt).join(', ')})`)] : []),
    ...(error && status !== undefined ? [paint('dim', error.code)] : []),
  ];
  return parts.join(' ');
}

function printAttempt({ outcome = 'in flight', took = 0, wait }: AttemptReport): string {
  return `${outcome} ${seconds(took)}${wait === undefined || wait === 0 ? '' : `, +${seconds(wait)}`}`;
}

function seconds(value: number): string {
  return value < 0.9995 ? `${Math.round(value * 1000)} ms` : `${value.toFixed(2)} s`;
}

function safe(text: string): string {
  return text.replace(REWRITING, '\ufffd');
}
