import type { IncludeRules } from '../../syntax/include-rules.ts';

/** `ngx_conf_include`. */
export const nginxIncludes: IncludeRules = {
  isInclude: ({ key }) => key === 'include',
  mayBeMissing: (_, isPattern) => isPattern,
  hasPatterns: true,
  hasFolders: false,
  installed:
    /^\/(?:etc|usr\/local\/etc|opt\/homebrew\/etc)\/(?:nginx|openresty)(?:\/|$)|^\/usr\/local\/(?:nginx|openresty\/nginx)\/conf/,
  packaged:
    /^(?:mime\.types|fastcgi\.conf|(?:fastcgi|proxy|uwsgi|scgi)_params|koi-utf|koi-win|win-utf|(?:fastcgi-php|snakeoil)\.conf|modules-enabled)$/,
};
