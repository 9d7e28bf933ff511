import { benchmarks, type Benchmark, type BenchmarkSetting } from '../../facts/benchmarks/index.ts';
import type { Route, Scope, VirtualHost } from '../../model/model.ts';
import { enclosing, type Directive } from '../../syntax/tree.ts';
import { children } from '../../syntax/walk.ts';
import { defineRule } from '../define-rule.ts';
import { settingsOf, type Settings } from '../../servers/settings.ts';
import { hasTemplateMark } from '../../text/template/placeholder.ts';

const option = (title: string): object => ({
  type: 'boolean',
  default: false,
  description: `Whether to compare with ${title}.`,
});

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
  messages: {
    differs: '"{{text}}" is not what {{benchmark}} ({{items}}) asks for: {{expected}}.',
    missing: 'Nothing here sets "{{directive}}" as {{benchmark}} ({{items}}) asks for: {{expected}}.',
  },
  check({ config, dialect, options, report }) {
    if (dialect === 'sslh') return {};
    const known: Readonly<Record<string, Benchmark>> = benchmarks[dialect];
    const wanted = Object.entries(known).filter(([name]) => options[name] === true);
    const { secondsOf } = settingsOf(dialect);
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
      for (const demand of demands)
        if (demand.setting.required === where && demand.isLostIn(scope)) missing(demand, at);
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
        for (const demand of demands)
          if (demand.setting.required === 'config' && !demand.isAnswered) missing(demand, at);
      },
    };
  },
});

function textOf({ name, args, block }: Directive): string {
  const text = [name, ...args].map(({ value }) => value).join(' ');
  return block?.kind === 'section' ? `<${text}>` : text;
}

/** A setting of a benchmark, and what the config was seen to say about it. */
class Demand {
  readonly setting: BenchmarkSetting;
  readonly #secondsOf: Settings['secondsOf'];
  /** For both messages. */
  readonly data: { readonly benchmark: string; readonly items: string; readonly expected: string };
  /** Of the directives that answer it. */
  readonly keys: readonly string[];
  #isAnswered = false;

  constructor(setting: BenchmarkSetting, title: string, secondsOf: Settings['secondsOf']) {
    this.setting = setting;
    this.#secondsOf = secondsOf;
    this.data = { benchmark: title, items: setting.items.join(', '), expected: setting.expected };
    // Names of nginx are in lower case anyway.
    this.keys = setting.directives.map((name) => name.toLowerCase());
  }

  /** Something seen so far is as expected or may be, or is reported where it stands. */
  get isAnswered(): boolean {
    return this.#isAnswered;
  }

  isAbout(directive: Directive): boolean {
    if (!this.keys.includes(directive.key)) return false;
    const { within } = this.setting;
    if (!within) return true;
    const section = enclosing(directive);
    return section?.key === within.name.toLowerCase() && section.args[0]?.value === within.argument;
  }

  isMetBy(directive: Directive): boolean | undefined {
    const values = directive.args.map(({ value }) => value);
    const fits = values.some((value) => value.includes('${') || hasTemplateMark(value))
      ? undefined
      : this.setting.fits(values, this.#secondsOf(directive));
    if (fits !== false || !this.setting.othersMayDiffer) this.#isAnswered = true;
    return fits;
  }

  /** Not in force here, which the text proves; what is written otherwise is found where it stands. */
  isLostIn(scope: Scope): boolean {
    const written = this.keys.flatMap((key) => scope.effective(key));
    if (written.length > 0 && !this.setting.othersMayDiffer) return false;
    return (
      written.every((directive) => this.isMetBy(directive) === false) &&
      this.keys.every((key) => scope.certainty(key) === 'known')
    );
  }
}
