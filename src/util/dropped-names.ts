/** Whether axios drops a name, because it could change a prototype. */
export function isDropped(name: string): boolean {
  return name === '__proto__' || name === 'constructor' || name === 'prototype';
}
