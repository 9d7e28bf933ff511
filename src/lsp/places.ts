/** From places in the files of a config to places in what an editor shows. */
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Location } from 'vscode-languageserver';
import { headerOf, type Directive } from '../syntax/tree.ts';
import { placeInOuter, type Place, type SourceFile } from '../text/source.ts';
import type { LspHost } from './host.ts';
import type { Positions } from './positions.ts';

/** The line of a directive, as people are told it. */
export interface ShownLine {
  /** `site.conf:12` */
  readonly label: string;
  readonly uri: string;
  /** From 1. */
  readonly line: number;
}

export class Places {
  readonly #host: LspHost;
  readonly #positions: () => Positions;
  /** Of texts, for their lines. */
  readonly #documents = new WeakMap<SourceFile, TextDocument>();

  constructor(host: LspHost, positions: () => Positions) {
    this.#host = host;
    this.#positions = positions;
  }

  /** Where the editor shows a place. */
  locationOf(place: Place): Location {
    const shown = placeInOuter(place);
    return { uri: this.uriOf(shown.file.path), range: this.#positions().rangeOf(this.#documentOf(shown.file), shown) };
  }

  lineOf(directive: Directive): ShownLine {
    const { uri, range } = this.locationOf(headerOf(directive));
    const line = range.start.line + 1;
    return { label: `${decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1))}:${line}`, uri, line };
  }

  /** Paths of what is no file are URIs. */
  uriOf(path: string): string {
    return /^[a-z][\w+.-]+:/i.test(path) ? path : this.#host.toUri(path);
  }

  #documentOf(file: SourceFile): TextDocument {
    let document = this.#documents.get(file);
    if (!document) this.#documents.set(file, (document = TextDocument.create(file.path, '', 0, file.text)));
    return document;
  }
}
