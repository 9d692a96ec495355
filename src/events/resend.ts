/** Why a call sends more than one request. */
export type ResendKind = 'retry' | 'replay' | 'redirect' | 'hedge';

/** What makes a request the next one of its call. */
export interface Resend {
  /** Requests that the call sent before this one. */
  readonly count: number;
  readonly kind: ResendKind | undefined;
  /** The code or status that led to it. */
  readonly reason: string | undefined;
}
