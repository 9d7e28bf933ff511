/** Which handler is to answer: by the extensions of the file name (mod_mime), and by SetHandler, which counts more. */
import { giveUp } from '../../../model/unknown.ts';
import { levelsOf, settingOf, taken, textOf, type Request } from './state.ts';

/** Takes the place of the handler that the request has, if any. */
export function nameHandler(request: Request): void {
  const byExtension = request.proxied || request.fileKind === 'directory' ? undefined : handlerOfExtensions(request);
  if (byExtension !== undefined) request.handler = byExtension;
  const set = settingOf(request, 'sethandler');
  const name = set && textOf(request.setting, set.args[0]);
  if (name?.includes('%{')) giveUp('A handler named by an expression is not traced.');
  if (name !== undefined && name.toLowerCase() !== 'none') request.handler = name;
}

/** In lower case, without dots, in the order of the name; dots at its beginning are none of an extension. */
export function extensionsOf({ filename }: Request): readonly string[] {
  const name = filename!.slice(filename!.lastIndexOf('/') + 1);
  return name.toLowerCase().replace(/^\.+/, '').split('.').slice(1);
}

/** The last extension that has one. */
function handlerOfExtensions(request: Request): string | undefined {
  const { setting } = request;
  if (setting.modules?.has('mime') === false) return undefined;
  const handlers = new Map<string, string>();
  for (const { level } of levelsOf(request.scope))
    for (const item of level.items) {
      const { key, args } = item.directive;
      if (key !== 'addhandler' && key !== 'removehandler') continue;
      const words = args.map((word) => textOf(setting, word));
      const extensions = (key === 'addhandler' ? words.slice(1) : words).map((word) => word.toLowerCase());
      for (const extension of extensions.map((word) => word.replace(/^\./, '')))
        if (key === 'addhandler') handlers.set(extension, taken(setting, item) && words[0]!);
        else handlers.delete(extension);
    }
  return extensionsOf(request)
    .map((extension) => handlers.get(extension))
    .findLast((handler) => handler !== undefined);
}
