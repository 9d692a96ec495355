/** Removes undefined options: here `undefined` means the default, but axios gives it a meaning for some options. */
export function withoutUndefined(options: object): Record<string, unknown> {
  const given = { __proto__: null } as unknown as Record<string, unknown>;
  for (const name of Object.keys(options)) {
    const value = options[name as never] as unknown;
    if (value !== undefined) given[name] = value;
  }
  return given;
}
