import type { Config } from '../../syntax/config.ts';
import type { Directive } from '../../syntax/tree.ts';
import { defineRule } from '../define-rule.ts';
import { wholeHttp } from './_unset.ts';

const switches = ['gzip', 'gzip_static', 'brotli', 'brotli_static', 'zstd', 'zstd_static'];
const filters = ['setoutputfilter', 'addoutputfilter', 'addoutputfilterbytype', 'filterprovider', 'filterdeclare'];
/** Files that are kept compressed beside the plain ones. */
const encodings = ['addencoding', 'brotlicompressionquality', 'deflatecompressionlevel'];

export default defineRule({
  meta: {
    summary: 'Nothing is compressed',
    why: 'Texts and scripts shrink to a quarter, which clients on slow lines notice; the default is off.',
    how: {
      nginx:
        'Set "gzip on;" with "gzip_types", unless the backend compresses or answers over TLS hold secrets beside what clients send.',
      apache:
        'Load mod_deflate and mod_filter, and write "AddOutputFilterByType DEFLATE text/html text/css application/javascript", unless the backend compresses or answers over TLS hold secrets beside what clients send.',
    },
    severity: 'info',
    confidence: 'low',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'pedantic',
    references: [
      'https://nginx.org/en/docs/http/ngx_http_gzip_module.html#gzip',
      'https://httpd.apache.org/docs/2.4/mod/mod_deflate.html',
    ],
  },
  messages: {
    unset: 'Nothing sets "gzip": responses are sent as they are.',
    noFilter: 'No filter compresses: neither "DEFLATE" nor "BROTLI_COMPRESS" is set for any response.',
  },
  check: {
    nginx({ config, report }) {
      let isSet = false;
      return {
        directives: Object.fromEntries(switches.map((key) => [key, () => void (isSet = true)])),
        end() {
          const http = isSet ? undefined : wholeHttp(config);
          if (http) report({ message: 'unset', at: http });
        },
      };
    },
    apache({ config, report }) {
      let isSet = false;
      const look = ({ args }: Directive): void => {
        isSet ||= args.some(({ value }) => /deflate|brotli|zstd|\$/i.test(value));
      };
      return {
        directives: {
          ...Object.fromEntries(filters.map((key) => [key, look])),
          ...Object.fromEntries(encodings.map((key) => [key, () => void (isSet = true)])),
        },
        end() {
          const listen = isSet ? undefined : firstListen(config);
          if (listen) report({ message: 'noFilter', at: listen });
        },
      };
    },
  },
});

/** Of a config of which all was seen. */
function firstListen({ complete, level, file }: Config): Directive | undefined {
  return complete && level === 'server' ? file.root.directives.find(({ key }) => key === 'listen') : undefined;
}
