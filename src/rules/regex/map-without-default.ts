import { variablesOf } from '../../servers/nginx/meaning/variables.ts';
import { placeIn, type Directive } from '../../syntax/tree.ts';
import { children } from '../../syntax/walk.ts';
import { defineRule } from '../define-rule.ts';
import { variablePassKeys } from '../../servers/nginx/meaning/pass.ts';
import { withoutScheme } from '../../model/scheme.ts';

export default defineRule({
  meta: {
    summary: 'A map without default whose empty value breaks what uses it',
    why: 'For a source that is not listed the variable is empty. An empty target of proxy_pass answers 500; an empty root serves the prefix directory of nginx, which is /etc/nginx in many packages, with the configuration and its keys.',
    how: 'Add "default" with a value that works, or one that leads to a refusal.',
    whenOff: 'Where the empty value is meant for all that the map does not name.',
    severity: 'warning',
    confidence: 'medium',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: ['map', 'geo'] },
    options: {
      all: {
        type: 'boolean',
        default: false,
        description: 'Report every "geo" without default, and every "map" of two or more entries, whatever uses them.',
      },
    },
    pedanticOptions: { all: true },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_map_module.html#map',
      'https://nginx.org/en/docs/http/ngx_http_geo_module.html#geo',
    ],
  },
  messages: {
    empty: 'The map of "{{variable}}" has no default: where no entry matches, "{{directive}}" gets an empty value.',
    none: '"{{variable}}" has no default: it is empty where no entry matches.',
  },
  check({ config, options, report }) {
    const reported = new Set<Directive>();

    function check(directive: Directive): void {
      const word = directive.args[0];
      const name = /^\$\{?(\w+)\}?/.exec(withoutScheme(word?.value ?? ''))?.[1];
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

    /** What nothing else was said about. */
    function checkTable(table: Directive): void {
      if (!table.block || reported.has(table) || isComplete(table)) return;
      const count = children(table.block).filter(isEntry).length;
      if (count < (table.key === 'map' ? 2 : 1)) return;
      const data = { variable: table.args.at(-1)?.value ?? '' };
      report({
        message: 'none',
        at: table,
        data,
        severity: 'info',
        how: 'Add "default" with the value that is meant.',
      });
    }

    const tables: Directive[] = [];
    const collect = (table: Directive): void => void tables.push(table);

    return {
      end() {
        if (options.all) tables.forEach(checkTable);
      },
      directives: {
        map: collect,
        geo: collect,
        ...Object.fromEntries([...variablePassKeys(), 'root', 'alias'].map((key) => [key, check])),
      },
    };
  },
});

/** Sources with few values, which entries can list in full. */
const closedSources =
  /^\$\{?(?:scheme|https|server_port|request_method|http_upgrade|ssl_client_verify|server_name|server_addr)\}?$/;

function isComplete({ key, args, block }: Directive): boolean {
  if (key === 'map' && closedSources.test(args[0]?.value ?? '')) return true;
  const entries = children(block!);
  if (entries.some((entry) => entry.key === 'default' || (entry.key === 'include' && !entry.included))) return true;
  if (key === 'geo') return ['0.0.0.0/0', '::/0'].every((net) => entries.some(({ name }) => name.value === net));
  return entries.some(({ name }) => /^~\*?(?:\^?\.[*+]\$?|\^|)$/.test(name.value));
}

/** Not a parameter such as `hostnames`, `volatile`, `ranges` or `proxy`. */
function isEntry({ key, args }: Directive): boolean {
  return args.length > 0 && !/^(?:include|proxy|delete)$/.test(key);
}
