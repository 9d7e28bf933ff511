import { schemeOf, withoutScheme } from '../../../model/scheme.ts';

/** `ServerName [scheme://]host[:port]`, `server_hostname_port` of `server/core.c`. */
export interface WrittenServerName {
  /** In lower case. */
  readonly scheme: string | undefined;
  /** As it is written. */
  readonly host: string;
  readonly port: number | undefined;
}

export function readServerName(text: string): WrittenServerName {
  const authority = withoutScheme(text);
  const port = /:(\d+)$/.exec(authority)?.[1];
  return {
    scheme: schemeOf(text),
    host: port === undefined ? authority : authority.slice(0, -port.length - 1),
    port: port === undefined ? undefined : Number(port),
  };
}
