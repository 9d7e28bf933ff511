import type { IncludeRules } from '../../syntax/include-rules.ts';

/** libconfig's `@include`, to which a star is a part of the name. */
export const sslhIncludes: IncludeRules = {
  isInclude: ({ key }) => key === '@include',
  mayBeMissing: () => false,
  hasPatterns: false,
  hasFolders: false,
  installed: /^\/(?:etc|usr\/local\/etc|opt\/homebrew\/etc)\/sslh(?:\/|$)/,
};
