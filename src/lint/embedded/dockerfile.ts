/** Dockerfiles: here-documents of `COPY` and `RUN`, and what `RUN echo` writes. https://docs.docker.com/reference/dockerfile/ (1.12) */
import { MappedTextBuilder, type MappedText } from '../../text/mapped-text.ts';
import type { Piece } from './piece.ts';
import { readShell } from './shell/read.ts';

export function readDockerfile(base: MappedText): Piece[] {
  return readShell(withoutContinuations(base));
}

/** An instruction goes on behind a backslash; comment lines in it are no part of it. Here-documents stay as they are. */
function withoutContinuations(base: MappedText): MappedText {
  const builder = new MappedTextBuilder(base);
  const { text } = base;
  let isContinued = false;
  let terminator: string | undefined;
  for (let at = 0; at < text.length;) {
    const lineEnd = text.indexOf('\n', at);
    const next = lineEnd === -1 ? text.length : lineEnd + 1;
    const line = text.slice(at, next).trimEnd();
    if (terminator !== undefined) {
      if (line.trim() === terminator) terminator = undefined;
      builder.copy(at, next);
    } else if (!(isContinued && /^\s*(?:#.*)?$/.test(line))) {
      isContinued = line.endsWith('\\');
      builder.copy(at, isContinued ? at + line.length - 1 : next);
      terminator = /<<-?["']?([A-Za-z_]\w*)/.exec(line)?.[1];
    }
    at = next;
  }
  return builder.finish();
}
