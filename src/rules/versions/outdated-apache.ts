import { apacheDirective } from '../../servers/apache/facts/index.ts';
import { headerOf, placeIn, type Directive, type Word } from '../../syntax/tree.ts';
import type { Place } from '../../text/source.ts';
import { compareVersions, formatVersion, isBefore } from '../../model/versions.ts';
import { directivesByKey } from '../../syntax/walk.ts';
import { defineRule } from '../define-rule.ts';
import { ApacheSections, forEachBlock } from '../../servers/apache/meaning/section-kinds.ts';
import { featuresOf } from './_apache-features.ts';

/** Modules that 2.4 no longer has, by their names in `LoadModule`. */
const goneModules =
  /^(?:authn_default|authz_default|mem_cache|disk_cache|imap|authn_alias|auth|access|auth_anon|auth_dbm|auth_ldap)_module$/;
const related = 'says it too';
const maximalRelated = 5;

export default defineRule({
  meta: {
    summary: 'Apache httpd below 2.4, or a feature that the targeted version lacks',
    why: 'httpd 2.2 has had no security fixes since 2017; a config written for it does not start on 2.4, and what a newer release brought is refused or ignored by an older one.',
    how: 'Run httpd 2.4 and bring the config up to its form, or name the version that really runs with the target.',
    whenOff: 'Where this server cannot be updated yet: say until when.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['apache'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://httpd.apache.org/docs/2.4/upgrading.html',
      'https://httpd.apache.org/docs/2.4/mod/mod_proxy_wstunnel.html',
    ],
  },
  messages: {
    target: 'The target httpd {{target}} is older than 2.4, the only series that still gets security fixes.',
    written: 'This config is written for httpd 2.2: 2.4 no longer has {{what}}.',
    unloaded: 'This config is written for httpd 2.2: it uses "{{name}}" without mod_access_compat.',
    ineffective: 'This config is written for httpd 2.2: "{{name}}" has no effect in 2.4.',
    feature: '{{feature}} needs httpd {{version}}, the target is {{target}}.',
  },
  check: ({ config, targets, report }) => {
    const { apache: target } = targets;
    const sections = new ApacheSections(config, targets);
    const isOld = target !== undefined && isBefore(target, '2.4');

    function evidenceOf(directive: Directive): Evidence | undefined {
      const { key, name } = directive;
      const facts = apacheDirective(key);
      if (facts?.until === '2.4.0')
        return { message: 'written', data: { what: `"${facts.name}"` }, at: headerOf(directive) };
      if (key === 'namevirtualhost')
        return { message: 'ineffective', data: { name: name.value }, at: headerOf(directive) };
      const [module] = directive.args;
      if (key === 'loadmodule' && module && goneModules.test(module.value)) {
        return { message: 'written', data: { what: `the module "${module.value}"` }, at: placeIn(directive, module) };
      }
      const isCompat = key === 'order' || key === 'allow' || key === 'deny';
      if (isCompat && sections.modules.certain && sections.modules.has('access_compat') === false) {
        return { message: 'unloaded', data: { name: name.value }, at: headerOf(directive) };
      }
      return undefined;
    }

    /** Whether something is evidence, if httpd reads it. */
    function tells(): boolean {
      for (const [key, directives] of directivesByKey(config.file.root)) {
        const mayTell = telling.has(key) || apacheDirective(key)?.until !== undefined;
        if (mayTell && directives.some((directive) => evidenceOf(directive))) return true;
      }
      return false;
    }

    function reportFeatures(directive: Directive): void {
      if (!target) return;
      for (const { word, feature, since } of featuresOf(directive)) {
        if (compareVersions(target, since) >= 0) continue;
        const data = { feature, version: formatVersion(since), target: formatVersion(target) };
        report({ message: 'feature', at: placeOf(directive, word), severity: 'error', data });
      }
    }

    return {
      start() {
        if (!target && !tells()) return;
        const found: Evidence[] = [];
        let first: Directive | undefined;
        forEachBlock(config, sections, (block) => {
          for (const directive of block.directives) {
            first ??= directive;
            reportFeatures(directive);
            const evidence = isOld ? undefined : evidenceOf(directive);
            if (evidence) found.push(evidence);
          }
        });
        if (isOld && first) report({ message: 'target', at: first, data: { target: formatVersion(target) } });
        const [main, ...others] = found;
        if (!main) return;
        const more = others.slice(0, maximalRelated).map(({ at }) => ({ at, message: related }));
        report({ ...main, related: more } as Parameters<typeof report>[0]);
      },
    };
  },
});

/** Directives that httpd 2.4 has, and that may be a sign of 2.2 all the same. */
const telling: ReadonlySet<string> = new Set(['namevirtualhost', 'loadmodule', 'order', 'allow', 'deny']);

interface Evidence {
  readonly message: 'written' | 'unloaded' | 'ineffective';
  readonly data: Readonly<Record<string, string>>;
  readonly at: Place;
}

function placeOf(directive: Directive, word: Word | undefined): Place {
  return word ? placeIn(directive, word) : headerOf(directive);
}
