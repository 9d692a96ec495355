const USUAL = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

// `toUpperCase` and `toLowerCase` make a new string for each call, which keeps it.

/** The usual methods in upper case, as axios users write them. */
export const UPPER_CASE: ReadonlyMap<string, string> = new Map(
  USUAL.flatMap((name) => [name, name.toLowerCase()].map((written) => [written, name] as const)),
);

/** The usual methods in lower case, as axios keeps them. */
export const LOWER_CASE: ReadonlyMap<string, string> = new Map(
  USUAL.flatMap((name) => [name, name.toLowerCase()].map((written) => [written, name.toLowerCase()] as const)),
);
