const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const MONTH = `(?<month>${MONTHS.join('|')})`;
const TIME = '(?<hour>\\d{2}):(?<minute>[0-5]\\d):(?<second>[0-5]\\d|60)';

/** The three forms of an HTTP-date. @see RFC 9110, section 5.6.7 */
const DATES = [
  new RegExp(`^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (?<day>\\d{2}) ${MONTH} (?<year>\\d{4}) ${TIME} GMT$`),
  new RegExp(`^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (?<day>\\d{2})-${MONTH}-(?<year>\\d{2}) ${TIME} GMT$`),
  new RegExp(`^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) ${MONTH} (?<day>[ \\d]\\d) ${TIME} (?<year>\\d{4})$`),
];

/** Seconds for a number that is larger. @see RFC 9111, section 1.2.2 */
const MOST = 2 ** 31;

/**
 * Seconds to wait according to a `Retry-After` header; `undefined` if it is missing or invalid.
 *
 * @param now milliseconds since the epoch
 * @param sentAt the `Date` header of the response: a date is compared with the server's clock, which may differ from ours
 * @see RFC 9110, section 10.2.3
 */
export function parseRetryAfter(text: unknown, now: number, sentAt?: unknown): number | undefined {
  if (typeof text !== 'string') return undefined;
  const value = text.trim();
  // RFC 9110 has no fractions, but services send them: `2.0`.
  if (/^\d+(\.\d+)?$/.test(value)) return Math.min(Number(value), MOST);
  const date = parseDate(value, now);
  if (date === undefined) return undefined;
  const start = typeof sentAt === 'string' ? parseDate(sentAt.trim(), now) : undefined;
  return Math.max(0, (date - (start ?? now)) / 1000);
}

function parseDate(text: string, now: number): number | undefined {
  const parts = DATES.map((form) => form.exec(text)?.groups).find((groups) => groups !== undefined);
  if (!parts) return undefined;
  const { day, month, year, hour, minute, second } = parts;
  const month0 = MONTHS.indexOf(String(month));
  const date = Date.UTC(fullYear(String(year), now), month0, Number(day), Number(hour), Number(minute), Number(second));
  // Date.UTC turns 31 February into a day in March.
  return new Date(date).getUTCDate() === Number(day) ? date : undefined;
}

function fullYear(year: string, now: number): number {
  if (year.length === 4) return Number(year);
  const thisYear = new Date(now).getUTCFullYear();
  const guess = thisYear - (thisYear % 100) + Number(year);
  // RFC 9110, section 5.6.7: a two-digit year more than 50 years ahead is in the past.
  return guess > thisYear + 50 ? guess - 100 : guess;
}
