/** Express 4 beside Express 5, by an alias in package.json. The declarations of 5 serve for it, as far as this example goes. */
declare module 'express4' {
  export { default } from 'express';
}
