import { unknown, type Route, type VirtualHost } from '../../model/model.ts';
import { placeIn, type Directive } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';
import { isWithoutRoot } from '../files/_without-root.ts';
import { doubledPath, nameLevel } from './_script-names.ts';

const messages = {
  missing: 'PHP is not told which file to run: no "fastcgi_param SCRIPT_FILENAME" is in force here.',
  sample:
    '"/scripts" stands for the folder of the site in the sample config of nginx: PHP looks for files such as "/scripts/index.php".',
  alias: 'The path of the location is named twice: for "{{path}}" PHP looks for "{{file}}".',
  pattern:
    '"$document_root" is the name of a file here, by "{{alias}}" in a location with a pattern: PHP looks for a file below that file.',
  rootless:
    '"$document_root" is the default folder of nginx here, as no "root" is in force: PHP looks for its scripts in "html" below the prefix of nginx.',
} as const;

export default defineRule({
  meta: {
    summary: 'A SCRIPT_FILENAME that names no script',
    why: 'PHP runs the file of that name. Where there is none it answers "File not found." or "No input file specified.", and without a name an empty page.',
    how: 'Set "root" in the server, and "fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name;". Below an alias use "$request_filename".',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: ['fastcgi_pass'] },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_fastcgi_module.html#fastcgi_param',
      'https://github.com/nginxinc/nginx-wiki/blob/master/source/start/topics/tutorials/config_pitfalls.rst',
    ],
  },
  messages,
  check({ report }) {
    const innerRoots = new Map<VirtualHost, Directive | undefined>();

    /** The first `root` of a location. */
    function innerRoot(host: VirtualHost): Directive | undefined {
      if (!innerRoots.has(host)) innerRoots.set(host, firstRoot(host));
      return innerRoots.get(host);
    }

    function check(route: Route): void {
      const { scope, handler, preemptedBy } = route;
      if (handler.kind !== 'proxy' || handler.protocol !== 'fastcgi' || preemptedBy) return;
      const param = scope.effective('fastcgi_param').findLast(isName);
      if (param?.args[1]) checkName(route, param, handler.directive);
      else if (isForPhp(route)) checkMissing(route, handler.directive);
    }

    function checkMissing({ scope }: Route, pass: Directive): void {
      const level = nameLevel(scope);
      if (level === unknown) return;
      report({ message: 'missing', at: pass, confidence: level });
    }

    function checkName({ scope, virtualHost }: Route, param: Directive, pass: Directive): void {
      const word = param.args[1]!;
      // In a file that several locations include, the location is what is wrong.
      const at = param.parent.file === pass.parent.file ? placeIn(param, word) : pass;
      if (sample.test(word.value)) {
        report({ message: 'sample', at, confidence: 'medium' });
        return;
      }
      if (!fromRoot.test(word.value)) return;
      if (isWithoutRoot(scope)) {
        const other = innerRoot(virtualHost);
        const isKnown = scope.certainty('root') === 'known';
        if (!other && !isKnown) return;
        const related = other && [{ at: other, message: 'this root holds in its location only' }];
        report({ message: 'rootless', at, confidence: isKnown ? 'high' : 'medium', ...(related && { related }) });
        return;
      }
      const doubled = doubledPath(scope);
      if (!doubled) return;
      const related = [{ at: doubled.alias, message: 'the alias' }];
      if (doubled.request) {
        const witness = `curl -i 'http://host${doubled.request.path}'`;
        report({ message: 'alias', at, related, data: { ...doubled.request }, witness });
      } else report({ message: 'pattern', at, related, data: { alias: doubled.alias.args[0]!.value } });
    }

    return { route: check };
  },
});

const sample = /^\/scripts\/?\$\{?fastcgi_script_name\}?$/;
const fromRoot = /^\$(?:\{(?:document|realpath)_root\}|(?:document|realpath)_root\b)\/?\$\{?fastcgi_script_name\}?$/;

function firstRoot({ routes }: VirtualHost): Directive | undefined {
  for (const { scope } of routes) {
    const [root] = scope.own('root');
    if (root) return root;
  }
  return undefined;
}

function isName({ args }: Directive): boolean {
  return args[0]?.value.toUpperCase() === 'SCRIPT_FILENAME';
}

/** Other applications are told by PATH_INFO what is asked for, and run no file. */
function isForPhp({ match, handler }: Route): boolean {
  const target = handler.kind === 'proxy' ? handler.target.word.value : '';
  return /\bphp|php\b/i.test(match.pattern) || /php/i.test(target);
}
