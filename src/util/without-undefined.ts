/** What was given: an option that is there but undefined stands for its default, while axios takes some of them for a wish. */
export function withoutUndefined(options: object): Record<string, unknown> {
  const given: Record<string, unknown> = {};
  for (const name of Object.keys(options)) {
    const value = options[name as never] as unknown;
    if (value !== undefined) given[name] = value;
  }
  return given;
}
