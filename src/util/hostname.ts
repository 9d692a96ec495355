/** A host name without the dot that marks it as complete: both forms name the same host. @see RFC 1034, section 3.1 */
export function withoutDot(hostname: string): string {
  return hostname.endsWith('.') ? hostname.slice(0, -1) : hostname;
}
