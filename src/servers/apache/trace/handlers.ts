/** What handlers answer that SetHandler, ScriptAlias and the like name. */
import type { Outcome } from '../../../model/trace.ts';
import { giveUp } from '../../../model/unknown.ts';
import { wordTable } from '../../../text/word-table.ts';
import { hasOption } from './options.ts';
import { isOn, step, type Request } from './state.ts';

/** Pages for GET (that of balancers for POST, too), by the modules that make them. */
const pages: Readonly<Record<string, readonly string[]>> = wordTable({
  'server-status': ['status'],
  'server-info': ['info'],
  'ldap-status': ['ldap'],
  'balancer-manager': ['proxy_balancer'],
});

/** Of the server itself: where the module is absent, the file is served as any other. */
const others: Readonly<Record<string, readonly string[]>> = wordTable({
  'cgi-script': ['cgi', 'cgid'],
  'send-as-is': ['asis'],
  'imap-file': ['imagemap'],
  'type-map': ['negotiation'],
  'lua-script': ['lua'],
  'fcgid-script': ['fcgid'],
  'wsgi-script': ['wsgi'],
  'perl-script': ['perl'],
});

/** Of PHP, whose module has the version in its name. */
const php = /^application\/x-httpd-php|^php\d?-script$/;

/** Undefined: the default handler answers. */
export function handlerAnswer(request: Request): Outcome | number | undefined {
  const { handler, setting } = request;
  if (handler === undefined || handler === 'default-handler') return undefined;
  if (setting.modules && !isLoaded(handler, setting.modules)) {
    step(request, `No module is loaded that has the handler "${handler}"; the file is served as it is.`);
    return undefined;
  }
  if (handler in pages) return page(request, handler);
  const refused = handler === 'cgi-script' ? refusedScript(request) : undefined;
  return refused ?? unknownHandler(handler);
}

function isLoaded(handler: string, modules: ReadonlySet<string>): boolean {
  if (php.test(handler)) return [...modules].some((name) => /^(?:lib)?php/.test(name));
  return (pages[handler] ?? others[handler] ?? unknownHandler(handler)).some((name) => modules.has(name));
}

function page(request: Request, handler: string): Outcome | undefined {
  const isManager = handler === 'balancer-manager';
  if (!['GET', 'HEAD', ...(isManager ? ['POST'] : [])].includes(request.method)) return undefined;
  if (isManager && request.args !== undefined) giveUp('What the balancer manager does is not traced.');
  step(request, `The handler "${handler}" answers.`);
  return { kind: 'response', status: 200, location: undefined, body: undefined };
}

/** The status with which mod_cgi refuses to run what is no script. */
function refusedScript(request: Request): number | undefined {
  if (request.method === 'OPTIONS') return giveUp('What a script answers to OPTIONS is not traced.');
  if (!request.notes.has('alias-forced-type') && !hasOption(request, 'execcgi')) {
    step(request, 'Options do not allow scripts here (ExecCGI); httpd answers 403.');
    return 403;
  }
  if (request.fileKind === 'missing') return 404;
  if (request.fileKind === 'directory') return 403;
  const takesRest = isOn(request, 'acceptpathinfo', true);
  return request.fileKind === 'file' && request.pathInfo !== '' && !takesRest ? 404 : undefined;
}

const unknownHandler = (handler: string): never => giveUp(`The handler "${handler}" produces the answer.`);
