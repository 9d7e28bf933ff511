import { variablesOf } from '../../servers/nginx/meaning/variables.ts';
import { placeIn, type Block, type Directive } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';
import { checkedByEnvironment, checkedByIf, checkedByMap, checkedByRewrite, type Checked } from './_origin-checks.ts';
import { bypassOf, pathThatIsNone } from './_origin-probes.ts';
import { reflectionOf, setsHeaders } from './_origin-reflection.ts';

const messages = {
  origin: 'The pattern "{{pattern}}" admits the foreign origin "{{value}}".',
  referer: 'The pattern "{{pattern}}" admits pages such as "{{value}}".',
  noOrigin: 'No origin fits the pattern "{{pattern}}": the Origin header has no path, not even "/".',
  optional:
    'The pattern "{{pattern}}" means "http?://" as "htt" with a "p" or without: no "https://" fits; write "https?://".',
  misspelt: 'The header is called "Referer": "{{variable}}" is always empty, "$http_referer" holds it.',
  reflected: 'Every origin is sent back as allowed, with credentials: any site can read what a user of it sees here.',
  public: 'Every origin is sent back as allowed: any site can read these responses, as with "*".',
} as const;

const misspelt = /\$\{?http_referr(?:er|or)\b\}?/i;

/** Where the headers are named. */
const variable = /http_(?:origin|referr?[eo]r)/i;
const allowed = /access-control-allow-origin/i;
const nginxOrigins = {
  if: variable,
  map: variable,
  set: misspelt,
  log_format: misspelt,
  add_header: allowed,
  more_set_headers: allowed,
};
const attribute = /^(?:origin|referer)$/i;
const apacheOrigins = {
  if: misspelt,
  setenvif: attribute,
  setenvifnocase: attribute,
  rewritecond: /HTTP[_:](?:origin|referer)/i,
  header: allowed,
};

export default defineRule({
  meta: {
    summary: 'A check of the Origin or Referer header that foreign sites pass',
    why: 'A foreign site whose origin is let in reads what your users see, with their cookies where credentials are allowed.',
    how: 'Anchor the pattern at both ends and escape its dots: "^https://(?:[a-z0-9-]+\\.)?example\\.com$". Send back only an origin that passed.',
    whenOff: 'Where the check only counts and keeps nobody out.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    needs: { nginx: [nginxOrigins], apache: [apacheOrigins] },
    options: {
      all: {
        type: 'boolean',
        default: false,
        description:
          'Report also an origin that is sent back without credentials, which is no more than "*", and conditions of which it is not known what they decide.',
      },
      domains: {
        type: 'array',
        items: { type: 'string' },
        default: [],
        description: 'The domains that are your own: a pattern that names another one is reported.',
      },
      httpsOnly: { type: 'boolean', default: false, description: 'Report patterns that admit http:// as well.' },
    },
    pedanticOptions: { all: true },
    references: [
      'https://portswigger.net/web-security/cors',
      'https://developer.mozilla.org/en-US/docs/Web/HTTP/Guides/CORS',
      'https://nginx.org/en/docs/http/ngx_http_map_module.html',
    ],
  },
  messages,
  check({ config, options, report }) {
    function checkPattern(found: Checked | undefined): void {
      if (!found || (!found.decides && !options.all)) return;
      const { directive, word, pattern, header, decides } = found;
      const at = placeIn(directive, word);
      if (/http\?:/.test(pattern)) {
        report({ message: 'optional', at, data: { pattern } });
        return;
      }
      const value = bypassOf(found, options);
      if (value === undefined) {
        if (pathThatIsNone(found)) report({ message: 'noOrigin', at, data: { pattern } });
        return;
      }
      const data = { pattern, value };
      if (header === 'origin')
        report({ message: 'origin', at, data, witness: `curl -si -H 'Origin: ${value}' http://localhost/` });
      else report({ message: 'referer', at, data, severity: 'info', confidence: decides ? 'medium' : 'low' });
    }

    function checkReflection(block: Block): void {
      const reflection = reflectionOf(block, variablesOf(config).definitions);
      if (!reflection || !(reflection.withCredentials || options.all)) return;
      const related = reflection.through.map((at) => ({ at, message: 'the value comes from here' }));
      const witness = `curl -si -H 'Origin: https://evil.test' http://localhost/`;
      const common = { at: reflection.at, related, witness };
      if (reflection.withCredentials) report({ ...common, message: 'reflected', severity: 'error' });
      else report({ ...common, message: 'public', severity: 'info' });
    }

    function checkName(directive: Directive): void {
      const word = directive.args.find(({ value }) => misspelt.test(value));
      if (!word) return;
      const data = { variable: misspelt.exec(word.value)![0] };
      report({ message: 'misspelt', at: placeIn(directive, word), data });
    }

    return {
      ...(setsHeaders(config.file.root) && { block: checkReflection }),
      directives: {
        if: (directive) => {
          checkName(directive);
          checkPattern(checkedByIf(directive));
        },
        map: (directive) => {
          checkName(directive);
          checkedByMap(directive).forEach(checkPattern);
        },
        set: checkName,
        log_format: checkName,
        setenvif: (directive) => checkPattern(checkedByEnvironment(directive)),
        setenvifnocase: (directive) => checkPattern(checkedByEnvironment(directive)),
        rewritecond: (directive) => checkPattern(checkedByRewrite(directive)),
      },
    };
  },
});
