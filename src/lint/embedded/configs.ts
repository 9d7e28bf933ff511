/** The configs in a file of another language. */
import { detectDialect } from '../../servers/detection/detect.ts';
import type { Level } from '../../syntax/config.ts';
import type { Dialect } from '../../syntax/tree.ts';
import { MappedText } from '../../text/mapped-text.ts';
import { SourceFile } from '../../text/source.ts';
import type { Holder } from './holders.ts';
import type { Piece, Reader } from './piece.ts';

export interface EmbeddedConfig {
  readonly source: SourceFile;
  readonly dialect: Dialect;
  readonly level?: Level;
}

const readers: Readonly<Record<Holder, () => Promise<Reader>>> = {
  yaml: async () => (await import('./yaml/read.ts')).readYaml,
  shell: async () => (await import('./shell/read.ts')).readShell,
  dockerfile: async () => (await import('./dockerfile.ts')).readDockerfile,
  nix: async () => (await import('./nix.ts')).readNix,
  terraform: async () => (await import('./terraform.ts')).readTerraform,
  puppet: async () => (await import('./puppet.ts')).readPuppet,
};

/** In the order of the text. `dialect`: others are left out. */
export async function embeddedConfigs(
  holder: Holder,
  { path, text }: { readonly path: string; readonly text: string },
  dialect?: Dialect,
): Promise<EmbeddedConfig[]> {
  const read = await readers[holder]();
  const file = new SourceFile(path, text);
  const found: EmbeddedConfig[] = [];
  for (const piece of read(MappedText.of(text))) {
    const source = sourceOf(piece, file);
    const its = piece.dialect ?? detectDialect(source.code, piece.name);
    if (!its || (dialect && its !== dialect)) continue;
    // Words alone, as other programs have them, are none of nginx.
    if (its === 'nginx' && !/[;{]/.test(source.code)) continue;
    found.push({ source, dialect: its, ...(piece.level && { level: piece.level }) });
  }
  return found.sort((a, b) => a.source.outer!.offset - b.source.outer!.offset);
}

function sourceOf({ content, filledIn, encode }: Piece, file: SourceFile): SourceFile {
  const { path, text } = file;
  return new SourceFile(path, content.text, {
    path,
    text,
    offset: content.map.outerStart(0),
    kind: 'embedded',
    file,
    map: content.map,
    ...(filledIn && filledIn.length > 0 && { filledIn }),
    ...(encode && { encode }),
  });
}
