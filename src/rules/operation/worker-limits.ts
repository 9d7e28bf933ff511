import { headerOf, type Directive } from '../../ir/syntax.ts';
import { children, childrenNamed } from '../../ir/walk.ts';
import { defineRule } from '../define-rule.ts';

export default defineRule({
  meta: {
    summary: 'More connections or processes are asked for than another limit allows',
    why: 'The lower limit wins: connections are refused under load, long before the number in the configuration is reached.',
    how: 'nginx: set worker_rlimit_nofile to at least twice worker_connections. Apache: set ServerLimit (before it) as high as MaxRequestWorkers needs.',
    severity: 'warning',
    confidence: 'high',
    dialects: ['nginx', 'apache'],
    since: '0.1.0',
    set: 'recommended',
    references: [
      'https://nginx.org/en/docs/ngx_core_module.html#worker_rlimit_nofile',
      'https://nginx.org/en/docs/ngx_core_module.html#worker_connections',
      'https://httpd.apache.org/docs/2.4/mod/mpm_common.html#serverlimit',
    ],
  },
  messages: {
    files:
      '"worker_connections {{connections}}" needs at least as many open files, but "worker_rlimit_nofile" allows {{files}}.',
    servers: '"{{text}}" exceeds the {{limit}} processes that "ServerLimit" allows; Apache takes {{limit}}.',
  },
  check({ config, dialect, report }) {
    function checkNginx(): void {
      const { root } = config.file;
      const files = childrenNamed(root, 'worker_rlimit_nofile').at(-1);
      const connections = childrenNamed(root, 'events')
        .flatMap(({ block }) => childrenNamed(block, 'worker_connections'))
        .at(-1);
      if (!files || !connections || !(numberOf(files) < numberOf(connections))) return;
      const data = { connections: numberOf(connections), files: numberOf(files) };
      report({
        message: 'files',
        at: headerOf(connections),
        data,
        related: [{ at: files, message: 'the lower limit' }],
      });
    }

    /** Only prefork: the other modules count threads, too. */
    function checkPrefork(workers: Directive): void {
      const section = workers.parent.owner;
      if (section?.key !== 'ifmodule' || !/^(?:mpm_)?prefork/.test(section.args[0]?.value ?? '')) return;
      const limit = children(workers.parent).findLast(({ key }) => key === 'serverlimit');
      const allowed = limit ? numberOf(limit) : defaultServerLimit;
      if (!(numberOf(workers) > allowed) || (!limit && !config.complete && hasServerLimit())) return;
      const text = `${workers.name.value} ${numberOf(workers)}`;
      const related = limit ? [{ at: limit, message: 'the lower limit' }] : [];
      report({ message: 'servers', at: workers, data: { text, limit: allowed }, related });
    }

    function hasServerLimit(): boolean {
      return config.files.some(({ source }) => /^\s*ServerLimit\b/im.test(source.text));
    }

    return {
      start() {
        if (dialect === 'nginx') checkNginx();
      },
      directives: { maxrequestworkers: checkPrefork, maxclients: checkPrefork },
    };
  },
});

const defaultServerLimit = 256;

/** NaN for what is no number; no comparison with it holds. */
function numberOf({ args }: Directive): number {
  return /^\d+$/.test(args[0]?.value ?? '') ? Number(args[0]!.value) : Number.NaN;
}
