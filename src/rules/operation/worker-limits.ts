import { headerOf, type Directive } from '../../syntax/tree.ts';
import { children, childrenNamed } from '../../syntax/walk.ts';
import { defineRule } from '../define-rule.ts';
import { settingsOf } from '../../servers/settings.ts';

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
    options: {
      filesPerConnection: {
        type: 'integer',
        minimum: 1,
        default: 1,
        description:
          'Open files that a connection of nginx may need; above 1 also an unset "worker_rlimit_nofile" is reported, by the usual limit of 1024.',
      },
    },
    pedanticOptions: { filesPerConnection: 2 },
    references: [
      'https://nginx.org/en/docs/ngx_core_module.html#worker_rlimit_nofile',
      'https://nginx.org/en/docs/ngx_core_module.html#worker_connections',
      'https://httpd.apache.org/docs/2.4/mod/mpm_common.html#serverlimit',
    ],
  },
  messages: {
    few: '"worker_connections {{connections}}" may need {{needed}} open files, one more for each file or backend, but {{limit}}.',
    files:
      '"worker_connections {{connections}}" needs at least as many open files, but "worker_rlimit_nofile" allows {{files}}.',
    servers: '"{{text}}" exceeds the {{limit}} processes that "ServerLimit" allows; Apache takes {{limit}}.',
  },
  check({ config, dialect, options, report }) {
    /** NaN for what is no number; no comparison with it holds. */
    const numberOf = (directive: Directive): number => settingsOf(dialect).numberOf(directive) ?? Number.NaN;
    const perConnection = Number(options['filesPerConnection']);

    function checkNginx(): void {
      const { root } = config.file;
      const files = childrenNamed(root, 'worker_rlimit_nofile').at(-1);
      const events = childrenNamed(root, 'events');
      const connections = events.flatMap(({ block }) => childrenNamed(block, 'worker_connections')).at(-1);
      if (files && connections && numberOf(files) < numberOf(connections)) {
        const data = { connections: numberOf(connections), files: numberOf(files) };
        const related = [{ at: files, message: 'the lower limit' }];
        report({ message: 'files', at: headerOf(connections), data, related });
      } else if (perConnection > 1 && events.length > 0) checkReserve(files, connections);
    }

    function checkReserve(files: Directive | undefined, connections: Directive | undefined): void {
      const at = connections ?? files;
      const count = connections ? numberOf(connections) : usualConnections;
      const allowed = files ? numberOf(files) : usualFiles;
      if (!at || !(allowed < count * perConnection)) return;
      const limit = files
        ? `"worker_rlimit_nofile" allows ${allowed}`
        : `"worker_rlimit_nofile" is not set, and systems usually allow ${allowed}`;
      const data = { connections: count, needed: count * perConnection, limit };
      const related = files && connections ? [{ at: files, message: 'the limit' }] : [];
      report({ message: 'few', at, data, related, severity: 'info', confidence: files ? 'medium' : 'low' });
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
/** Of nginx, and of most systems for a process. */
const usualConnections = 512;
const usualFiles = 1024;
