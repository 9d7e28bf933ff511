import { variablesOf } from '../../ir/lower/nginx/variables.ts';
import { placeIn, type Directive } from '../../ir/syntax.ts';
import { children } from '../../ir/walk.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'A map without default whose empty value breaks what uses it',
    why: 'For a source that is not listed the variable is empty. An empty target of proxy_pass answers 500; an empty root serves the prefix directory of nginx, which is /etc/nginx in many packages, with the configuration and its keys.',
    how: 'Add "default" with a value that works, or one that leads to a refusal.',
    severity: 'warning',
    confidence: 'medium',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    references: ['https://nginx.org/en/docs/http/ngx_http_map_module.html#map'],
  },
  messages: {
    empty: 'The map of "{{variable}}" has no default: where no entry matches, "{{directive}}" gets an empty value.',
  },
  check({ config, report }) {
    const reported = new Set<Directive>();

    function check(directive: Directive): void {
      const word = directive.args[0];
      const name = /^(?:https?:\/\/)?\$\{?(\w+)\}?/.exec(word?.value ?? '')?.[1];
      if (name === undefined) return;
      const definitions = variablesOf(config).definitions.of(name, directive);
      const map = definitions.length === 1 && definitions[0]!.key === 'map' ? definitions[0] : undefined;
      if (!map?.block || reported.has(map) || isComplete(map)) return;
      reported.add(map);
      report({
        message: 'empty',
        at: map,
        data: { variable: `$${name}`, directive: directive.name.value },
        related: [{ at: placeIn(directive, word!), message: 'used here' }],
      });
    }

    return {
      directives: {
        proxy_pass: check,
        fastcgi_pass: check,
        uwsgi_pass: check,
        scgi_pass: check,
        grpc_pass: check,
        root: check,
        alias: check,
      },
    };
  },
});

/** Sources with few values, which entries can list in full. */
const closedSources =
  /^\$\{?(?:scheme|https|server_port|request_method|http_upgrade|ssl_client_verify|server_name|server_addr)\}?$/;

function isComplete({ args, block }: Directive): boolean {
  if (closedSources.test(args[0]?.value ?? '')) return true;
  return children(block!).some(
    ({ key, name, included }) =>
      key === 'default' || (key === 'include' && !included) || /^~\*?(?:\^?\.[*+]\$?|\^|)$/.test(name.value),
  );
}
