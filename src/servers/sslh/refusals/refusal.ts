import type { Config } from '../../../syntax/config.ts';
import type { Version } from '../../../model/versions.ts';
import type { Statement } from '../../diagnostic.ts';
import type { sslhMessages } from './messages.ts';

export type SslhRule = keyof typeof sslhMessages;

/** What sslh refuses, or warns of, as its rule reports it. */
export type Refusal<Rule extends SslhRule> = Statement<(typeof sslhMessages)[Rule]>;

/** What is judged: a config, for a version of sslh. */
export interface Judged {
  readonly config: Config;
  readonly version: Version;
  /** The version that somebody named; undefined: nobody did, and `version` is assumed. */
  readonly target: Version | undefined;
}
