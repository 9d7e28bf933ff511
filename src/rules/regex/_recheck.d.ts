/** The build of recheck that is JavaScript alone; the main one looks for a native program and for Java. */
declare module 'recheck/lib/browser.js' {
  import type { checkSync as check } from 'recheck';

  /** Undefined where the loader sees no names in a CommonJS module, only the whole. */
  export const checkSync: typeof check | undefined;
  const all: { readonly checkSync: typeof check };
  export default all;
}
