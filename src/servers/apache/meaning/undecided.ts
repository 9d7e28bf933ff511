/** Which findings hold only under a condition that the config does not decide. */
import type { Config } from '../../../syntax/config.ts';
import type { Place, SourceFile } from '../../../text/source.ts';
import { headerOf, type ConfigFile, type Directive } from '../../../syntax/tree.ts';
import type { UndecidedCondition } from '../../server.ts';
import { ApacheSections, SkippedSections } from './section-kinds.ts';
import type { Targets } from '../../../model/versions.ts';

/** The conditional sections of a config of httpd (`<IfDefine>`, `<IfModule>`, ...) of which it cannot be told whether they are read. */
export class UndecidedConditions {
  readonly #config: Config;
  readonly #targets: Targets;
  readonly #files: ReadonlyMap<SourceFile, ConfigFile>;
  readonly #skipped = new Map<ConfigFile, SkippedSections>();
  #sections: ApacheSections | undefined;

  constructor(config: Config, targets: Targets) {
    this.#config = config;
    this.#targets = targets;
    this.#files = new Map(config.files.map((file) => [file.source, file]));
  }

  /** The one around a place, also where it stands around the include of the file. */
  around({ file: source, start }: Place): UndecidedCondition | undefined {
    let file = this.#files.get(source);
    let offset = start;
    while (file) {
      const found = this.#skippedIn(file).around(offset);
      if (found) return { tag: tagOf(found), place: headerOf(found) };
      if (!file.includedBy) return undefined;
      offset = file.includedBy.start;
      file = this.#files.get(file.includedBy.parent.file);
    }
    return undefined;
  }

  #skippedIn(file: ConfigFile): SkippedSections {
    let skipped = this.#skipped.get(file);
    if (!skipped) {
      this.#sections ??= new ApacheSections(this.#config, this.#targets);
      this.#skipped.set(file, (skipped = new SkippedSections(file, this.#sections)));
    }
    return skipped;
  }
}

function tagOf({ name, args }: Directive): string {
  return `<${[name, ...args].map(({ raw }) => raw).join(' ')}>`;
}
