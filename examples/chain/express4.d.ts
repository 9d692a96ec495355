/** Express 4 next to Express 5, by an alias in package.json. For this example, the types of Express 5 are enough. */
declare module 'express4' {
  export { default } from 'express';
}
