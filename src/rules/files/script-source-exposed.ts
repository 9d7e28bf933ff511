import type { Route, VirtualHost } from '../../model/model.ts';
import { placeIn, type Directive } from '../../syntax/tree.ts';
import { askWithFiles } from '../../requests/ask.ts';
import { curlOf, requestTo } from '../../requests/request-to.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'PHP files are sent as text',
    why: 'The server names index.php as its start page and passes PHP to nobody, so that clients download the source, with the passwords in it.',
    how: 'Add a location for PHP: "location ~ \\.php$ { fastcgi_pass ...; }".',
    whenOff: 'Where the sources are meant to be downloaded.',
    severity: 'error',
    confidence: 'medium',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: ['try_files'] },
    options: {
      beside: {
        type: 'boolean',
        default: false,
        description: 'Report a server that executes one script only and sends all others as text, if there are any.',
      },
    },
    pedanticOptions: { beside: true },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_fastcgi_module.html',
      'https://cwe.mitre.org/data/definitions/540.html',
    ],
  },
  messages: {
    beside:
      'Only "{{script}}" is executed here: any other script below the root, such as "{{path}}", is sent to the client as text.',
    source: '"{{script}}" is looked for, but nothing in this server runs PHP: the source is sent to the client.',
  },
  check(context) {
    const { options, report } = context;

    /** A front controller alone is executed; the pattern that turns other scripts away, or runs them, is missing. */
    function checkBeside(host: VirtualHost): void {
      const runners = host.routes.filter(({ handler }) => handler.kind !== 'static');
      const [first, ...others] = runners;
      if (options['beside'] !== true || first?.match.kind !== 'exact' || others.length > 0) return;
      if (!first.match.pattern.endsWith('.php') || !namesScript(host)) return;
      const request = requestTo(host, host.listeners[0], besidePath);
      const outcome = request && askWithFiles(context, request).outcome;
      if (outcome?.kind !== 'static') return;
      report({
        message: 'beside',
        at: first.directive,
        severity: 'warning',
        confidence: 'low',
        data: { script: first.match.pattern, path: besidePath },
        witness: curlOf(request!),
      });
    }

    function checkHost(host: VirtualHost): void {
      if (!host.directive || host.scope.open || host.routes.some((route) => route.scope.open || route.preemptedBy))
        return;
      if (host.scope.effective('root').length === 0) return;
      if (runsScripts(host)) {
        checkBeside(host);
        return;
      }
      const naming = namesScript(host);
      const word = naming?.args.find(({ value }) => script.test(value));
      if (!naming || !word) return;
      report({
        message: 'source',
        at: placeIn(naming, word),
        data: { script: word.value },
        witness: "curl 'http://host/index.php'",
      });
    }

    return { virtualHost: checkHost };
  },
});

const besidePath = '/config/db.php';

const script = /^(?:[^$]*|(?:\$uri|\$\{uri\})\/?[\w-]*)[\w-]\.php(?:[?].*)?$/;

/** Something answers in another way than with files, or a pattern speaks of PHP. */
function runsScripts({ routes }: VirtualHost): boolean {
  return routes.some(({ handler, match }: Route) => handler.kind !== 'static' || /php/i.test(match.pattern));
}

/** `try_files` that ends with a script; `index` alone often names scripts that are not there. */
function namesScript({ scope, routes }: VirtualHost): Directive | undefined {
  const all = [scope, ...routes.map((route) => route.scope)].flatMap((each) => each.own('try_files'));
  return all.find(({ args }) => script.test(args.at(-1)?.value ?? ''));
}
