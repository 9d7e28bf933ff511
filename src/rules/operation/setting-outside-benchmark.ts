import { benchmarks, type Benchmark, type BenchmarkSetting } from '../../facts/benchmarks/index.ts';
import type { Route, Scope, VirtualHost } from '../../model/model.ts';
import type { Directive } from '../../syntax/tree.ts';
import { children } from '../../syntax/walk.ts';
import { Demand } from './_demand.ts';
import { type RuleContext, type Visitor, defineRule } from '../define-rule.ts';
import { settingsOf } from '../../servers/settings.ts';

const option = (title: string) => ({
  type: 'boolean' as const,
  default: false,
  description: `Whether to compare with ${title}.`,
});

const messages = {
  differs: '"{{text}}" is not what {{benchmark}} ({{items}}) asks for: {{expected}}.',
  missing: 'Nothing here sets "{{directive}}" as {{benchmark}} ({{items}}) asks for: {{expected}}.',
} as const;

export default defineRule({
  meta: {
    summary: 'A setting that a published benchmark asks to be another',
    why: 'Whoever has to show that a server meets a benchmark has to account for each of its items. The limits are opinions of their authors, and some suit few sites.',
    how: 'Write what the message says, or record in a suppression why this server differs.',
    severity: 'info',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'optional',
    references: [
      'https://www.cisecurity.org/benchmark/nginx',
      'https://www.cisecurity.org/benchmark/apache_http_server',
      'https://www.cyber.mil/stigs/',
    ],
    options: {
      cisNginx: option('the CIS NGINX Benchmark'),
      stigNginx: option('the F5 NGINX STIG'),
      cisApache: option('the CIS Apache HTTP Server 2.4 Benchmark'),
      stigApache: option('the Apache Server 2.4 UNIX Server and Site STIG'),
    },
  },
  messages,
  check: {
    nginx: (context) => compareWith(benchmarks.nginx, context),
    apache: (context) => compareWith(benchmarks.apache, context),
  },
});

type Context = RuleContext<typeof messages, Readonly<Record<string, unknown>>>;

function compareWith(
  known: Readonly<Record<string, Benchmark>>,
  { config, dialect, options, report }: Context,
): Visitor {
  const { secondsOf } = settingsOf(dialect);
  const wanted = Object.entries(known).filter(([name]) => options[name] === true);
  const demands = wanted.flatMap(([, { title, settings }]) =>
    settings.map((setting) => new Demand(setting, title, secondsOf)),
  );
  if (demands.length === 0) return {};

  function missing(demand: Demand, at: Directive): void {
    report({ message: 'missing', at, data: { ...demand.data, directive: demand.setting.directives[0]! } });
  }

  function check(directive: Directive): void {
    for (const demand of demands) {
      if (!demand.isAbout(directive)) continue;
      if (demand.isMetBy(directive) !== false || demand.setting.othersMayDiffer) continue;
      report({ message: 'differs', at: directive, data: { ...demand.data, text: textOf(directive) } });
    }
  }

  function checkScope(scope: Scope, at: Directive, where: BenchmarkSetting['required']): void {
    for (const demand of demands) if (demand.setting.required === where && demand.isLostIn(scope)) missing(demand, at);
  }

  return {
    directives: Object.fromEntries(demands.flatMap(({ keys }) => keys.map((key) => [key, check]))),
    virtualHost({ tls, scope, directive }: VirtualHost) {
      if (directive && tls.enabled === true) checkScope(scope, directive, 'tls');
    },
    route({ handler, scope }: Route) {
      if (handler.kind !== 'proxy' || handler.protocol !== 'http') return;
      checkScope(scope, handler.directive, 'proxy');
      if (handler.target.scheme === 'https') checkScope(scope, handler.directive, 'tls-proxy');
    },
    end() {
      const top = children(config.file.root);
      const at = top.find(({ key }) => key === 'http' || key === 'listen');
      if (!config.complete || !at) return;
      for (const demand of demands) if (demand.setting.required === 'config' && !demand.isAnswered) missing(demand, at);
    },
  };
}

function textOf({ name, args, block }: Directive): string {
  const text = [name, ...args].map(({ value }) => value).join(' ');
  return block?.kind === 'section' ? `<${text}>` : text;
}
