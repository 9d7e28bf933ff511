declare const PROXYLINT_BUILD: string | undefined;

/** Names the code of this program: another build may find other things. Run from source, each run is one of its own. */
export const build: string =
  typeof PROXYLINT_BUILD === 'undefined' ? `source-${process.pid}-${Date.now()}` : PROXYLINT_BUILD;
