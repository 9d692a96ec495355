/** What was given: an option that is there but undefined stands for its default, while axios takes some of them for a wish. */
export function withoutUndefined(options: object): Record<string, unknown> {
  const given: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(options)) if (value !== undefined) given[name] = value as unknown;
  return given;
}
