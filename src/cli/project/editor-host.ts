/** The file system and the config files, for the language server. */
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { LintSettings } from '../../lint/lint-source.ts';
import type { Folder, LspHost } from '../../lsp/host.ts';
import type { Finding } from '../../rules/finding.ts';
import { isWithin } from '../../text/paths.ts';
import { fileAccess } from '../files/file-access.ts';
import type { ProjectOptions } from '../options.ts';
import { Project } from './project.ts';
import type { ProjectSettings } from './settings.ts';
import { forgetScopes } from '../files/read-scope.ts';
import { canonical, forgetPaths } from '../files/real-path.ts';
import { version } from '../version.ts';

interface FolderProject {
  readonly path: string;
  readonly project: Project;
}

export class EditorHost implements LspHost {
  readonly version = version;
  readonly #options: ProjectOptions;
  /** The innermost first. */
  #folders: readonly FolderProject[] = [];
  /** For files outside of all folders. */
  #outside: Project;
  #plain: Project;

  constructor(options: ProjectOptions) {
    this.#options = options;
    this.#outside = new Project(options);
    this.#plain = new Project({ ...options, config: false });
  }

  reset(folders: readonly Folder[]): void {
    forgetPaths();
    forgetScopes();
    this.#plain = new Project({ ...this.#options, config: false });
    const projects = folders.map(({ path, settings }) => ({
      path,
      project: new Project({ ...this.#options, ...layerOf(settings, path) }),
    }));
    this.#outside =
      projects.find(({ path }) => path === '')?.project ?? projects[0]?.project ?? new Project(this.#options);
    this.#folders = projects.filter(({ path }) => path !== '').sort((a, b) => b.path.length - a.path.length);
  }

  async settingsFor(path: string): Promise<LintSettings | undefined> {
    const settings = await this.#projectOf(path).settingsFor(path);
    return settings && this.#withFiles(settings, path);
  }

  async plainSettingsFor(path: string): Promise<LintSettings> {
    const settings = (await this.#plain.settingsFor(path))!;
    return { ...this.#withFiles(settings, path), rules: [] };
  }

  readonly adjust = (finding: Finding, rootPath: string): Promise<Finding | undefined> =>
    this.#projectOf(rootPath).adjust(finding, rootPath);

  canonical(path: string): string {
    return canonical(path);
  }

  toPath(uri: string): string | undefined {
    if (!uri.startsWith('file:')) return undefined;
    try {
      return fileURLToPath(uri);
    } catch {
      // A host name in it, or a slash that is written as `%2F`.
      return undefined;
    }
  }

  toUri(path: string): string {
    return pathToFileURL(path).href;
  }

  #projectOf(path: string): Project {
    return this.#folderOf(path)?.project ?? this.#outside;
  }

  #folderOf(path: string): FolderProject | undefined {
    const absolute = resolve(path);
    return this.#folders.find((folder) => isWithin(folder.path, absolute));
  }

  /** What is open in the editor as a folder is a project, whether it is a repository or not. */
  #withFiles(settings: ProjectSettings, path: string): LintSettings {
    const folder = this.#folderOf(path);
    const scope = folder ? settings.scope.with([folder.path]) : settings.scope;
    return { ...settings, files: fileAccess(scope) };
  }
}

/** What only the editor makes of its settings. */
const ownKeys: ReadonlySet<string> = new Set(['configFile', 'command', 'trace']);

function layerOf(settings: unknown, folder: string): Partial<ProjectOptions> {
  if (typeof settings !== 'object' || settings === null) return {};
  const { configFile } = settings as { configFile?: unknown };
  const written = Object.entries(settings).filter(([key, value]) => !ownKeys.has(key) && value !== null);
  const directory = folder === '' ? process.cwd() : folder;
  return {
    ...(typeof configFile === 'string' && configFile !== '' && { config: resolve(directory, configFile) }),
    ...(written.length > 0 && {
      layer: { name: "the editor's settings", directory, value: Object.fromEntries(written) },
    }),
  };
}
