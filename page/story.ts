import type { AttemptReport, CallReport } from '../src/inspector/report';
import { duration, pathOf, tookOf, toneOf, type Tone } from './format';

/** A piece of a sentence; with a tone, or as code. */
export type Piece = string | { readonly text: string; readonly tone?: Tone; readonly code?: true };
export type Sentence = readonly Piece[];

/** What happened in a call, in sentences. */
export function storyOf(call: CallReport, now: number): readonly Sentence[] {
  return [opening(call, now), ...call.attempts.map((attempt, index) => ofAttempt(call, attempt, index))];
}

export function plain(sentences: readonly Sentence[]): string {
  return sentences.map((pieces) => pieces.map((one) => (typeof one === 'string' ? one : one.text)).join('')).join('\n');
}

function opening(call: CallReport, now: number): Sentence {
  const { state, error, attempts, context, limit } = call;
  const took = duration(tookOf(call, now));
  const count = attempts.length > 1 ? ` and ${attempts.length} attempts` : '';
  const verdict: Record<CallReport['state'], Sentence> = {
    open: [{ text: 'The call is under way', tone: 'open' }, ` for ${took}.`],
    ok: [{ text: 'The call succeeded', tone: 'good' }, ` after ${took}${count}.`],
    failed: [
      { text: 'The call failed', tone: 'bad' },
      ` after ${took}${count}`,
      ...(error ? [', with ', { text: `${error.name} [${error.code}]`, code: true } as const] : []),
      '.',
    ],
  };
  return [
    ...verdict[state],
    ...(attempts.length === 0 && state !== 'open'
      ? [' Nothing was sent', ...(error ? [`: ${error.message}`] : []), '.']
      : []),
    ...(context?.route === undefined ? [] : [' It was made for ', { text: context.route, code: true } as const, '.']),
    ...(limit === undefined ? [] : [` Its deadline was ${duration(limit)} after its start.`]),
  ];
}

const NUMBERS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];

function ofAttempt({ attempts }: CallReport, attempt: AttemptReport, index: number): Sentence {
  const subject = attempts.length === 1 ? 'It' : `The ${NUMBERS[index] ?? `${index + 1}th`} attempt`;
  const beside = attempt.hedge ? ', made because the one before was slow,' : '';
  return [`${subject}${beside} `, ...whatCame(attempt), ...hopsOf(attempt), ...whatFollowed(attempt), '.'];
}

function whatCame({ outcome, took = 0 }: AttemptReport): Sentence {
  const tone = toneOf(outcome);
  if (outcome === undefined) return [{ text: 'is under way', tone }];
  if (outcome === 'lost') return ['was abandoned, because the other one was faster'];
  if (outcome === 'TIMEOUT') return ['got ', { text: 'no response', tone }, ` within ${duration(took)}`];
  if (typeof outcome === 'number')
    return ['was answered with ', { text: String(outcome), tone }, ` after ${duration(took)}`];
  return ['ended with ', { text: outcome, tone, code: true }, ` after ${duration(took)}`];
}

function hopsOf({ requests }: AttemptReport): Sentence {
  return requests.slice(1).flatMap(({ url }, index) => {
    const status = requests[index]?.status ?? 'redirect';
    const [path, query] = pathOf(url);
    return [index === 0 ? `, after a ${status} to ` : `, a ${status} to `, { text: path + query, code: true as const }];
  });
}

function whatFollowed({ decision, reason, wait = 0 }: AttemptReport): Sentence {
  if (decision === 'retry') return [`; retried after ${duration(wait)}`, ...because(reason)];
  if (decision === 'replay') return ['; sent again at once', ...because(reason)];
  return decision === 'fail' && reason !== undefined ? ['; given up: ', { text: reason, code: true }] : [];
}

function because(reason: string | undefined): Sentence {
  return reason === undefined ? [] : [' (', { text: reason, code: true }, ')'];
}
