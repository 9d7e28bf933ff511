import { endsInPlaceholder } from '../../text/template/placeholder.ts';
import type { Route } from '../../model/model.ts';
import { placeIn, type Directive } from '../../syntax/tree.ts';
import { appendTo } from '../../edits/statements.ts';
import { defineRule } from '../define-rule.ts';
import { escapeByGroup } from './_alias-groups.ts';
import { readsAlias } from './_alias-readers.ts';

export default defineRule({
  meta: {
    summary: 'A location without a final slash lets requests leave the directory of its alias',
    why: 'nginx replaces the location by the alias and keeps the rest, so a request for /files../ reaches the parent of the aliased directory: everything beside it can be read.',
    how: 'End the location with a slash wherever the alias ends with one.',
    severity: 'error',
    confidence: 'high',
    dialects: ['nginx'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: ['alias'] },
    fixable: 'unsafe',
    options: {
      neighbours: {
        type: 'boolean',
        default: false,
        description:
          'Report also where only files beside the aliased one can be reached, whose names begin as its name does.',
      },
    },
    pedanticOptions: { neighbours: true },
    references: [
      'https://nginx.org/en/docs/http/ngx_http_core_module.html#alias',
      'https://cwe.mitre.org/data/definitions/22.html',
    ],
  },
  messages: {
    traversal:
      'The location "{{path}}" lacks the final slash that its alias "{{alias}}" has: "{{path}}../" leads out of the directory.',
    glued:
      'The location "{{path}}" ends with a slash and its alias "{{alias}}" does not: "{{path}}x" becomes "{{alias}}x".',
    group:
      'The group "{{group}}" may begin with "..", which nothing before it in the pattern "{{pattern}}" prevents: "{{path}}" leads out of the directory.',
    neighbour:
      'Neither the location "{{path}}" nor its alias "{{alias}}" ends with a slash: "{{path}}x" becomes "{{alias}}x".',
  },
  check({ options, report }) {
    function checkPattern({ match }: Route, alias: Directive): void {
      const target = alias.args[0]!;
      const found = escapeByGroup(match, target.value);
      if (!found) return;
      report({
        message: 'group',
        at: placeIn(alias, target),
        data: { ...found, pattern: match.pattern },
        how: 'Let the pattern end with a slash before the group: "^/files/(.*)$".',
        witness: `curl --path-as-is 'http://host${found.path}'`,
      });
    }

    function checkPrefix(route: Route, alias: Directive): void {
      const path = route.match.pattern;
      const target = alias.args[0]!;
      const word = route.directive.args.at(-1);
      if (!word) return;
      if (path.endsWith('/') === target.value.endsWith('/')) {
        if (!options.neighbours || path.endsWith('/')) return;
        const at = placeIn(route.directive, word);
        const how = 'End both with a slash, or write "location =" for a single file.';
        report({ message: 'neighbour', at, data: { path, alias: target.value }, severity: 'info', how });
        return;
      }
      const data = { path, alias: target.value };
      const related = [{ at: placeIn(alias, target), message: 'the directory that the location stands for' }];
      if (path.endsWith('/')) {
        // With a variable at the end, nothing is known about the slash.
        if (/\$\w+$|\$\{\w+\}$/.test(target.value) || endsInPlaceholder(target.value)) return;
        report({
          message: 'glued',
          at: placeIn(alias, target),
          severity: 'warning',
          how: 'End both with a slash, or neither.',
          data,
          related: [{ at: placeIn(route.directive, word), message: 'the path that it stands for' }],
          fix: { title: 'Add the final slash to the alias', edits: [appendTo(alias, target, '/')] },
        });
        return;
      }
      report({
        message: 'traversal',
        at: placeIn(route.directive, word),
        data,
        related,
        witness: `curl --path-as-is 'http://host${path}../'`,
        fix: {
          title: 'Add the final slash to the location',
          edits: [appendTo(route.directive, word, '/')],
        },
      });
    }

    return {
      route(route) {
        const alias = route.scope.own('alias').at(-1);
        if (!alias?.args[0] || route.internal || route.preemptedBy || !readsAlias(route)) return;
        if (route.match.kind === 'regex') checkPattern(route, alias);
        else if (route.match.kind.startsWith('prefix')) checkPrefix(route, alias);
      },
    };
  },
});
