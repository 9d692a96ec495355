/** How a method is passed on, if not as in `(url) => client.get(url)`. */
const PASSED_ON: Readonly<Record<string, string>> = {
  request: '(url) => client.request(method, url)',
  use: '(plugin) => client.use(plugin)',
  close: '() => client.close()',
};

/** For methods that were taken off their client, as in `urls.map(client.get)` and `const { get } = client`. */
export function lostClient(method: string): TypeError {
  const way = PASSED_ON[method];
  const advice = way ?? `client.${method}(url), and urls.map((url) => client.${method}(url)) for a list`;
  return new TypeError(`${method} was called without its client: write ${advice}`);
}
