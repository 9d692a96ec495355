/** What to use instead of names that other packages have: names by advice. `$` stands for the name. */
export type Counterparts = Readonly<Record<string, string>>;

/** `follow_redirects`, `followRedirects` and `FollowRedirects` are one name. */
function canonical(name: string): string {
  return name.replace(/[_-]/g, '').toLowerCase();
}

/** Finds the advice for a name in whatever spelling. */
export function adviser(counterparts: Counterparts): (name: string) => string | undefined {
  const advice = new Map<string, string>();
  for (const [text, names] of Object.entries(counterparts)) {
    for (const name of names.trim().split(/\s+/)) advice.set(canonical(name), text.replace('$', name));
  }
  return (name) => advice.get(canonical(name));
}

/** The known name that is another spelling of `name`. */
export function sameName(name: string, known: Iterable<string>): string | undefined {
  for (const one of known) if (canonical(one) === canonical(name)) return one;
  return undefined;
}
