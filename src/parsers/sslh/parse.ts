import type { SourceFile } from '../../ir/source.ts';
import type { ConfigFile, Directive } from '../../ir/syntax.ts';

export function parseSslh(source: SourceFile, _includedBy?: Directive): ConfigFile {
  throw new Error(`not written yet: ${source.path}`);
}
