import { describe, expect, test } from 'vitest';
import { definitionsOf } from '../../scripts/facts-nginx/definitions.ts';
import { changesOf, isMainline, spanOf } from '../../scripts/facts-nginx/history.ts';
import { parseSource } from '../../scripts/facts-nginx/parse-source.ts';

const source = `
static ngx_conf_enum_t  ngx_http_demo_modes[] = {
    { ngx_string("strict"), 1 },
    { ngx_string("loose"), 2 },  /* { ngx_string("none"), 0 }, */
    { ngx_null_string, 0 }
};

static ngx_conf_num_bounds_t  ngx_http_demo_bounds = {
    ngx_conf_check_num_bounds, 1, 9
};

static ngx_command_t  ngx_http_demo_commands[] = {

    { ngx_string("demo_mode"),
      NGX_HTTP_MAIN_CONF|NGX_HTTP_LOC_CONF|NGX_HTTP_LIF_CONF|NGX_CONF_TAKE12,
      ngx_conf_set_enum_slot,
      NGX_HTTP_LOC_CONF_OFFSET,
      offsetof(ngx_http_demo_conf_t, mode),
      &ngx_http_demo_modes },

    { ngx_string("demo_level"),
      NGX_HTTP_SRV_CONF|NGX_CONF_TAKE1,
      ngx_conf_set_num_slot,
      NGX_HTTP_SRV_CONF_OFFSET,
      offsetof(ngx_http_demo_conf_t, level),
      &ngx_http_demo_bounds },
#if 0
    { ngx_string("demo_never"),
      NGX_HTTP_MAIN_CONF|NGX_CONF_NOARGS, ngx_http_demo, 0, 0, NULL },
#endif
    { ngx_string("demo"),
      NGX_HTTP_LOC_CONF|NGX_CONF_BLOCK|NGX_CONF_1MORE, ngx_http_demo, 0, 0, NULL },

      ngx_null_command
};

static ngx_http_variable_t  ngx_http_demo_vars[] = {
    { ngx_string("demo_value"), NULL, ngx_http_demo_variable, 0, NGX_HTTP_VAR_CHANGEABLE, 0 },
    { ngx_string("demo_"), NULL, ngx_http_demo_variable, 0, NGX_HTTP_VAR_PREFIX, 0 },
      ngx_http_null_variable
};

ngx_module_t  ngx_http_demo_module = {
    NGX_MODULE_V1,
    &ngx_http_demo_module_ctx,             /* module context */
    ngx_http_demo_commands,                /* module directives */
    NGX_HTTP_MODULE,                       /* module type */
    NULL
};

static char *
ngx_http_demo(ngx_conf_t *cf, ngx_command_t *cmd, void *conf)
{
    if (dcf->value) {
        return "is duplicate";
    }

    return ngx_http_compile_complex_value(&ccv) == NGX_OK ? "}" : NGX_CONF_ERROR;
}
`;

const definitions = definitionsOf(new Map([['src/http/modules/ngx_http_demo_module.c', parseSource(source)]]));

describe('C sources of nginx', () => {
  test('give the directives of a module', () => {
    expect([...definitions.keys()].map((key) => key.split('/')[1])).toEqual(['demo_mode', 'demo_level', 'demo']);
    expect(definitions.get('ngx_http_demo_module/demo_mode')).toMatchObject({
      contexts: ['http', 'location', 'if-in-location'],
      arguments: { min: 1, counts: [1, 2], block: false },
      value: { kind: 'enum', values: ['strict', 'loose'] },
      duplicate: 'error',
      variables: false,
    });
    expect(definitions.get('ngx_http_demo_module/demo_level')!.value).toEqual({ kind: 'number', bounds: [1, 9] });
    expect(definitions.get('ngx_http_demo_module/demo')).toMatchObject({
      arguments: { min: 1, counts: null, block: true },
      variables: true,
      duplicate: 'error',
    });
  });

  test('give its variables', () => {
    expect(parseSource(source).variables).toEqual([
      { name: 'demo_value', family: 'http', module: 'ngx_http_demo_module', flags: ['CHANGEABLE'] },
      { name: 'demo_', family: 'http', module: 'ngx_http_demo_module', flags: ['PREFIX'] },
    ]);
  });
});

describe('history', () => {
  const now = definitions.get('ngx_http_demo_module/demo_mode')!;
  const before = { ...now, arguments: { ...now.arguments, counts: [1] } };
  const release = (version: string, ...found: (typeof now)[]) => ({
    version,
    found: new Map(found.map((it) => ['demo', it])),
  });
  const releases = [release('1.1.0'), release('1.1.1', before), release('1.1.2', now), release('1.1.3')];

  test('tells when a directive came, went and changed', () => {
    expect(spanOf(releases, (found) => found.has('demo'), '1.2.0')).toEqual({ since: '1.1.1', until: '1.1.3' });
    expect(spanOf(releases, (found) => found.has('new'), '1.2.0').since).toBe('1.2.0');
    expect(changesOf(releases, 'demo')).toEqual([{ before: '1.1.2', was: { arguments: before.arguments } }]);
  });

  test('follows mainline, of stable branches the first release', () => {
    expect(['1.21.6', '1.22.0', '1.22.1', '1.23.0'].filter(isMainline)).toEqual(['1.21.6', '1.22.0', '1.23.0']);
  });
});
