import { findHeader } from './find-header';
import { parseStructuredList, type StructuredItem } from './structured-list';

/** What a service says about one of its limits. */
export interface AnnouncedLimit {
  /** Name of the policy, and the partition key if there is one. */
  readonly policy: string;
  /** Requests that are left until the reset. */
  readonly remaining: number;
  /** Seconds until the reset: at most that long, since services round up. */
  readonly reset: number;
  /** Requests per window, if known. */
  readonly quota: number | undefined;
}

/** Longer names are cut off, so that no service fills the memory. */
const LONGEST_NAME = 64;

/**
 * The limits in the `RateLimit` and `RateLimit-Policy` headers of a response, in the forms of the drafts up to now:
 * `"default";r=5;t=1`, `limit=10, remaining=5, reset=1`, and three headers for the three numbers. What is malformed, has no
 * time or is not about requests is left out.
 *
 * @see draft-ietf-httpapi-ratelimit-headers
 */
export function parseRateLimits(headers: object | undefined): readonly AnnouncedLimit[] {
  const limits = textOf(headers, 'ratelimit');
  if (limits === undefined) return fromThreeHeaders(headers);
  const policies = parseStructuredList(textOf(headers, 'ratelimit-policy') ?? '') ?? [];
  const items = parseStructuredList(limits);
  if (!items) return fromDictionary(limits, policies);
  return items.map((item) => fromItem(item, policies)).filter((limit) => limit !== undefined);
}

function fromItem(
  { value, parameters }: StructuredItem,
  policies: readonly StructuredItem[],
): AnnouncedLimit | undefined {
  const { r, t, pk } = parameters;
  const policy = policies.find((one) => one.value === value && (pk === undefined || one.parameters['pk'] === pk));
  const { q, w, qu = 'request', pk: partition = '' } = policy?.parameters ?? {};
  if (typeof value === 'number' || !/^requests?$/.test(String(qu))) return undefined;
  return rateLimit(`${value};${pk ?? partition}`, r, t ?? w, q);
}

function fromDictionary(text: string, policies: readonly StructuredItem[]): readonly AnnouncedLimit[] {
  const members = text.split(',').map((member) => /^[ \t]*([a-z]+)=(\d{1,15})[ \t]*$/.exec(member));
  const numbers: Record<string, number> = {};
  for (const member of members) {
    if (!member) return [];
    numbers[String(member[1])] = Number(member[2]);
  }
  const { limit, remaining, reset } = numbers;
  const window = policies.find(({ value }) => value === limit)?.parameters['w'];
  return [rateLimit('', remaining, reset ?? window, limit)].filter((one) => one !== undefined);
}

function fromThreeHeaders(headers: object | undefined): readonly AnnouncedLimit[] {
  const [remaining, reset, quota] = ['remaining', 'reset', 'limit'].map((name) => {
    const digits = /^[ \t]*(\d{1,15})(?![\d.])/.exec(textOf(headers, `ratelimit-${name}`) ?? '')?.[1];
    return digits === undefined ? undefined : Number(digits);
  });
  return [rateLimit('', remaining, reset, quota)].filter((one) => one !== undefined);
}

function rateLimit(policy: string, remaining: unknown, reset: unknown, quota: unknown): AnnouncedLimit | undefined {
  if (!isCount(remaining) || !isCount(reset)) return undefined;
  return { policy: policy.slice(0, LONGEST_NAME), remaining, reset, quota: isCount(quota) ? quota : undefined };
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}

/** A header that is repeated is one list. */
function textOf(headers: object | undefined, name: string): string | undefined {
  const value = findHeader(headers, name);
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'string' ? value : undefined;
}
