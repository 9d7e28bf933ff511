/** Builds the syntax tree while the grammar runs. */
import type { SourceFile, Span } from '../../text/source.ts';
import type { ConfigFile, Directive, Problem, Stray, Word } from '../../syntax/tree.ts';
import { fileBlock, type Mutable, type OpenBlock } from '../../syntax/file-block.ts';
import { logicalLine } from './lines.ts';
import type { OpenFault } from '../shared/pairing.ts';
import type { SharedStrings } from '../shared/shared-strings.ts';
import type { Tag } from './tags.ts';
import type { LineToken } from './tokens.ts';
import { trimmedEnd, WordReader } from './words.ts';

/**
 * Sections that httpd reads while it reads the file. Where their condition does not hold it skips them by other rules, so that some
 * mistakes are refused only in one of both cases.
 */
const conditionalSections = new Set(['ifmodule', 'ifdefine', 'ifversion', 'iffile', 'ifdirective', 'ifsection']);

/** Sections without arguments, of which httpd does not miss the `>`. */
const bareSections = new Set(['else', 'requireall', 'requireany', 'requirenone']);

const noWords: readonly Word[] = [];

export class TreeBuilder {
  readonly root: OpenBlock;
  readonly strays: Stray[] = [];
  readonly problems: Problem[] = [];
  readonly #source: SourceFile;
  readonly #strings: SharedStrings;
  readonly #reader: WordReader;
  #block: OpenBlock;
  /** The words of the current directive; longer than `#wordCount` where it is used again. */
  readonly #words: Word[] = [];
  #wordCount = 0;

  constructor(source: SourceFile, strings: SharedStrings, includedBy: Directive | undefined) {
    this.#source = source;
    this.#strings = strings;
    this.#reader = new WordReader(source.code, strings, (word, isClosed) => {
      this.#words[this.#wordCount++] = word;
      if (!isClosed) this.#unclosedQuote({ start: word.start, end: word.start + 1 });
    });
    this.root = fileBlock(source, includedBy);
    this.#block = this.root;
  }

  directive({ startOffset, end }: LineToken): void {
    const line = logicalLine(this.#source.code, startOffset, end);
    this.#wordCount = 0;
    const nameEnd = this.#reader.name(line);
    if (this.#wordCount === 0) return;
    const name = withoutBracket(this.#words[0]!);
    const key = this.#strings.lowerCased(name.value);
    this.#reader.args(line, key, nameEnd);
    this.#block.directives.push({
      kind: 'directive',
      name,
      key,
      args: this.#wordCount > 1 ? this.#words.slice(1, this.#wordCount) : noWords,
      block: undefined,
      terminator: 'newline',
      parent: this.#block,
      start: name.start,
      end: line.endOffset(trimmedEnd(line.text, line.start, line.end)),
    });
  }

  openSection({ paired }: LineToken): void {
    const { tag, role, found } = paired!;
    const directive: Mutable<Directive> = {
      kind: 'directive',
      name: tag.name,
      key: tag.key,
      args: tag.args,
      block: undefined,
      terminator: 'block',
      parent: this.#block,
      start: tag.span.start,
      end: tag.span.end,
    };
    const block: OpenBlock = {
      kind: 'section',
      directives: [],
      owner: directive,
      file: this.#source,
      open: tag.span,
      close: undefined,
      start: tag.span.end,
      end: tag.span.end,
    };
    directive.block = block;
    this.#block.directives.push(directive);
    this.#block = block;
    this.#openProblems(tag, role.kind === 'open' ? role.fault : undefined, found);
  }

  closeSection({ paired }: LineToken): void {
    const { tag } = paired!;
    const block = this.#block;
    block.close = tag.span;
    this.#end(tag.span.end);
    if (tag.fault === 'missing-bracket') {
      // Where httpd looks for the end of a section by itself, it blames the opening tag.
      const related = conditionalSections.has(tag.key) || tag.key === 'macro' ? block.open : undefined;
      this.#syntaxError(tag.span, `The closing tag "</${tag.name.value}" lacks its ">".`, { related });
    }
    if (!tag.rest) return;
    this.#stray(tag.rest);
    if (conditionalSections.has(tag.key)) {
      this.problems.push({
        code: 'syntax-error',
        message: `Nothing may follow "</${tag.name.value}>" on its line.`,
        tolerated: true,
        ...tag.rest,
      });
    }
  }

  /** Ends a section that has no closing tag; the token stands where it ends. */
  cutSection({ startOffset }: LineToken): void {
    this.#end(startOffset);
  }

  #end(end: number): void {
    const block = this.#block;
    const directive = block.owner as Mutable<Directive>;
    block.end = end;
    directive.end = end;
    this.#block = directive.parent as OpenBlock;
  }

  strayTag({ paired }: LineToken): void {
    const { tag, role } = paired!;
    this.#stray({ start: tag.span.start, end: tag.rest?.end ?? tag.span.end });
    if (role.kind === 'stray' && role.reason === 'unmatched') {
      this.problems.push({ code: 'unexpected-close', name: tag.name.value, ...tag.span });
    }
  }

  /** Called once, for the first tag that is nested too deeply. */
  tooDeep(tag: Tag, limit: number): void {
    this.problems.push({
      code: 'syntax-error',
      message: `Sections are nested more than ${limit} levels deep; what is below is not read as nested.`,
      partial: true,
      tolerated: true,
      ...tag.span,
    });
  }

  file(comments: ConfigFile['comments'], includedBy: Directive | undefined): ConfigFile {
    return {
      dialect: 'apache',
      source: this.#source,
      root: this.root,
      comments,
      strays: this.strays,
      problems: this.problems.sort((a, b) => a.start - b.start),
      includedBy,
    };
  }

  #openProblems(tag: Tag, fault: OpenFault | undefined, found: Tag | undefined): void {
    for (const quote of tag.openQuotes) this.#unclosedQuote(quote);
    if (tag.strayBracket) this.#stray(tag.strayBracket);
    if (tag.rest) this.#stray(tag.rest);
    if (tag.fault === 'missing-bracket') {
      const tolerated = bareSections.has(tag.key) && tag.args.length === 0;
      this.#syntaxError(tag.span, `The opening tag "<${tag.name.value}" lacks its ">".`, { tolerated });
    } else if (tag.fault === 'space-before-name') {
      this.#syntaxError(tag.span, 'The name of a section must follow its "<" directly.');
    }
    if (!fault) return;
    this.problems.push({
      code: 'unclosed-section',
      name: tag.name.value,
      ...(found && { found: found.name.value, related: found.span }),
      ...(!found && conditionalSections.has(tag.key) && { tolerated: true }),
      ...tag.span,
    });
  }

  #unclosedQuote(span: Span): void {
    this.problems.push({ code: 'unclosed-quote', tolerated: true, ...span });
  }

  #syntaxError(span: Span, message: string, more: { tolerated?: boolean; related?: Span | undefined } = {}): void {
    const { tolerated, related } = more;
    this.problems.push({
      code: 'syntax-error',
      message,
      ...(tolerated && { tolerated }),
      ...(related && { related }),
      ...span,
    });
  }

  #stray(span: Span): void {
    this.strays.push({ start: span.start, end: span.end, raw: this.#source.text.slice(span.start, span.end) });
  }
}

/** httpd cuts one `>` off the end of any first word. */
function withoutBracket(name: Word): Word {
  return name.value.length > 1 && name.value.endsWith('>') ? { ...name, value: name.value.slice(0, -1) } : name;
}
