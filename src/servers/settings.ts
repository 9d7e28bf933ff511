/** What a directive is set to, for rules that are about several servers. */
import type { Scope } from '../model/model.ts';
import type { Block, Dialect, Directive } from '../syntax/tree.ts';
import * as apache from './apache/meaning/settings.ts';
import * as nginx from './nginx/meaning/settings.ts';

interface Test {
  (directive: Directive | undefined): boolean;
  (level: Scope | Block | undefined, name: string): boolean;
}

type Reader = (directive: Directive | undefined) => number | undefined;

export interface Settings {
  /** Whether a directive says `on`, or the one of this name that counts at the level. False where there is none. */
  readonly isOn: Test;
  readonly isOff: Test;
  /** The first argument as the server compares it: in lower case where it does not look at the case. */
  readonly wordOf: (directive: Directive | undefined) => string | undefined;
  /** The first argument, with its unit; undefined for what is none. */
  readonly numberOf: Reader;
  readonly bytesOf: Reader;
  readonly secondsOf: Reader;
}

const { isOn, isOff, wordOf, numberOf, bytesOf, secondsOf } = nginx;
const ofNginx: Settings = { isOn, isOff, wordOf, numberOf, bytesOf, secondsOf };
/** Sizes of httpd have no units. */
const ofApache: Settings = {
  isOn: apache.isOn,
  isOff: apache.isOff,
  wordOf: apache.wordOf,
  numberOf: apache.numberOf,
  bytesOf: apache.numberOf,
  secondsOf: apache.secondsOf,
};

/** Those of nginx for sslh, too, whose settings have types of their own and no directives of these names. */
export function settingsOf(dialect: Dialect): Settings {
  return dialect === 'apache' ? ofApache : ofNginx;
}
