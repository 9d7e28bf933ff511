/** What a user writes to say which application it is: `jatos`, `jupyterhub@4`, `JATOS 3.8.1`. */
import { parseVersion, type Version } from '../../model/versions.ts';
import { withoutScheme } from '../../model/scheme.ts';
import { suggest } from '../../text/suggest.ts';
import { applicationNames, hintsOfName } from './names.ts';

export interface ToldApplication {
  readonly id: string;
  /** Undefined: it was not said. */
  readonly version: Version | undefined;
}

/** What is told of a host name or a backend, as the config file has it. */
export interface ApplicationSetting extends ToldApplication {
  /** `hub.example.org`, `hub.example.org/lab`, `http://127.0.0.1:9000`. */
  readonly of: string;
}

/** A string says what is wrong, as the end of a sentence. */
export function readApplication(text: string): ToldApplication | string {
  const { name, written } = splitVersion(text.trim());
  const id = idOf(name);
  if (id === undefined) return unknownName(name);
  if (written === undefined) return { id, version: undefined };
  const version = parseVersion(written);
  return version ? { id, version } : `${JSON.stringify(written)} is no version; write one such as "${id}@3.8.1"`;
}

/** The version stands behind the last `@` or space, and begins with a figure. */
function splitVersion(text: string): { name: string; written: string | undefined } {
  const at = Math.max(text.lastIndexOf('@'), text.lastIndexOf(' '));
  const tail = text.slice(at + 1).replace(/^v(?=\d)/, '');
  return at > 0 && /^\d/.test(tail)
    ? { name: text.slice(0, at).trim(), written: tail }
    : { name: text, written: undefined };
}

function idOf(name: string): string | undefined {
  const lower = name.toLowerCase();
  if (applicationNames().has(lower)) return lower;
  for (const [id, full] of applicationNames()) if (full.toLowerCase() === lower) return id;
  const [hint, ...others] = hintsOfName(lower).filter(({ weight }) => weight === 3);
  return others.length === 0 ? hint?.id : undefined;
}

function unknownName(name: string): string {
  const near = suggest(name, applicationNames().keys());
  const hint = near === undefined ? 'docs/applications/README.md lists those that are' : `did you mean "${near}"?`;
  return `${JSON.stringify(name)} is no application that is known; ${hint}`;
}

/** Reads what hosts and backends are said to be. Throws nothing: each mistake is a sentence with the key that it is about. */
export function readSettings(written: Readonly<Record<string, string>>): {
  readonly settings: readonly ApplicationSetting[];
  readonly mistakes: readonly { readonly key: string; readonly text: string }[];
} {
  const settings: ApplicationSetting[] = [];
  const mistakes: { key: string; text: string }[] = [];
  for (const [key, text] of Object.entries(written)) {
    const read = place.test(withoutScheme(key))
      ? readApplication(text)
      : `write a host name or the URL of a backend, such as "http://127.0.0.1:9000"`;
    if (typeof read === 'string') mistakes.push({ key, text: read });
    else settings.push({ of: key, ...read });
  }
  return { settings, mistakes };
}

/** A host, with its port and a path if need be; a scheme may stand before it. */
const place = /^[^\s/?#]+(?:\/[^\s?#]*)?$/;
