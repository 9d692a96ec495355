/**
 * Seconds that the steps of a request took, in their order. A step lasts until the next one begins, so that together they are as
 * long as the request. A step that did not happen is absent; a step that cannot be told apart is part of the one before it. If the
 * request fails, its last step is the one that was under way: after a timeout without a response, `wait` is the time spent waiting.
 */
export interface RequestTimings {
  /**
   * Until a connection was taken from the pool, or began to be opened. It includes opening the connection if an agent or
   * dispatcher of the caller hands it over only when it is open.
   */
  readonly queued?: number | undefined;
  /** Host name looked up, of the proxy if there is one. Absent for an IP address. */
  readonly dns?: number | undefined;
  /** TCP connection opened. Includes opening a tunnel through a proxy. */
  readonly connect?: number | undefined;
  /** TLS handshake. Absent for plain HTTP. */
  readonly tls?: number | undefined;
  /** Request written, with its body. If the response arrives earlier, until then. */
  readonly sent?: number | undefined;
  /** From then until status and headers arrive. Absent if they arrive before the body is written. */
  readonly wait?: number | undefined;
  /** From then until the last byte of the body. */
  readonly receive?: number | undefined;
}

/** The connection that carried a request. */
export interface ConnectionFacts {
  /** Whether it has carried earlier requests. */
  readonly reused: boolean;
  /** IP address of the server, or of the proxy if there is one; the path of a Unix socket. */
  readonly address?: string | undefined;
  /** Port of the server or the proxy. Absent for a Unix socket. */
  readonly port?: number | undefined;
  /** Version of HTTP: `1.0`, `1.1` or `2`. Absent without a response, and for HTTP/1 over an undici dispatcher of the caller. */
  readonly protocol?: string | undefined;
}
