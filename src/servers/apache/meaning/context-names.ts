import type { ApacheContext } from '../facts/types.ts';

/** What messages call the places where directives stand. */
export const contextNames: Readonly<Record<ApacheContext, string>> = {
  server: 'the server config',
  vhost: '<VirtualHost>',
  directory: '<Directory>',
  location: '<Location>',
  files: '<Files>',
  if: '<If>',
  proxy: '<Proxy>',
  limit: '<Limit>',
  htaccess: '.htaccess',
};
