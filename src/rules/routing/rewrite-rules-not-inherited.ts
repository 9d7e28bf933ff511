import type { Scope, VirtualHost } from '../../model/model.ts';
import { enclosing, type Directive } from '../../syntax/tree.ts';
import { holdsWith } from '../../servers/apache/meaning/condition-overlap.ts';
import { lineBefore } from '../../edits/lines.ts';
import { defineRule } from '../define-rule.ts';
import { isOff } from '../../servers/apache/meaning/settings.ts';

export default defineRule({
  meta: {
    summary:
      'Rewrite rules that are never run: rules of the main server with virtual hosts, or rules without RewriteEngine on',
    why: 'A virtual host does not inherit the rewrite rules of the main server, and no rule runs where RewriteEngine is not on.',
    how: 'Put the rules into the virtual hosts, or set "RewriteOptions Inherit" there ("RewriteOptions InheritDown" on the main server); set "RewriteEngine On" where the rules are.',
    whenOff: 'Where the rules are kept for later, or are meant for the main server alone.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { apache: ['rewriterule'] },
    fixable: 'unsafe',
    references: [
      'https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html#rewriteengine',
      'https://httpd.apache.org/docs/2.4/mod/mod_rewrite.html#rewriteoptions',
    ],
  },
  messages: {
    notInherited: 'The rewrite rules of the main server do not run for requests to the virtual hosts.',
    engineOff: 'This rewrite rule never runs: "RewriteEngine" is not "on" in this virtual host.',
  },
  check({ model, report }) {
    /** One report a virtual host, at its first rule. */
    function checkEngine({ directive, scope }: VirtualHost): void {
      const [first] = scope.own('rewriterule');
      if (!directive || !first || scope.certainty('rewriteengine') === 'unread') return;
      const engine = scope.effective('rewriteengine').at(-1);
      if (engine && !isOff(engine)) return;
      report({
        message: 'engineOff',
        at: first,
        confidence: scope.certainty('rewriteengine') === 'known' || engine ? 'high' : 'medium',
        ...(engine
          ? { related: [{ at: engine, message: 'switched off here' }] }
          : { fix: { title: 'Switch RewriteEngine on', edits: [lineBefore(firstLine(scope), 'RewriteEngine On')] } }),
      });
    }

    function checkMain(): void {
      const hosts = model.virtualHosts;
      const main = hosts[0]?.scope.outer;
      if (!main || hosts.some(({ directive }) => !directive)) return;
      const rule = main
        .own('rewriterule')
        .find((candidate) => hosts.every(({ directive }) => directive && isOutside(candidate, directive)));
      if (!rule || main.open || inheritsDown(main) || hosts.some(({ scope }) => scope.open || inherits(scope))) return;
      if (!hosts.some(({ directive }) => holdsWith(rule, directive!))) return;
      const confidence = main.certainty('rewriterule') === 'known' ? 'high' : 'medium';
      report({
        message: 'notInherited',
        at: rule,
        confidence,
        related: [{ at: hosts[0]!.directive!, message: 'a virtual host' }],
      });
    }

    return {
      virtualHost: checkEngine,
      end: checkMain,
    };
  },
});

/** The conditions of the first rule stand before it. */
function firstLine(scope: Scope): Directive {
  const [condition] = scope.own('rewritecond');
  const [rule] = scope.own('rewriterule');
  return condition && condition.parent === rule!.parent && condition.start < rule!.start ? condition : rule!;
}

function isOutside(rule: Directive, host: Directive): boolean {
  return enclosing(rule) !== host;
}

function optionsOf(scope: Scope): string {
  const words = scope.effective('rewriteoptions').flatMap((directive) => directive.args);
  return words.map((word) => word.value.toLowerCase()).join(' ');
}

function inherits(scope: Scope): boolean {
  return /\binherit(?:before)?\b/.test(optionsOf(scope));
}

function inheritsDown(scope: Scope): boolean {
  return /\binheritdown(?:before)?\b/.test(optionsOf(scope));
}
